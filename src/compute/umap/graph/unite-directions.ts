import type { Pace } from "../../runtime/pace.ts";
import { Arena } from "../arena.ts";
import type { NeighborGraph, UmapOptions } from "../options.ts";
import type { FuzzyGraph } from "./fuzzy-graph.ts";

/** Rows that a kernel call takes: a few milliseconds. */
const CHUNK = 1 << 14;

/**
 * Both directions of every pair made one: `mix (a + b - ab) + (1 - mix) ab`, the fuzzy union for `mix` = 1 and the
 * intersection for 0.
 */
export async function uniteDirections(
  { k, indices }: NeighborGraph,
  weights: Float32Array,
  mix: UmapOptions["setOpMixRatio"],
  pace: Pace,
): Promise<FuzzyGraph> {
  const rows = indices.length / k;
  const arena = await Arena.create();
  const { kernels } = arena;
  const entries = indices.length * 4;
  const given = arena.allocate(entries);
  const givenWeights = arena.allocate(entries);
  const backRows = arena.allocate(entries);
  const backWeights = arena.allocate(entries);
  const backStarts = arena.allocate((rows + 1) * 4);
  const next = arena.allocate(rows * 4);
  const filled = arena.allocate(rows * 4);
  const starts = arena.allocate((rows + 1) * 4);
  const columns = arena.allocate(2 * entries);
  const united = arena.allocate(2 * entries);
  arena.ints(given, indices.length).set(indices);
  arena.floats(givenWeights, indices.length).set(weights);
  const inChunks = async (work: (from: number, to: number) => void) => {
    for (let from = 0; from < rows; from += CHUNK) {
      work(from, Math.min(rows, from + CHUNK));
      await pace.check();
    }
  };
  await inChunks((from, to) => kernels.countBack(given, k, from, to, rows, backStarts));
  kernels.sumStarts(rows, backStarts, next);
  await inChunks((from, to) => kernels.turnBack(given, givenWeights, k, from, to, rows, next, backRows, backWeights));
  // The lists as they were given are not needed any more: sorted they take their place.
  await inChunks((from, to) =>
    kernels.sortLists(backStarts, backRows, backWeights, k, from, to, filled, given, givenWeights),
  );
  let end = 0;
  await inChunks((from, to) => {
    end = kernels.uniteRows(
      k,
      from,
      to,
      filled,
      given,
      givenWeights,
      backStarts,
      backRows,
      backWeights,
      mix,
      end,
      starts,
      columns,
      united,
    );
  });
  return {
    rows,
    starts: arena.ints(starts, rows + 1).slice(),
    columns: arena.ints(columns, end).slice(),
    weights: arena.floats(united, end).slice(),
  };
}
