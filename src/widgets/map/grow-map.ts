import { ComputeError } from "../../compute/errors.ts";
import type { Matrix } from "../../compute/matrix.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { throwIfTooLarge } from "../../compute/umap/memory.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { NumericSource } from "../host/sources.ts";
import { formatCounted } from "../theme/numbers.ts";
import { keptNeighbors, type MapJob, readMatrix } from "./compute-map.ts";
import { type MapInput, optionsOf } from "./map-input.ts";

/**
 * The map of `points` whose first rows lie where `placed` says: they keep their bits, the rows after them settle among
 * them. Then the neighbours of all rows are found, so that hairlines, quality and further parameters are about all.
 *
 * @throws {ComputeError} "cancelled" unless the new rows have settled to the end.
 */
export async function growMap(
  props: MapInput,
  points: NumericSource,
  placed: NumericSource,
  { signal, onProgress, onFrame }: MapJob,
): Promise<UmapResult> {
  // Where a map began does not matter once it is placed, and UMAP-JS can't add to one.
  const options = { ...optionsOf(props), init: "pca", engine: "layerscope" } as const;
  const [rows = 0, columns = 0] = points.shape;
  const first = placed.shape[0] ?? 0;
  throwIfTooLarge(rows, columns, options);
  const all = await readMatrix(points, { signal, onProgress });
  const positions = new Float32Array(await placed.read({ signal }));
  const job = { signal, onProgress };
  const input = { map: { points: part(all, 0, first), positions, options }, added: part(all, first, rows) };
  const grown = await pageClient().call("update", input, { ...job, onPartial: onFrame });
  if (grown.epoch < grown.epochs) throw new ComputeError("cancelled", "Stopped.");
  const search = { points: all, options: { ...options, nEpochs: 0 }, keepNeighbors: keptNeighbors(rows) };
  const found = await pageClient().call("umap", search, job);
  const notice = `${formatCounted(rows - first, "row")} added; the others stay where they are.`;
  return { ...found, ...grown, notices: [notice, ...found.notices] };
}

/** Rows `from` to `to`, in memory of their own: a view would take the whole table along to the worker. */
function part({ data, columns }: Matrix, from: number, to: number): Matrix {
  return { data: data.slice(from * columns, to * columns), rows: to - from, columns };
}
