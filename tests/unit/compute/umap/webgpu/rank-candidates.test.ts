import { describe, expect, it } from "vitest";
import { NONE } from "../../../../../src/compute/umap/webgpu/neighbors/candidate-search.ts";
import { rankCandidates } from "../../../../../src/compute/umap/webgpu/neighbors/rank-candidates.ts";

/** One row, number 9, with (row, distance that the GPU measured) candidates; `exact` is what double precision says. */
function rank(
  measured: readonly (readonly [row: number, distance: number])[],
  exact: Readonly<Record<number, number>>,
  k: number,
  { keep = measured.length, limit = Number.POSITIVE_INFINITY, norm = 1 } = {},
) {
  const pairs = new Uint32Array(2 * keep).fill(NONE);
  for (const [place, [row, distance]] of measured.entries())
    pairs.set([new Uint32Array(Float32Array.of(distance).buffer)[0] ?? 0, row], 2 * place);
  const found = { k, indices: new Int32Array(10 * k), distances: new Float32Array(10 * k) };
  const asked: number[] = [];
  const doubtful = rankCandidates({ ids: Uint32Array.of(9), keep, pairs, limits: Float32Array.of(limit) }, found, {
    width: 64,
    norms: new Float32Array(10).fill(norm),
    toDistance: Math.sqrt,
    measure: (row, other) => {
      expect(row).toBe(9);
      asked.push(other);
      return exact[other] ?? Number.NaN;
    },
  });
  return { rows: [...found.indices.subarray(9 * k)], distances: [...found.distances.subarray(9 * k)], asked, doubtful };
}

describe("candidates from the GPU", () => {
  it("are sorted by their distances in double precision, and no more of them measured than are kept", () => {
    const { rows, distances, asked } = rank(
      [
        [4, 9],
        [2, 4],
        [7, 16],
      ],
      { 2: 4, 4: 9 },
      2,
    );
    expect(rows).toEqual([2, 4]);
    expect(distances).toEqual([2, 3]);
    expect(asked).toEqual([2, 4]);
  });

  it("too near to each other for single precision are all measured again: the one left out may be the nearer", () => {
    const near = 4 * (1 + 2 ** -22);
    const { rows, asked } = rank(
      [
        [2, 1],
        [5, 4],
        [3, near],
        [8, 9],
      ],
      { 2: 1, 3: 4 - 1e-9, 5: 4, 8: 9 },
      2,
    );
    expect(rows).toEqual([2, 3]);
    expect(asked.sort()).toEqual([2, 3, 5, 8]);
  });

  it("whose squares vanish in single precision are told apart in double", () => {
    const vanished = [2, 5, 3].map((row) => [row, 0] as const);
    expect(rank(vanished, { 2: 3e-50, 3: 1e-50, 5: 2e-50 }, 2).rows).toEqual([3, 5]);
  });

  it("at the same distance come by row number", () => {
    const equal = { 1: 4, 6: 4, 8: 4 };
    const same = [8, 1, 6].map((row) => [row, 4] as const);
    expect(rank(same, equal, 2).rows).toEqual([1, 6]);
  });

  it("fewer than there is room for are all there are", () => {
    expect(rank([[3, 1]], { 3: 1 }, 1, { keep: 5 })).toMatchObject({ rows: [3], doubtful: [] });
  });

  it("are doubtful where what was left out could be nearer by the rounding of a product, and not beyond it", () => {
    const two = [
      [2, 1],
      [3, 2],
    ] as const;
    const exact = { 2: 1, 3: 2 };
    const limit = 1.0001;
    expect(rank(two, exact, 1, { limit }).doubtful).toEqual([]);
    expect(rank(two, exact, 1, { limit, norm: 100 }).doubtful).toEqual([9]);
    expect(rank(two, exact, 1, { limit: Number.POSITIVE_INFINITY, norm: 100 }).doubtful).toEqual([]);
  });
});
