import { ComputeError } from "../../compute/errors.ts";
import type { Job, Progress } from "../../compute/job.ts";

/** Jupyter refuses messages above 10 MiB in one direction, and VS Code suffers from large ones in the other. */
export const CHUNK = 8 * 2 ** 20;

/** Chunks asked for before the first has come: 154 MB/s in JupyterLab, where one at a time gives 113. */
const IN_FLIGHT = 3;

/** A way to get bytes from where they are. */
export interface ByteRoute {
  /** True when nothing can come from here any more. */
  readonly ended: boolean;
  fetch(key: string, offset: number, length: number, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

interface Reader {
  readonly route: ByteRoute;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * One run of bytes on its way to the page, in chunks that are each asked for and answered. Whoever else wants the
 * same bytes joins; it goes on as long as one reader is left, by any reader's route.
 */
export class Transfer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #readers = new Set<Reader>();
  readonly #stop = new AbortController();
  readonly #finished: Promise<void>;
  #start: () => void = () => {};
  #received = 0;

  constructor(
    readonly key: string,
    readonly total: number,
  ) {
    try {
      this.bytes = new Uint8Array(total);
    } catch (thrown) {
      throw new ComputeError(
        "memory",
        `The data take ${megabytes(total)} MB, more than this page can hold.`,
        "Try a sample of the rows.",
        String(thrown),
      );
    }
    const started = new Promise<void>((resolve) => {
      this.#start = resolve;
    });
    this.#finished = started.then(() => this.#run());
    this.#finished.catch(() => {});
  }

  /** True when it can't be joined any more: its last reader left half way, or it failed. */
  get broken(): boolean {
    return this.#stop.signal.aborted;
  }

  /** All the bytes; rejects with kind "cancelled" as soon as the reader's signal aborts. */
  async join(route: ByteRoute, { signal, onProgress }: Job): Promise<Uint8Array<ArrayBuffer>> {
    const reader: Reader = { route, onProgress };
    this.#readers.add(reader);
    this.#start();
    let leave = () => {};
    const cancelled = new Promise<never>((_, reject) => {
      leave = () => {
        this.#readers.delete(reader);
        reject(new ComputeError("cancelled", "Stopped."));
        if (!this.#readers.size && this.#received < this.total) this.#stop.abort();
      };
      if (signal?.aborted) leave();
      signal?.addEventListener("abort", leave, { once: true });
    });
    try {
      await Promise.race([this.#finished, cancelled]);
      return this.bytes;
    } finally {
      signal?.removeEventListener("abort", leave);
      this.#readers.delete(reader);
    }
  }

  async #run(): Promise<void> {
    let next = 0;
    const take = async () => {
      while (next < this.total) {
        const offset = next;
        next += CHUNK;
        await this.#fetchChunk(offset, Math.min(CHUNK, this.total - offset));
      }
    };
    try {
      await Promise.all(Array.from({ length: IN_FLIGHT }, take));
    } catch (thrown) {
      this.#stop.abort();
      throw thrown;
    }
  }

  async #fetchChunk(offset: number, length: number): Promise<void> {
    for (;;) {
      const readers = [...this.#readers];
      const reader = readers.find(({ route }) => !route.ended) ?? readers[0];
      if (!reader) throw new ComputeError("cancelled", "Stopped.");
      try {
        const chunk = await reader.route.fetch(this.key, offset, length, this.#stop.signal);
        if (chunk.length !== length)
          throw new ComputeError(
            "internal",
            `The data are cut: ${chunk.length} bytes came, ${length} were asked for.`,
            "Run the cell again.",
          );
        this.bytes.set(chunk, offset);
        this.#received += length;
        this.#tell();
        return;
      } catch (thrown) {
        const another = [...this.#readers].some(({ route }) => route !== reader.route && !route.ended);
        // The widget that was fetching has gone; one that waits with it goes on.
        if (this.#stop.signal.aborted || !another || !(reader.route.ended || !this.#readers.has(reader))) throw thrown;
      }
    }
  }

  #tell(): void {
    const progress: Progress = {
      stage: "Sending",
      done: megabytes(this.#received),
      total: megabytes(this.total),
      unit: "MB",
    };
    for (const { onProgress } of this.#readers) onProgress?.(progress);
  }
}

function megabytes(bytes: number): number {
  return bytes < 10_000_000 ? Math.round(bytes / 100_000) / 10 : Math.round(bytes / 1_000_000);
}
