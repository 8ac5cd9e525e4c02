import type { Progress } from "../job.ts";
import type { Pace } from "../runtime/pace.ts";
import type { Kernel } from "./arena.ts";
import { SPARE_CANDIDATES } from "./memory.ts";
import type { Metric, NeighborGraph } from "./options.ts";
import type { StoredPoints } from "./stored-points.ts";

/** Numbers in a block of rows: with its panel it stays in the second-level cache. */
const BLOCK_NUMBERS = 1 << 16;
const RANKED_AT_ONCE = 256;
const metricCodes: Readonly<Record<Metric, number>> = { euclidean: 0, cosine: 1, correlation: 1, manhattan: 2 };

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
  const { arena, address, mean, rows, width } = points;
  const { kernels } = arena;
  const keep = Math.min(rows - 1, k + SPARE_CANDIDATES);
  const block = Math.min(512, Math.max(64, (BLOCK_NUMBERS / width) & ~7));
  const blocks = Math.ceil(rows / block);
  const padded = blocks * block;

  const ids = arena.allocate(padded * 4);
  const norms = arena.allocate(rows * 4);
  const listed = arena.allocate(rows * keep * 4);
  const listedDistances = arena.allocate(rows * keep * 4);
  const limits = arena.allocate(rows * 4);
  const nearest = arena.allocate(rows * k * 4);
  const distances = arena.allocate(rows * k * 4);
  const doubtful = arena.allocate((rows + block) * 4);
  const strips = arena.allocate(block * width * 4);
  const panel = arena.allocate(block * width * 4);
  const zeros = arena.allocate(width * 4);
  const scratch = arena.allocate(256 + k * 8);
  arena.ints(ids, padded).forEach((_, place, all) => {
    all[place] = place < rows ? place : -1;
  });
  arena.floats(limits, rows).fill(Number.POSITIVE_INFINITY);
  arena.floats(listedDistances, rows * keep).fill(Number.POSITIVE_INFINITY);
  arena.ints(listed, rows * keep).fill(-1);

  const byProducts = metric !== "manhattan";
  const offset = byProducts ? mean : zeros;
  if (byProducts) kernels.measureRows(address, width, mean, 0, rows, norms);
  const pairs = (blocks * (blocks + 1)) / 2;
  let compared = 0;
  const tell = () => {
    const done = Math.floor((rows * compared) / pairs);
    onProgress({ stage: "Finding neighbours", done, total: rows, unit: "rows" });
  };
  const compareBlock = async (
    compare: Kernel,
    stripIds: number,
    panelIds: number,
    both: boolean,
    onSlice: () => void,
  ) => {
    for (let group = 0; group < block; group += 8) {
      compare(
        strips,
        stripIds,
        block,
        panel + group * width * 4,
        panelIds + group * 4,
        width,
        norms,
        keep,
        listedDistances,
        listed,
        limits,
        both ? 1 : 0,
        scratch,
      );
      if (!pace.isDue) continue;
      onSlice();
      await pace.check();
    }
  };

  const compare = byProducts ? kernels.compareByProducts : kernels.compareByAbsolutes;
  const placeOf = (which: number) => ids + which * block * 4;
  tell();
  // The blocks themselves come first: lists that are half good already turn most later candidates away.
  for (let own = 0; own < blocks; own++) {
    kernels.packPanel(address, width, offset, placeOf(own), block, panel);
    kernels.packStrips(address, width, offset, placeOf(own), block, strips);
    await compareBlock(compare, placeOf(own), placeOf(own), true, tell);
    compared++;
  }
  for (let right = 1; right < blocks; right++) {
    kernels.packPanel(address, width, offset, placeOf(right), block, panel);
    for (let left = 0; left < right; left++) {
      kernels.packStrips(address, width, offset, placeOf(left), block, strips);
      await compareBlock(compare, placeOf(left), placeOf(right), true, tell);
      compared++;
    }
  }

  const rank = async (rankedIds: number, count: number, sure: boolean): Promise<number> => {
    let doubts = 0;
    for (let from = 0; from < count; from += RANKED_AT_ONCE) {
      doubts += kernels.rankCandidates(
        address,
        width,
        metricCodes[metric],
        rankedIds,
        from,
        Math.min(count, from + RANKED_AT_ONCE),
        keep,
        listed,
        limits,
        norms,
        k,
        nearest,
        distances,
        doubtful + doubts * 4,
        scratch,
        sure ? 1 : 0,
      );
      await pace.check();
    }
    return doubts;
  };
  const doubts = await rank(ids, rows, !byProducts);
  if (doubts > 0) {
    const doubted = arena.ints(doubtful, doubts + block);
    doubted.fill(-1, doubts);
    for (const row of doubted.subarray(0, doubts)) {
      arena.floats(limits, rows)[row] = Number.POSITIVE_INFINITY;
      arena.floats(listedDistances, rows * keep).fill(Number.POSITIVE_INFINITY, row * keep, (row + 1) * keep);
      arena.ints(listed, rows * keep).fill(-1, row * keep, (row + 1) * keep);
    }
    for (let right = 0; right < blocks; right++) {
      const tellChecked = () =>
        onProgress({ stage: "Checking neighbours", done: right * block, total: rows, unit: "rows" });
      kernels.packPanel(address, width, zeros, placeOf(right), block, panel);
      for (let left = 0; left < doubts; left += block) {
        kernels.packStrips(address, width, zeros, doubtful + left * 4, block, strips);
        await compareBlock(kernels.compareBySquares, doubtful + left * 4, placeOf(right), false, tellChecked);
      }
    }
    await rank(doubtful, doubts, true);
  }
  const largest = 3.4e38;
  const measured = arena.floats(distances, rows * k);
  return {
    k,
    indices: arena.ints(nearest, rows * k).slice(),
    distances: unit === 1 ? measured.slice() : measured.map((distance) => Math.min(largest, distance / unit)),
  };
}
