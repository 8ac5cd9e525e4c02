import { describe, expect, it } from "vitest";
import { nearestInDirection, nearestPoint } from "../../../../src/compute/points/nearest-point.ts";
import { buildPointIndex } from "../../../../src/compute/points/point-index.ts";
import { normal, uniform } from "../random.ts";

const cloud = (rows: number, seed: number) => {
  const next = normal(seed);
  return Float32Array.from({ length: 2 * rows }, () => next());
};

function nearestByComparing(positions: Float32Array, x: number, y: number, maxDistance: number): number {
  let found = -1;
  let best = maxDistance * maxDistance;
  for (let row = 0; row < positions.length / 2; row++) {
    const squared = ((positions[2 * row] ?? 0) - x) ** 2 + ((positions[2 * row + 1] ?? 0) - y) ** 2;
    if (squared < best || (squared === best && found < 0)) {
      best = squared;
      found = row;
    }
  }
  return found;
}

describe("the mark under the cursor", () => {
  it("is the one that comparing with all marks finds, inside and outside of the cloud", async () => {
    const positions = cloud(3000, 1);
    positions.set([400, -300, 1e6, 2], 20);
    const index = await buildPointIndex(positions, {});
    const next = uniform(2);
    for (let probe = 0; probe < 2000; probe++) {
      const reach = probe % 3 === 0 ? 1000 : 8;
      const x = (next() - 0.5) * reach;
      const y = (next() - 0.5) * reach;
      const far = probe % 2 ? Number.POSITIVE_INFINITY : next();
      expect(nearestPoint(index, x, y, far)).toBe(nearestByComparing(positions, x, y, far));
    }
  });

  it("is the first of marks in the same place", async () => {
    const index = await buildPointIndex(Float32Array.of(5, 5, 1, 1, 1, 1, 1, 1), {});
    expect(nearestPoint(index, 1.1, 1, 1)).toBe(1);
  });

  it("is none where nothing is near enough, and none where there is nothing", async () => {
    expect(nearestPoint(await buildPointIndex(Float32Array.of(0, 0), {}), 3, 4, 4.9)).toBe(-1);
    expect(nearestPoint(await buildPointIndex(Float32Array.of(0, 0), {}), 3, 4, 5)).toBe(0);
    expect(nearestPoint(await buildPointIndex(new Float32Array(0), {}), 0, 0)).toBe(-1);
  });

  it("is never a row without a finite position", async () => {
    const index = await buildPointIndex(Float32Array.of(Number.NaN, 0, 7, 7, Number.POSITIVE_INFINITY, 1), {});
    expect([...index.order]).toEqual([1]);
    expect(nearestPoint(index, 0, 0)).toBe(1);
  });

  it("is found among marks on one line", async () => {
    const line = Float32Array.from({ length: 2000 }, (_, place) => (place % 2 ? 3 : place / 2));
    const index = await buildPointIndex(line, {});
    expect(nearestPoint(index, 412.4, 90)).toBe(412);
    expect(index.columns * index.rows).toBeLessThan(2000);
  });

  it("is indexed in cells that hold every finite row once, though one row lies far out", async () => {
    const positions = cloud(50_000, 4);
    positions.set([1e30, 1e30], 2);
    const index = await buildPointIndex(positions, {});
    expect([...index.order].sort((a, b) => a - b)).toEqual([...Array(50_000).keys()]);
    let fullest = 0;
    for (let cell = 0; cell + 1 < index.cellStarts.length; cell++)
      fullest = Math.max(fullest, (index.cellStarts[cell + 1] ?? 0) - (index.cellStarts[cell] ?? 0));
    expect(fullest).toBeLessThan(1000);
  });

  it("can be cancelled while it is indexed", async () => {
    await expect(buildPointIndex(cloud(10, 1), { signal: AbortSignal.abort() })).rejects.toMatchObject({
      kind: "cancelled",
    });
  });
});

describe("an arrow key", () => {
  it("goes to the nearest mark within 45 degrees of its direction", async () => {
    const positions = cloud(800, 7);
    const index = await buildPointIndex(positions, {});
    for (let row = 0; row < 800; row += 13) {
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 2],
        [0, -2],
      ] as const) {
        const x = positions[2 * row] ?? 0;
        const y = positions[2 * row + 1] ?? 0;
        let expected = -1;
        let best = Number.POSITIVE_INFINITY;
        for (let other = 0; other < 800; other++) {
          const awayX = (positions[2 * other] ?? 0) - x;
          const awayY = (positions[2 * other + 1] ?? 0) - y;
          const angle = Math.atan2(dx * awayY - dy * awayX, dx * awayX + dy * awayY);
          const distance = Math.hypot(awayX, awayY);
          if (distance === 0 || Math.abs(angle) > Math.PI / 4 || distance >= best) continue;
          best = distance;
          expected = other;
        }
        expect(nearestInDirection(index, row, dx, dy)).toBe(expected);
      }
    }
  });

  it("stays where there is nothing on that side", async () => {
    const index = await buildPointIndex(Float32Array.of(0, 0, 1, 0, 0, 0), {});
    expect(nearestInDirection(index, 0, 1, 0)).toBe(1);
    expect(nearestInDirection(index, 1, 1, 0)).toBe(-1);
    expect(nearestInDirection(index, 0, 0, 1)).toBe(-1);
  });
});
