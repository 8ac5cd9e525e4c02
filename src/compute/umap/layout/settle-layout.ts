import type { Crew } from "../../runtime/crew.ts";
import type { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import { type FuzzyGraph, strongestOf } from "../graph/fuzzy-graph.ts";
import type { UmapOptions } from "../options.ts";
import { hash32 } from "../random.ts";
import type { UmapJob } from "../result.ts";
import { fitCurve } from "./fit-curve.ts";

/** Rows that one kernel call moves: under 30 ms, for a cancel to be heard within a round of a large map. */
const ROWS_A_CALL = 1 << 15;
const FRAME_MS = 1000 / 30;
const TABLE_BYTES = 27 * 16 + 16 * 16;
const SCRATCH_BYTES = 4096;

export interface SettledLayout {
  readonly positions: Float32Array<ArrayBuffer>;
  /** Rounds done; fewer than asked for when the job was aborted. */
  readonly epoch: number;
}

/**
 * Move the rows round by round until near ones are near: umap-learn's objective, schedule and constants, by gather.
 *
 * In each round every row reads where all others stood before it, so the result is the same whatever the order or the
 * number of workers. What differs from umap-learn: there, a due entry moves both of its ends and is met from both
 * sides, so each row is pulled twice; here it is pulled once (measured on digits: trustworthiness equal within .001,
 * neighbour preservation .01 better). Random rows come from counters of (seed, round, row), not from a stream, so a
 * layout goes on from a round as if it had never stopped.
 *
 * @param start `rows * nComponents` numbers, the layout before round `firstEpoch`.
 */
export async function settleLayout(
  graph: FuzzyGraph,
  start: Float32Array,
  firstEpoch: number,
  epochs: number,
  options: UmapOptions,
  job: UmapJob,
  pace: Pace,
  _crew: Crew,
): Promise<SettledLayout> {
  const { nComponents, learningRate, negativeSampleRate, repulsionStrength, seed } = options;
  const { rows } = graph;
  const arena = await Arena.create();
  const { kernels } = arena;
  const { starts, columns, shares, widest } = storeEntries(arena, graph);
  const plane = Math.ceil((rows * 4) / 64) * 64;
  let before = arena.allocate(plane * nComponents);
  let after = arena.allocate(plane * nComponents);
  const table = arena.allocate(TABLE_BYTES);
  const due = arena.allocate(widest * 4);
  const scratch = arena.allocate(SCRATCH_BYTES);
  for (let axis = 0; axis < nComponents; axis++) {
    const coordinates = arena.floats(before + axis * plane, rows);
    for (let row = 0; row < rows; row++) coordinates[row] = start[row * nComponents + axis] ?? 0;
  }
  const { a, b } = fitCurve(options.spread, options.minDist);
  // Seven digits of the logarithm, for the same reason as those of a and b.
  kernels.prepareLayout(table, Number(Math.log2(a).toPrecision(7)), b, repulsionStrength, rows);
  const settle = nComponents === 2 ? kernels.settleFlat : kernels.settleSolid;

  const read = () => {
    const positions = new Float32Array(rows * nComponents);
    for (let axis = 0; axis < nComponents; axis++) {
      const coordinates = arena.floats(before + axis * plane, rows);
      for (let row = 0; row < rows; row++) positions[row * nComponents + axis] = coordinates[row] ?? 0;
    }
    return positions;
  };
  let lastFrame = Number.NEGATIVE_INFINITY;
  const show = (epoch: number) => {
    job.onProgress?.({ stage: "Laying out", done: epoch, total: epochs, unit: "rounds" });
    if (!job.onLayout || performance.now() - lastFrame < FRAME_MS) return;
    lastFrame = performance.now();
    job.onLayout({ positions: read(), epoch, epochs, preview: false });
  };

  show(firstEpoch);
  for (let epoch = firstEpoch; epoch < epochs; epoch++) {
    const rate = learningRate * (1 - epoch / epochs);
    const roundSeed = hash32(epoch ^ hash32(seed));
    for (let from = 0; from < rows; from += ROWS_A_CALL) {
      settle(
        before,
        after,
        plane,
        starts,
        columns,
        shares,
        from,
        Math.min(rows, from + ROWS_A_CALL),
        epoch,
        rate,
        negativeSampleRate,
        roundSeed,
        table,
        due,
        scratch,
      );
      if (!pace.isDue) continue;
      show(epoch);
      await pace.breathe();
      if (pace.signal?.aborted) return { positions: read(), epoch };
    }
    [before, after] = [after, before];
  }
  return { positions: read(), epoch: epochs };
}

/** The graph in the kernels' memory: weights as shares of the strongest, rows padded to whole vectors. */
function storeEntries(arena: Arena, { rows, starts, columns, weights }: FuzzyGraph) {
  const paddedStarts = new Int32Array(rows + 1);
  let widestRow = 0;
  for (let row = 0; row < rows; row++) {
    const entries = (starts[row + 1] ?? 0) - (starts[row] ?? 0);
    widestRow = Math.max(widestRow, entries);
    paddedStarts[row + 1] = (paddedStarts[row] ?? 0) + ((entries + 3) & ~3);
  }
  let widestBlock = 0;
  // The kernel's blocks of 256 rows begin at multiples of 256, for every call does.
  for (let row = 0; row < rows; row += 256)
    widestBlock = Math.max(widestBlock, (paddedStarts[Math.min(rows, row + 256)] ?? 0) - (paddedStarts[row] ?? 0));
  const total = paddedStarts[rows] ?? 0;
  const addresses = {
    starts: arena.allocate((rows + 1) * 4),
    columns: arena.allocate(total * 4),
    shares: arena.allocate(total * 4),
    // A vector is read past a row's own list while others of its block go on.
    widest: widestBlock + widestRow + 8,
  };
  arena.ints(addresses.starts, rows + 1).set(paddedStarts);
  const paddedColumns = arena.ints(addresses.columns, total);
  const shares = arena.floats(addresses.shares, total);
  const strongest = strongestOf(weights);
  for (let row = 0; row < rows; row++) {
    let to = paddedStarts[row] ?? 0;
    for (let place = starts[row] ?? 0; place < (starts[row + 1] ?? 0); place++) {
      paddedColumns[to] = columns[place] ?? 0;
      shares[to++] = (weights[place] ?? 0) / strongest;
    }
  }
  return addresses;
}
