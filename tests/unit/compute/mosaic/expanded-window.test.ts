import { describe, expect, it } from "vitest";
import { buildCellTree } from "../../../../src/compute/mosaic/cell-tree.ts";
import { cellsInWindow, type MapWindow, type WindowCells } from "../../../../src/compute/mosaic/cells-in-window.ts";
import { expandReach } from "../../../../src/compute/mosaic/expand-tiles.ts";
import { expandedCellsInWindow } from "../../../../src/compute/mosaic/expanded-window.ts";
import { generateGrid } from "../../../../src/compute/mosaic/grid.ts";
import { gridDefaults } from "../../../../src/compute/mosaic/grid-options.ts";
import { normal, uniform } from "../random.ts";

const next = normal(21);
const positions = Float32Array.from({ length: 2 * 4000 }, () => next());
const options = { ...gridDefaults, numTilesX: 16, expanded: true };
const reach = expandReach(options);

async function tree() {
  return buildCellTree(await generateGrid(positions, options), positions);
}

const placesOf = ({ column, row, shown }: WindowCells) =>
  new Map(Array.from(shown, (tile, cell) => [`${column[cell]},${row[cell]}`, tile] as const));

async function wholeOf(level: number, maxDist: number | null = null) {
  const cells = await tree();
  const { left, bottom, columns, rows, cellSize } = cells;
  const window = { left, right: left + columns * cellSize, bottom, top: bottom + rows * cellSize };
  const within = expandReach({ maxDist });
  return {
    cells,
    window,
    expanded: expandedCellsInWindow(cells, level, window, positions, within),
    strict: cellsInWindow(cells, level, window, () => -1),
  };
}

describe("split cells of an expanded mosaic", () => {
  it("show what the rule for whole grids shows on a grid of their size", async () => {
    for (const level of [0, 1, 3]) {
      const { expanded } = await wholeOf(level);
      const fine = await generateGrid(positions, { ...options, numTilesX: 16 * 2 ** level });
      const found = placesOf(expanded);
      const wanted = [...fine.shown].flatMap((tile, cell) =>
        tile < 0 ? [] : [[`${cell % fine.columns},${Math.floor(cell / fine.columns)}`, tile] as const],
      );
      expect([...found].filter(([, tile]) => tile >= 0).length).toBeGreaterThanOrEqual(wanted.length);
      expect(wanted.filter(([place, tile]) => found.get(place) !== tile)).toEqual([]);
    }
  });

  it("are more than hold a tile of their own, none of these blank, and no tile is shown twice", async () => {
    for (const level of [1, 2, 4]) {
      const { expanded, strict } = await wholeOf(level);
      const shown = [...expanded.shown];
      expect(shown.length).toBeGreaterThan(strict.shown.length);
      expect(shown.every((tile) => tile >= 0)).toBe(true);
      expect(new Set(shown).size).toBe(shown.length);
      const found = placesOf(expanded);
      expect([...placesOf(strict).keys()].filter((place) => !found.has(place))).toEqual([]);
      expect([...expanded.members].toSorted((a, b) => a - b)).toEqual([...strict.members].toSorted((a, b) => a - b));
    }
  });

  it("take no tile from further than max_dist", async () => {
    const { expanded } = await wholeOf(2, 0.4);
    const { centres, shown, lattice } = expanded;
    const away = [...shown].map((tile, cell) =>
      Math.hypot(
        (positions[2 * tile] ?? 0) - (centres[2 * cell] ?? 0),
        (positions[2 * tile + 1] ?? 0) - (centres[2 * cell + 1] ?? 0),
      ),
    );
    expect(away.filter((far, cell) => (shown[cell] ?? -1) >= 0 && far >= 0.4 * lattice.cellSize)).toEqual([]);
    expect(shown.includes(-1)).toBe(true);
  });

  it("show the same tiles in whatever window they are seen", async () => {
    const random = uniform(5);
    for (const level of [1, 2, 3]) {
      const { cells, window, expanded } = await wholeOf(level);
      const whole = placesOf(expanded);
      for (let look = 0; look < 60; look++) {
        const side = (window.right - window.left) * (0.05 + 0.3 * random());
        const left = window.left + random() * (window.right - window.left - side);
        const bottom = window.bottom + random() * (window.top - window.bottom - side);
        const part: MapWindow = { left, right: left + side, bottom, top: bottom + side };
        const seen = placesOf(expandedCellsInWindow(cells, level, part, positions, reach));
        expect([...seen].filter(([place, tile]) => whole.get(place) !== tile)).toEqual([]);
      }
    }
  });
});
