import { describe, expect, it } from "vitest";
import { generateGrid, gridDefaults } from "../../../src/compute/mosaic/index.ts";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { cellsOfGrid } from "../../../src/widgets/mosaic/plot/cells/cells-of-grid.ts";
import { LookFade } from "../../../src/widgets/mosaic/plot/look-fade.ts";

/** A point in the middle of each of `side` by `side` cells. */
async function cellsOf(side: number) {
  const positions = Float32Array.from({ length: 2 * side ** 2 }, (_, place) =>
    place & 1 ? Math.floor((place >> 1) / side) : (place >> 1) % side,
  );
  return cellsOfGrid(await generateGrid(positions, { ...gridDefaults, numTilesX: side }));
}

describe("cells that fade", () => {
  it("are on their way for 120 ms", async () => {
    const cells = await cellsOf(4);
    const fade = new LookFade(() => false);
    fade.change({ mask: maskOf([0], 16) }, true, 1000);
    const last = (time: number) => fade.opacitiesOf(cells, time)?.at(-1);
    expect(last(1000)).toBeCloseTo(1);
    expect(last(1060)).toBeCloseTo(0.6);
    expect(last(1120)).toBeCloseTo(0.2);
  });

  it("change at once where there are very many, and are worked out once", async () => {
    const cells = await cellsOf(250);
    const fade = new LookFade(() => false);
    fade.change({ mask: maskOf([0], 62_500) }, true, 1000);
    const first = fade.opacitiesOf(cells, 1001);
    expect(first?.at(-1)).toBeCloseTo(0.2);
    expect(fade.opacitiesOf(cells, 1060)).toBe(first);
  });
});
