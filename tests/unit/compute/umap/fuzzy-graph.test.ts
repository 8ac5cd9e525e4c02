import { describe, expect, it } from "vitest";
import { hash32 } from "../../../../src/compute/random.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import {
  type FuzzyGraph,
  pruneGraph,
  smoothDistances,
  strongestOf,
} from "../../../../src/compute/umap/graph/fuzzy-graph.ts";
import { findPieces } from "../../../../src/compute/umap/graph/pieces.ts";
import { uniteDirections } from "../../../../src/compute/umap/graph/unite-directions.ts";
import { fitCurve } from "../../../../src/compute/umap/layout/fit-curve.ts";
import { digits, golden } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

const pace = new Pace(undefined);
const rowOf = ({ starts, columns, weights }: FuzzyGraph, row: number) => ({
  columns: [...columns.subarray(starts[row], starts[row + 1])],
  weights: [...weights.subarray(starts[row], starts[row + 1])],
});

describe("the fuzzy graph of digits", () => {
  it.each(golden.graphs)("is umap-learn's: $metric $options", async ({ metric, options, edges, weight, rows }) => {
    const neighbors = await findNeighbors(digits, golden.neighbors - 1, metric);
    const memberships = await smoothDistances(await Arena.create(), neighbors, options.local_connectivity ?? 1, pace);
    const graph = await uniteDirections(neighbors, memberships.weights, options.set_op_mix_ratio ?? 1, pace);
    for (const expected of rows) {
      expect((memberships.rhos[expected.row] ?? 0) / expected.rho).toBeCloseTo(1, 5);
      // umap-learn stops at 1e-5 of log2(k) in single precision.
      expect((memberships.sigmas[expected.row] ?? 0) / expected.sigma).toBeCloseTo(1, 3);
      const own = rowOf(graph, expected.row);
      expect(own.columns).toEqual(expected.columns);
      for (const [place, value] of expected.weights.entries()) expect(own.weights[place]).toBeCloseTo(value, 4);
    }
    expect(graph.columns.length).toBe(edges);
    expect(graph.weights.reduce((sum, value) => sum + value, 0) / weight).toBeCloseTo(1, 4);
  });

  it("is the same seen from both ends of every entry", async () => {
    const neighbors = await findNeighbors(digits, 14, "euclidean");
    const { weights } = await smoothDistances(await Arena.create(), neighbors, 1, pace);
    const graph = await uniteDirections(neighbors, weights, 1, pace);
    for (let row = 0; row < graph.rows; row += 17) {
      const own = rowOf(graph, row);
      expect(own.columns).toEqual([...own.columns].sort((a, b) => a - b));
      for (const [place, column] of own.columns.entries()) {
        const other = rowOf(graph, column);
        expect(other.weights[other.columns.indexOf(row)]).toBeCloseTo(own.weights[place] ?? 0, 6);
      }
    }
  });

  it.each([1, 0.3, 0])("is that of both directions, where lists are odd: mixed by %f", async (mix) => {
    const [rows, k] = [300, 7];
    const pick = (place: number) => hash32(place) % rows;
    // Some rows are named by nobody, and some lists name a row twice.
    const indices = Int32Array.from({ length: rows * k }, (_, place) => (place % 11 === 4 ? 5 : pick(place) & ~3));
    const given = Float32Array.from({ length: rows * k }, (_, place) => (hash32(place + 9) % 1000) / 1000);
    const entriesOf = (row: number, column: number) =>
      [...given.subarray(row * k, (row + 1) * k)].filter((_, t) => indices[row * k + t] === column);
    const graph = await uniteDirections({ k, indices, distances: given }, given, mix, pace);
    let entries = 0;
    for (let row = 0; row < rows; row++) {
      const columns: number[] = [];
      const weights: number[] = [];
      for (let column = 0; column < rows; column++) {
        const [there, back] = [entriesOf(row, column), entriesOf(column, row)];
        for (let t = 0; t < Math.max(there.length, back.length); t++) {
          const [a = 0, b = 0] = [there[t], back[t]];
          const weight = Math.fround(mix * (a + b - a * b) + (1 - mix) * a * b);
          if (weight > 0) columns.push(column);
          if (weight > 0) weights.push(weight);
        }
      }
      expect(rowOf(graph, row)).toEqual({ columns, weights });
      entries += columns.length;
    }
    expect(graph.starts[rows]).toBe(entries);
    expect(graph.weights.length).toBe(entries);
  });

  it("loses by pruning the entries that would not come up once, and no others", async () => {
    const neighbors = await findNeighbors(digits, 14, "euclidean");
    const { weights } = await smoothDistances(await Arena.create(), neighbors, 1, pace);
    const graph = await uniteDirections(neighbors, weights, 1, pace);
    const least = strongestOf(graph.weights) / 50;
    const pruned = pruneGraph(graph, 50);
    expect(pruned.weights.length).toBe(graph.weights.filter((value) => value >= least).length);
    expect(pruned.weights.length).toBeLessThan(graph.weights.length);
    expect(pruned.starts[graph.rows]).toBe(pruned.weights.length);
  });
});

describe("membership", () => {
  const smooth = async (k: number, distances: number[], localConnectivity = 1) =>
    smoothDistances(await Arena.create(), { k, distances: Float32Array.from(distances) }, localConnectivity, pace);

  it("begins at the nearest row that is not equal, or between two of them", async () => {
    expect((await smooth(4, [0, 1, 2, 4])).rhos[0]).toBe(1);
    expect((await smooth(4, [1, 2, 4, 8], 2)).rhos[0]).toBe(2);
    expect((await smooth(4, [1, 2, 4, 8], 2.5)).rhos[0]).toBe(3);
    expect((await smooth(4, [2, 3, 4, 8], 0.5)).rhos[0]).toBe(1);
    expect((await smooth(3, [0, 0, 5], 2)).rhos[0]).toBe(5);
  });

  it("adds up to the logarithm of n_neighbors", async () => {
    const { rhos, sigmas } = await smooth(7, [1, 1.2, 1.5, 2, 2.5, 3, 4]);
    const sum = [1, 1.2, 1.5, 2, 2.5, 3, 4]
      .map((d) => Math.exp(-(d - (rhos[0] ?? 0)) / (sigmas[0] ?? 0)))
      .reduce((a, b) => a + b);
    expect(sum).toBeCloseTo(3, 4);
  });

  it("never falls off faster than a thousandth of the mean distance, the row's own or else that of all", async () => {
    expect((await smooth(4, [2, 2, 2, 2])).sigmas[0]).toBeCloseTo((1e-3 * 8) / 5, 9);
    expect((await smooth(2, [0, 0, 3, 3])).sigmas[0]).toBeCloseTo((1e-3 * 6) / 6, 9);
  });

  it("is whole for rows that are all equal", async () => {
    const { weights } = await smooth(3, [0, 0, 0, 0, 0, 0]);
    expect([...weights]).toEqual([1, 1, 1, 1, 1, 1]);
  });
});

describe("the curve", () => {
  it.each(golden.curves)(
    "has umap-learn's a and b for spread $spread and min_dist $minDist",
    ({ spread, minDist, a, b }) => {
      const fitted = fitCurve(spread, minDist);
      expect(fitted.a / a).toBeCloseTo(1, 5);
      expect(fitted.b / b).toBeCloseTo(1, 5);
    },
  );
});

describe("the pieces of a graph", () => {
  it("are counted, and numbered by their first row", () => {
    const graph = {
      rows: 6,
      starts: Int32Array.of(0, 1, 2, 3, 4, 6, 6),
      columns: Int32Array.of(2, 3, 0, 1, 1, 3),
      weights: new Float32Array(6).fill(1),
    };
    graph.columns.set([3, 1], 4);
    expect(findPieces({ ...graph, starts: Int32Array.of(0, 1, 2, 3, 4, 4, 4) })).toEqual({
      count: 4,
      of: Int32Array.of(0, 1, 0, 1, 2, 3),
    });
  });
});
