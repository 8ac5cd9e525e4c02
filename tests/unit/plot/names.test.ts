import { describe, expect, it } from "vitest";
import { classAnchors } from "../../../src/widgets/plane/overlay/class-anchors.ts";
import { axisBoxes } from "../../../src/widgets/plane/overlay/draw-axes.ts";
import { boxOf, placeNames } from "../../../src/widgets/plane/overlay/place-names.ts";

describe("the anchor of a class", () => {
  // Class 0: 60 rows about (0, 0) and 20 about (10, 10); class 1: 30 rows about (10, 0).
  const spots = [
    [0, 0, 0, 60],
    [0, 10, 10, 20],
    [1, 10, 0, 30],
  ] as const;
  const rows = spots.flatMap(([code, x, y, count]) =>
    Array.from({ length: count }, (_, row) => ({ code, x: x + 0.01 * (row % 7), y: y + 0.01 * (row % 5) })),
  );
  const positions = Float32Array.from(rows.flatMap(({ x, y }) => [x, y]));
  const codes = rows.map(({ code }) => code);

  it("is its densest spot, the largest class first", () => {
    const anchors = classAnchors(positions, { names: ["a", "b", "never seen"], codes });
    expect(anchors.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(Math.hypot(anchors[0]?.x ?? 9, anchors[0]?.y ?? 9)).toBeLessThan(0.5);
    expect(Math.hypot((anchors[1]?.x ?? 9) - 10, anchors[1]?.y ?? 9)).toBeLessThan(0.5);
  });

  it("is not sought for more than twelve classes", () => {
    const names = Array.from({ length: 13 }, (_, code) => `class ${code}`);
    expect(classAnchors(positions, { names, codes })).toEqual([]);
  });

  it("leaves out rows without a class or place", () => {
    const anchors = classAnchors(Float32Array.of(Number.NaN, 0, 1, 1, 5, 5), { names: ["a"], codes: [0, 0, -1] });
    expect(anchors).toHaveLength(1);
    expect(anchors[0]).toMatchObject({ rows: 1 });
  });
});

describe("names on the map", () => {
  const body = { width: 300, height: 200 };
  const name = (text: string, x: number, y: number) => ({ name: text, x, y, width: 60, height: 16 });

  it("keep their places where there is room", () => {
    const names = [name("a", 60, 60), name("b", 200, 60)];
    expect(placeNames(names, body)).toEqual(names);
  });

  it("never overlap and are never cut", () => {
    const crowded = Array.from({ length: 8 }, (_, place) => name(String(place), 3 + place, 100 + place));
    const placed = placeNames(crowded, body).map(boxOf);
    expect(placed.length).toBe(8);
    for (const [place, a] of placed.entries()) {
      expect(Math.min(a.left, a.top)).toBeGreaterThanOrEqual(0);
      expect(a.right).toBeLessThanOrEqual(body.width);
      expect(a.bottom).toBeLessThanOrEqual(body.height);
      for (const b of placed.slice(place + 1)) {
        const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
        expect(apart).toBe(true);
      }
    }
  });

  it("stay clear of what is taken", () => {
    const taken = { left: 0, right: 100, top: 0, bottom: 100 };
    const [placed] = placeNames([name("a", 80, 90)], body, [taken]);
    expect(placed).toBeDefined();
    if (placed) expect(boxOf(placed).top >= taken.bottom || boxOf(placed).left >= taken.right).toBe(true);
  });

  it("stay in the corner of the axes where they fit, and leave the arrows free", () => {
    const digit = { name: "9", x: 34, y: 170, width: 8, height: 16 };
    const taken = axisBoxes(body.height, 40, 40);
    expect(placeNames([digit], body, taken)).toEqual([digit]);
    const [moved] = placeNames([{ ...digit, y: 192 }], body, taken);
    expect(moved && boxOf(moved).bottom).toBeLessThanOrEqual(taken[2]?.top ?? 0);
  });

  it("are left out where their place is outside or there is no room near", () => {
    const all = { left: 0, right: 300, top: 0, bottom: 200 };
    expect(placeNames([name("a", -5, 50)], body)).toEqual([]);
    expect(placeNames([name("a", 50, 50)], body, [all])).toEqual([]);
  });
});
