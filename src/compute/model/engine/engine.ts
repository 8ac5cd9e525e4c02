import type { Ort } from "./ort.ts";

/**
 * The engine of this worker. It can't be asked twice at once, so that what it is asked is done in turn; and it can be
 * started anew, for a GPU that has failed once fails ever after.
 */
export class Engine {
  #ort: Ort | null = null;
  #instance = 1;
  #last: Promise<unknown> = Promise.resolve();

  /** @param evaluate - Gives an instance that shares nothing with those before. */
  constructor(private readonly evaluate: () => Ort) {}

  /** Sessions of another instance are gone. */
  get instance(): number {
    return this.#instance;
  }

  /** Do something with the engine when all that came before is done. */
  use<Result>(work: (ort: Ort) => Promise<Result>): Promise<Result> {
    const result = this.#last.then(() => {
      this.#ort ??= this.evaluate();
      return work(this.#ort);
    });
    this.#last = result.catch(() => undefined);
    return result;
  }

  /** Let go of this instance: the next work gets another. */
  reload(): void {
    this.#ort = null;
    this.#instance++;
  }
}
