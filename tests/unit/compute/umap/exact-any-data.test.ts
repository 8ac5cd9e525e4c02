import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { clusteredRows, normal } from "../random.ts";
import { nearestByComparing } from "./compare-all.ts";
import { findNeighbors } from "./find-neighbors.ts";

type Kind = (rows: number, columns: number) => Float32Array<ArrayBuffer>;

const filled = (rows: number, columns: number, value: (row: number, column: number, noise: number) => number) => {
  const next = normal(rows + columns);
  return Float32Array.from({ length: rows * columns }, (_, place) =>
    value(Math.floor(place / columns), place % columns, next()),
  );
};

/** Rows `every` times the same one, moved by `apart` in every column. */
const repeated = (every: number, apart: number): Kind => {
  return (rows, columns) => {
    const points = clusteredRows(rows, columns, 7, 3);
    const next = normal(11);
    for (let row = 0; row < rows; row += every)
      for (let column = 0; column < columns; column++)
        points[row * columns + column] = (points[columns * 5 + column] ?? 0) + apart * next();
    return points;
  };
};

const kinds: Readonly<Record<string, Kind>> = {
  "in clusters": (rows, columns) => clusteredRows(rows, columns, 7, 3),
  isotropic: (rows, columns) => filled(rows, columns, (_row, _column, noise) => noise),
  "with a decaying spectrum": (rows, columns) =>
    filled(rows, columns, (_row, column, noise) => noise / (1 + column) ** 2),
  "half of whose numbers are zeros": (rows, columns) =>
    filled(rows, columns, (_row, _column, noise) => Math.max(0, noise)),
  "of which a hundredth is one and the same": repeated(100, 0),
  "of which a third is one and the same": repeated(3, 0),
  "of which a tenth lies in a tiny heap": repeated(10, 1e-5),
  "in two tiny heaps": (rows, columns) =>
    filled(rows, columns, (row, _column, noise) => (row % 2 ? 1000 : -1000) + 0.01 * noise),
  "of which one is 300 times longer": (rows, columns) => {
    const points = clusteredRows(rows, columns, 7, 3);
    for (let column = 0; column < columns; column++) points[column] = 300 * (points[column] ?? 0);
    return points;
  },
  "of which some are far away and near each other": (rows, columns) =>
    filled(rows, columns, (row, _column, noise) => (row % 150 === 7 ? 5000 : 0) + noise),
  "of very different lengths": (rows, columns) =>
    filled(rows, columns, (row, _column, noise) => noise * Math.exp(4 * Math.sin(row * row))),
};

/** The same rows in the same order, not just the same distances: ties by row number. */
async function expectSame(points: Matrix, k: number, step: number): Promise<void> {
  const { indices, distances } = await findNeighbors(points, k, "euclidean");
  for (let row = 0; row < points.rows; row += step) {
    const expected = nearestByComparing(points, row, k, "euclidean");
    expect([...indices.subarray(row * k, (row + 1) * k)]).toEqual(expected.map((each) => each.row));
    expect([...distances.subarray(row * k, (row + 1) * k)]).toEqual(
      expected.map(({ distance }) => Math.fround(distance)),
    );
  }
}

describe.each(Object.keys(kinds))("the nearest neighbours of rows %s", (kind) => {
  const points = (rows: number, columns: number): Matrix => ({
    data: kinds[kind]?.(rows, columns) ?? new Float32Array(0),
    rows,
    columns,
  });

  it.each([
    [900, 1, 14],
    [900, 3, 49],
    [900, 16, 14],
    [900, 100, 1],
    [1300, 257, 14],
    [700, 257, 99],
  ])("are those of comparing all in double precision: %i × %i, k %i", async (rows, columns, k) => {
    await expectSame(points(rows, columns), k, 29);
  });
});

describe("the nearest neighbours where more are equally near in single precision than are kept", () => {
  it("are as near as the true ones, to single precision", async () => {
    const points = { data: repeated(5, 1e-5)(700, 257), rows: 700, columns: 257 };
    const k = 100;
    const { distances } = await findNeighbors(points, k, "euclidean");
    for (let row = 0; row < points.rows; row += 29)
      for (const [place, { distance }] of nearestByComparing(points, row, k, "euclidean").entries())
        expect(Math.abs((distances[row * k + place] ?? 0) - distance)).toBeLessThan(1e-6 * distance + 1e-9);
  });
});
