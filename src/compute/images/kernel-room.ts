import { PAGE } from "../memory-views.ts";

/** What kernels may read and write behind the end of a part. */
const BEHIND = 64;

/** Parts of a kernel's memory, one behind the other, from its own end on. */
export class KernelRoom {
  #top: number;

  /** @param bottom Where the kernel's own memory ends. */
  constructor(
    private readonly memory: WebAssembly.Memory,
    bottom: number,
  ) {
    this.#top = bottom;
  }

  /** The address of a part of so many bytes. */
  take(bytes: number): number {
    const start = this.#top;
    this.#top += Math.ceil((bytes + BEHIND) / 64) * 64;
    return start;
  }

  /** The memory, with all that was taken. */
  open(): Uint8Array<ArrayBuffer> {
    const missing = this.#top - this.memory.buffer.byteLength;
    if (missing > 0) this.memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(this.memory.buffer as ArrayBuffer);
  }
}
