import { describe, expect, it } from "vitest";
import { wheelFactor } from "../../../src/widgets/plane/input/listen-wheel.ts";
import { pinchBetween } from "../../../src/widgets/plane/input/pinch.ts";

describe("the wheel", () => {
  it("doubles in 480 pixels", () => {
    let zoom = 1;
    for (let event = 0; event < 8; event++) zoom *= wheelFactor({ deltaY: -60, deltaMode: 0 });
    expect(zoom).toBeCloseTo(2, 12);
  });

  it("never does more than a quarter an event, nearer or further", () => {
    expect(wheelFactor({ deltaY: -1000, deltaMode: 0 })).toBe(1.25);
    expect(wheelFactor({ deltaY: 1000, deltaMode: 0 })).toBe(1 / 1.25);
  });

  it("counts lines as 16 pixels", () => {
    expect(wheelFactor({ deltaY: 3, deltaMode: 1 })).toBe(wheelFactor({ deltaY: 48, deltaMode: 0 }));
  });
});

describe("two fingers", () => {
  it("zoom by how far apart they are, about their middle, and move with it", () => {
    expect(pinchBetween([100, 0], [200, 0], [0, 0])).toEqual({ factor: 2, middle: [100, 0], moved: [50, 0] });
  });

  it("that touch do not zoom without end", () => {
    expect(pinchBetween([1, 0], [10, 0], [0, 0]).factor).toBe(1);
  });
});
