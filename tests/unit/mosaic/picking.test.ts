import { expect, it } from "vitest";
import { generateGrid, gridDefaults } from "../../../src/compute/mosaic/index.ts";
import { rowsOf } from "../../../src/compute/selection/row-mask.ts";
import { MapCells } from "../../../src/widgets/mosaic/plot/cells/map-cells.ts";
import { Picking } from "../../../src/widgets/mosaic/plot/picking.ts";
import type { Stage } from "../../../src/widgets/mosaic/plot/stage.ts";
import { noTurn } from "../../../src/widgets/plane/view.ts";

it("an outline means what a click means of a cell that holds no tile and shows its neighbour's", async () => {
  // Three columns, the middle one empty.
  const positions = Float32Array.of(0, 0, 0.8, 0, 0.9, 0, 2.4, 0, 3, 0);
  const grid = await generateGrid(positions, { ...gridDefaults, numTilesX: 3, expanded: true });
  const view = { centerX: 1.5, centerY: 0, scale: 100, width: 400, height: 400, turn: noTurn };
  const map = new MapCells(grid, positions, null);
  const picking = new Picking({ cells: map, view, showsPoints: false, diameter: 2 } as unknown as Stage);
  const index = map.indexAt(map.base, 1.5, 0);
  expect(map.base.starts[index + 1]).toBe(map.base.starts[index]);
  const clicked = picking.clicked({ row: map.base.shown[index] ?? -1, index });
  const outlined = picking.outlined([
    [160, 100],
    [240, 100],
    [240, 300],
    [160, 300],
  ]);
  expect(clicked && [...rowsOf(clicked)]).toHaveLength(1);
  expect(outlined).toEqual(clicked);
});
