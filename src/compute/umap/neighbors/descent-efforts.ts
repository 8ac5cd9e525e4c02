import { ComputeError } from "../../errors.ts";
import type { Progress } from "../../job.ts";
import type { FoundNeighbors } from "../backend.ts";
import { FIRST_CANDIDATES } from "../memory.ts";
import type { NeighborGraph } from "../options.ts";
import type { DescentSearch } from "./descent-search.ts";

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
 * Trees, then rounds, and more of both while too little is found. NN-descent finds nearly all where rows lie in clusters
 * or on few dimensions, and from .36 to .83 of them where they fill many dimensions evenly: so what is found is measured,
 * and the effort raised twice while that is below .95.
 *
 * @param measure Share of the true neighbours in a graph of these rows.
 */
export async function descendByEfforts(
  search: DescentSearch,
  measure: (graph: NeighborGraph) => Promise<number>,
  onProgress: (progress: Progress) => void = () => {},
): Promise<FoundNeighbors> {
  const { rows } = search;
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
    const graph = await search.rank();
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
function hasRoom(search: DescentSearch, { candidates }: Effort): boolean {
  try {
    search.makeRoom(candidates);
    return true;
  } catch (thrown) {
    if (ComputeError.from(thrown).kind !== "memory") throw thrown;
    return false;
  }
}
