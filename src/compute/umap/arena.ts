import bytes from "wasm:umap";
import { ComputeError } from "../errors.ts";
import { kernelStarter } from "../kernel-starter.ts";
import { MemoryViews, PAGE } from "../memory-views.ts";
import { describeBytes } from "./memory.ts";

/** What kernels/umap.ts exports; every address and count is a number. */
export interface UmapKernels {
  readonly memory: WebAssembly.Memory;
  readonly normaliseRows: Kernel;
  readonly packStrips: Kernel;
  readonly packPanel: Kernel;
  readonly compareBySquares: Kernel;
  readonly compareByAbsolutes: Kernel;
  readonly rankCandidates: Kernel;
  readonly measureLengths: Kernel;
  readonly addTurnedSquares: Kernel;
  readonly quantiseRows: Kernel;
  readonly packQuantised: Kernel;
  readonly measureHalves: Kernel;
  readonly compareQuantised: Kernel;
  readonly uniteLists: Kernel;
  readonly rankQuantised: CountingKernel;
  readonly searchRows: CountingKernel;
  readonly searchFarRows: Kernel;
  readonly projectOnto: Kernel;
  readonly growTree: CountingKernel;
  readonly fillLists: Kernel;
  readonly chooseCandidates: Kernel;
  readonly takeCandidates: Kernel;
  readonly freshenLists: Kernel;
  readonly joinCandidates: Kernel;
  readonly countFresh: CountingKernel;
  readonly rankLists: Kernel;
  readonly measurePairs: Kernel;
  readonly keepNearest: Kernel;
  readonly countNearer: Kernel;
  readonly rankQuery: Kernel;
  readonly smoothQuery: Kernel;
  readonly smoothRows: Kernel;
  readonly countBack: Kernel;
  readonly sumStarts: Kernel;
  readonly turnBack: Kernel;
  readonly sortLists: Kernel;
  readonly uniteRows: CountingKernel;
  readonly projectRows: Kernel;
  readonly prepareLayout: Kernel;
  readonly settleFlat: Kernel;
  readonly settleSolid: Kernel;
  readonly settleNamedFlat: Kernel;
  readonly settleNamedSolid: Kernel;
  readonly listDue: Kernel;
  readonly moveListedFlat: Kernel;
  readonly moveListedSolid: Kernel;
}

export type Kernel = (...values: number[]) => void;
export type CountingKernel = (...values: number[]) => number;

const startKernels = kernelStarter<UmapKernels>(bytes);

/**
 * The kernels with a memory of their own, handed out from bottom to top. What was allocated last can be given back; a stage
 * that is done drops its whole arena.
 */
export class Arena extends MemoryViews {
  #top: number;

  private constructor(readonly kernels: UmapKernels) {
    super(kernels.memory);
    this.#top = kernels.memory.buffer.byteLength;
  }

  static async create(): Promise<Arena> {
    return new Arena(await startKernels());
  }

  /** Grow so that `needed` bytes fit, or say how much did: better now than half way. */
  reserve(needed: number): void {
    const { memory } = this;
    const missing = this.#top + needed - memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      memory.grow(Math.ceil(missing / PAGE));
    } catch (thrown) {
      throw new ComputeError(
        "memory",
        `Needs ${describeBytes(needed)}, this page has about ${describeBytes(this.#probe(missing))}.`,
        "Try pca=50 or a sample.",
        String(thrown),
      );
    }
  }

  /** The address of that many bytes of zeros, aligned for vectors. */
  allocate(size: number): number {
    const start = this.#top;
    const rounded = Math.ceil(size / 64) * 64;
    this.reserve(rounded);
    this.#top += rounded;
    return start;
  }

  /** Where the next allocation starts. */
  get top(): number {
    return this.#top;
  }

  /** Give back all that was allocated since `top` was this. */
  rewind(top: number): void {
    this.bytes(top, this.#top - top).fill(0);
    this.#top = top;
  }

  /** How many bytes the memory can grow by, to within a factor of two. */
  #probe(refused: number): number {
    for (let size = refused / 2; size > 1 << 20; size /= 2) {
      try {
        this.memory.grow(Math.ceil(size / PAGE));
        return size;
      } catch {
        // Less, then.
      }
    }
    return 0;
  }
}
