import { expect, it } from "vitest";
import { generateGrid, gridDefaults } from "../../../src/compute/mosaic/index.ts";
import { cellPlaces } from "../../../src/widgets/mosaic/plot/cells/cell-places.ts";
import { cellsOfGrid } from "../../../src/widgets/mosaic/plot/cells/cells-of-grid.ts";
import { drawTiles } from "../../../src/widgets/mosaic/plot/drawing/draw-tiles.ts";
import { noTurn } from "../../../src/widgets/plane/view.ts";

it("a tile whose picture was given up is its mean colour, one that was never here the surface's", async () => {
  const positions = Float32Array.of(0, 0, 1, 0, 2, 1);
  const cells = cellsOfGrid(await generateGrid(positions, { ...gridDefaults, numTilesX: 2 }));
  const filled: unknown[] = [];
  const context = {
    canvas: { width: 100, height: 100 },
    globalAlpha: 1,
    fillStyle: "",
    fillRect(left: number, top: number, width: number, height: number) {
      filled.push([this.fillStyle, left, top, width, height]);
    },
  };
  const view = { centerX: 1, centerY: 0.5, scale: 20, width: 100, height: 100, turn: noTurn };
  drawTiles(context as unknown as CanvasRenderingContext2D, {
    cells,
    places: cellPlaces(cells.lattice, view, 1),
    opacities: null,
    colors: null,
    marks: "auto",
    shapes: null,
    store: { find: () => null, meanOf: (row) => (row === 0 ? 0x0a141eff : null) },
    kind: 0,
    surface: "#f5f5f5",
    ratio: 1,
    shrunk: 0,
    pointOf: () => null,
  });
  expect(filled).toEqual([
    ["rgba(10, 20, 30, 1)", 30, 40, 20, 20],
    ["#f5f5f5", 50, 40, 20, 20],
  ]);
});
