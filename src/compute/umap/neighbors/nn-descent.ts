import { ComputeError } from "../../errors.ts";
import type { Progress } from "../../job.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { FoundNeighbors } from "../backend.ts";
import { FIRST_CANDIDATES, SPARE_CANDIDATES } from "../memory.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { NearestLists } from "./nearest-lists.ts";
import { NnDescentSearch } from "./nn-descent-search.ts";

/** The effort is raised while a sample says that less is found. */
const GOOD_RECALL = 0.95;

/** Trees, rounds and candidates a row. */
interface Effort {
  readonly trees: number;
  readonly rounds: number;
  readonly candidates: number;
}

const firstEffort: Effort = { trees: 8, rounds: 10, candidates: FIRST_CANDIDATES };
const furtherEfforts: readonly Effort[] = [
  { trees: 8, rounds: 6, candidates: 32 },
  { trees: 16, rounds: 6, candidates: 48 },
];

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
): Promise<FoundNeighbors> {
  const { rows } = points;
  const lists = new NearestLists(points, k);
  const keep = Math.min(rows - 1, k + SPARE_CANDIDATES);
  const search = new NnDescentSearch(points, keep, metric, seed, pace);
  const take = async ({ trees, rounds, candidates }: Effort, stage: string): Promise<FoundNeighbors> => {
    const tell = (step: number) => {
      const share = Math.min(1, step / (trees + rounds));
      onProgress({ stage, done: Math.floor(rows * share), total: rows, unit: "rows" });
    };
    for (let tree = 0; tree < trees; tree++) {
      tell(tree);
      await search.growTree();
    }
    await search.fill();
    for (let round = 0; round < rounds; round++)
      if (await search.descend(candidates, (share) => tell(trees + round + share))) break;
    await search.rank(lists);
    const graph = lists.result(metric, unit);
    return { graph, recall: await measure(graph) };
  };

  search.makeRoom(firstEffort.candidates);
  let found = await take(firstEffort, "Finding neighbours");
  for (const effort of furtherEfforts) {
    if (found.recall >= GOOD_RECALL || !hasRoom(search, effort)) break;
    await search.freshen();
    found = await take(effort, "Finding more neighbours");
  }
  return found;
}

/** Whether there is memory for more candidates; without it the neighbours found before are the answer. */
function hasRoom(search: NnDescentSearch, { candidates }: Effort): boolean {
  try {
    search.makeRoom(candidates);
    return true;
  } catch (thrown) {
    if (ComputeError.from(thrown).kind !== "memory") throw thrown;
    return false;
  }
}
