import { describe, expect, it } from "vitest";
import {
  cornerOf,
  type GridOptions,
  layerAt,
  layOutGrid,
  pointAt,
} from "../../../src/widgets/feature-map-grid/plot/grid-layout.ts";
import { fitMap, pixelAt } from "../../../src/widgets/feature-map-grid/plot/map-fit.ts";
import { nextPlace } from "../../../src/widgets/feature-map-grid/plot/next-place.ts";
import { scaleLevels } from "../../../src/widgets/feature-map-grid/plot/scale-levels.ts";

const layOut = (options: Partial<GridOptions> = {}) =>
  layOutGrid({ width: 478, columns: null, isPaired: false, counts: [40, 8], ...options });

describe("where pictures stand", () => {
  it("is sixteen of 28 px a row in 478 px, eight below, and as many as are asked for", () => {
    expect(layOut()).toMatchObject({ across: 16, cell: 28, width: 478, pitch: { x: 30, y: 34 } });
    expect(layOut({ width: 462 })).toMatchObject({ across: 16, cell: 27 });
    expect(layOut({ width: 461 })).toMatchObject({ across: 8, cell: 55 });
    expect(layOut({ width: 238 })).toMatchObject({ across: 8, cell: 28, width: 238 });
    expect(layOut({ columns: 4 })).toMatchObject({ across: 4, cell: 118 });
    expect(layOut({ isPaired: true })).toMatchObject({ across: 8, inputs: 2, cell: 27 });
  });

  it("is found again under a point, and nowhere between pictures", () => {
    const layout = layOut();
    for (const layer of [0, 1])
      for (let place = 0; place < (layout.sections[layer]?.count ?? 0); place++) {
        const { x, y } = cornerOf(layout, { layer, place });
        expect(pointAt(layout, x + 27, y + 27)).toEqual({ layer, place, input: 0, x: 27, y: 27 });
        expect(pointAt(layout, x + 28, y)).toBeNull();
        expect(pointAt(layout, x, y + 28)).toBeNull();
      }
    // Beyond the last channel of a row that is not full, and on a layer's name.
    expect(pointAt(layout, 8 * 30, cornerOf(layout, { layer: 0, place: 32 }).y)).toBeNull();
    expect(pointAt(layout, 5, 12)).toBeNull();
    expect(layerAt(layout, layout.sections[1]?.top ?? 0)).toBe(1);
    expect(pointAt(layOut({ isPaired: true }), 27 + 3, 24 + 4)).toMatchObject({ place: 0, input: 1, x: 3, y: 4 });
  });

  it("is walked by keys, from layer to layer too", () => {
    const layout = layOut();
    const walk = (layer: number, place: number, key: string) => {
      const to = nextPlace(layout, { layer, place }, key);
      return to && [to.layer, to.place];
    };
    expect(walk(0, 39, "ArrowRight")).toEqual([1, 0]);
    expect(walk(0, 30, "ArrowDown")).toEqual([0, 39]);
    expect(walk(0, 39, "ArrowDown")).toEqual([1, 7]);
    expect(walk(1, 3, "ArrowUp")).toEqual([0, 35]);
    expect(walk(1, 0, "ArrowLeft")).toEqual([0, 39]);
    expect(walk(0, 0, "ArrowLeft")).toBeNull();
    expect(walk(1, 7, "ArrowDown")).toBeNull();
    expect(walk(1, 7, "x")).toBeNull();
  });
});

describe("a map in its cell", () => {
  it("keeps its sides to each other, but for a column that would be a line", () => {
    expect(fitMap(14, 28, 56)).toEqual({ left: 0, top: 14, width: 56, height: 28 });
    expect(fitMap(50, 1, 28)).toEqual({ left: 0, top: 0, width: 28, height: 28 });
  });

  it("has the pixel that is under the pointer", () => {
    for (let at = 0; at < 7; at++)
      expect(pixelAt({ height: 7, width: 7 }, 28, { x: at * 4 + 3.9, y: at * 4 })).toEqual({ row: at, column: at });
    expect(pixelAt({ height: 14, width: 28 }, 56, { x: 55.5, y: 0 })).toEqual({ row: 0, column: 27 });
  });

  it("is shrunk to the means of what its pixels cover, and enlarged without a new level", () => {
    const levels = Uint8Array.of(0, 100, 200, 40, 60, 250);
    const into = new Uint8Array(2);
    scaleLevels(levels, { height: 2, width: 3 }, into, { height: 1, width: 2 });
    // Each has a pixel and a half of three, of both rows: (0 + 40) + (100 + 60) / 2 over three, and the other way.
    expect([...into]).toEqual([40, 177]);
    const large = new Uint8Array(36);
    scaleLevels(levels, { height: 2, width: 3 }, large, { height: 4, width: 9 });
    expect([...large.subarray(0, 9)]).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200]);
    expect(large.subarray(27)).toEqual(large.subarray(18, 27));
  });
});
