import { describe, expect, it } from "vitest";
import { DensityLimit, isDensity } from "../../../src/widgets/mosaic/plot/drawing/density-limit.ts";
import { settlingSight } from "../../../src/widgets/mosaic/plot/drawing/settling-sight.ts";
import { fitView, noTurn } from "../../../src/widgets/plane/view.ts";

/** So many tiles in so many cells. */
const held = (tiles: number, cells: number) => ({ members: new Int32Array(tiles), shown: new Int32Array(cells) });
const many = held(5391, 1200);

/** A map of 50 cells across and so many up in a body of 299 px: whole, the view `behind` by a factor, unless it is nearer. */
function seen(rows: number, scale?: number, behind = 1) {
  const grid = { columns: 50, rows, cellSize: 2 };
  const bounds = { left: 0, right: 100, bottom: 0, top: 2 * rows };
  const whole = fitView(bounds, 299, 299, noTurn);
  return settlingSight({ grid } as Parameters<typeof settlingSight>[0], {
    view: { ...whole, scale: scale ?? whole.scale * behind },
    isFollowing: scale === undefined,
  });
}

describe("a settling map", () => {
  it("changes over neither way as it breathes about the limit", () => {
    const limit = new DensityLimit();
    const frames = [
      [49, 0.97],
      [44, 1.12],
      [50, 1.2],
      [70, 0.8],
      [52, 1],
    ] as const;
    const shown = frames.map(([rows, behind]) => {
      const { size, key } = seen(rows, undefined, behind);
      return limit.isPassed(many, size, key);
    });
    expect(shown).toEqual(new Array(5).fill(true));
  });

  it("keeps what was decided for what the reader looks at, and decides anew where that is something else", () => {
    const limit = new DensityLimit();
    expect(
      ["here", "here", "nearer", "nearer"].map((sight, at) => limit.isPassed(many, [5, 9, 9, 5][at] ?? 0, sight)),
    ).toEqual([true, true, false, false]);
  });

  it("is looked at more nearly where a reader moves the view, by the cells that are seen then", () => {
    expect(seen(50, 2).size).toBe(4);
    expect(seen(50, 4)).toEqual({ ...seen(44, 4), size: 8 });
    expect(seen(50, 2).key).not.toBe(seen(50, 4).key);
  });
});

it("at rest the limit alone decides, whatever was on show before", () => {
  const limit = new DensityLimit();
  expect(limit.isPassed(many, 5.9, "settling")).toBe(true);
  expect(limit.isPassed(many, 6.1, "settling")).toBe(true);
  expect(limit.isPassed(many, 6.1, null)).toBe(false);
  expect(limit.isPassed(many, 5.9, null)).toBe(true);
});

describe("small cells", () => {
  it("are a density map where many tiles lie in them, or several in most", () => {
    expect(isDensity(many, 5.9)).toBe(true);
    expect(isDensity(held(1500, 1500), 5.9)).toBe(true);
    expect(isDensity(held(500, 100), 5.9)).toBe(true);
  });

  it("show their tiles where these are few and mostly alone: there is nothing to count", () => {
    expect(isDensity(held(2, 2), 1.3)).toBe(false);
    expect(isDensity(held(30, 29), 1.3)).toBe(false);
  });
});
