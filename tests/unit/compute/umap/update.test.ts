import { describe, expect, it } from "vitest";
import type { Progress } from "../../../../src/compute/job.ts";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import { Arena } from "../../../../src/compute/umap/arena.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { LayoutControl } from "../../../../src/compute/umap/layout/layout-control.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { measureQuality, qualityDefaults } from "../../../../src/compute/umap/quality/measure-quality.ts";
import { normaliseStored, storePoints } from "../../../../src/compute/umap/stored-points.ts";
import { graphOfAdded } from "../../../../src/compute/umap/transform/added-graph.ts";
import { neighborsOfAdded } from "../../../../src/compute/umap/transform/added-neighbors.ts";
import { type FinishedMap, FittedMap } from "../../../../src/compute/umap/transform/fitted-map.ts";
import { updateMap } from "../../../../src/compute/umap/transform/update-map.ts";
import { validatePoints } from "../../../../src/compute/umap/validate-points.ts";
import { clusteredRows } from "../random.ts";
import { digits } from "./digits.ts";
import { findNeighbors } from "./find-neighbors.ts";

const COLUMNS = 6;
/** Clusters come in turn: row r is of cluster r mod 4. */
const clustered = clusteredRows(800, COLUMNS, 4, 21);
const rowsOfClusters = (clusters: readonly number[], from: number, to: number): Matrix => {
  const rows = Array.from({ length: to - from }, (_, place) => from + place).filter((row) =>
    clusters.includes(row % 4),
  );
  const data = Float32Array.from(rows.flatMap((row) => [...clustered.subarray(row * COLUMNS, (row + 1) * COLUMNS)]));
  return { data, rows: rows.length, columns: COLUMNS };
};
async function finish(points: Matrix, options: Partial<UmapOptions> = {}): Promise<FinishedMap> {
  const whole = { ...umapDefaults, ...options };
  return { points, positions: (await umap(points, whole, {})).positions, options: whole };
}
const bytes = (numbers: Float32Array<ArrayBuffer>) =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
/** The middle of some rows of a layout, and their mean distance from it. */
function groupOf(positions: Float32Array, rows: readonly number[]) {
  const mean = [0, 1].map((axis) => rows.reduce((sum, row) => sum + (positions[row * 2 + axis] ?? 0), 0) / rows.length);
  const [x = 0, y = 0] = mean;
  const distance = (row: number) => Math.hypot((positions[row * 2] ?? 0) - x, (positions[row * 2 + 1] ?? 0) - y);
  return { x, y, radius: rows.reduce((sum, row) => sum + distance(row), 0) / rows.length };
}
const range = (from: number, to: number, step = 1) =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, place) => from + place * step);

describe("rows added to a map", () => {
  it("leave the old ones where they were, to the bit", async () => {
    for (const [metric, nComponents] of [
      ["euclidean", 2],
      ["cosine", 3],
    ] as const) {
      const map = await finish(rowsOfClusters([0, 1, 2, 3], 0, 401), { metric, nComponents, nEpochs: 50 });
      // Old and new rows share a vector of the kernel, which adds 0 to the old ones: -0 would not survive that.
      map.positions.fill(-0, 300 * nComponents);
      const before = Buffer.from(bytes(map.positions));
      const { positions, rows } = await updateMap(map, rowsOfClusters([0, 1], 404, 800));
      expect(rows).toBe(599);
      expect(positions.length).toBe(599 * nComponents);
      expect(bytes(positions.slice(0, map.positions.length)).equals(before)).toBe(true);
      expect(bytes(map.positions).equals(before)).toBe(true);
      expect(positions.every(Number.isFinite)).toBe(true);
    }
  });

  it("settle among their like", async () => {
    const map = await finish(rowsOfClusters([0, 1], 0, 400));
    const { positions } = await updateMap(map, rowsOfClusters([1], 400, 800));
    const other = groupOf(positions, range(0, 200, 2));
    const own = groupOf(positions, range(1, 200, 2));
    const added = groupOf(positions, range(200, 300));
    expect(Math.hypot(added.x - own.x, added.y - own.y)).toBeLessThan(own.radius);
    expect(Math.hypot(added.x - other.x, added.y - other.y)).toBeGreaterThan(2 * own.radius);
  });

  it("that are like no old one form a group of their own", async () => {
    const map = await finish(rowsOfClusters([0, 1, 2], 0, 800));
    const added = rowsOfClusters([3], 0, 800);
    const { positions } = await updateMap(map, added);
    const fresh = groupOf(positions, range(600, 800));
    for (const old of range(0, 600))
      expect(Math.hypot((positions[old * 2] ?? 0) - fresh.x, (positions[old * 2 + 1] ?? 0) - fresh.y)).toBeGreaterThan(
        fresh.radius,
      );
  });

  it("keep their neighbours nearly as well as in a map of all", async () => {
    const old = { data: digits.data.slice(0, 1200 * 64), rows: 1200, columns: 64 };
    const added = { data: digits.data.slice(1200 * 64), rows: 597, columns: 64 };
    const { positions } = await updateMap(await finish(old), added);
    const { trustworthiness } = await measureQuality(digits, positions, qualityDefaults);
    expect(trustworthiness).toBeGreaterThan(0.97);
  });

  it("lie the same with the same seed, and otherwise with another", async () => {
    const map = await finish(rowsOfClusters([0, 1], 0, 200), { nEpochs: 40 });
    const added = rowsOfClusters([0, 2], 200, 300);
    const first = await updateMap(map, added);
    expect(await updateMap(map, added)).toEqual(first);
    const other = await updateMap({ ...map, options: { ...map.options, seed: 43 } }, added);
    expect(other.positions).not.toEqual(first.positions);
    expect(first.epoch).toBe(first.epochs);
  });

  it("part when they are equal, and may be none or one", async () => {
    const map = await finish(rowsOfClusters([0, 1], 0, 100), { nEpochs: 40 });
    const one = rowsOfClusters([1], 101, 105);
    const twice: Matrix = { data: Float32Array.from([...one.data, ...one.data]), rows: 2, columns: COLUMNS };
    const { positions } = await updateMap(map, twice);
    expect([...positions.slice(-2)]).not.toEqual([...positions.slice(-4, -2)]);
    expect((await updateMap(map, one)).rows).toBe(51);
    expect((await updateMap(map, { ...one, data: new Float32Array(0), rows: 0 })).positions).toEqual(map.positions);
  });

  it("must have the map's columns and finite numbers", async () => {
    const map = await finish(rowsOfClusters([0], 0, 40), { nEpochs: 0 });
    await expect(updateMap(map, { data: new Float32Array(4), rows: 2, columns: 2 })).rejects.toThrow(
      "rows: expected 6 columns as in the map, got 2. Pass rows like those of the map.",
    );
    const broken = { data: new Float32Array(COLUMNS).fill(Number.NaN), rows: 1, columns: COLUMNS };
    await expect(updateMap(map, broken)).rejects.toThrow("Row 0, column 0 is NaN (1 row in all).");
  });
});

describe("the neighbours of added rows", () => {
  it("are those that they have in a map of all, themselves left out", async () => {
    const all = rowsOfClusters([0, 1, 2, 3], 0, 300);
    all.data.copyWithin(250 * COLUMNS, 0, 30 * COLUMNS);
    const added = { data: all.data.slice(200 * COLUMNS), rows: 100, columns: COLUMNS };
    for (const metric of ["euclidean", "correlation"] as const) {
      const pace = new Pace(undefined);
      const arena = await Arena.create();
      const stored = await storePoints(arena, all, await validatePoints(all, pace), metric, pace);
      if (metric === "correlation") await normaliseStored(stored, metric, pace);
      const found = await neighborsOfAdded(stored, 200, added, 9, metric, 1, pace);
      const expected = await findNeighbors(all, 9, metric);
      expect(found.indices).toEqual(expected.indices.slice(200 * 9));
      expect(found.distances).toEqual(expected.distances.slice(200 * 9));
    }
  });
});

describe("the neighbours of all rows, once some were added", () => {
  const METRICS = ["euclidean", "cosine", "correlation", "manhattan"] as const;
  const OLD = 330;
  /** Whole numbers, so that many rows are equally near; some of the added ones equal old ones. */
  const whole: Matrix = {
    data: clusteredRows(500, COLUMNS, 5, 8).map((value) => Math.round(8 * value)),
    rows: 500,
    columns: COLUMNS,
  };
  whole.data.copyWithin(400 * COLUMNS, 0, 20 * COLUMNS);
  /** More of the added ones crowd about an old one than are ranked at once. */
  const crowded: Matrix = { data: clusteredRows(500, COLUMNS, 5, 9), rows: 500, columns: COLUMNS };
  for (let at = 400 * COLUMNS; at < 500 * COLUMNS; at++)
    crowded.data[at] = (crowded.data[at] ?? 0) / 50 + (crowded.data[7 * COLUMNS + (at % COLUMNS)] ?? 0);
  const rowsOf = ({ data, columns }: Matrix, from: number, to: number): Matrix => ({
    data: data.slice(from * columns, to * columns),
    rows: to - from,
    columns,
  });
  async function join(points: Matrix, metric: (typeof METRICS)[number], known: number, options = {}) {
    const old = rowsOf(points, 0, OLD);
    const map = { points: old, positions: new Float32Array(OLD * 2), options: { ...umapDefaults, metric, nEpochs: 3 } };
    const neighbors = await findNeighbors(old, known, metric);
    const before = structuredClone(neighbors);
    const { neighbors: joined } = await updateMap(map, rowsOf(points, OLD, 500), { neighbors, ...options });
    expect(neighbors).toEqual(before);
    return joined;
  }

  it.each(METRICS)("are those of a search among all rows, to the bit: %s", async (metric) => {
    for (const points of [whole, crowded])
      expect(await join(points, metric, 24, { keepNeighbors: 25 })).toEqual(await findNeighbors(points, 24, metric));
  });

  it("are as many as are to be kept, where that many were known", async () => {
    expect(await join(crowded, "euclidean", 30, { keepNeighbors: 20 })).toEqual(
      await findNeighbors(crowded, 19, "euclidean"),
    );
    expect(await join(crowded, "euclidean", 14)).toEqual(await findNeighbors(crowded, 14, "euclidean"));
    expect(await join(crowded, "euclidean", 14, { keepNeighbors: 25 })).toBeNull();
  });

  it("are to be searched where numbers are so large that rows are scaled", async () => {
    const large = { ...crowded, data: crowded.data.map((value) => value * 2 ** 40) };
    expect(await join(large, "euclidean", 14)).toBeNull();
  });
});

describe("rows that settle in a map", () => {
  const settle = async (control: LayoutControl, onProgress: (progress: Progress) => void = () => {}) => {
    const map = await finish(rowsOfClusters([0, 1], 0, 200), { nEpochs: 40 });
    const updated = await updateMap(map, rowsOfClusters([0, 2], 200, 300), { control, onProgress });
    const undisturbed = await updateMap(map, rowsOfClusters([0, 2], 200, 300));
    return { updated, undisturbed };
  };

  it("stand still when they are held, move by single rounds, and go on to where they would have come", async () => {
    const control = new LayoutControl();
    control.pause();
    const stops: number[] = [];
    const { updated, undisturbed } = await settle(control, ({ stage, done }) => {
      if (stage !== "Paused") return;
      stops.push(done);
      if (stops.length < 3) control.step(2);
      else control.resume();
    });
    expect(stops).toEqual([0, 2, 4]);
    expect(updated).toEqual(undisturbed);
  });

  it("take other parameters on their way", async () => {
    const control = new LayoutControl();
    control.change({ nNeighbors: 4 });
    const { updated, undisturbed } = await settle(control);
    expect(updated.positions.slice(0, 200)).toEqual(undisturbed.positions.slice(0, 200));
    expect(updated.positions).not.toEqual(undisturbed.positions);
    expect(updated.epoch).toBe(40);
  });
});

describe("what draws added rows", () => {
  it("is each neighbour once, and both directions between two new rows as one", () => {
    // Old rows 0 and 1; new row 2 names rows 0 and 3, new row 3 names rows 1 and 0.
    const neighbors = { k: 2, indices: Int32Array.of(0, 3, 1, 0), distances: new Float32Array(4) };
    const graph = graphOfAdded(neighbors, Float32Array.of(1, 0.5, 1, 0.25), 2, 1);
    expect([...graph.starts]).toEqual([0, 0, 0, 2, 5]);
    expect([...graph.columns]).toEqual([0, 3, 0, 1, 2]);
    expect([...graph.weights]).toEqual([1, 0.5, 0.25, 1, 0.5]);
  });

  it("is, between two new rows, the fuzzy union or intersection of their directions", () => {
    const neighbors = { k: 1, indices: Int32Array.of(2, 1), distances: new Float32Array(2) };
    const weights = Float32Array.of(0.5, 0.25);
    expect([...graphOfAdded(neighbors, weights, 1, 1).weights]).toEqual([0.625, 0.625]);
    expect([...graphOfAdded(neighbors, weights, 1, 0).weights]).toEqual([0.125, 0.125]);
  });
});

describe("a map that rows were added to", () => {
  it("takes further ones, also where it once began with an array of places", async () => {
    const first = rowsOfClusters([0, 1, 2, 3], 0, 200);
    const added = rowsOfClusters([0, 1, 2, 3], 200, 210);
    const init = Float32Array.from({ length: 400 }, (_, place) => Math.sin(place));
    const map = await finish(first, { init, nEpochs: 20 });
    const { positions } = await updateMap(map, added);
    const points = rowsOfClusters([0, 1, 2, 3], 0, 210);
    const grown = { points, positions, options: map.options };
    const further = rowsOfClusters([0, 1, 2, 3], 210, 215);
    expect((await updateMap(grown, further)).rows).toBe(215);
    expect(await (await FittedMap.prepare(grown)).transform(further)).toHaveLength(10);
  });
});
