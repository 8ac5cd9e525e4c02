import { describe, expect, it } from "vitest";
import { ListedValues } from "../../../../src/compute/statistics/boxes/ascending-values.ts";
import { mostPoints, pointSwarm, swarmScale } from "../../../../src/compute/statistics/boxes/point-swarm.ts";
import { normal } from "../../compute/random.ts";

const listed = (values: Float64Array) => new ListedValues(values, Int32Array.from(values.keys()));
const bell = (count: number, seed: number, least = Number.NEGATIVE_INFINITY) => {
  const next = normal(seed);
  return Float64Array.from({ length: count }, () => Math.max(least, next()));
};
const PER_VALUE = 12;

describe("a swarm of points", () => {
  // Many of them equal.
  const values = bell(600, 3, -1);
  const swarm = pointSwarm(listed(values), PER_VALUE);
  const height = (point: number) => (swarm.values[point] ?? 0) * PER_VALUE;
  const offset = (point: number) => swarm.offsets[point] ?? 0;

  it("has every value with its row, least first, at its own height", () => {
    expect([...swarm.rows].map((row) => Math.fround(values[row] ?? 0))).toEqual([...swarm.values]);
    expect([...swarm.values]).toEqual([...Float32Array.from(values).sort()]);
    expect(swarm.perValue).toBe(PER_VALUE);
  });

  it("has no two points nearer than a diameter", () => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let a = 0; a < values.length; a++)
      for (let b = 0; b < a; b++) nearest = Math.min(nearest, Math.hypot(height(a) - height(b), offset(a) - offset(b)));
    expect(nearest).toBeGreaterThan(1 - 1e-4);
  });

  it("has each point as near to the middle as those below it let it be", () => {
    const nearer = [...values.keys()].flatMap((point) => {
      const below = [...Array(point).keys()].filter((other) => height(point) - height(other) < 1);
      const isFree = (place: number) =>
        below.every((other) => Math.hypot(height(point) - height(other), place - offset(other)) >= 1 - 1e-4);
      const steps = Math.max(0, Math.floor((Math.abs(offset(point)) - 0.01) / 0.05));
      return Array.from({ length: steps }, (_, step) => 0.05 * step).filter((place) => isFree(place) || isFree(-place));
    });
    expect(nearer).toEqual([]);
    expect(Math.max(...swarm.offsets)).toBeGreaterThan(5);
  });

  it("lies as much to the left as to the right", () => {
    const sides = [...swarm.offsets].reduce((sum, each) => sum + Math.sign(each), 0);
    expect(Math.abs(sides)).toBeLessThan(values.length / 20);
  });

  it("of equal values is a row of touching points around the middle", () => {
    const row = pointSwarm(listed(new Float64Array(9).fill(0.25)), PER_VALUE);
    // Without the sign of -0.
    expect([...row.offsets].map((offset) => offset + 0).sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4]);
  });

  it("is about as wide as its column at the scale of its panel: a third of the height", () => {
    for (const count of [50, 500, mostPoints]) {
      const many = bell(count, count);
      const range = [Math.min(...many), Math.max(...many)] as const;
      const laid = pointSwarm(listed(many), swarmScale(range, count));
      const width = Math.max(...laid.offsets) - Math.min(...laid.offsets) + 1;
      const high = laid.perValue * (range[1] - range[0]);
      expect(width / high).toBeLessThan(0.75);
    }
  });
});
