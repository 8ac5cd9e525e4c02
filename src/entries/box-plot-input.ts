import type { BoxShape } from "../compute/statistics/boxes/unit-boxes.ts";
import type { Level, SlideMethod, UnitTest } from "../compute/statistics/statistics-options.ts";
import type { NumberTable } from "../widgets/host/inline-sources.ts";
import type { Activations } from "../widgets/models/activations.ts";
import type { RowLabels } from "./umap-scatter-input.ts";

/** What units are compared, and how. */
export interface UnitStatisticsInput {
  /** n × units activations: rows, `{data, shape: [n, units]}`, or `features.activations(images)`. */
  readonly values: NumberTable | Activations;
  /** The class of each row. Whole numbers of at most 50 kinds are classes. */
  readonly labels: RowLabels;
  /** The slide, or patient, of each row. */
  readonly slides?: RowLabels | undefined;
  /** Default "anova". */
  readonly test?: UnitTest | undefined;
  /** How the tiles of a slide become one number. Default "mean". */
  readonly method?: SlideMethod | undefined;
  /** With "threshold": the share of tiles strictly above it. Default 0.5. */
  readonly threshold?: number | undefined;
  /** Rearrangements that the permutation test over slides draws. Default 999. */
  readonly permutations?: number | undefined;
  /** Default 42. */
  readonly seed?: number | undefined;
  /** A name for every unit. Default: of predictions the names of the model's classes. */
  readonly unitNames?: Iterable<unknown> | undefined;
}

/** What `boxPlot` takes: data as a page holds them. */
export interface BoxPlotInput extends UnitStatisticsInput {
  /** Units on show. Default "top": the best of the ranking. */
  readonly units?: "top" | readonly number[] | undefined;
  /** So many of them. Default 6. */
  readonly panels?: number | undefined;
  /** The current unit. */
  readonly unit?: number | null | undefined;
  /** Of which test the ranking is. Default "slide" where slides are given, else "tile". */
  readonly level?: Level | null | undefined;
  /** Default "box". */
  readonly shape?: BoxShape | undefined;
  /** Default "free": each panel its own scale. */
  readonly axes?: "free" | "shared" | undefined;
  /** Default "tiles". */
  readonly boxesOf?: "tiles" | "slides" | undefined;
  /** A name for every row. */
  readonly names?: Iterable<unknown> | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}
