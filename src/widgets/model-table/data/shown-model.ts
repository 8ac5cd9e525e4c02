import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import type { PageModelFacts } from "../../models/open-models.ts";

/** What is on show of a model: plain values, so that a saved notebook shows it without the files. */
export interface ShownModel {
  readonly facts: Omit<PageModelFacts, "layers">;
  /** In the order in which they run, with every shape that a run tells. */
  readonly layers: readonly ModelLayer[];
  /** Of all its files. */
  readonly bytes: number;
}
