import { ComputeError } from "../../compute/errors.ts";
import type { Job, Progress } from "../../compute/job.ts";

interface Waiter<Means> {
  readonly means: Means;
  readonly onProgress: Job["onProgress"];
}

/**
 * One piece of work that several may wait for: begun with the first of them and done once, each hears how far it is, and it
 * goes on as long as one is left. What it takes (a way to the kernel, say) every waiter brings along: where the one whose
 * means it was begun with has gone and it fails for that, it is begun anew with another's.
 */
export class SharedWork<Means, Result> {
  readonly #waiting = new Set<Waiter<Means>>();
  readonly #stop = new AbortController();
  #running: Promise<Result> | null = null;
  #latest: Progress | null = null;
  #isDone = false;

  constructor(private readonly work: (means: Means, job: Job & { readonly signal: AbortSignal }) => Promise<Result>) {}

  /** It can't be joined any more: its last waiter left half way, or it failed. */
  get broken(): boolean {
    return this.#stop.signal.aborted;
  }

  /** It has come to its end, and there is something to give. */
  get isDone(): boolean {
    return this.#isDone;
  }

  /** @throws {ComputeError} kind "cancelled" as soon as the waiter's signal aborts, else what the work itself throws. */
  async join(means: Means, { signal, onProgress }: Job): Promise<Result> {
    const waiter = { means, onProgress };
    this.#waiting.add(waiter);
    let leave = () => {};
    const cancelled = new Promise<never>((_, reject) => {
      leave = () => {
        this.#waiting.delete(waiter);
        reject(new ComputeError("cancelled", "Stopped."));
        if (this.#waiting.size === 0 && !this.#isDone) this.#stop.abort();
      };
    });
    cancelled.catch(() => {});
    if (signal?.aborted) leave();
    else signal?.addEventListener("abort", leave, { once: true });
    if (this.#latest && !this.#isDone) onProgress?.(this.#latest);
    try {
      this.#running ??= this.#run();
      return await Promise.race([this.#running, cancelled]);
    } finally {
      signal?.removeEventListener("abort", leave);
      this.#waiting.delete(waiter);
    }
  }

  async #run(): Promise<Result> {
    const { signal } = this.#stop;
    const onProgress = (progress: Progress) => {
      this.#latest = progress;
      for (const waiter of this.#waiting) waiter.onProgress?.(progress);
    };
    for (;;) {
      const [first] = this.#waiting;
      if (!first) throw new ComputeError("cancelled", "Stopped.");
      try {
        const result = await this.work(first.means, { signal, onProgress });
        this.#isDone = true;
        return result;
      } catch (thrown) {
        if (!signal.aborted && !this.#waiting.has(first) && this.#waiting.size > 0) continue;
        this.#stop.abort();
        throw thrown;
      }
    }
  }
}
