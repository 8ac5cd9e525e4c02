import type { Progress } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import type { JoinedNeighbors } from "./joined-neighbors.ts";
import { QuerySearch } from "./query-search.ts";

/**
 * The `k` nearest others of rows added to a map, among old and new rows; equally near ones by row number.
 *
 * @param stored All rows, the old ones first; normalised already for "cosine" and "correlation".
 * @param scale What the stored rows were multiplied by; the distances are in that unit.
 * @param joined Told how far each added row is from the old ones.
 */
export async function neighborsOfAdded(
  stored: StoredPoints,
  oldRows: number,
  added: Matrix,
  k: number,
  metric: Metric,
  scale: number,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
  joined: JoinedNeighbors | null = null,
): Promise<NeighborGraph> {
  // One more is looked for than is kept: the row itself may be among them.
  const search = new QuerySearch(stored, k + 1, metric, scale);
  const found = { k, indices: new Int32Array(added.rows * k), distances: new Float32Array(added.rows * k) };
  const tell = (done: number) => onProgress({ stage: "Finding neighbours", done, total: added.rows, unit: "rows" });
  await search.search(added, pace, (row, { indices, distancesAt, line }) => {
    if (pace.isDue) tell(row);
    joined?.offer(oldRows + row, line);
    const distances = stored.arena.floats(distancesAt, k + 1);
    let to = row * k;
    for (const [place, other] of indices.entries()) {
      if (other === oldRows + row || to === (row + 1) * k) continue;
      found.indices[to] = other;
      found.distances[to++] = distances[place] ?? 0;
    }
  });
  tell(added.rows);
  return found;
}
