import { throwIfCancelled } from "../errors.ts";

/** Milliseconds of work between two turns of the event loop: short enough for a cancel to be heard, long enough to cost nothing. */
const SLICE_MS = 24;

/**
 * Cuts long work into slices. Between them the event loop runs, so that a worker hears "cancel" and a page repaints.
 */
export class Pace {
  #sliceStart = performance.now();

  constructor(readonly signal: AbortSignal | undefined) {}

  /** Is it time to let the event loop run? */
  get isDue(): boolean {
    return performance.now() - this.#sliceStart >= SLICE_MS;
  }

  /** Let the event loop run when the slice is used up. */
  async breathe(): Promise<void> {
    if (!this.isDue) return;
    await nextTask();
    this.#sliceStart = performance.now();
  }

  /** As `breathe`, but throws the "cancelled" error when the job was aborted. */
  async check(): Promise<void> {
    await this.breathe();
    throwIfCancelled(this.signal);
  }
}

/** The next macrotask; unlike `setTimeout` it is never throttled, and unlike a promise it lets messages through. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
