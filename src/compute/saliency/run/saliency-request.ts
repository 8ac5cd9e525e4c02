import type { Target } from "../../gradient/target.ts";
import type { Processor } from "../../model/engine/graph-session.ts";
import type { SaliencyOptions } from "../attribute.ts";
import type { Attribution } from "../attribution.ts";
import type { NamedMethod } from "../saliency-method.ts";

/** One method, under the name by which its maps are answered. */
export interface SaliencyRun extends NamedMethod {
  readonly name: string;
}

/** What is asked of pictures. */
export interface SaliencyRequest {
  readonly target: Target;
  /** What comes before a final softmax or sigmoid, or what comes after it. */
  readonly of: "logits" | "probabilities";
  readonly runs: readonly SaliencyRun[];
  /** Of all runs; each method takes its own. */
  readonly options: SaliencyOptions & {
    /** That Grad-CAM and its kin look at; found unless given. */
    readonly layer?: string | number | undefined;
  };
  /** Answer with the attributions themselves as well. */
  readonly raw: boolean;
  /** Workers with a session each, on the CPU; null for as many as pay and have room. */
  readonly workers: number | null;
}

/** A picture's map. It survives cloning. */
export interface SaliencyMap extends Pick<Attribution, "score" | "baselineScore" | "completeness"> {
  /** `height * width` numbers from 0 to 1, as Slideflow draws them; of several pictures on one scale. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  /** The attribution itself; null where it was not asked for. */
  readonly raw: Pick<Attribution, "values" | "shape"> | null;
}

export interface SaliencyRunMaps {
  readonly name: string;
  /** A map a picture, in their order. */
  readonly maps: readonly SaliencyMap[];
  /** Which was looked at; null for methods that look at the picture. */
  readonly layer: string | null;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

export interface SaliencySet {
  readonly runs: readonly SaliencyRunMaps[];
  /** What ran the model in the end. */
  readonly processor: Processor;
  /** Why, in a sentence for the status line. */
  readonly reason: string;
  /** How many workers ran it. */
  readonly workers: number;
}

/** An unfinished map, on a scale of its own. */
export interface PartialSaliencyMap {
  readonly name: string;
  /** The picture's number. */
  readonly row: number;
  readonly values: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  /** The attribution as far as it is; null where it was not asked for. */
  readonly raw: SaliencyMap["raw"];
}
