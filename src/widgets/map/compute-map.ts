import type { Job } from "../../compute/job.ts";
import type { Matrix } from "../../compute/matrix.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import type { LayoutControl } from "../../compute/umap/layout/layout-control.ts";
import { LayoutPictures } from "../../compute/umap/layout/layout-pictures.ts";
import { columnsSearched, throwIfTooLarge } from "../../compute/umap/memory.ts";
import { takesDescent } from "../../compute/umap/neighbors/choose-search.ts";
import type { NeighborGraph, UmapOptions } from "../../compute/umap/options.ts";
import type { Prepared } from "../../compute/umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../../compute/umap/result.ts";
import { isNumericSource, type NumericSource } from "../host/sources.ts";
import { type MapInput, optionsOf } from "./map-input.ts";
import { withoutColumn } from "./without-column.ts";

export interface MapFrame extends LayoutFrame {
  /** Where pictures are to be had of what follows this frame. */
  readonly line?: LayoutPictures | null | undefined;
}

export interface MapJob extends Job {
  readonly onFrame: (frame: MapFrame) => void;
  /** What the map before was laid out from, where it still serves: then no row is sent and nothing searched. */
  readonly prepared?: Prepared | undefined;
  /** A stopped layout to go on with. */
  readonly resume?: { readonly positions: Float32Array<ArrayBuffer>; readonly epoch: number } | undefined;
  /** Holds and changes the layout while it settles. */
  readonly control?: LayoutControl | undefined;
}

/** So many neighbours are kept that the panel's slider only leaves some out. */
const KEPT_NEIGHBORS = 50;
/** Above it they would fill the page's memory: then only those asked for are kept. */
const MOST_ROWS_KEPT = 200_000;

/** Compute the map of `points` in the page's worker. */
export function computeMap(props: MapInput, points: NumericSource, job: MapJob): Promise<UmapResult> {
  return job.prepared ? layOutAgain(props, job.prepared, job) : computeWhole(props, points, job);
}

/** A map's rounds alone, from what the map before it kept. */
export async function layOutAgain(props: MapInput, prepared: Prepared, job: MapJob): Promise<UmapResult> {
  const options = await readOptions(props, { signal: job.signal });
  return pageClient().call("relayout", { prepared, options, resume: job.resume }, callOf(job));
}

async function computeWhole(props: MapInput, points: NumericSource, job: MapJob): Promise<UmapResult> {
  const { signal, onProgress, resume } = job;
  const check = ([rows = 0, columns = 0]: readonly number[]) =>
    throwIfTooLarge(rows, columnsSearched(columns, props), optionsOf(props));
  // Before a byte travels: what can't be computed need not be sent.
  check(points.shape);
  const matrix = await readMatrix(points, { signal, onProgress });
  const { rows, columns } = matrix;
  // How wide activations are is known now.
  check([rows, columns]);
  const data = withoutColumn(matrix, props.exclude);
  const neighbors = await readNeighbors(props, { signal });
  const options = await readOptions(props, { signal });
  return pageClient().call(
    "umap",
    { points: data, options, neighbors, keepNeighbors: keptNeighbors(rows), resume },
    callOf(job),
  );
}

function callOf({ signal, onProgress, onFrame, control }: MapJob) {
  const pictures = new LayoutPictures();
  const onPartial = (frame: LayoutFrame) => onFrame({ ...frame, line: frame.isDrawable ? pictures : null });
  return { signal, onProgress, onPartial, control, pictures };
}

/** So many neighbours of a row are found and kept; undefined: those asked for alone. */
export function keptNeighbors(rows: number): number | undefined {
  return rows <= MOST_ROWS_KEPT ? KEPT_NEIGHBORS : undefined;
}

/** `nNeighbors` that a map of these properties can take while it settles: no row is searched for then. */
export function mostNeighborsTried({ points, precomputedKNN, nNeighbors }: MapInput): number {
  if (precomputedKNN) return (precomputedKNN.indices.shape[1] ?? 0) + 1;
  return Math.max(nNeighbors, 1 + (keptNeighbors(points?.shape[0] ?? 0) ?? 0));
}

async function readOptions(props: MapInput, job: Job): Promise<UmapOptions> {
  const { init } = props;
  if (!isNumericSource(init)) return optionsOf(props);
  return { ...optionsOf(props), init: new Float32Array(await init.read(job)) };
}

export async function readMatrix(points: NumericSource, job: Job): Promise<Matrix> {
  const read = await points.read(job);
  const [rows = 0, columns = 0] = points.shape;
  return { data: read instanceof Float32Array ? read : new Float32Array(read), rows, columns };
}

async function readNeighbors({ precomputedKNN }: MapInput, job: Job): Promise<NeighborGraph | undefined> {
  if (!precomputedKNN) return undefined;
  const { indices, distances } = precomputedKNN;
  const [read, lengths] = await Promise.all([indices.read(job), distances.read(job)]);
  return { k: indices.shape[1] ?? 0, indices: new Int32Array(read), distances: new Float32Array(lengths) };
}

/** What a map depends on: the data's content and the parameters. */
export function mapKey(props: MapInput): string {
  const { init } = props;
  const options = { ...optionsOf(props), init: null };
  const start = typeof init === "string" ? init : isNumericSource(init) ? init.key : Array.from(init).join();
  const { points, precomputedKNN: knn, placed, exclude = null } = props;
  return JSON.stringify([points?.key, options, start, knn?.indices.key, knn?.distances.key, placed?.key, exclude]);
}

/** The properties after a change: rows that were added belong to the map that they were added to, and to no other. */
export function changeProps<Props extends MapInput>(before: Props, changed: Partial<Props>): Props {
  const after = { ...before, ...changed };
  return "placed" in changed || mapKey(after) === mapKey(before) ? after : { ...after, placed: null };
}

/** What a map kept from the run before: its neighbours and scores. */
export interface KeptMap {
  readonly key: string;
  readonly prepared: Prepared;
}

/** What a result leaves for further runs; null where it came without neighbours or scores. */
export function keepMap(props: MapInput, { rows, neighbors, recall, scores }: UmapResult): KeptMap | null {
  return neighbors && { key: preparedKey(props), prepared: { rows, neighbors, recall, scores } };
}

/** What was kept, where it serves these parameters. */
export function servingMap(
  kept: KeptMap | null,
  props: MapInput,
  options: { readonly isResumed: boolean },
): Prepared | undefined {
  if (kept?.key !== preparedKey(props)) return undefined;
  const { rows, neighbors, scores } = kept.prepared;
  const hasEnough = neighbors.k >= Math.min(props.nNeighbors, rows - 1) - 1;
  return hasEnough && (scores !== null || options.isResumed) ? kept.prepared : undefined;
}

/** What neighbours and scores depend on: the seed, where they were searched by chance. */
function preparedKey(props: MapInput): string {
  const { points, metric, precomputedKNN, nComponents, neighborSearch, pca, seed, exclude = null } = props;
  const [rows = 0, columns = 0] = points?.shape ?? [];
  const isByChance = pca !== null || takesDescent(rows, columns, neighborSearch);
  const known = [precomputedKNN?.indices.key, precomputedKNN?.distances.key];
  const searched = [points?.key, exclude, metric, neighborSearch, pca, isByChance ? seed : null];
  return JSON.stringify([...searched, nComponents, known]);
}
