import type { EngineFiles } from "../model/engine/engine-files.ts";
import type { GraphFile } from "../model/engine/graph-session.ts";
import type { FeaturePlan } from "./feature-plan.ts";

/** What a hand is begun with: an engine of its own, and the graph that answers with what the plan wants. */
export interface FeaturesBegin {
  readonly files: EngineFiles;
  readonly graph: GraphFile;
  readonly plan: FeaturePlan;
  readonly optimised: boolean;
}

export interface FeaturesAsk {
  readonly pictures: Float32Array<ArrayBuffer>;
  readonly rows: number;
}
