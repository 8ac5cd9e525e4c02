import type { GradientPlan } from "../../gradient/gradient-plan.ts";
import type { EngineFiles } from "../../model/engine/engine-files.ts";

/** What a hand is begun with: an engine of its own, and what is to be differentiated. */
export interface GradientBegin {
  readonly files: EngineFiles;
  readonly plan: GradientPlan;
}

export interface GradientAsk {
  /** One, as the model takes it. */
  readonly picture: Float32Array<ArrayBuffer>;
  /** In the place of the plan's: another class needs no other session. */
  readonly weights: Float32Array<ArrayBuffer>;
}

/** Of one picture. */
export interface GradientAnswer {
  readonly score: number;
  /** Empty where it is not wanted. */
  readonly gradient: Float32Array<ArrayBuffer>;
  /** Of a layer; empty where the gradient is at the picture. */
  readonly activations: Float32Array<ArrayBuffer>;
}

/** Runs one picture. */
export type GradientLane = (picture: Float32Array<ArrayBuffer>) => Promise<GradientAnswer>;
