import { describe, expect, it } from "vitest";
import {
  buildCellTree,
  chooseTileBy,
  expandReach,
  generateGrid,
  gridDefaults,
} from "../../../src/compute/mosaic/index.ts";
import { cellOnShow } from "../../../src/widgets/mosaic/plot/cells/cell-on-show.ts";
import { cellsOfGrid } from "../../../src/widgets/mosaic/plot/cells/cells-of-grid.ts";
import { finestLevel, levelOf } from "../../../src/widgets/mosaic/plot/cells/level-of.ts";
import { MapCells } from "../../../src/widgets/mosaic/plot/cells/map-cells.ts";
import { fitView, noTurn, type View } from "../../../src/widgets/plane/view.ts";
import { seeded } from "../../browser/plot/clusters.ts";

const ROWS = 3000;
const random = seeded(11);
const positions = new Float32Array(2 * ROWS).map(() => random());

async function mapOf(places: Float32Array<ArrayBuffer>) {
  const grid = await generateGrid(places, { ...gridDefaults, numTilesX: 10 });
  const map = new MapCells(grid, places, chooseTileBy(places, gridDefaults, null));
  map.setTree(await buildCellTree(grid, places));
  return map;
}

/** The whole map on 400 px, seen so many times closer about its middle. */
function closer(map: MapCells, zoom: number): View {
  const { left, bottom, columns, rows, cellSize } = map.grid;
  const bounds = { left, bottom, right: left + columns * cellSize, top: bottom + rows * cellSize };
  const view = fitView(bounds, 400, 400, noTurn);
  return { ...view, scale: view.scale * zoom };
}

describe("the level of cells", () => {
  it("splits them in four at 96 px, so that they are 48 to 96 px wide, down to the finest level", () => {
    expect([5, 48, 95.9].map((width) => levelOf(width, 9))).toEqual([0, 0, 0]);
    expect([96, 191, 192, 384, 96 * 2 ** 8].map((width) => levelOf(width, 9))).toEqual([1, 1, 2, 3, 9]);
    expect(levelOf(1e9, 4)).toBe(4);
  });

  it("is at most that from which nearly all tiles are alone", async () => {
    const map = await mapOf(positions);
    const tree = await buildCellTree(map.grid, positions);
    const alone = (level: number) => {
      const size = map.grid.cellSize / 2 ** level;
      const counts = new Map<string, number>();
      const keys = Array.from({ length: ROWS }, (_, row) =>
        [0, 1]
          .map((axis) =>
            Math.floor(((positions[2 * row + axis] ?? 0) - (axis ? map.grid.bottom : map.grid.left)) / size),
          )
          .join(),
      );
      for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
      return keys.filter((key) => counts.get(key) === 1).length / ROWS;
    };
    const finest = finestLevel(tree);
    expect(alone(finest)).toBeGreaterThanOrEqual(0.95);
    expect(alone(finest - 1)).toBeLessThan(0.95);
  });

  it("stays where the coarse cells are until finer ones are ready, and is coarse again at once", async () => {
    const map = await mapOf(positions);
    const [far, near] = [closer(map, 1), closer(map, 12)];
    expect(map.follow(far, () => false)).toBeNull();
    const waiting = map.follow(near, () => false);
    expect(waiting?.level).toBe(levelOf(map.grid.cellSize * near.scale, 99));
    expect([map.level, map.cellsIn(near)]).toEqual([0, map.base]);
    expect(map.follow(near, () => true)).toBeNull();
    expect(map.cellsIn(near)).toBe(waiting);
    map.follow(far, () => false);
    expect(map.level).toBe(0);
  });
});

describe("cells at any level", () => {
  it("hold the rows that lie in them, found by place and by row", async () => {
    const map = await mapOf(positions);
    const view = closer(map, 12);
    map.follow(view, () => true);
    const cells = map.cellsIn(view);
    expect(cells.level).toBeGreaterThan(0);
    for (let index = 0; index < cells.shown.length; index++)
      for (const row of cells.members.subarray(cells.starts[index], cells.starts[index + 1])) {
        expect(map.indexAt(cells, positions[2 * row] ?? 0, positions[2 * row + 1] ?? 0)).toBe(index);
        expect(map.indexHolding(cells, row)).toBe(index);
      }
    expect(map.indexAt(cells, -5, -5)).toBe(-1);
    expect([map.indexHolding(cells, -1), map.indexHolding(cells, ROWS)]).toEqual([-1, -1]);
  });

  it("are found by the row that they show, which may lie in another", async () => {
    const grid = await generateGrid(positions.slice(0, 60), { ...gridDefaults, numTilesX: 10, expanded: true });
    const map = new MapCells(grid, positions.slice(0, 60), null);
    const borrowing = cellsOfGrid(grid).shown.filter((row, index) => {
      const { column, row: line } = map.base;
      return row >= 0 && grid.cellOf[row] !== (line[index] ?? 0) * grid.columns + (column[index] ?? 0);
    });
    expect(borrowing.length).toBeGreaterThan(0);
    for (const row of borrowing) expect(map.base.shown[map.indexHolding(map.base, row)]).toBe(row);
  });

  it("leave out rows without a place", async () => {
    const holes = positions.slice();
    holes[20] = Number.NaN;
    const map = await mapOf(holes);
    expect(map.placeOf(map.base, 10)).toBeNull();
    expect(map.indexHolding(map.base, 11)).toBeGreaterThanOrEqual(0);
  });
});

it("a cell of very many tiles has the 64 nearest to its centre first, then the others, each once", async () => {
  const grid = await generateGrid(positions, { ...gridDefaults, numTilesX: 1 });
  const cells = cellsOfGrid(grid);
  const { rows } = cellOnShow(cells, 0, positions, { left: 0, top: 0, width: 9, height: 9 });
  const members = cells.members.subarray(cells.starts[0], cells.starts[1]);
  expect(members.length).toBeGreaterThan(1000);
  expect([...rows].sort((a, b) => a - b)).toEqual([...members]);
  const [x = 0, y = 0] = cells.centres;
  const away = (row: number) => ((positions[2 * row] ?? 0) - x) ** 2 + ((positions[2 * row + 1] ?? 0) - y) ** 2;
  const nearest = [...members].sort((a, b) => away(a) - away(b)).slice(0, 64);
  expect([...rows.subarray(0, 64)]).toEqual(nearest);
});

it("fills the gaps of split cells too where the grid is expanded, and finds a tile where it is on show", async () => {
  const options = { ...gridDefaults, numTilesX: 30, expanded: true };
  const grid = await generateGrid(positions, options);
  const tree = await buildCellTree(grid, positions);
  const counts = [null, expandReach(options)].map((expandsTo) => {
    const map = new MapCells(grid, positions, chooseTileBy(positions, options, null), expandsTo);
    map.setTree(tree);
    const near = closer(map, 12);
    map.follow(near, () => true);
    const cells = map.cellsIn(near);
    const found = Array.from(cells.shown, (tile) => map.indexHolding(cells, tile));
    expect(found).toEqual([...cells.shown.keys()]);
    return { level: map.level, shown: cells.shown.length };
  });
  expect(counts[0]?.level).toBeGreaterThan(0);
  expect(counts[1]?.shown).toBeGreaterThan(1.2 * (counts[0]?.shown ?? 0));
});
