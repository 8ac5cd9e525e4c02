import bytes from "wasm:statistics";
import { ComputeError } from "../errors.ts";

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

const PAGE = 65536;

let compiled: Promise<WebAssembly.Module> | undefined;

/** The kernels with a memory of their own, handed out from bottom to top; it goes with the last that knows it. */
export class KernelMemory {
  #top: number;

  private constructor(readonly kernels: StatisticsKernels) {
    this.#top = kernels.memory.buffer.byteLength;
  }

  static async create(): Promise<KernelMemory> {
    compiled ??= WebAssembly.compile(bytes).catch((thrown) => {
      // There may be memory for it another time.
      compiled = undefined;
      throw thrown;
    });
    const { exports } = await WebAssembly.instantiate(await compiled, {
      env: {
        abort() {
          throw new ComputeError("internal", "A kernel stopped.", "Run again.");
        },
      },
    });
    return new KernelMemory(exports as unknown as StatisticsKernels);
  }

  /** The address of that many bytes of zeros, aligned for vectors. */
  allocate(size: number): number {
    const { memory } = this.kernels;
    const start = this.#top;
    const end = start + Math.ceil(size / 64) * 64;
    const missing = end - memory.buffer.byteLength;
    // Where that fails nothing was handed out, and less may still be had.
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.#top = end;
    return start;
  }

  /** Views last until the next allocation. */
  floats(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.kernels.memory.buffer as ArrayBuffer, address, length);
  }

  doubles(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.kernels.memory.buffer as ArrayBuffer, address, length);
  }

  ints(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.kernels.memory.buffer as ArrayBuffer, address, length);
  }

  bytes(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.kernels.memory.buffer as ArrayBuffer, address, length);
  }
}
