import type { Progress } from "../../job.ts";
import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import type { Metric, NeighborGraph } from "../options.ts";
import type { StoredPoints } from "../stored-points.ts";
import { DifferencesSearch } from "./differences-search.ts";
import { NearestLists } from "./nearest-lists.ts";
import { QuantisedSearch } from "./quantised-search.ts";
import { compareByCrew } from "./shared-comparison.ts";

/**
 * Where whole numbers can't tell a row from more than this share of the others, differences are the faster way: rows
 * in a few heaps, each tiny beside the distance between them.
 */
const MOST_UNSURE = 1 / 32;

/** Blocks beside each one, itself counted, that it is compared with before all others. */
const NEAR_BLOCKS = 2;

/** Fewer blocks are compared before a crew has its copies of the rows. */
const FEWEST_SHARED_BLOCKS = 8;

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
 */
export async function exactNeighbors(
  points: StoredPoints,
  k: number,
  metric: Metric,
  unit: number,
  crew: Crew,
  pace: Pace,
  onProgress: (progress: Progress) => void = () => {},
): Promise<NeighborGraph> {
  const lists = new NearestLists(points, k);
  const { rows } = points;
  const tell = (stage: string, share: number) =>
    onProgress({ stage, done: Math.floor(rows * share), total: rows, unit: "rows" });
  tell("Finding neighbours", 0);
  await pace.check();
  const { arena } = points;
  const { top } = arena;
  const isDone = metric !== "manhattan" && (await searchQuantised(points, lists, crew, pace, tell));
  arena.rewind(top);
  if (!isDone)
    await searchDifferences(
      new DifferencesSearch(points, lists, metric === "manhattan" ? "absolutes" : "squares", pace),
      tell,
    );
  return lists.result(metric, unit);
}

type Tell = (stage: string, share: number) => void;

/** @returns false when whole numbers don't tell the rows apart, and nothing was found. */
async function searchQuantised(
  points: StoredPoints,
  lists: NearestLists,
  crew: Crew,
  pace: Pace,
  tell: Tell,
): Promise<boolean> {
  const search = await QuantisedSearch.begin(points, lists, pace);
  const { comparison } = search;
  const { blocks } = comparison;
  if ((await search.sampleUnsure()) > MOST_UNSURE) return false;
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
  if (crew.size > 1 && blocks > FEWEST_SHARED_BLOCKS)
    await compareByCrew(comparison, NEAR_BLOCKS, crew, pace, (more) => {
      compared += more;
      tell("Finding neighbours", compared / pairs);
    });
  else
    for (let chosen = 0; chosen < blocks; chosen++) {
      comparison.chooseBlock(chosen);
      for (let other = chosen + NEAR_BLOCKS; other < blocks; other++) await step(chosen, other);
    }
  const doubts = await search.rank();
  await search.searchDoubtful(doubts, (done) => tell("Checking neighbours", done / doubts));
  await search.searchFar();
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
