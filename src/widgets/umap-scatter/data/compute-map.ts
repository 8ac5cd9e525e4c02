import type { Job } from "../../../compute/job.ts";
import type { Matrix } from "../../../compute/matrix.ts";
import { pageClient } from "../../../compute/runtime/page-client.ts";
import { throwIfTooLarge } from "../../../compute/umap/memory.ts";
import type { NeighborGraph } from "../../../compute/umap/options.ts";
import type { LayoutFrame, UmapResult } from "../../../compute/umap/result.ts";
import { isNumericSource, type NumericSource } from "../../host/sources.ts";
import { optionsOf, type UmapScatterProps } from "../props.ts";
import { rememberMap } from "./result-cache.ts";

export interface MapJob extends Job {
  readonly onFrame: (frame: LayoutFrame) => void;
  /** Neighbours found before that still serve. */
  readonly neighbors?: NeighborGraph | undefined;
  /** A stopped layout to go on with. */
  readonly resume?: { readonly positions: Float32Array<ArrayBuffer>; readonly epoch: number } | undefined;
}

/** Fetch the rows of `points`, compute their map in the page's worker, and remember it when it is complete. */
export async function computeMap(props: UmapScatterProps, points: NumericSource, job: MapJob): Promise<UmapResult> {
  const { signal, onProgress, onFrame, resume } = job;
  // Before a byte travels: what can't be computed need not be sent.
  const [rows = 0, columns = 0] = points.shape;
  throwIfTooLarge(rows, columns, optionsOf(props));
  const data = await readMatrix(points, { signal, onProgress });
  const neighbors = job.neighbors ?? (await readNeighbors(props, { signal }));
  const { init } = props;
  const options = isNumericSource(init)
    ? { ...optionsOf(props), init: new Float32Array(await init.read({ signal })) }
    : optionsOf(props);
  const result = await pageClient().call(
    "umap",
    { points: data, options, neighbors, resume },
    { signal, onProgress, onPartial: onFrame },
  );
  if (result.epoch === result.epochs) rememberMap(mapKey(props), result);
  return result;
}

async function readMatrix(points: NumericSource, job: Job): Promise<Matrix> {
  const read = await points.read(job);
  const [rows = 0, columns = 0] = points.shape;
  return { data: read instanceof Float32Array ? read : new Float32Array(read), rows, columns };
}

async function readNeighbors({ precomputedKNN }: UmapScatterProps, job: Job): Promise<NeighborGraph | undefined> {
  if (!precomputedKNN) return undefined;
  const { indices, distances } = precomputedKNN;
  const [read, lengths] = await Promise.all([indices.read(job), distances.read(job)]);
  return { k: indices.shape[1] ?? 0, indices: new Int32Array(read), distances: new Float32Array(lengths) };
}

/** What a map depends on: the data's content and the parameters. */
export function mapKey(props: UmapScatterProps): string {
  const { init } = props;
  const options = { ...optionsOf(props), init: null };
  const start = typeof init === "string" ? init : isNumericSource(init) ? init.key : Array.from(init).join();
  const knn = props.precomputedKNN;
  return JSON.stringify([props.points?.key, options, start, knn?.indices.key, knn?.distances.key]);
}

/** What the neighbours depend on: a run that changes nothing of it need not search them again. */
export function neighborsKey({ points, metric, nNeighbors, precomputedKNN, engine }: UmapScatterProps): string {
  return JSON.stringify([points?.key, metric, nNeighbors, precomputedKNN?.indices.key, engine]);
}
