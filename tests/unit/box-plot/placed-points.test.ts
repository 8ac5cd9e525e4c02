import { describe, expect, it } from "vitest";
import type { PanelFrame } from "../../../src/widgets/box-plot/plot/layout/panel-frame.ts";
import { nearestPoint, placeSwarm, pointsPath } from "../../../src/widgets/box-plot/plot/marks/placed-points.ts";
import { boxFixture } from "../../support/box-fixture.ts";

const [panel] = boxFixture({ units: [3], groups: 1, rows: 200 });
const swarm = panel?.groups[0]?.swarm;
if (!panel || !swarm) throw new Error("the fixture draws no points");
const [low, high] = panel.range;

function frame(height: number, slot: number): PanelFrame {
  const upright = { name: 0, count: 1 };
  return {
    header: 18,
    width: 2 * slot,
    height: height + 40,
    left: 0,
    top: 0,
    bottom: height,
    slot,
    room: slot,
    axis: { low, high, ticks: [] },
    names: { angle: 0, height: 32, shown: [], every: 1, lastAside: 0, lines: [upright, upright] },
    shape: "points",
  };
}

describe("a swarm", () => {
  it("has no point touch another where its slot is wide enough", () => {
    const { x, y, diameter } = placeSwarm(frame(110, 400), swarm);
    for (let a = 0; a < x.length; a++)
      for (let b = 0; b < a; b++)
        expect(Math.hypot((x[a] ?? 0) - (x[b] ?? 0), (y[a] ?? 0) - (y[b] ?? 0))).toBeGreaterThan(diameter);
  });

  it("stays inside a slot that is too narrow for it", () => {
    for (const slot of [60, 30, 12]) {
      const { x, diameter } = placeSwarm(frame(110, slot), swarm);
      expect(Math.max(...x.map(Math.abs)) + diameter / 2).toBeLessThanOrEqual(slot / 2);
    }
  });

  it("keeps its width beside a long row of equal values, which fills its slot and is counted", () => {
    const rest = swarm.values.length;
    const zeros = 400;
    const floor = {
      rows: Int32Array.from({ length: zeros + rest }, (_, row) => row),
      values: Float32Array.from([...new Float32Array(zeros), ...swarm.values.map((value) => value + 1)]),
      offsets: Float32Array.from([...Array.from({ length: zeros }, (_, at) => at - zeros / 2), ...swarm.offsets]),
      perValue: swarm.perValue,
    };
    const placed = placeSwarm(frame(110, 60), floor);
    const alone = placeSwarm(frame(110, 60), swarm);
    expect(placed.tally).toMatchObject({ value: 0, count: zeros });
    expect(alone.tally).toBeNull();
    expect(Math.max(...placed.x.map(Math.abs)) + placed.diameter / 2).toBeLessThanOrEqual(30);
    const spreadOf = (x: Float32Array) => Math.max(...x.map(Math.abs));
    expect(spreadOf(placed.x.slice(zeros))).toBeGreaterThan(0.5 * spreadOf(alone.x));
    const [least, greatest] = [Math.min(...placed.x.slice(0, zeros)), Math.max(...placed.x.slice(0, zeros))];
    expect(greatest - least).toBeGreaterThan(40);
  });

  it("has points that can be seen on a low panel and are no blots on a high one", () => {
    expect(placeSwarm(frame(10, 40), swarm).diameter).toBeGreaterThan(1);
    expect(placeSwarm(frame(2000, 400), swarm).diameter).toBeLessThan(5);
  });

  it("is one path, of the wanted points alone", () => {
    const points = placeSwarm(frame(110, 60), swarm);
    expect(pointsPath(points).match(/M/g)).toHaveLength(200);
    expect(pointsPath(points, (index) => index < 3).match(/M/g)).toHaveLength(3);
  });

  it("is found by the point nearest to a place, and by none where all are too far", () => {
    const points = placeSwarm(frame(110, 60), swarm);
    expect(nearestPoint(points, points.x[7] ?? 0, points.y[7] ?? 0, 3)).toBe(7);
    expect(nearestPoint(points, 30, -100, 3)).toBe(-1);
  });
});
