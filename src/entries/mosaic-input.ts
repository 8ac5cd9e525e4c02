import type { UmapOptions } from "../compute/umap/options.ts";
import type { InlinePicture } from "../widgets/host/inline-pictures.ts";
import type { NumberList, NumberTable } from "../widgets/host/inline-sources.ts";
import type { WidgetElement } from "../widgets/host/observable.ts";
import type { Activations } from "../widgets/models/activations.ts";
import type { RowLabels } from "./umap-scatter-input.ts";

/** Tiles by their row numbers, or all of some classes of `labels`. */
export type FocusRows = Iterable<number> | string | readonly string[];

/** What lays the tiles in cells. */
export interface GridInput {
  /** Cells across. Default 50. */
  readonly numTilesX?: number | undefined;
  /** Which of a cell's tiles stands for it. Default "first". */
  readonly tileSelect?: "first" | "nearest" | "centroid" | "random" | undefined;
  /** With "nearest": tiles so many cells from the centre, or further, stand for none. */
  readonly maxDist?: number | null | undefined;
  /** n × d numbers; with "centroid" the tile nearest to its cell's mean of them stands for it. */
  readonly tileMeta?: NumberTable | Activations | undefined;
  /** Empty cells take a tile from their neighbours. Default false. */
  readonly expanded?: boolean | undefined;
}

/** What `mosaic` takes: data as a page holds them; umap-learn's parameters, for `points`, in camelCase. */
export interface MosaicInput extends GridInput, Partial<Omit<UmapOptions, "init">> {
  /** A picture for every row; addresses must be of the page's own origin. */
  readonly images: readonly InlinePicture[];
  /** n × 2 coordinates, or a `umapScatter(...)` of the same rows, which is followed and linked. */
  readonly coords?: NumberTable | WidgetElement | undefined;
  /** n × d numbers to map, instead of `coords`: rows, or `features.activations(images)`. */
  readonly points?: NumberTable | Activations | undefined;
  /** Classes, or numbers, to colour by. Whole numbers of at most 50 kinds are classes. */
  readonly labels?: RowLabels | undefined;
  /** What to colour by instead of the labels: numbers make a scale, strings make classes. */
  readonly color?: RowLabels | undefined;
  readonly names?: Iterable<unknown> | undefined;
  /** Numbers to show for the hovered tile: `{column: values}`. */
  readonly values?: Readonly<Record<string, NumberList>> | undefined;
  /** Tiles in focus; the others fade by their share in the cell. */
  readonly focus?: FocusRows | null | undefined;
  /** How tiles show the commonest class of their cell. Default "auto": a frame, or a tint where tiles are small. */
  readonly classMarks?: "auto" | "frame" | "tint" | "none" | undefined;
  /** The names of up to twelve classes are written on the map. Default true. */
  readonly classNames?: boolean | undefined;
  /** A CSS colour behind the tiles, "slideflow" for its grey. Default: the page's. */
  readonly background?: string | null | undefined;
  /** Stain normalisation for display. */
  readonly normalizer?: "reinhard" | "macenko" | null | undefined;
  /** One picture whose stain the others take on. Default: Slideflow's target of the method. */
  readonly normalizerSource?: InlinePicture | undefined;
  /** The layout before the first round; an array holds n × nComponents numbers. Default "pca". */
  readonly init?: UmapOptions["init"] | undefined;
  readonly title?: string | undefined;
  /** Default "auto": as the page. */
  readonly theme?: "auto" | "light" | "dark" | undefined;
}
