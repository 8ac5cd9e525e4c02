import type { SessionStatus } from "./contract.ts";

/** Reports a second while a computation goes on: what nobody can read is not worth a message. */
const PERIOD = 500;
/** What is done within so many ms needs none. */
const SHORT = 100;

/** What a session says of itself, remembered for whoever asks and passed on at most twice a second. */
export class StatusReport {
  latest: SessionStatus = { phase: "waiting" };
  readonly #listeners = new Set<(status: SessionStatus) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #sent = 0;

  constructor(signal: AbortSignal) {
    signal.addEventListener("abort", () => clearTimeout(this.#timer), { once: true });
  }

  listen(listener: (status: SessionStatus) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  /** An end is passed on at once; steps on the way may be left out, never the last of them. */
  report(status: SessionStatus): void {
    this.latest = status;
    const wait = Math.max(SHORT, this.#sent + PERIOD - performance.now());
    if (status.phase !== "working") this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), wait);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sent = performance.now();
    for (const listener of this.#listeners) listener(this.latest);
  }
}
