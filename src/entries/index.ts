import type { PageParts } from "../widgets/host/write-page.ts";
import { type BoxPlotElement, makeBoxPlot } from "./box-plot-element.ts";
import type { BoxPlotInput } from "./box-plot-input.ts";
import { type MosaicElement, makeMosaic } from "./mosaic-element.ts";
import type { MosaicInput } from "./mosaic-input.ts";
import { makeUmapScatter, type UmapScatterElement } from "./umap-scatter-element.ts";
import type { UmapScatterInput } from "./umap-scatter-input.ts";

export { type LinkOptions, link, type WidgetElement } from "../widgets/host/observable.ts";
export type { BoxPlotElement, StatsInput } from "./box-plot-element.ts";
export type { BoxPlotInput, UnitStatisticsInput } from "./box-plot-input.ts";
export type { MosaicElement } from "./mosaic-element.ts";
export type { FocusRows, GridInput, MosaicInput } from "./mosaic-input.ts";
export type { UmapScatterElement } from "./umap-scatter-element.ts";
export type { RowLabels, UmapScatterInput } from "./umap-scatter-input.ts";
export type { RankedUnit, SlideflowStats, UnitTestResult } from "./unit-answers.ts";
export { UnitStatistics } from "./unit-statistics.ts";

export interface CallOptions {
  /** Observable's `invalidation`: the widget ends when it resolves. */
  readonly invalidation?: PromiseLike<unknown> | undefined;
}

// Their own files beside the built module, so that a page pays for them only when it uses them.
const load = (part: "plotly" | "pdf"): Promise<unknown> =>
  part === "plotly" ? import("./parts/plotly.js" as string) : import("./parts/pdf.js" as string);

const loadPage = async (): Promise<PageParts> => {
  const part = (await import("./parts/page.js" as string)) as { readonly default: PageParts };
  return part.default;
};

/**
 * A map of which rows are alike.
 *
 * @param input `points` (rows × columns) or `coords`; `labels`, `images`, `names`, `values`, `color`; UMAP's parameters
 * in camelCase. `docs/umap-scatter.md` has them all.
 */
export function umapScatter(input: UmapScatterInput, { invalidation }: CallOptions = {}): UmapScatterElement {
  return makeUmapScatter(input, { invalidation, load, loadPage });
}

/**
 * Pictures on a map, cell by cell.
 *
 * @param input `images`, one a row, and `coords` (n × 2, or a `umapScatter(...)` of the same rows, which is followed while
 * it settles and linked) or `points` (rows × columns, mapped by UMAP); `numTilesX`, `tileSelect`, `labels`, `names`,
 * `values`. `docs/mosaic.md` has them all.
 */
export function mosaic(input: MosaicInput, { invalidation }: CallOptions = {}): MosaicElement {
  return makeMosaic(input, { invalidation, load, loadPage });
}

/**
 * Which units tell classes, or a selection, apart.
 *
 * @param input `values` (rows × units), `labels` and `slides`, one a row; `units`, `level`, `test`. `docs/box-plot.md` has
 * them all.
 */
export function boxPlot(input: BoxPlotInput, { invalidation }: CallOptions = {}): BoxPlotElement {
  return makeBoxPlot(input, { invalidation, load, loadPage });
}
