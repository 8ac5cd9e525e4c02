import type { FeatureBatch } from "../features/feature-runner.ts";
import type { FeaturesAsk, FeaturesBegin } from "../features/features-task.ts";
import type { GradientAnswer, GradientAsk, GradientBegin } from "../saliency/run/gradient-task.ts";
import type { Memberships } from "../umap/graph/fuzzy-graph.ts";
import type { SmoothBegin } from "../umap/graph/smooth-task.ts";
import type { LayoutAnswer, LayoutAsk, LayoutBegin } from "../umap/layout/layout-task.ts";
import type { SearchAsk, SearchBegin, SearchSteps, StepName } from "../umap/neighbors/search-task.ts";

/** What a crew can do: what a hand is begun with, what it is asked, and what it answers. All survives cloning. */
export interface CrewTasks {
  /** Adds what it is asked to what it was begun with: what the crew itself is tested by. */
  readonly sum: {
    readonly begin: { readonly numbers: Float64Array };
    readonly ask: { readonly numbers: Float64Array };
    readonly answer: { readonly numbers: Float64Array };
  };
  /** Membership strengths of some rows. */
  readonly smooth: { readonly begin: SmoothBegin; readonly ask: null; readonly answer: Memberships };
  /** Rounds of a map's layout for a range of its rows. */
  readonly layout: { readonly begin: LayoutBegin; readonly ask: LayoutAsk; readonly answer: LayoutAnswer };
  /** The steps of an exact search for neighbours. */
  readonly search: {
    readonly begin: SearchBegin;
    readonly ask: SearchAsk;
    readonly answer: SearchSteps[StepName]["output"];
  };
  /** Activations of a model's layers for batches of pictures. */
  readonly features: { readonly begin: FeaturesBegin; readonly ask: FeaturesAsk; readonly answer: FeatureBatch };
  /** A score of pictures and its gradient. */
  readonly gradient: { readonly begin: GradientBegin; readonly ask: GradientAsk; readonly answer: GradientAnswer };
}

export type TaskName = keyof CrewTasks;

/**
 * A task on the worker's side: takes over what the hand was begun with, gives the function that answers. The signal
 * aborts when the hand is dismissed. Buffers in an answer are given away, so they must not lie in a kernel's memory.
 */
export type CrewTask<Name extends TaskName> = (
  input: CrewTasks[Name]["begin"],
  signal: AbortSignal,
) => Promise<(input: CrewTasks[Name]["ask"]) => CrewTasks[Name]["answer"] | Promise<CrewTasks[Name]["answer"]>>;
