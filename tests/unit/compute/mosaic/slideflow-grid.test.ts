import { describe, expect, it } from "vitest";
import { cellShares } from "../../../../src/compute/mosaic/cell-shares.ts";
import { generateGrid, type MosaicGrid } from "../../../../src/compute/mosaic/grid.ts";
import { pointsAtGridIndex, selectedPoints } from "../../../../src/compute/mosaic/grid-cells.ts";
import { gridDefaults } from "../../../../src/compute/mosaic/grid-options.ts";
import { nearestMembers } from "../../../../src/compute/mosaic/nearest-members.ts";
import { maskOf } from "../../../../src/compute/selection/row-mask.ts";
import { codes, doubles, grids, matrixOf, singles, slideflow } from "./goldens.ts";

const columnsOf = (grid: MosaicGrid) => [...grid.cellOf].map((cell) => cell % grid.columns);
const rowsOf = (grid: MosaicGrid) => [...grid.cellOf].map((cell) => Math.floor(cell / grid.columns));
const ascending = (points: Iterable<number>) => [...points].sort((a, b) => a - b);
const options = (numTilesX: number) => ({ ...gridDefaults, numTilesX });

describe("the grid of a map that Slideflow itself has cut", () => {
  const positions = Float32Array.from(doubles(slideflow.positions));

  for (const golden of slideflow.grids) {
    const { numTilesX, tileSelect, maxDist } = golden;
    it(`has Slideflow's cells and tiles: ${numTilesX} columns, ${tileSelect}, within ${maxDist}`, async () => {
      const grid = await generateGrid(positions, { ...options(numTilesX), tileSelect, maxDist });
      expect([grid.columns, grid.rows]).toEqual(golden.numTiles);
      expect(grid.cellSize).toBeCloseTo(golden.tileSize, 12);
      expect(columnsOf(grid)).toEqual(golden.gridX);
      expect(rowsOf(grid)).toEqual(golden.gridY);
      expect(ascending(selectedPoints(grid))).toEqual(golden.selected);
    });
  }

  it("answers with Slideflow's points for a cell, and with none for a cell that does not exist", async () => {
    const { numTilesX, cell, rows } = slideflow.pointsAtGridIndex;
    const grid = await generateGrid(positions, options(numTilesX));
    expect([...pointsAtGridIndex(grid, ...cell)]).toEqual(rows);
    for (const [x, y] of [
      [-1, 0],
      [0, -1],
      [numTilesX, 0],
      [0, numTilesX],
      [Number.NaN, 0],
    ] as const)
      expect(pointsAtGridIndex(grid, x, y)).toHaveLength(0);
  });

  it("fades the cells around a slide as Slideflow's focus does", async () => {
    const { slide, numTilesX, alpha } = slideflow.focus;
    const code = slideflow.slideNames.indexOf(slide);
    const inSlide = codes(slideflow.slides).flatMap((each, point) => (each === code ? [point] : []));
    const grid = await generateGrid(positions, options(numTilesX));
    const shares = cellShares(grid, maskOf(inSlide, positions.length / 2));
    expect([...grid.cellOf].map((cell) => shares[cell])).toEqual([...Float32Array.from(doubles(alpha))]);
  });

  it("reports point 0 as well, whose tile Slideflow forgets", async () => {
    const grid = await generateGrid(positions, options(slideflow.report.numTilesX));
    const named = (point: number) => [
      slideflow.slideNames[codes(slideflow.slides)[point] ?? -1],
      slideflow.indexInSlide[point],
    ];
    const ours = ascending(selectedPoints(grid)).map(named);
    expect(slideflow.report.rows).not.toContainEqual(named(0));
    expect(ours[0]).toEqual(named(0));
    expect(new Set(ours.slice(1).map(String))).toEqual(new Set(slideflow.report.rows.map(String)));
    expect(ours).toHaveLength(slideflow.report.rows.length + 1);
  });
});

describe("the grid of a map whose height is not a whole number of cells", () => {
  const sines = Float32Array.from({ length: 1000 }, (_, place) => {
    const k = Math.floor(place / 2);
    return place % 2 === 0 ? (Math.sin(1.3 * k) + 1) / 2 : (0.6 * Math.cos(0.77 * k) + 1) / 2;
  });
  const cases = [
    { name: "ten points", positions: Float32Array.from(slideflow.small.points.flat()), golden: slideflow.small },
    { name: "500 points", positions: sines, golden: slideflow.sin500 },
  ];

  for (const { name, positions, golden } of cases) {
    it(`has Slideflow's columns, and rows of squares instead of stretched ones: ${name}`, async () => {
      const grid = await generateGrid(positions, options(golden.num_tiles_x));
      expect(grid.columns).toBe(golden.num_tiles_x);
      expect(grid.cellSize).toBeCloseTo(golden.tile_size, 7);
      expect(golden.x_edges.every((edge, i) => Math.abs(grid.left + (i + 1) * grid.cellSize - edge) < 1e-6)).toBe(true);
      expect(columnsOf(grid)).toEqual(golden.grid_x);
      expect(grid.rows).toBe(golden.num_tiles_y + 1);
      expect(rowsOf(grid)).not.toEqual(golden.grid_y);
      const [first = 0, second = 0] = golden.y_edges;
      expect(second - first).toBeGreaterThan(grid.cellSize);
    });

    it(`has Slideflow's rows and tiles once its rows are squares: ${name}`, async () => {
      // The height shrunk by as much as Slideflow stretches its rows.
      const stretched = (golden.y_edges[1] ?? 0) - (golden.y_edges[0] ?? 0);
      const shrunk = positions.map((value, place) => (place % 2 ? (value * golden.tile_size) / stretched : value));
      const grid = await generateGrid(shrunk, options(golden.num_tiles_x));
      expect(columnsOf(grid)).toEqual(golden.grid_x);
      expect(rowsOf(grid)).toEqual(golden.grid_y);
      expect(ascending(selectedPoints(grid))).toEqual(golden.first);

      const bottom = positions.reduce((least, value, place) => (place % 2 ? Math.min(least, value) : least), 9);
      const nearest = (reach: number) =>
        [...grid.shown.keys()].flatMap((cell) => {
          const x = grid.left + ((cell % grid.columns) + 0.5) * golden.tile_size;
          const y = bottom + (Math.floor(cell / grid.columns) + 0.5) * golden.tile_size;
          const stretch = [grid.starts[cell] ?? 0, grid.starts[cell + 1] ?? 0] as const;
          return [...nearestMembers(positions, grid.members, [stretch], x, y, 1, reach).points];
        });
      expect(ascending(nearest(Number.POSITIVE_INFINITY))).toEqual(golden.nearest);
      if ("nearest_max_dist_0.3" in golden)
        expect(ascending(nearest(0.3 * golden.tile_size))).toEqual(golden["nearest_max_dist_0.3"]);
    });
  }
});

describe("the grids of random maps", () => {
  for (const { name, columns, positions, meta, upstream, square, expanded } of grids.maps) {
    const given = singles(positions);

    it(`are the lattice of squares, tile by tile: ${name}`, async () => {
      const first = await generateGrid(given, options(columns));
      expect([first.columns, first.rows]).toEqual([columns, square.rows]);
      expect(first.cellSize).toBe(square.tileSize);
      expect(columnsOf(first)).toEqual(codes(square.gridX));
      expect(rowsOf(first)).toEqual(codes(square.gridY));
      expect(ascending(selectedPoints(first))).toEqual(square.first);
      const nearest = await generateGrid(given, { ...options(columns), tileSelect: "nearest" });
      expect(ascending(selectedPoints(nearest))).toEqual(square.nearest);
      const near = await generateGrid(given, { ...options(columns), tileSelect: "nearest", maxDist: grids.maxDist });
      expect(ascending(selectedPoints(near))).toEqual(square.near);
      const centroid = await generateGrid(given, { ...options(columns), tileSelect: "centroid" }, matrixOf(meta, 3));
      expect(ascending(selectedPoints(centroid))).toEqual(square.centroid);
    });

    it(`fill their holes as every pair by distance does: ${name}`, async () => {
      const grid = await generateGrid(given, { ...options(columns), expanded: true });
      expect([...grid.shown].flatMap((tile, cell) => (tile < 0 ? [] : [[cell, tile]]))).toEqual(expanded);
    });

    it(`are Slideflow's wherever its rows are squares and its last edge is right: ${name}`, () => {
      const same = upstream.gridX === square.gridX && upstream.gridY === square.gridY;
      const right = upstream.rows === square.rows && !codes(upstream.gridX).includes(columns);
      expect(same).toBe(right);
      if (right) expect(upstream).toEqual(square);
    });
  }

  it("keep the rightmost tile in the last column, which Slideflow puts beyond it and then never finds", () => {
    const { columns, upstream, square } = grids.maps.find(({ name }) => name === "an edge too many") ?? {};
    const lost = codes(upstream?.gridX ?? "").indexOf(columns ?? 0);
    expect(lost).toBe(1);
    expect(codes(square?.gridX ?? "")[lost]).toBe((columns ?? 0) - 1);
    expect(upstream?.nearest).not.toContain(lost);
    expect(square?.nearest).toContain(lost);
  });
});
