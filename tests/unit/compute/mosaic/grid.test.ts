import { describe, expect, it } from "vitest";
import { generateGrid, type MosaicGrid } from "../../../../src/compute/mosaic/grid.ts";
import { centreOf, membersOf, pointsAtGridIndex, selectedPoints } from "../../../../src/compute/mosaic/grid-cells.ts";
import { type GridOptions, gridDefaults, type TileSelect } from "../../../../src/compute/mosaic/grid-options.ts";
import { MOST_CELLS } from "../../../../src/compute/mosaic/lattice.ts";
import { normal, uniform } from "../random.ts";

const rules: readonly TileSelect[] = ["first", "nearest", "centroid", "random"];
const cut = (positions: Float32Array, options: Partial<GridOptions> = {}) =>
  generateGrid(positions, { ...gridDefaults, ...options }, metaFor(positions));
const metaFor = (positions: Float32Array) => ({
  data: Float32Array.from({ length: positions.length }, (_, place) => Math.sin(7 * place)),
  rows: positions.length / 2,
  columns: 2,
});

function cloud(points: number, seed: number, width = 1, height = 1): Float32Array {
  const next = normal(seed);
  return Float32Array.from({ length: 2 * points }, (_, place) => next() * (place % 2 ? height : width));
}

/** Every point in one cell and no other, and where it says it is; what breaks this, in words. */
function breaksOf(grid: MosaicGrid, positions: Float32Array): string[] {
  const breaks: string[] = [];
  const seen = new Map<number, number>();
  for (let cell = 0; cell < grid.columns * grid.rows; cell++) {
    let last = -1;
    for (const point of pointsAtGridIndex(grid, cell % grid.columns, Math.floor(cell / grid.columns))) {
      if (point <= last) breaks.push(`${point} comes after ${last} in cell ${cell}`);
      if (seen.has(point)) breaks.push(`${point} is in cells ${seen.get(point)} and ${cell}`);
      seen.set(point, cell);
      last = point;
    }
  }
  grid.cellOf.forEach((cell, point) => {
    const [px = 0, py = 0] = positions.subarray(2 * point, 2 * point + 2);
    if (cell !== (seen.get(point) ?? -1)) breaks.push(`${point} says cell ${cell}`);
    if (cell >= 0 !== Number.isFinite(px - py)) breaks.push(`${point} at ${px}, ${py} is in cell ${cell}`);
    if (cell < 0) return;
    const [x, y] = centreOf(grid, cell % grid.columns, Math.floor(cell / grid.columns));
    if (Math.max(Math.abs(px - x), Math.abs(py - y)) > 0.51 * grid.cellSize)
      breaks.push(`${point} at ${px}, ${py} is in the cell about ${x}, ${y}`);
  });
  if (grid.unplaced !== grid.cellOf.length - seen.size) breaks.push(`${grid.unplaced} have no place`);
  return breaks;
}

/** The cells that show a tile of another cell, or none though they hold some. */
function wronglyShown({ shown, starts, cellOf }: MosaicGrid): number[] {
  return [...shown.keys()].filter((cell) =>
    starts[cell] === starts[cell + 1] ? shown[cell] !== -1 : cellOf[shown[cell] ?? -1] !== cell,
  );
}

describe("a mosaic's grid", () => {
  it("puts each point in exactly one cell, in which it lies, and shows a tile of the cell", async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 0.01],
      [0.02, 3],
    ] as const)
      for (const tileSelect of rules) {
        const positions = cloud(300, 3, width, height);
        const grid = await cut(positions, { numTilesX: 8, tileSelect });
        expect(grid.columns * grid.rows).toBeLessThanOrEqual(MOST_CELLS);
        expect(breaksOf(grid, positions)).toEqual([]);
        expect(wronglyShown(grid)).toEqual([]);
      }
  });

  it("never has more cells than memory holds, however thin the map and however fine the wish", async () => {
    const thin = await cut(cloud(500, 1, 1e-9, 1), { numTilesX: 1000 });
    const fine = await cut(cloud(500, 1), { numTilesX: 100_000 });
    const long = await cut(cloud(500, 1, 1e-20, 1e20), { numTilesX: 1 });
    for (const grid of [thin, fine, long]) {
      expect(grid.columns * grid.rows).toBeLessThanOrEqual(MOST_CELLS);
      expect(grid.columns * grid.rows).toBeGreaterThan(MOST_CELLS / 2);
      expect(grid.unplaced).toBe(0);
      expect(wronglyShown(grid)).toEqual([]);
    }
  });

  it("keeps points without a finite place out, tells how many, and never shows them", async () => {
    const positions = cloud(200, 5);
    for (const [point, x, y] of [
      [0, Number.NaN, 0],
      [7, 0, Number.NaN],
      [8, Number.POSITIVE_INFINITY, 0],
      [199, 0, Number.NEGATIVE_INFINITY],
    ] as const)
      positions.set([x, y], 2 * point);
    for (const tileSelect of rules) {
      const grid = await cut(positions, { numTilesX: 5, tileSelect });
      expect(breaksOf(grid, positions)).toEqual([]);
      expect(grid.unplaced).toBe(4);
      for (const point of [0, 7, 8, 199]) expect(selectedPoints(grid)).not.toContain(point);
    }
    const expanded = await cut(positions, { numTilesX: 5, expanded: true });
    for (const point of [0, 7, 8, 199]) expect(selectedPoints(expanded)).not.toContain(point);
  });

  it("has no cells where there is no point, or none with a place", async () => {
    for (const positions of [new Float32Array(0), new Float32Array(6).fill(Number.NaN)])
      for (const expanded of [false, true]) {
        const grid = await cut(positions, { expanded });
        expect([grid.columns, grid.rows, grid.members.length, grid.shown.length]).toEqual([0, 0, 0, 0]);
        expect([...grid.starts]).toEqual([0]);
        expect(grid.unplaced).toBe(positions.length / 2);
      }
  });

  it("has one cell about a single place, whether one point lies there or many", async () => {
    for (const points of [1, 50]) {
      const grid = await cut(new Float32Array(2 * points).fill(3), { tileSelect: "nearest" });
      expect([grid.columns, grid.rows, grid.cellSize, grid.left, grid.bottom]).toEqual([1, 1, 1, 2.5, 2.5]);
      expect([...grid.shown]).toEqual([0]);
      expect(pointsAtGridIndex(grid, 0, 0)).toHaveLength(points);
    }
  });

  it("lays one row or one column with its middle on a line of points", async () => {
    const ramp = Array.from({ length: 41 }, (_, k) => k / 4);
    const flat = await cut(Float32Array.from(ramp.flatMap((x) => [x, 2])), { numTilesX: 10 });
    expect([flat.columns, flat.rows, flat.cellSize, flat.left, flat.bottom]).toEqual([10, 1, 1, 0, 1.5]);
    const upright = await cut(Float32Array.from(ramp.flatMap((y) => [2, y])), { numTilesX: 10 });
    expect([upright.columns, upright.rows, upright.cellSize, upright.left, upright.bottom]).toEqual([1, 10, 1, 1.5, 0]);
    expect([...upright.shown]).toEqual([...flat.shown]);
    expect([...upright.shown].slice(0, 3)).toEqual([0, 4, 8]);
  });

  it("counts lower and left borders to a cell, and the last column and row their right and upper ones too", async () => {
    const corners = Float32Array.of(0, 0, 1, 1, 0.5, 0.5, 0.5, 0.49, 0.49, 0.5, 1, 0.2);
    expect([...(await cut(corners, { numTilesX: 2 })).cellOf]).toEqual([0, 3, 3, 1, 2, 1]);
  });

  it("takes a point for one of the last row that lies above it by rounding alone", async () => {
    const next = uniform(4);
    const positions = Float32Array.from({ length: 400 }, (_, place) => 0.1 + 0.8 * next() + (place % 2 ? 100 : 0));
    positions.set([0.1, 100.1, 0.9, 100.9], 0);
    const grid = await cut(positions, { numTilesX: 50 });
    expect([grid.columns, grid.rows]).toEqual([50, 50]);
    expect(grid.cellOf[1]).toBe(50 * 50 - 1);
  });

  it("has more columns than points when asked to, and one when asked to", async () => {
    const three = Float32Array.of(0, 0, 1, 0.1, 0.4, 0.3);
    const many = await cut(three, { numTilesX: 99 });
    expect(many.columns).toBe(99);
    expect([...selectedPoints(many)]).toEqual([0, 1, 2]);
    const one = await cut(three, { numTilesX: 1 });
    expect([one.columns, one.rows, ...one.shown]).toEqual([1, 1, 0]);
  });
});

describe("the tile that stands for a cell", () => {
  it("is the same for the same seed, another for another, and any of the cell's", async () => {
    const positions = cloud(2000, 9);
    const shown = async (seed: number) => (await cut(positions, { numTilesX: 4, tileSelect: "random", seed })).shown;
    expect(await shown(1)).toEqual(await shown(1));
    expect(await shown(1)).not.toEqual(await shown(2));

    const twins = new Float32Array(20).fill(1);
    const times = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 2000; seed++) {
      const [tile = -1] = (await cut(twins, { tileSelect: "random", seed })).shown;
      times[tile] = (times[tile] ?? 0) + 1;
    }
    // 200 each of 2,000 draws; five standard deviations are 67.
    for (const count of times) expect(Math.abs(count - 200)).toBeLessThan(67);
  });

  it("is the first of several in the very same place", async () => {
    const positions = Float32Array.of(0, 0, 0.6, 0.6, 0.6, 0.6, 1, 1, 0.6, 0.6);
    const grid = await cut(positions, { numTilesX: 2, tileSelect: "nearest" });
    expect(grid.shown[3]).toBe(1);
  });

  it("is missing where all are further from the centre than max_dist, or as far", async () => {
    const positions = Float32Array.of(0, 0, 4, 4, 1.5, 0.5);
    const shown = async (maxDist: number) =>
      [...(await cut(positions, { numTilesX: 4, tileSelect: "nearest", maxDist })).shown].filter((tile) => tile >= 0);
    expect(await shown(0.8)).toEqual([0, 2, 1]);
    expect(await shown(Math.SQRT1_2)).toEqual([2]);
  });

  it("is one within max_dist of the centre by every rule, and there is one wherever a tile lies so near", async () => {
    const positions = cloud(3000, 13);
    for (const options of [...rules.map((tileSelect) => ({ tileSelect })), { expanded: true }]) {
      const grid = await cut(positions, { numTilesX: 12, maxDist: 0.3, ...options });
      const away = (point: number, cell: number) => {
        const [x, y] = centreOf(grid, cell % grid.columns, Math.floor(cell / grid.columns));
        return Math.hypot((positions[2 * point] ?? 0) - x, (positions[2 * point + 1] ?? 0) - y) / grid.cellSize;
      };
      const cells = [...grid.shown.keys()];
      const near = cells.map((cell) => [...membersOf(grid, cell)].filter((point) => away(point, cell) < 0.3));
      expect(cells.filter((cell) => !near[cell]?.includes(grid.shown[cell] ?? -1) && near[cell]?.length)).toEqual([]);
      expect(cells.filter((cell) => near[cell]?.length === 0 && grid.shown[cell] !== -1)).toEqual([]);
      expect(cells.filter((cell) => near[cell]?.length === 0 && membersOf(grid, cell).length > 0)).not.toEqual([]);
      if ("tileSelect" in options && options.tileSelect === "first")
        expect(cells.filter((cell) => (near[cell]?.[0] ?? -1) !== grid.shown[cell])).toEqual([]);
    }
  });

  it("is a tile with numbers where those of others are missing from tile_meta", async () => {
    const meta = { data: Float32Array.of(Number.NaN, 5, 1, 1, Infinity, 0, 2, 2, 2, 3), rows: 5, columns: 2 };
    const options = { ...gridDefaults, tileSelect: "centroid" as const };
    const grid = await generateGrid(new Float32Array(10), options, meta);
    expect([...grid.shown]).toEqual([3]);
    const none = { data: new Float32Array(10).fill(Number.NaN), rows: 5, columns: 2 };
    expect([...(await generateGrid(new Float32Array(10), options, none)).shown]).toEqual([0]);
  });

  it("may come from around an empty cell when expanded, but from nowhere twice", async () => {
    const positions = cloud(400, 11);
    const strict = await cut(positions, { numTilesX: 20 });
    const filled = await cut(positions, { numTilesX: 20, expanded: true });
    expect(selectedPoints(filled).length).toBeGreaterThan(selectedPoints(strict).length);
    expect(new Set(selectedPoints(filled)).size).toBe(selectedPoints(filled).length);
    filled.shown.forEach((tile, cell) => {
      if (tile < 0) return;
      const [x, y] = centreOf(filled, cell % filled.columns, Math.floor(cell / filled.columns));
      const away = Math.hypot((positions[2 * tile] ?? 0) - x, (positions[2 * tile + 1] ?? 0) - y);
      expect(away).toBeLessThan(1.5 * Math.SQRT1_2 * filled.cellSize);
    });
  });
});

describe("what a grid refuses", () => {
  const refuse = (options: Partial<GridOptions>, meta = metaFor(new Float32Array(4))) =>
    expect(generateGrid(new Float32Array(4), { ...gridDefaults, ...options }, meta)).rejects;

  it("is an option without a meaning, in words", async () => {
    await refuse({ numTilesX: 0 }).toThrow("num_tiles_x: expected an integer from 1 to 100000, got 0");
    await refuse({ numTilesX: 2.5 }).toThrow("num_tiles_x: expected an integer from 1 to 100000, got 2.5");
    await refuse({ maxDist: 0 }).toThrow("max_dist: expected a number above 0, got 0");
    await refuse({ maxDist: Number.NaN }).toThrow("max_dist: expected a number above 0, got NaN");
    await refuse({ seed: -1 }).toThrow("seed: expected an integer from 0 to 4294967295, got -1");
    await refuse({ tileSelect: "median" as TileSelect }).toThrow(
      'Unknown tile_select: "median". Pass first, nearest, centroid or random.',
    );
  });

  it("is centroid without a row of tile_meta for each tile", async () => {
    const centroid = { ...gridDefaults, tileSelect: "centroid" as const };
    await expect(generateGrid(new Float32Array(4), centroid)).rejects.toThrow(
      'tile_select="centroid" needs tile_meta: a row of numbers for each tile.',
    );
    await refuse({ tileSelect: "centroid" }, metaFor(new Float32Array(2000))).toThrow(
      "1,000 rows of tile_meta for 2 tiles. Give one for each.",
    );
  });

  it("is to go on when it was stopped", async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(generateGrid(cloud(10, 1), gridDefaults, null, { signal: controller.signal })).rejects.toMatchObject({
      kind: "cancelled",
    });
  });

  it("is nothing of a large map, whose progress it tells", async () => {
    const stages: string[] = [];
    const done: number[] = [];
    await generateGrid(cloud(400_000, 2), gridDefaults, null, {
      onProgress: (progress) => {
        stages.push(progress.stage);
        if (progress.stage === stages[0]) done.push(progress.done / progress.total);
      },
    });
    expect(stages[0]).toBe("Sorting tiles into cells");
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done.length).toBeGreaterThan(4);
    expect(done.every((part) => part >= 0 && part <= 1)).toBe(true);
  });
});
