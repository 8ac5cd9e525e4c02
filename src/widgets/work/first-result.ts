import type { ComputeError } from "../../compute/errors.ts";

/**
 * Settles when there is something to see and to ask of, or with what has kept it from coming. What comes after a failure
 * all the same, as a map that was missing, heals it: `promise` is another one then.
 */
export class FirstResult {
  promise: Promise<void>;
  #resolve: () => void = () => undefined;
  #reject: (error: ComputeError) => void = () => undefined;
  #state: "open" | "come" | "failed" = "open";

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    // Nobody need be waiting: the failure is on screen as well.
    this.promise.catch(() => undefined);
  }

  come(): void {
    this.#resolve();
    if (this.#state === "failed") this.promise = Promise.resolve();
    this.#state = "come";
  }

  fail(error: ComputeError): void {
    this.#reject(error);
    if (this.#state === "open") this.#state = "failed";
  }
}
