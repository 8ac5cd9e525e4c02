/**
 * How a stain is normalised; the names are Slideflow's.
 *
 * - "reinhard": mean and deviation of each channel of CIE Lab are brought to the target's (Reinhard et al. 2001, "Color
 *   transfer between images", IEEE CG&A 21(5); in Lab instead of their lαβ, as every histology package has it), after the
 *   brightness was standardised. "reinhard_fast" leaves the brightness as it is; "reinhard_mask" and
 *   "reinhard_fast_mask" leave what is white (L of 93 and above) alone.
 * - "macenko": the two stains are told apart in optical density and brought to the target's colours and strengths (Macenko
 *   et al. 2009, "A method for normalizing histology slides for quantitative analysis", ISBI), after the brightness was
 *   standardised. "macenko_fast" leaves the brightness as it is.
 */
export type StainMethod =
  | "reinhard"
  | "reinhard_fast"
  | "reinhard_mask"
  | "reinhard_fast_mask"
  | "macenko"
  | "macenko_fast";

/** Colours to be reached by Reinhard's methods. */
export interface ReinhardTarget {
  readonly method: "reinhard" | "reinhard_fast" | "reinhard_mask" | "reinhard_fast_mask";
  /** Means of L (0 to 100), a and b. */
  readonly means: readonly number[];
  /** Standard deviations of L, a and b, those of a whole population. */
  readonly deviations: readonly number[];
}

/** Colours to be reached by Macenko's methods. */
export interface MacenkoTarget {
  readonly method: "macenko" | "macenko_fast";
  /** Unit vectors of haematoxylin and eosin: optical density in red, green and blue. */
  readonly stains: readonly (readonly number[])[];
  /** Their concentrations that 99 % of the pixels stay below. */
  readonly concentrations: readonly number[];
}

/** What tiles are brought to: a preset or fitted to a picture; plain figures that can be kept as JSON. */
export type StainNormalizer = ReinhardTarget | MacenkoTarget;
