import { CollectedRows } from "../../compute/features/collect-features.ts";
import type { FeatureSet } from "../../compute/features/features.ts";

/** A model's answers to lots of pictures, in the order of the pictures. */
export class AllAnswers {
  readonly #rows: CollectedRows;
  #latest: FeatureSet | null = null;
  /** So many, from the first on. */
  done = 0;

  constructor(readonly total: number) {
    this.#rows = new CollectedRows(total);
  }

  add(first: number, answer: FeatureSet): void {
    const { features, blocks, predictions } = answer;
    const classes = predictions?.columns ?? 0;
    const data = predictions?.data ?? new Float32Array();
    this.#rows.add(first, { rows: features.rows, blocks, features: features.data, predictions: data, classes });
    this.#latest = answer;
    this.done = first + features.rows;
  }

  finish(): FeatureSet {
    const { processor = "CPU", reason = "", workers = 1 } = this.#latest ?? {};
    return { ...this.#rows.finish(), processor, reason, workers };
  }
}
