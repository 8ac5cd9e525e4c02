import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import { FIRST_CANDIDATES, SPARE_CANDIDATES } from "../memory.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { NearestLists } from "./nearest-lists.ts";
import { NnDescentSearch } from "./nn-descent-search.ts";

/** The effort is raised while a sample says that less is found. */
const GOOD_RECALL = 0.95;

/** Trees, rounds and candidates a row, one effort after the other. */
const efforts = [
  { trees: 8, rounds: 10, candidates: FIRST_CANDIDATES },
  { trees: 8, rounds: 6, candidates: 32 },
  { trees: 16, rounds: 6, candidates: 48 },
] as const;

/**
 * Most of the `k` nearest other rows of every row, without comparing all: random projection trees, then NN-descent
 * (Dong, Charikar, Li, "Efficient k-nearest neighbor graph construction", WWW 2011) as pynndescent does it. The
 * distances given are exact, and the same bits come out at every run.
 *
 * It finds nearly all where rows lie in clusters or on few dimensions, and from .36 to .83 of them where they fill many
 * dimensions evenly: so what is found is measured, and the effort raised twice while that is below .95.
 *
 * @param points Normalised already for "cosine" and "correlation".
 * @param unit What distances are divided by on their way out.
 * @param measure Share of the true neighbours in a graph of these rows.
 */
export async function nnDescent(
  points: StoredPoints,
  k: number,
  metric: Metric,
  unit: number,
  seed: number,
  measure: (graph: NeighborGraph) => Promise<number>,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
): Promise<{ readonly graph: NeighborGraph; readonly recall: number }> {
  const { rows } = points;
  const lists = new NearestLists(points, k);
  const keep = Math.min(rows - 1, k + SPARE_CANDIDATES);
  const search = new NnDescentSearch(points, keep, metric, seed, pace);
  let found: { graph: NeighborGraph; recall: number } | undefined;
  for (const [which, { trees, rounds, candidates }] of efforts.entries()) {
    const tell = (step: number) => {
      const share = Math.min(1, step / (trees + rounds));
      const stage = which === 0 ? "Finding neighbours" : "Finding more neighbours";
      onProgress({ stage, done: Math.floor(rows * share), total: rows, unit: "rows" });
    };
    if (which > 0) await search.freshen();
    for (let tree = 0; tree < trees; tree++) {
      tell(tree);
      await search.growTree();
    }
    if (which === 0) await search.fill();
    for (let round = 0; round < rounds; round++)
      if (await search.descend(candidates, (share) => tell(trees + round + share))) break;
    await search.rank(lists);
    const graph = lists.result(metric, unit);
    found = { graph, recall: await measure(graph) };
    if (found.recall >= GOOD_RECALL) break;
  }
  return found ?? { graph: lists.result(metric, unit), recall: 0 };
}
