import { describe, expect, it } from "vitest";
import { generateGrid, gridDefaults } from "../../../src/compute/mosaic/index.ts";
import { cellsOfGrid } from "../../../src/widgets/mosaic/plot/cells/cells-of-grid.ts";
import { axesPlace } from "../../../src/widgets/mosaic/plot/overlay/axes-place.ts";

const BODY = { width: 440, height: 440 };
const ARROW = { width: 110, height: 72 };

/** The tiles of a square of ten cells by ten, but for those that are left out. */
async function placeWithout(isOut: (x: number, y: number) => boolean) {
  const places = Array.from({ length: 100 }, (_, cell) => [cell % 10, Math.floor(cell / 10)] as const);
  const positions = Float32Array.from(places.filter(([x, y]) => !isOut(x, y)).flat());
  return axesPlace(cellsOfGrid(await generateGrid(positions, { ...gridDefaults, numTilesX: 10 })), BODY, ARROW);
}

const isLow = (y: number) => y < 3;
const isLeft = (x: number) => x < 4;

describe("the corner arrow", () => {
  it("lies at the lower left where no tile is there", async () => {
    expect(await placeWithout((x, y) => isLeft(x) && isLow(y))).toEqual([0, 0]);
    expect(await placeWithout((x, y) => (isLeft(x) || isLeft(9 - x)) && isLow(y))).toEqual([0, 0]);
  });

  it("lies in the first other corner that is free, clear of all tiles", async () => {
    expect(await placeWithout((x, y) => isLeft(9 - x) && isLow(y))).toEqual([330, 0]);
    expect(await placeWithout((x, y) => isLeft(x) && isLow(9 - y))).toEqual([0, 368]);
    expect(await placeWithout((x, y) => isLeft(9 - x) && isLow(9 - y))).toEqual([330, 368]);
  });

  it("stays at the lower left where tiles are everywhere, or the body is no larger than itself", async () => {
    expect(await placeWithout(() => false)).toEqual([0, 0]);
    const grid = await generateGrid(Float32Array.of(0, 0, 1, 1), { ...gridDefaults, numTilesX: 2 });
    expect(axesPlace(cellsOfGrid(grid), { width: 100, height: 60 }, ARROW)).toEqual([0, 0]);
  });
});
