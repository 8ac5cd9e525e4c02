import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import type { ComputeFunctions } from "../../../compute/runtime/functions.ts";
import { pageClient } from "../../../compute/runtime/page-client.ts";
import type { GroupedRows } from "../../../compute/statistics/grouped-rows.ts";

/** What is asked of units that the worker keeps. */
type Question = "rankUnits" | "permuteUnits" | "slideValues" | "unitColumn" | "unitBoxes" | "selectionBoxes";
type Asked<Name extends Question> = Omit<ComputeFunctions[Name]["input"], "key">;

/**
 * The units of one widget in the page's worker: sent there with the first question, and again where the worker keeps them
 * no longer.
 */
export class UnitWorker {
  // Another copy of this module may share the worker.
  readonly #key = `units-${Math.random().toString(36).slice(2)}`;
  #keeping: Promise<void> | null = null;
  #hasEnded = false;

  constructor(private readonly rows: GroupedRows) {}

  /** @throws {ComputeError} what the worker has to say of the question, "cancelled" where it was given up. */
  async ask<Name extends Question>(
    name: Name,
    question: Asked<Name>,
    job: Job,
  ): Promise<ComputeFunctions[Name]["output"]> {
    const kept = this.#keep();
    await kept;
    const ask = () => pageClient().call(name, { ...question, key: this.#key } as ComputeFunctions[Name]["input"], job);
    try {
      return await ask();
    } catch (thrown) {
      if (ComputeError.from(thrown).kind !== "lost") throw thrown;
      if (this.#keeping === kept) this.#keeping = null;
      await this.#keep();
      return await ask();
    }
  }

  /** The worker need keep them no longer. */
  end(): void {
    this.#hasEnded = true;
    if (this.#keeping)
      pageClient()
        .call("forgetUnits", { key: this.#key })
        .catch(() => undefined);
    this.#keeping = null;
  }

  #keep(): Promise<void> {
    if (this.#hasEnded)
      return Promise.reject(new ComputeError("cancelled", "These units are no longer there.", "Ask again."));
    if (!this.#keeping) {
      const keeping = pageClient().call("keepUnits", { key: this.#key, rows: this.rows });
      this.#keeping = keeping;
      keeping.catch(() => {
        if (this.#keeping === keeping) this.#keeping = null;
      });
    }
    return this.#keeping;
  }
}
