import { expect, it } from "vitest";
import { LinkedRows, linkRows } from "../../../src/widgets/link/linked-rows.ts";
import type { CellOnShow } from "../../../src/widgets/mosaic/plot/plot-options.ts";
import { placeOf, TileHover } from "../../../src/widgets/mosaic/view/tile-hover.ts";

const cell: CellOnShow = {
  x: 31,
  y: 7,
  level: 0,
  rows: Int32Array.of(3, 4),
  box: { left: 0, top: 0, width: 10, height: 10 },
};

function two() {
  const [mosaic, map] = [new LinkedRows("mosaic", 10), new LinkedRows("map", 10)];
  linkRows([mosaic, map]);
  const hover = new TileHover(mosaic, () => undefined);
  return { hover, mosaic, map };
}

it("the tile pointed at here has its cell and its mark", () => {
  const { hover, map } = two();
  hover.move(3, placeOf(cell));
  expect(map.hovered).toBe(3);
  expect(hover.cell).toBe(cell);
  expect(hover.mark).toEqual({ x: 5, y: 5, radius: 5 });
});

it("a row that another widget points at meanwhile is not told of as if it lay there", () => {
  const { hover, map } = two();
  hover.move(3, placeOf(cell));
  map.hover(8);
  expect(hover.cell).toBeNull();
  expect(hover.mark).toBeNull();
});

it("leaving a tile, or ending, takes nothing away from the widget that points at a row by now", () => {
  const { hover, map } = two();
  hover.move(3, placeOf(cell));
  map.hover(8);
  hover.move(-1, placeOf(null));
  hover.end();
  expect(map.hovered).toBe(8);
  hover.move(3, placeOf(cell));
  hover.move(-1, placeOf(null));
  expect(map.hovered).toBe(-1);
});
