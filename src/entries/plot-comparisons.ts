import { ComputeError } from "../compute/errors.ts";
import type { InlinePicture } from "../widgets/host/inline-pictures.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";
import type { ObservableOptions } from "../widgets/host/observable.ts";
import type { ModelImages } from "./model-pictures.ts";
import { loadNpmPart as load, loadPageParts as loadPage } from "./npm-parts.ts";
import { makeSaliencyOverlay, type SaliencyOverlayElement } from "./saliency-overlay-element.ts";
import type { SaliencyOverlayInput } from "./saliency-overlay-input.ts";

/** A picture as it was before it was prepared: bytes of [height, width, 3], or what a page draws. */
export type PlottedPicture = InlinePicture | ShapedNumbers;

/** A saliency map, height × width from 0 to 1, as `SaliencyMap` gives it. */
export type PlottedMap = ShapedNumbers;

/** Gives the map of a prepared picture, as the methods of `SaliencyMap` do. */
export type SaliencyFunction<Prepared> = (picture: Prepared) => PlottedMap | PromiseLike<PlottedMap>;

export interface PlotOptions extends Pick<ObservableOptions, "invalidation"> {
  /** "gray", "inferno", "oranges", "viridis" or "PuOr_r", as matplotlib has them. */
  readonly cmap?: string | undefined;
}

export interface ComparisonPlotOptions extends PlotOptions {
  /** Slideflow's, as `nCols`, and change nothing: maps stand as the width has it, however many there are. */
  readonly nRows?: number | undefined;
  readonly nCols?: number | undefined;
}

export interface MultiPlotOptions extends PlotOptions {
  /** What the pictures are called. */
  readonly xlabels?: readonly string[] | undefined;
  /** What Slideflow's three rows are called; the second is the overlays' name here. */
  readonly ylabels?: readonly string[] | undefined;
}

export interface SaliencyMapComparisonOptions extends PlotOptions {
  /** What the methods are called. Default "Saliency0", "Saliency1" and so on. */
  readonly saliencyLabels?: readonly string[] | undefined;
}

/** Ours by matplotlib's names, in small letters. */
const COLORMAPS: Readonly<Record<string, SaliencyOverlayInput["colormap"]>> = {
  inferno: "inferno",
  oranges: "oranges",
  viridis: "viridis",
  gray: "grey",
  grey: "grey",
  puor_r: "signed",
  signed: "signed",
};

/**
 * A picture beside its maps: Slideflow's `comparison_plot`, whose own default colours (`cmap`, here "gray") name none, and
 * fail.
 *
 * @param maps By their names.
 * @throws {ComputeError} "input" where there is no map, one has another size than the first, or there is no such `cmap`.
 */
export function comparisonPlot(
  original: PlottedPicture,
  maps: Readonly<Record<string, PlottedMap>>,
  { cmap = "gray", invalidation }: ComparisonPlotOptions = {},
): SaliencyOverlayElement {
  const look = { colormap: colormapOf(cmap), under: "nothing", mapNames: Object.keys(maps) } as const;
  return shownMaps([original], [Object.values(maps)], look, invalidation);
}

/**
 * Pictures beside their maps, laid over them as Slideflow does: its `multi_plot`. Slideflow's third row, the maps alone, is one
 * setting away: nothing under the map, which then has the colours of `cmap` ("inferno"). Pictures stand below each other, not
 * beside; one alone will do, with which Slideflow fails.
 *
 * @param method Called with each of the processed pictures.
 * @throws {ComputeError} "input" where lists differ in length, or maps in size.
 */
export async function multiPlot<Prepared>(
  rawImgs: readonly PlottedPicture[],
  processedImgs: readonly Prepared[],
  method: SaliencyFunction<Prepared>,
  { cmap = "inferno", xlabels, ylabels, invalidation }: MultiPlotOptions = {},
): Promise<SaliencyOverlayElement> {
  const colormap = colormapOf(cmap);
  checkCount("processedImgs", processedImgs, rawImgs.length, "picture");
  if (xlabels) checkCount("xlabels", xlabels, rawImgs.length, "picture");
  if (ylabels) checkCount("ylabels", ylabels, 3, "row");
  const maps = await Promise.all(processedImgs.map(async (each) => [await method(each)]));
  const names = { imageNames: xlabels, mapNames: [ylabels?.[1] ?? "map"] };
  return shownMaps(rawImgs, maps, { colormap, blend: "slideflow", ...names }, invalidation);
}

/**
 * Pictures, each beside its maps by several methods: Slideflow's `saliency_map_comparison`. One picture alone will do, with
 * which Slideflow fails.
 *
 * @param saliencyFn The methods, or one; each is called with a prepared picture.
 * @param processFn Prepares a picture for them.
 * @throws {ComputeError} "input" where there are not as many labels as methods, or maps differ in size.
 */
export async function saliencyMapComparison<Picture extends PlottedPicture, Prepared>(
  origImgs: readonly Picture[],
  saliencyFn: SaliencyFunction<Prepared> | readonly SaliencyFunction<Prepared>[],
  processFn: (picture: Picture) => Prepared | PromiseLike<Prepared>,
  { cmap = "inferno", saliencyLabels, invalidation }: SaliencyMapComparisonOptions = {},
): Promise<SaliencyOverlayElement> {
  const colormap = colormapOf(cmap);
  const methods = typeof saliencyFn === "function" ? [saliencyFn] : saliencyFn;
  if (saliencyLabels) checkCount("saliencyLabels", saliencyLabels, methods.length, "method");
  const mapNames = saliencyLabels ?? methods.map((_, at) => `Saliency${at}`);
  const maps = await Promise.all(
    origImgs.map(async (each) => {
      const prepared = await processFn(each);
      return Promise.all(methods.map((method) => method(prepared)));
    }),
  );
  return shownMaps(origImgs, maps, { colormap, under: "nothing", mapNames }, invalidation);
}

function shownMaps(
  pictures: readonly PlottedPicture[],
  maps: readonly (readonly PlottedMap[])[],
  look: Pick<SaliencyOverlayInput, "colormap" | "under" | "blend" | "mapNames" | "imageNames">,
  invalidation: PlotOptions["invalidation"],
): SaliencyOverlayElement {
  const input = { images: pictures as ModelImages, shown: pictures.map((_, at) => at), maps: stacked(maps), ...look };
  return makeSaliencyOverlay(input, { invalidation, load, loadPage });
}

/** Maps as pictures × columns × height × width. */
function stacked(maps: readonly (readonly PlottedMap[])[]): ShapedNumbers {
  const all = maps.flat();
  const [first] = all;
  if (!first) throw new ComputeError("input", "There are no maps.", "Pass a picture and a map at least.");
  const [height = 0, width = 0] = first.shape;
  const places = height * width;
  const data = new Float32Array(all.length * places);
  for (const [at, { data: values, shape }] of all.entries()) {
    if (shape.length !== 2 || values.length !== (shape[0] ?? 0) * (shape[1] ?? 0))
      throw new ComputeError("input", `A map is of ${shape.join(" × ")}.`, "Pass maps of [height, width].");
    if (values.length !== places || shape[0] !== height)
      throw new ComputeError(
        "input",
        `A map is of ${shape.join(" × ")}, the first of ${height} × ${width}.`,
        "Pass maps of one size.",
      );
    for (let place = 0; place < places; place++) data[at * places + place] = Number(values[place] ?? Number.NaN);
  }
  return { data, shape: [maps.length, all.length / maps.length, height, width] };
}

function checkCount(name: string, values: readonly unknown[], count: number, unit: string): void {
  if (values.length === count) return;
  const units = count === 1 ? unit : `${unit}s`;
  throw new ComputeError("input", `${name} are ${values.length} for ${count} ${units}.`, `Pass a list, one a ${unit}.`);
}

function colormapOf(cmap: string): SaliencyOverlayInput["colormap"] {
  const found = COLORMAPS[cmap.replace(/^(plt\.)?cm\./, "").toLowerCase()];
  if (found) return found;
  throw new ComputeError("input", `Unknown cmap: "${cmap}".`, "Pass gray, inferno, oranges, viridis or PuOr_r.");
}
