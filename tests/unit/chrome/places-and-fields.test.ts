import { describe, expect, it } from "vitest";
import { EscapeOrder } from "../../../src/widgets/chrome/escape-order.ts";
import { placeStrip, placeTooltip } from "../../../src/widgets/chrome/place-tooltip.ts";
import {
  fitNumber,
  fittedWords,
  type NumberField,
  shareOfTrack,
  valueOnTrack,
} from "../../../src/widgets/chrome/settings-fields.ts";

describe("a tooltip's place", () => {
  const bounds = { x: 0, y: 0, width: 440, height: 440 };
  const size = { width: 200, height: 120 };

  it("is 12 px right of and below its mark, and flips where there is no room", () => {
    expect(placeTooltip({ x: 100, y: 100, radius: 3 }, size, bounds)).toEqual({ x: 115, y: 115 });
    expect(placeTooltip({ x: 400, y: 400, radius: 3 }, size, bounds)).toEqual({ x: 185, y: 265 });
  });

  it("never covers its mark, wherever it lies and however small the bounds", () => {
    for (const side of [440, 320, 210])
      for (let x = 0; x <= side; x += 10)
        for (let y = 0; y <= side; y += 10) {
          const place = placeTooltip({ x, y, radius: 3 }, size, { x: 0, y: 0, width: side, height: side });
          const covers = x > place.x && x < place.x + size.width && y > place.y && y < place.y + size.height;
          expect(covers, `${x}, ${y} in ${side}`).toBe(false);
        }
  });

  it("as a strip is at the bottom, and at the top for marks that lie there", () => {
    expect(placeStrip({ y: 100, radius: 3 }, { height: 80 }, bounds)).toEqual({ x: 0, y: 360 });
    expect(placeStrip({ y: 400, radius: 3 }, { height: 80 }, bounds)).toEqual({ x: 0, y: 0 });
  });
});

describe("a number that can be set", () => {
  const neighbors: NumberField = {
    key: "k",
    label: "k",
    kind: "number",
    min: 2,
    max: 200,
    step: 1,
    default: 15,
    scale: "log",
  };
  const distance: NumberField = { key: "d", label: "d", kind: "number", min: 0, max: 1, step: 0.05, default: 0.1 };

  it("keeps to its steps and its ends", () => {
    expect(fitNumber(distance, 0.3000001)).toBe(0.3);
    expect(fitNumber(distance, 0.17)).toBe(0.15);
    expect(fitNumber(distance, -4)).toBe(0);
    expect(fitNumber(neighbors, 1e9)).toBe(200);
  });

  it("says what became of one that the field can't hold, and nothing of one that it can", () => {
    expect(fittedWords(neighbors, 20_000)).toBe("k is 200, not 20,000: that is the most.");
    expect(fittedWords(distance, -4)).toBe("d is 0, not −4: that is the least.");
    expect(fittedWords(distance, 0.17)).toBe("d is 0.15, not 0.17: it goes in steps of 0.05.");
    expect(fittedWords(distance, 0.3)).toBe("");
  });

  it("lies on the track where it is found again", () => {
    for (let k = 2; k <= 200; k++) expect(valueOnTrack(neighbors, shareOfTrack(neighbors, k))).toBe(k);
    expect(shareOfTrack(neighbors, 20)).toBeCloseTo(0.5);
    expect(shareOfTrack(distance, 0.25)).toBe(0.25);
  });
});

describe("Esc", () => {
  it("closes a menu, then a panel, then clears, then leaves, one a press", () => {
    const done: string[] = [];
    const open = new Set(["menu", "panel", "clear", "leave"]);
    const order = new EscapeOrder();
    const { signal } = new AbortController();
    for (const step of ["leave", "clear", "menu", "panel"] as const)
      order.on(
        step,
        () => {
          if (!open.delete(step)) return false;
          done.push(step);
          return true;
        },
        signal,
      );
    while (order.press());
    expect(done).toEqual(["menu", "panel", "clear", "leave"]);
  });
});
