import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { NeighborSearch } from "./neighbor-search.ts";

/**
 * The `k` nearest other rows of every row, exactly; equally near ones by row number.
 *
 * Every block of rows is compared with every other in single precision, each pair once, and `k` and a few more
 * candidates a row are kept. These are measured again from the rows themselves in double precision. For products
 * (|a|^2 + |b|^2 - 2ab, where near-duplicates far from the mean cancel) the rounding is bounded row by row: rows whose
 * candidates are in doubt are searched again by differences.
 *
 * @param points Normalised already for "cosine" and "correlation", whose distance is 1 - cosine.
 * @param unit What distances are divided by on their way out: the scale of the stored rows (1 for angular metrics).
 */
export async function exactNeighbors(
  points: StoredPoints,
  k: number,
  metric: Metric,
  unit: number,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
): Promise<NeighborGraph> {
  const { rows, arena } = points;
  const search = new NeighborSearch(points, k, metric, pace);
  const { blocks, block } = search;
  const byProducts = metric !== "manhattan";
  const compare = byProducts ? arena.kernels.compareByProducts : arena.kernels.compareByAbsolutes;
  if (byProducts) await search.measureRows();

  const pairs = (blocks * (blocks + 1)) / 2;
  let compared = 0;
  const tell = () => {
    const done = Math.floor((rows * compared) / pairs);
    onProgress({ stage: "Finding neighbours", done, total: rows, unit: "rows" });
  };
  tell();
  await pace.check();
  // The blocks themselves come first: lists that are half good already turn most later candidates away.
  for (let own = 0; own < blocks; own++, compared++) {
    search.choosePanel(own, byProducts);
    await search.compareBlock(own, own, compare, byProducts, tell);
  }
  for (let right = 1; right < blocks; right++) {
    search.choosePanel(right, byProducts);
    for (let left = 0; left < right; left++, compared++)
      await search.compareBlock(left, right, compare, byProducts, tell);
  }

  const doubts = await search.rankAll(!byProducts);
  if (doubts > 0) {
    search.forgetDoubtful(doubts);
    for (let right = 0; right < blocks; right++) {
      search.choosePanel(right, false);
      await search.compareDoubtful(doubts, right, () =>
        onProgress({ stage: "Checking neighbours", done: right * block, total: rows, unit: "rows" }),
      );
    }
    await search.rankDoubtful(doubts);
  }
  return search.result(unit);
}
