import type { GraphFile } from "../model/engine/graph-session.ts";
import type { ModelInput } from "../model/engine/model-inputs.ts";

/** All that a session must know to score pictures and to differentiate, in whichever worker. It survives cloning. */
export interface GradientPlan {
  readonly graph: GraphFile;
  /** Takes the pictures. */
  readonly input: ModelInput;
  /** Whatever these are given, the answer is the same. */
  readonly idle: readonly ModelInput[];
  /** Pictures at a time: neither more nor fewer. */
  readonly batch: number;
  /** The tensor that the score is made of, and its dimensions, the batch included. */
  readonly output: string;
  readonly outputDims: readonly number[];
  /** What each of its numbers counts for, of one picture. */
  readonly weights: Float32Array<ArrayBuffer>;
  /** The input by which the graph takes these; null where it takes none. */
  readonly seed: string | null;
  /** The tensor that holds the gradient; null where the score alone is wanted. */
  readonly gradient: string | null;
  /** What the gradient is with respect to, and its dimensions, the batch included. */
  readonly at: string;
  readonly atDims: readonly number[];
  /** The same, where it is a layer's answer that is handed out too. */
  readonly activations: string | null;
  /** What the graph has beyond the model: operators, and bytes of constants. */
  readonly added: { readonly nodes: number; readonly bytes: number };
  /** About what a session of it takes, in bytes. */
  readonly bytes: number;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}
