import { describe, expect, it } from "vitest";
import { cellShares } from "../../../../src/compute/mosaic/cell-shares.ts";
import { cellCentres, cellsInOutline, rowsOfCells } from "../../../../src/compute/mosaic/cells-in-outline.ts";
import { commonestClass } from "../../../../src/compute/mosaic/commonest-class.ts";
import { generateGrid } from "../../../../src/compute/mosaic/grid.ts";
import { cellCounts, membersOf, nearestInCell, pointsAtGridIndex } from "../../../../src/compute/mosaic/grid-cells.ts";
import { gridDefaults } from "../../../../src/compute/mosaic/grid-options.ts";
import { countRows, emptyMask, fullMask, maskOf, rowsOf } from "../../../../src/compute/selection/row-mask.ts";
import { normal, uniform } from "../random.ts";

const POINTS = 3000;
const next = normal(17);
const positions = Float32Array.from({ length: 2 * POINTS }, () => next());
const grid = await generateGrid(positions, { ...gridDefaults, numTilesX: 12 });
const cells = [...grid.shown.keys()];
const pointsOf = (cell: number) => [...pointsAtGridIndex(grid, cell % grid.columns, Math.floor(cell / grid.columns))];

describe("the cells of a grid", () => {
  it("are counted", () => {
    expect([...cellCounts(grid)]).toEqual(cells.map((cell) => pointsOf(cell).length));
  });

  it("tell the share of their points that are in a mask, and 0 where they have none", () => {
    const mask = maskOf(
      cells.flatMap((cell) => pointsOf(cell).filter((_, rank) => rank % 3 === 0)),
      POINTS,
    );
    const expected = cells.map((cell) => {
      const points = pointsOf(cell).length;
      return points ? Math.fround(Math.ceil(points / 3) / points) : 0;
    });
    expect([...cellShares(grid, mask)]).toEqual(expected);
    expect(expected.filter((share) => share > 0 && share < 1).length).toBeGreaterThan(20);
    expect([...cellShares(grid, emptyMask(POINTS))].every((share) => share === 0)).toBe(true);
    expect([...cellShares(grid, fullMask(POINTS))]).toEqual(cells.map((cell) => (pointsOf(cell).length ? 1 : 0)));
  });

  it("have the commonest of their labels, the smaller code of two, and none where none is known", () => {
    const random = uniform(3);
    const codes = Int32Array.from({ length: POINTS }, () => Math.floor(6 * random()) - 1);
    const expected = cells.map((cell) => {
      const times = [0, 0, 0, 0];
      for (const point of pointsOf(cell)) {
        const code = codes[point] ?? -1;
        if (code >= 0 && code < 4) times[code] = (times[code] ?? 0) + 1;
      }
      const most = Math.max(...times);
      return most === 0 ? -1 : times.indexOf(most);
    });
    // -1 and 4 are no classes.
    expect([...commonestClass(grid, codes, 4)]).toEqual(expected);
    expect(new Set(expected)).toEqual(new Set([-1, 0, 1, 2, 3]));
  });

  it("open into their points, the nearest to the centre first", () => {
    const cell = cells.reduce((best, each) => (pointsOf(each).length > pointsOf(best).length ? each : best), 0);
    const x = grid.left + ((cell % grid.columns) + 0.5) * grid.cellSize;
    const y = grid.bottom + (Math.floor(cell / grid.columns) + 0.5) * grid.cellSize;
    const away = (point: number) => ((positions[2 * point] ?? 0) - x) ** 2 + ((positions[2 * point + 1] ?? 0) - y) ** 2;
    const expected = pointsOf(cell).sort((a, b) => away(a) - away(b) || a - b);
    expect(expected.length).toBeGreaterThan(30);
    expect([...nearestInCell(grid, positions, cell, 24)]).toEqual(expected.slice(0, 24));
    expect([...nearestInCell(grid, positions, cell, 9999)]).toEqual(expected);
    const empty = cells.find((each) => pointsOf(each).length === 0) ?? -1;
    expect(nearestInCell(grid, positions, empty, 24)).toHaveLength(0);
    expect(nearestInCell(grid, positions, cell, 0)).toHaveLength(0);
  });

  it("open into duplicates in the order of their numbers", async () => {
    const twins = new Float32Array(20).fill(4);
    const one = await generateGrid(twins, gridDefaults);
    expect([...nearestInCell(one, twins, 0, 4)]).toEqual([0, 1, 2, 3]);
  });
});

describe("a lasso over cells", () => {
  const outline = Float32Array.of(-1, -1, 1.2, -0.7, 0.8, 1.1, -0.2, 0.1, -1.3, 0.9);

  it("takes all points of the cells whose centre it holds, and of no others", () => {
    const centres = cellCentres(grid);
    const inside = cellsInOutline(centres, outline);
    const expected = cells.filter((cell) => isInside(centres[2 * cell] ?? 0, centres[2 * cell + 1] ?? 0));
    expect(expected.length).toBeGreaterThan(5);
    expect([...rowsOf(inside)]).toEqual(expected);
    const rows = expected.flatMap((cell) => [...membersOf(grid, cell)]).sort((a, b) => a - b);
    expect([...rowsOf(rowsOfCells(grid, inside, POINTS))]).toEqual(rows);
  });

  it("takes points outside it with their cell, and leaves points inside it with theirs", () => {
    const mask = rowsOfCells(grid, cellsInOutline(cellCentres(grid), outline), POINTS);
    const taken = new Set(rowsOf(mask));
    const points = [...grid.cellOf.keys()];
    const held = points.filter((point) => isInside(positions[2 * point] ?? 0, positions[2 * point + 1] ?? 0));
    expect(held.some((point) => !taken.has(point))).toBe(true);
    expect(points.some((point) => taken.has(point) && !held.includes(point))).toBe(true);
  });

  it("takes nothing where it holds no centre", () => {
    const none = cellsInOutline(cellCentres(grid), Float32Array.of(90, 90, 91, 90, 91, 91));
    expect(countRows(rowsOfCells(grid, none, POINTS))).toBe(0);
  });

  function isInside(x: number, y: number): boolean {
    let odd = false;
    for (let corner = 0; corner < outline.length; corner += 2) {
      const [x0 = 0, y0 = 0] = outline.subarray(corner, corner + 2);
      const end = (corner + 2) % outline.length;
      const [x1 = 0, y1 = 0] = outline.subarray(end, end + 2);
      if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) odd = !odd;
    }
    return odd;
  }
});
