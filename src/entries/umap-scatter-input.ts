import type { UmapOptions } from "../compute/umap/options.ts";
import type { InlinePicture } from "../widgets/host/inline-pictures.ts";
import type { NumberList, NumberTable } from "../widgets/host/inline-sources.ts";
import type { Activations } from "../widgets/models/activations.ts";

/** One class or one number a row; null, undefined and NaN are missing. */
export type RowLabels = readonly (string | number | boolean | null | undefined)[] | NumberList;

/** What `umapScatter` takes: data as a page holds them, and umap-learn's parameters in camelCase. */
export interface UmapScatterInput extends Partial<Omit<UmapOptions, "init">> {
  /** n × d numbers to map: rows, `{data, shape: [n, d]}`, or `features.activations(images)`. */
  readonly points?: NumberTable | Activations | undefined;
  /** n × 2 or n × 3 coordinates to show as they are, instead of `points`. */
  readonly coords?: NumberTable | undefined;
  /** Classes, or numbers, to colour by. Whole numbers of at most 50 kinds are classes. */
  readonly labels?: RowLabels | undefined;
  /** What to colour by instead of the labels: numbers make a scale, strings make classes. */
  readonly color?: RowLabels | undefined;
  /** A picture for every row; addresses must be of the page's own origin. */
  readonly images?: readonly InlinePicture[] | undefined;
  readonly names?: Iterable<unknown> | undefined;
  /** Numbers to show for the hovered row: `{column: values}`. */
  readonly values?: Readonly<Record<string, NumberList>> | undefined;
  /** The layout before the first round; an array holds n × nComponents numbers. Default "pca". */
  readonly init?: UmapOptions["init"] | undefined;
  /** What stands as height over a map in two dimensions, and colours it: a column of `points`, or a number a row. */
  readonly height?: number | NumberList | null | undefined;
  /** A column of `points` that rows are compared without. */
  readonly exclude?: number | null | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}
