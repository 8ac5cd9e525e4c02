import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { umap } from "../../../../src/compute/umap/index.ts";
import { type UmapOptions, umapDefaults } from "../../../../src/compute/umap/options.ts";
import { clusteredRows } from "../random.ts";

const map = (points: Matrix, options: Partial<UmapOptions> = {}) => umap(points, { ...umapDefaults, ...options }, {});
const matrix = (rows: number, columns: number, value: (row: number, column: number) => number): Matrix => ({
  data: Float32Array.from({ length: rows * columns }, (_, place) =>
    value(Math.floor(place / columns), place % columns),
  ),
  rows,
  columns,
});
const wave = (row: number, column: number) => Math.sin(row * 1.7 + column * column + row * column);

function expectFinite(positions: Float32Array): void {
  expect(positions.length).toBeGreaterThan(0);
  expect([...positions].filter((value) => !Number.isFinite(value))).toEqual([]);
  expect(Math.max(...positions.map(Math.abs))).toBeLessThan(1000);
}

describe("few rows", () => {
  it.each([
    [1, "1 row: drawn, not mapped. UMAP needs 4."],
    [2, "2 rows: drawn, not mapped. UMAP needs 4."],
    [3, "3 rows: drawn, not mapped. UMAP needs 4."],
  ])("%i: drawn apart, and said so", async (rows, notice) => {
    for (const nComponents of [2, 3] as const) {
      const { positions, neighbors, notices, epoch, epochs } = await map(matrix(rows, 5, wave), { nComponents });
      expect(notices).toEqual([notice]);
      expect(neighbors).toBeNull();
      expect([epoch, epochs]).toEqual([0, 0]);
      expectFinite(positions);
      const places = Array.from({ length: rows }, (_, row) =>
        positions.slice(row * nComponents, (row + 1) * nComponents).join(),
      );
      expect(new Set(places).size).toBe(rows);
    }
  });

  it.each([4, 5, 10, 15])("%i: mapped with the neighbours that there are, and said so", async (rows) => {
    for (const engine of ["layerscope", "umap-js"] as const) {
      const { positions, notices, neighbors } = await map(matrix(rows, 3, wave), { engine });
      expect(notices[0]).toBe(`n_neighbors is ${rows - 1}, not 15: there are ${rows} rows.`);
      expect(neighbors?.k).toBe(rows - 2);
      expectFinite(positions);
    }
  });

  it("16: mapped as asked", async () => {
    expect((await map(matrix(16, 3, wave))).notices).toEqual([]);
  });
});

describe("awkward rows", () => {
  it.each(["pca", "spectral", "random"] as const)(
    "all equal: finite and not all in one place, from a %s start",
    async (init) => {
      const { positions } = await map(
        matrix(60, 4, () => 3),
        { init },
      );
      expectFinite(positions);
      expect(new Set(positions).size).toBeGreaterThan(50);
    },
  );

  it("duplicates: finite, and equal rows lie together", async () => {
    const { positions } = await map(
      matrix(200, 5, (row, column) => wave(row % 20, column)),
      { nNeighbors: 12 },
    );
    expectFinite(positions);
    const gap = (a: number, b: number) =>
      Math.hypot(
        (positions[2 * a] ?? 0) - (positions[2 * b] ?? 0),
        (positions[2 * a + 1] ?? 0) - (positions[2 * b + 1] ?? 0),
      );
    expect(gap(0, 20)).toBeLessThan(gap(0, 7));
  });

  it("constant columns change nothing", async () => {
    const plain = await map(matrix(80, 4, wave));
    const wider = await map(matrix(80, 6, (row, column) => (column < 4 ? wave(row, column) : 12.5)));
    expect([...(wider.neighbors?.indices ?? [])]).toEqual([...(plain.neighbors?.indices ?? [])]);
    expectFinite(wider.positions);
  });

  it("all zero under cosine and correlation: finite", async () => {
    for (const metric of ["cosine", "correlation"] as const) {
      expectFinite(
        (
          await map(
            matrix(50, 4, (row, column) => (row % 5 ? wave(row, column) : 0)),
            { metric },
          )
        ).positions,
      );
      expectFinite(
        (
          await map(
            matrix(50, 4, () => 0),
            { metric },
          )
        ).positions,
      );
    }
  });

  it("one column, or huge or tiny numbers: finite", async () => {
    expectFinite((await map(matrix(100, 1, (row) => row * row))).positions);
    expectFinite((await map(matrix(100, 3, (row, column) => 3e38 * wave(row, column)))).positions);
    expectFinite((await map(matrix(100, 3, (row, column) => 1e-40 * wave(row, column)))).positions);
  });

  it("in pieces that no neighbour joins: counted, said, and finite from every start", async () => {
    const points = {
      data: clusteredRows(240, 6, 4, 2).map((value, place) => value + 1000 * (Math.floor(place / 6) % 4)),
      rows: 240,
      columns: 6,
    };
    for (const init of ["pca", "spectral", "random"] as const) {
      const { positions, pieces, notices } = await map(points, { init });
      expect(pieces).toBe(4);
      expect(notices).toEqual(["4 separate groups; the distance between them means little."]);
      expectFinite(positions);
    }
  });

  it("with extreme parameters: finite", async () => {
    const points = matrix(120, 4, wave);
    for (const options of [
      { minDist: 0.99 },
      { minDist: 0, spread: 0.05 },
      { spread: 50, minDist: 10 },
      { learningRate: 100 },
      { repulsionStrength: 100 },
      { repulsionStrength: 0, negativeSampleRate: 0 },
      { setOpMixRatio: 0 },
      { localConnectivity: 0 },
      { nNeighbors: 2 },
      { nNeighbors: 119 },
      { init: new Float32Array(240).fill(1e30) },
      { init: Float32Array.from({ length: 240 }, (_, place) => (place % 7) * 1e37) },
    ]) {
      const { positions } = await map(points, options);
      expect([...positions].filter((value) => !Number.isFinite(value))).toEqual([]);
    }
  });
});

describe("a layout gone on with", () => {
  it.each([0, 1e-30, 1e-12, 1e6, 1e12, 1e16, 1e25])("from coordinates of the size of %d stays finite", async (size) => {
    const points = matrix(64, 4, wave);
    const { neighbors } = await map(points, { nEpochs: 0 });
    for (const minDist of [0.1, 0.99]) {
      const positions = Float32Array.from({ length: 128 }, (_, place) => size * Math.sin(place >> 3));
      const options = { ...umapDefaults, minDist, nEpochs: 30 };
      const result = await umap(points, options, {
        neighbors: neighbors ?? undefined,
        resume: { positions, epoch: 0 },
      });
      expect([...result.positions].filter((value) => !Number.isFinite(value))).toEqual([]);
    }
  });
});

describe("rows in one place", () => {
  const points = matrix(64, 4, wave);
  const afterOneRound = async (positions: Float32Array<ArrayBuffer>, options: Partial<UmapOptions>) =>
    (await umap(points, { ...umapDefaults, ...options, nEpochs: 1 }, { resume: { positions, epoch: 0 } })).positions;

  it.each([0.1, 0.99])("exert no force on each other, min_dist %d", async (minDist) => {
    expect([...(await afterOneRound(new Float32Array(128), { minDist }))]).toEqual(Array(128).fill(0));
  });

  it.each([0.1, 0.99])("or nearly so hardly pull each other, min_dist %d", async (minDist) => {
    const positions = Float32Array.from({ length: 128 }, (_, place) => 1e-11 * Math.sin(place));
    const moved = await afterOneRound(positions, { minDist, negativeSampleRate: 0 });
    expect(Math.max(...moved.map(Math.abs))).toBeLessThan(1e-3);
  });
});

describe("numbers that are not finite", () => {
  const withBad = (...bad: readonly (readonly [number, number, number])[]) => {
    const points = matrix(600, 9, wave);
    for (const [row, column, value] of bad) points.data[row * 9 + column] = value;
    return points;
  };

  it("are named by row and column, with how many rows have any", async () => {
    await expect(
      map(withBad([512, 7, Number.NaN], [513, 0, Number.NaN], [599, 8, Number.POSITIVE_INFINITY])),
    ).rejects.toThrow("Row 512, column 7 is NaN (3 rows in all). Remove or fill them.");
    await expect(map(withBad([3, 0, Number.NEGATIVE_INFINITY], [3, 1, Number.NaN]))).rejects.toThrow(
      "Row 3, column 0 is infinite (1 row in all). Remove or fill them.",
    );
  });

  it("are an error of the input, even among too few rows to map", async () => {
    await expect(map(matrix(2, 2, () => Number.NaN))).rejects.toMatchObject({ kind: "input" });
  });
});

describe("a shape", () => {
  it("without rows or columns, or with another count of numbers, is refused", async () => {
    await expect(map({ data: new Float32Array(0), rows: 0, columns: 4 })).rejects.toThrow("got 0 × 4");
    await expect(map({ data: new Float32Array(0), rows: 4, columns: 0 })).rejects.toThrow("got 4 × 0");
    await expect(map({ data: new Float32Array(11), rows: 4, columns: 3 })).rejects.toThrow(
      "expected 4 × 3 numbers, got 11",
    );
  });
});
