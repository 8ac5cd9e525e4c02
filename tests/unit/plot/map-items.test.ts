import { describe, expect, it } from "vitest";
import { pointItems } from "../../../src/widgets/plane/figure/map-items.ts";
import { noTurn } from "../../../src/widgets/plane/view.ts";

const palette = ["#0000ff", "#ff0000", "#00ff00"];
const ROWS = 300;

/** Rows sorted by class, 100 each, all within a millimetre. */
function circlesOf(mask: Uint8Array<ArrayBuffer> | null) {
  const items = pointItems({
    left: 0,
    top: 0,
    width: 80,
    height: 80,
    view: { width: 400, height: 400, centerX: 0, centerY: 0, scale: 100, turn: noTurn },
    diameter: 8,
    positions: Float32Array.from({ length: 2 * ROWS }, (_, place) => Math.sin(place) / 20),
    paint: { palette, codes: Uint8Array.from({ length: ROWS }, (_, row) => row / 100), classColors: palette, rest: [] },
    mask,
    classes: null,
    scheme: "light",
    dpi: 300,
    vector: true,
  });
  return items.map((item) => (item.kind === "circle" ? item.fill : item.kind));
}

describe("the circles of a vector file", () => {
  it("lie in mixed order, so that no class covers the others", () => {
    const fills = circlesOf(null);
    expect(fills).toHaveLength(ROWS);
    for (const color of palette) {
      const last = fills.slice(-60).filter((fill) => fill === color).length;
      expect(last, color).toBeGreaterThan(12);
    }
  });

  it("lie above those that are not selected", () => {
    const fills = circlesOf(new Uint8Array(38).fill(255, 0, 5));
    expect(fills.slice(0, 260).some((fill) => palette.includes(fill))).toBe(false);
    expect(fills.slice(260)).toEqual(Array(40).fill(palette[0]));
  });
});
