import { describe, expect, it } from "vitest";
import { buildCellTree, interleave } from "../../../../src/compute/mosaic/cell-tree.ts";
import {
  cellsInWindow,
  type MapWindow,
  pointsInRefinedCell,
  type WindowCells,
} from "../../../../src/compute/mosaic/cells-in-window.ts";
import { chooseTileBy } from "../../../../src/compute/mosaic/choose-tile.ts";
import { generateGrid } from "../../../../src/compute/mosaic/grid.ts";
import { gridDefaults, type TileSelect } from "../../../../src/compute/mosaic/grid-options.ts";
import { columnOf, refineLattice, rowOf } from "../../../../src/compute/mosaic/lattice.ts";
import { normal } from "../random.ts";

const everything: MapWindow = { left: -1e9, right: 1e9, bottom: -1e9, top: 1e9 };

function cloud(points: number, seed: number): Float32Array {
  const next = normal(seed);
  const positions = Float32Array.from({ length: 2 * points }, () => next());
  // Some close together, some in the same place, some without one.
  for (let place = 200; place < 400; place++) positions[place] = 0.5 + 0.001 * (positions[place] ?? 0);
  positions.copyWithin(20, 0, 20);
  positions.set([Number.NaN, 0], 60);
  positions.set([0, Number.POSITIVE_INFINITY], 64);
  return positions;
}

async function zoom(positions: Float32Array, tileSelect: TileSelect = "first", numTilesX = 7) {
  const options = { ...gridDefaults, numTilesX, tileSelect };
  const grid = await generateGrid(positions, options);
  return { grid, tree: await buildCellTree(grid, positions), choose: chooseTileBy(positions, options, null) };
}

/** The cells as text, in the order of rows and columns: where, which points, which of them is shown. */
function listed({ column, row, starts, members, shown }: WindowCells): string[] {
  return [...column.keys()]
    .sort((a, b) => (row[a] ?? 0) - (row[b] ?? 0) || (column[a] ?? 0) - (column[b] ?? 0))
    .map((cell) => {
      const inside = [...members.subarray(starts[cell], starts[cell + 1])].sort((a, b) => a - b);
      return `${column[cell]}, ${row[cell]}: ${inside} shows ${shown[cell]}`;
    });
}

describe("a grid zoomed into", () => {
  const positions = cloud(1500, 8);

  it("is at level 0 the grid itself", async () => {
    for (const tileSelect of ["first", "nearest", "random"] as const) {
      const { grid, tree, choose } = await zoom(positions, tileSelect);
      const cells = cellsInWindow(tree, 0, everything, choose);
      const coarse = [...cells.column].map((column, cell) => (cells.row[cell] ?? 0) * grid.columns + column);
      expect([...cells.shown]).toEqual(coarse.map((cell) => grid.shown[cell]));
      expect(cells.column).toHaveLength(grid.shown.filter((tile) => tile >= 0).length);
    }
  });

  it("has at every level the cells that comparing gives, from the same corner, with the tile of the same rule", async () => {
    for (const tileSelect of ["first", "nearest", "random"] as const) {
      const { grid, tree, choose } = await zoom(positions, tileSelect);
      for (const level of [1, 2, 5, 16]) {
        const lattice = refineLattice(grid, level);
        const expected = new Map<string, number[]>();
        grid.cellOf.forEach((cell, point) => {
          if (cell < 0) return;
          const at = `${columnOf(lattice, positions[2 * point] ?? 0)}, ${rowOf(lattice, positions[2 * point + 1] ?? 0)}`;
          expected.set(at, [...(expected.get(at) ?? []), point]);
        });
        const cells = cellsInWindow(tree, level, everything, choose);
        expect(cells.lattice).toEqual(lattice);
        const found = listed(cells).map((line) => line.split(" shows ")[0]);
        expect(new Set(found)).toEqual(new Set([...expected].map(([at, inside]) => `${at}: ${inside}`)));
        expect(found).toHaveLength(expected.size);
        const wrong = [...cells.shown.keys()].filter((cell) => {
          const inside = cells.members.slice(cells.starts[cell], cells.starts[cell + 1]).sort();
          const tile = choose(inside, 0, inside.length, ...centre(cells, cell), lattice.cellSize);
          return cells.shown[cell] !== tile || !inside.includes(tile);
        });
        expect(wrong).toEqual([]);
        expect([...cells.centres]).toEqual(
          [...cells.column.keys()].flatMap((cell) => centre(cells, cell).map(Math.fround)),
        );
      }
    }
  });

  it("splits each cell into parts that hold its points and no others", async () => {
    const { tree, choose } = await zoom(positions);
    for (let level = 0; level < tree.levels; level++) {
      const parents = new Map<string, number[]>();
      const fine = cellsInWindow(tree, level + 1, everything, choose);
      fine.column.forEach((column, cell) => {
        const at = `${column >> 1}, ${(fine.row[cell] ?? 0) >> 1}`;
        const inside = fine.members.subarray(fine.starts[cell], fine.starts[cell + 1]);
        parents.set(at, [...(parents.get(at) ?? []), ...inside]);
      });
      const coarse = cellsInWindow(tree, level, everything, choose);
      const expected = [...coarse.column].map((column, cell) => {
        const inside = coarse.members.slice(coarse.starts[cell], coarse.starts[cell + 1]);
        return [`${column}, ${coarse.row[cell]}`, String(inside.sort())];
      });
      const found = [...parents].map(([at, inside]) => [at, String(Int32Array.from(inside).sort())]);
      expect(new Map(found.map(([at, inside]) => [at, inside]))).toEqual(
        new Map(expected.map(([at, inside]) => [at, inside])),
      );
    }
  });

  it("keeps the tile that the reader sees in one of the parts, with first and random", async () => {
    for (const tileSelect of ["first", "random"] as const) {
      const { tree, choose } = await zoom(positions, tileSelect);
      const shown = (level: number) => cellsInWindow(tree, level, everything, choose).shown;
      for (let level = 0; level < 8; level++) {
        const finer = new Set(shown(level + 1));
        expect([...shown(level)].filter((tile) => !finer.has(tile))).toEqual([]);
      }
    }
  });

  it("gives a window the cells that it touches, and no others", async () => {
    const { tree, choose } = await zoom(positions, "nearest");
    for (const window of [
      { left: -0.31, right: 0.47, bottom: 0.05, top: 0.62 },
      { left: -9, right: -1, bottom: 1, top: 9 },
      { left: 0.2, right: 0.2, bottom: 0.2, top: 0.2 },
      { left: 9, right: 10, bottom: 0, top: 1 },
      { left: 0.4, right: -0.4, bottom: 0, top: 1 },
    ])
      for (const level of [0, 1, 4, 9]) {
        const all = cellsInWindow(tree, level, everything, choose);
        const { lattice } = all;
        const touched = listed(all).filter((line) => {
          const [column = 0, row = 0] = line.split(/[:,] ?/).map(Number);
          const left = lattice.left + column * lattice.cellSize;
          const bottom = lattice.bottom + row * lattice.cellSize;
          return (
            window.left <= window.right &&
            left <= window.right &&
            left + lattice.cellSize > window.left &&
            bottom <= window.top &&
            bottom + lattice.cellSize > window.bottom
          );
        });
        expect(listed(cellsInWindow(tree, level, window, choose))).toEqual(touched);
      }
  });

  it("reaches single tiles at its finest, but for those in the very same place", async () => {
    const { tree, choose } = await zoom(positions);
    const cells = cellsInWindow(tree, 99, everything, choose);
    expect(cells.level).toBe(16);
    const crowds = [...cells.column.keys()].map((cell) => [
      ...cells.members.subarray(cells.starts[cell], cells.starts[cell + 1]),
    ]);
    expect(crowds.filter((inside) => inside.length > 1)).toHaveLength(10);
    for (const inside of crowds.filter((each) => each.length > 1))
      expect(new Set(inside.map((point) => positions[2 * point]))).toHaveProperty("size", 1);
  });

  it("finds the points of any one cell at any level", async () => {
    const { tree, choose } = await zoom(positions);
    for (const level of [0, 1, 3, 7, 16]) {
      const cells = cellsInWindow(tree, level, everything, choose);
      const found = [...cells.column].map((column, cell) =>
        String(pointsInRefinedCell(tree, level, column, cells.row[cell] ?? 0)),
      );
      expect(found).toEqual(
        found.map((_, cell) => String(cells.members.subarray(cells.starts[cell], cells.starts[cell + 1]))),
      );
      expect(pointsInRefinedCell(tree, level, -1, 0)).toHaveLength(0);
      expect(pointsInRefinedCell(tree, level, 0, tree.rows * 2 ** level)).toHaveLength(0);
    }
    expect(pointsInRefinedCell(tree, 16, 0, 0)).toHaveLength(0);
  });

  it("copies no more than the window holds", async () => {
    const { tree, choose } = await zoom(cloud(50_000, 2), "first", 50);
    const cells = cellsInWindow(tree, 4, { left: 0, right: 0.05, bottom: 0, top: 0.05 }, choose);
    expect(cells.members.length).toBeLessThan(200);
    expect(cells.members.length).toBeGreaterThan(10);
    expect(cells.column.length).toBeLessThanOrEqual(cells.members.length);
  });

  it("has nothing to show where there is no point", async () => {
    const { tree, choose } = await zoom(new Float32Array(0));
    expect(cellsInWindow(tree, 3, everything, choose).column).toHaveLength(0);
    expect(pointsInRefinedCell(tree, 3, 0, 0)).toHaveLength(0);
  });

  it("has fewer levels where the grid is fine already, so that columns are counted in 32 bits", async () => {
    const line = Float32Array.from({ length: 2000 }, (_, place) => (place % 2 ? 0 : place));
    const { grid, tree, choose } = await zoom(line, "first", 100_000);
    expect(grid.columns).toBe(100_000);
    expect(tree.levels).toBe(13);
    const cells = cellsInWindow(tree, 16, everything, choose);
    expect(cells.column).toHaveLength(1000);
    expect(Math.min(...cells.column)).toBe(0);
    expect(Math.max(...cells.column)).toBe(100_000 * 2 ** 13 - 1);
  });
});

describe("a Z-order code", () => {
  it("has the bits of x in its even places and those of y in its odd ones", () => {
    expect(interleave(1, 0)).toBe(1);
    expect(interleave(0, 1)).toBe(2);
    expect(interleave(0b1011, 0b0110)).toBe(0b01101101);
    expect(interleave(0xffff, 0)).toBe(0x55555555);
    expect(interleave(0xffff, 0xffff)).toBe(0xffffffff);
  });
});

function centre({ lattice, column, row }: WindowCells, cell: number): readonly [number, number] {
  return [
    lattice.left + ((column[cell] ?? 0) + 0.5) * lattice.cellSize,
    lattice.bottom + ((row[cell] ?? 0) + 0.5) * lattice.cellSize,
  ];
}
