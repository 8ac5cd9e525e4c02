import { describe, expect, it } from "vitest";
import type { PanelFrame } from "../../../src/widgets/box-plot/plot/layout/panel-frame.ts";
import { besideEachOther, placeMeans } from "../../../src/widgets/box-plot/plot/marks/place-means.ts";
import { boxFixture } from "../../support/box-fixture.ts";

const line = { name: 0, count: 1 };
const frame: PanelFrame = {
  header: 18,
  width: 120,
  height: 140,
  left: 0,
  top: 0,
  bottom: 110,
  slot: 60,
  room: 60,
  axis: { low: 0, high: 1, ticks: [] },
  names: { angle: 0, height: 32, shown: [], every: 1, lastAside: 0, lines: [line, line] },
  shape: "box",
};

describe("slides on a box", () => {
  it("are discs that get smaller where they are many, and no longer hide it", () => {
    const [few, many] = [12, 60].map((slides) => {
      const [panel] = boxFixture({ units: [3], groups: 1, rows: 300, slides });
      if (!panel?.groups[0]) throw new Error("the fixture has no group");
      return placeMeans(frame, panel.groups[0]);
    });
    expect(few).toMatchObject({ diameter: 5, isCrowd: false });
    expect(many?.at).toHaveLength(60);
    expect(many).toMatchObject({ diameter: 2.5, isCrowd: true });
  });

  it("stand on the middle line where they are alone", () => {
    expect(besideEachOther([10, 40, 90], 6, 20)).toEqual([0, 0, 0]);
  });

  it("stand beside each other where they would cover each other", () => {
    const heights = [10, 11, 12, 13];
    const offsets = besideEachOther(heights, 6, 20);
    for (let a = 0; a < heights.length; a++)
      for (let b = 0; b < a; b++)
        expect(
          Math.hypot((offsets[a] ?? 0) - (offsets[b] ?? 0), (heights[a] ?? 0) - (heights[b] ?? 0)),
        ).toBeGreaterThanOrEqual(6);
  });

  it("never leave the box", () => {
    const offsets = besideEachOther(new Array<number>(50).fill(10), 6, 20);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThanOrEqual(17);
  });
});
