import type { ComputeError } from "../../compute/errors.ts";

/** Settles when there is something to see and to ask of, or with what has kept it from coming. */
export class FirstResult {
  readonly promise: Promise<void>;
  come: () => void = () => undefined;
  fail: (error: ComputeError) => void = () => undefined;

  constructor() {
    this.promise = new Promise((resolve, reject) => {
      this.come = resolve;
      this.fail = reject;
    });
    // Nobody need be waiting: the failure is on screen as well.
    this.promise.catch(() => undefined);
  }
}
