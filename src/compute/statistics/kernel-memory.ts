import bytes from "wasm:statistics";
import { kernelStarter } from "../kernel-starter.ts";
import { MemoryViews, PAGE } from "../memory-views.ts";

/** What kernels/statistics.ts exports; every address and count is a number. */
interface StatisticsKernels {
  readonly memory: WebAssembly.Memory;
  readonly addRows: Kernel;
  readonly countAbove: Kernel;
  readonly compareBetween: Kernel;
  readonly compareWelch: Kernel;
  readonly sumRanks: CountingKernel;
  readonly sortValues: CountingKernel;
  readonly listRows: CountingKernel;
  readonly pickRows: CountingKernel;
  readonly countBefore: Kernel;
}

type Kernel = (...values: number[]) => void;
type CountingKernel = (...values: number[]) => number;

const startKernels = kernelStarter<StatisticsKernels>(bytes);

/** The kernels with a memory of their own, handed out from bottom to top; it goes with the last that knows it. */
export class KernelMemory extends MemoryViews {
  #top: number;

  private constructor(readonly kernels: StatisticsKernels) {
    super(kernels.memory);
    this.#top = kernels.memory.buffer.byteLength;
  }

  static async create(): Promise<KernelMemory> {
    return new KernelMemory(await startKernels());
  }

  /** The address of that many bytes of zeros, aligned for vectors. */
  allocate(size: number): number {
    const { memory } = this;
    const start = this.#top;
    const end = start + Math.ceil(size / 64) * 64;
    const missing = end - memory.buffer.byteLength;
    // Where that fails nothing was handed out, and less may still be had.
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.#top = end;
    return start;
  }
}
