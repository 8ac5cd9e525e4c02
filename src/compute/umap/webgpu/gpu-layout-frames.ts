import type { Gpu, GpuCopy } from "../../webgpu/gpu.ts";
import type { GpuMemory } from "../../webgpu/gpu-memory.ts";
import type { GPUBuffer } from "../../webgpu/webgpu-types.ts";

/** Between two frames, where nothing but frames shows the layout, and where pictures do. */
export const FRAME_MS = 1000 / 30;
export const SELDOM_MS = 500;

/** A frame on its way: `copy` goes into the submission, `deliver` is called right after it. */
export interface GpuFrame {
  readonly copy: GpuCopy;
  deliver(): void;
}

/** Positions read back while the rounds go on: one frame is copied, another one read. */
export class GpuLayoutFrames {
  readonly #free: GPUBuffer[];
  #last = performance.now();
  #lastEpoch: number;
  /** Frames arrive in order: each waits for the one before. */
  #arriving: Promise<void> = Promise.resolve();
  readonly #gpu: Gpu;

  constructor(
    memory: GpuMemory,
    private readonly bytes: number,
    firstEpoch: number,
    private readonly onFrame: (contents: ArrayBuffer, epoch: number) => void,
  ) {
    this.#gpu = memory.gpu;
    this.#lastEpoch = firstEpoch;
    this.#free = [memory.staging(bytes), memory.staging(bytes)];
  }

  /**
   * A frame of the positions after `epoch` rounds; null when it is too soon, no news, or when two are on their way.
   *
   * @param leastMs Milliseconds since the frame before, at least.
   */
  begin(positions: GPUBuffer, epoch: number, leastMs: number): GpuFrame | null {
    const now = performance.now();
    if (epoch === this.#lastEpoch || now - this.#last < leastMs) return null;
    const staging = this.#free.pop();
    if (!staging) return null;
    this.#last = now;
    this.#lastEpoch = epoch;
    return {
      copy: { from: positions, to: staging, bytes: this.bytes },
      deliver: () => {
        const read = this.#gpu.readMapped(staging, this.bytes);
        this.#arriving = Promise.all([read, this.#arriving]).then(([contents]) => {
          this.#free.push(staging);
          this.onFrame(contents, epoch);
        });
        // `finish` throws what went wrong.
        this.#arriving.catch(() => undefined);
      },
    };
  }

  /** Resolves when no frame is on its way. */
  finish(): Promise<void> {
    return this.#arriving;
  }
}
