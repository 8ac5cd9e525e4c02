import { ComputeError } from "../../errors.ts";
import type { Progress } from "../../job.ts";
import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { DifferencesSearch } from "./differences-search.ts";
import { searchFarRows } from "./far-rows.ts";
import { NearestLists } from "./nearest-lists.ts";
import { planColumns, planPlaces, QuantisedRows } from "./quantised-rows.ts";
import { blockOf, QuantisedSearch, sampledPairs } from "./quantised-search.ts";
import { NEAR_BLOCKS, SharedSearch } from "./shared-search.ts";

/**
 * Where whole numbers can't tell a row from more than this share of the others, differences are the faster way: rows
 * in a few heaps, each tiny beside the distance between them.
 */
const MOST_UNSURE = 1 / 32;

/**
 * The `k` nearest other rows of every row, exactly; equally near ones by row number.
 *
 * Rows are rounded to 16 bits, where squared distances are whole numbers without rounding, and each pair is compared
 * once. `k` and a few more candidates a row are measured again in double precision, and the triangle inequality proves
 * row by row that no other is nearer; rows without that proof are searched again. Sums of absolute differences
 * ("manhattan"), and rows that 16 bits don't tell apart, are compared in single precision: there a row may stand for
 * one that is nearer by its last bits.
 *
 * @param points Normalised already for "cosine" and "correlation", whose distance is 1 - cosine.
 * @param unit What distances are divided by on their way out: the scale of the stored rows (1 for angular metrics).
 * @param begun The search that the crew is at already.
 */
export async function exactNeighbors(
  points: StoredPoints,
  k: number,
  metric: Metric,
  unit: number,
  crew: Crew,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
  begun: SharedSearch | null = null,
): Promise<NeighborGraph> {
  const lists = new NearestLists(points, k);
  const { rows } = points;
  const tell = (stage: string, share: number) =>
    onProgress({ stage, done: Math.floor(rows * share), total: rows, unit: "rows" });
  tell("Finding neighbours", 0);
  await pace.check();
  if (!(await searchByWholeNumbers()))
    await searchDifferences(
      new DifferencesSearch(points, lists, metric === "manhattan" ? "absolutes" : "squares", pace),
      tell,
    );
  return lists.result(metric, unit);

  async function searchByWholeNumbers(): Promise<boolean> {
    if (metric === "manhattan") return false;
    const shared = begun ?? (SharedSearch.isWorthwhile(points, crew) ? new SharedSearch(points, k, crew) : null);
    if (shared)
      try {
        return await shared.search(lists, MOST_UNSURE, pace, (share) => tell("Finding neighbours", share));
      } catch (thrown) {
        // No room for the workers' copies; there is for one search.
        if (ComputeError.from(thrown).kind !== "memory") throw thrown;
      }
    const { arena } = points;
    const { top } = arena;
    const isDone = await searchQuantised(points, lists, pace, tell);
    // What it took is needed by differences.
    if (!isDone) arena.rewind(top);
    return isDone;
  }
}

type Tell = (stage: string, share: number) => void;

/** @returns false when whole numbers don't tell the rows apart, and nothing was found. */
async function searchQuantised(points: StoredPoints, lists: NearestLists, pace: Pace, tell: Tell): Promise<boolean> {
  const places = await planPlaces(points, pace);
  const columns = await planColumns(points, pace);
  const quantised = new QuantisedRows(points, { places, columns, block: blockOf(points) });
  await quantised.round(0, quantised.padded, pace);
  const search = new QuantisedSearch(points, lists, quantised, pace);
  const { comparison } = search;
  const { blocks } = comparison;
  if ((await search.countUnsure()) / sampledPairs(quantised.count) > MOST_UNSURE) return false;
  const pairs = (blocks * (blocks + 1)) / 2;
  let compared = 0;
  const step = async (chosen: number, other: number) => {
    comparison.compare(chosen, other);
    compared++;
    if (!pace.isDue) return;
    tell("Finding neighbours", compared / pairs);
    await pace.check();
  };
  // Rows that stand near each other come first: lists that are good already turn most later candidates away.
  for (let chosen = 0; chosen < blocks; chosen++) {
    comparison.chooseBlock(chosen);
    for (let other = chosen; other < Math.min(blocks, chosen + NEAR_BLOCKS); other++) await step(chosen, other);
  }
  comparison.stopWhereItPays();
  for (let chosen = 0; chosen < blocks; chosen++) {
    comparison.chooseBlock(chosen);
    for (let other = chosen + NEAR_BLOCKS; other < blocks; other++) await step(chosen, other);
  }
  const doubts = await search.rank();
  await search.searchDoubtful(doubts, (done) => tell("Checking neighbours", done / doubts));
  await searchFarRows(points, lists, places, pace);
  return true;
}

async function searchDifferences(search: DifferencesSearch, tell: Tell): Promise<void> {
  const { blocks } = search;
  const pairs = (blocks * (blocks + 1)) / 2;
  let compared = 0;
  const compare = async (left: number, right: number) => {
    await search.compareBlock(left, right, () => tell("Finding neighbours", compared / pairs));
    compared++;
  };
  for (let own = 0; own < blocks; own++) {
    search.choosePanel(own);
    await compare(own, own);
  }
  for (let right = 1; right < blocks; right++) {
    search.choosePanel(right);
    for (let left = 0; left < right; left++) await compare(left, right);
  }
  await search.rank();
}
