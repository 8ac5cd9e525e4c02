import { ComputeError } from "../../compute/errors.ts";
import type { Matrix } from "../../compute/matrix.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { columnsSearched, throwIfTooLarge } from "../../compute/umap/memory.ts";
import { takesDescent } from "../../compute/umap/neighbors/choose-search.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { NumericSource } from "../host/sources.ts";
import { formatCounted } from "../theme/numbers.ts";
import { keptNeighbors, type MapJob, readMatrix } from "./compute-map.ts";
import { type MapInput, optionsOf } from "./map-input.ts";
import { withoutColumn } from "./without-column.ts";

/**
 * The map of `points` whose first rows lie where `placed` says: they keep their bits, the rows after them settle among
 * them. The neighbours of all rows come with it, so that hairlines, quality and further parameters are about all: where
 * those of the first rows are known (`job.prepared`) and were found exactly, the added rows are entered into them; else
 * all are searched.
 *
 * @throws {ComputeError} "cancelled" unless the new rows have settled to the end.
 */
export async function growMap(
  props: MapInput,
  points: NumericSource,
  placed: NumericSource,
  { signal, onProgress, onFrame, control, prepared }: MapJob,
): Promise<UmapResult> {
  // Where a map began does not matter once it is placed, and UMAP-JS can't add to one.
  const options = { ...optionsOf(props), init: "pca", engine: "layerscope" } as const;
  const first = placed.shape[0] ?? 0;
  throwIfTooLarge(points.shape[0] ?? 0, points.shape[1] ?? 0, options);
  const matrix = await readMatrix(points, { signal, onProgress });
  const { rows, columns } = matrix;
  const all = withoutColumn(matrix, props.exclude);
  const positions = new Float32Array(await placed.read({ signal }));
  const job = { signal, onProgress };
  const keepNeighbors = keptNeighbors(rows);
  // Found by chance, they would not be those that the map of all rows has when it is computed from the seed.
  const isExact = columnsSearched(columns, options) === columns && !takesDescent(rows, columns, options.neighborSearch);
  const known = isExact ? prepared?.neighbors : undefined;
  const input = { map: { points: part(all, 0, first), positions, options }, added: part(all, first, rows) };
  const grown = await pageClient().call(
    "update",
    { ...input, neighbors: known, keepNeighbors },
    { ...job, control, onPartial: onFrame },
  );
  if (grown.epoch < grown.epochs) throw new ComputeError("cancelled", "Stopped.");
  const rest = { options: { ...options, nEpochs: 0 }, keepNeighbors, neighbors: grown.neighbors ?? undefined };
  const found = await pageClient().call("umap", { points: all, ...rest }, job);
  const notice = `${formatCounted(rows - first, "row")} added; the others stay where they are.`;
  const { positions: places, epoch, epochs } = grown;
  return { ...found, positions: places, epoch, epochs, notices: [notice, ...found.notices] };
}

/** Rows `from` to `to`, in memory of their own: a view would take the whole table along to the worker. */
function part({ data, columns }: Matrix, from: number, to: number): Matrix {
  return { data: data.slice(from * columns, to * columns), rows: to - from, columns };
}
