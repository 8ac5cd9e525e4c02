import { type UmapOptions, umapDefaults } from "../../compute/umap/options.ts";
import { isNumericSource, type NumericSource } from "../host/sources.ts";

/** What a map of rows is computed from; umap-learn's parameters stand beside the data under their own names. */
export interface MapInput extends Omit<UmapOptions, "init"> {
  /** The layout before the first round: a method, or n × nComponents numbers. */
  readonly init: UmapOptions["init"] | NumericSource;
  /** n × d numbers to map. */
  readonly points: NumericSource | null;
  /** A column of `points` that rows are compared without; null, and where it is left out: none. */
  readonly exclude?: number | null | undefined;
  /** Neighbours known already, nearest first; `indices` and `distances` are n × k. */
  readonly precomputedKNN: { readonly indices: NumericSource; readonly distances: NumericSource } | null;
  /**
   * Where the first of the `points` lie, rows × nComponents: they stay there, and the rows after them are added to
   * that map. Any other parameter changed, the map of all rows is computed instead.
   */
  readonly placed: NumericSource | null;
}

/** The parameters; an initial layout that is not read yet counts as "pca". */
export function optionsOf(input: MapInput): UmapOptions {
  const options = Object.fromEntries(Object.keys(umapDefaults).map((name) => [name, input[name as keyof UmapOptions]]));
  return { ...umapDefaults, ...options, init: isNumericSource(input.init) ? "pca" : input.init };
}
