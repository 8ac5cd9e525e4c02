import { describe, expect, it } from "vitest";
import { rowsInPolygon, rowsInRectangle } from "../../../../src/compute/points/polygon-mask.ts";
import { countRows, rowsOf } from "../../../../src/compute/selection/row-mask.ts";
import { normal, uniform } from "../random.ts";

function rowsByComparing(positions: Float32Array, polygon: Float32Array): number[] {
  const corners = polygon.length / 2;
  const inside: number[] = [];
  for (let row = 0; row < positions.length / 2; row++) {
    const x = positions[2 * row] ?? Number.NaN;
    const y = positions[2 * row + 1] ?? Number.NaN;
    let odd = false;
    for (let edge = 0; edge < corners; edge++) {
      const end = (edge + 1) % corners;
      const [x0, y0] = [polygon[2 * edge] ?? 0, polygon[2 * edge + 1] ?? 0];
      const [x1, y1] = [polygon[2 * end] ?? 0, polygon[2 * end + 1] ?? 0];
      if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) odd = !odd;
    }
    if (odd) inside.push(row);
  }
  return inside;
}

const cloud = (rows: number, seed: number) => {
  const next = normal(seed);
  return Float32Array.from({ length: 2 * rows }, () => next());
};

describe("a lasso", () => {
  it("selects exactly the rows that the even-odd rule says, for wild polygons and fine ones", () => {
    const positions = cloud(20_000, 1);
    for (let seed = 1; seed <= 12; seed++) {
      const next = uniform(seed);
      const corners = [3, 4, 7, 30, 400][seed % 5] ?? 3;
      const polygon = Float32Array.from({ length: 2 * corners }, (_, place) => {
        const angle = (2 * Math.PI * Math.floor(place / 2)) / corners;
        const wild = seed % 2 ? 1.5 * next() : 1 + 0.3 * Math.sin(5 * angle);
        return wild * (place % 2 ? Math.sin(angle) : Math.cos(angle));
      });
      expect([...rowsOf(rowsInPolygon(positions, polygon, 20_000))]).toEqual(rowsByComparing(positions, polygon));
    }
  });

  it("is exact for rows that lie on its corners and edges", () => {
    const grid = Float32Array.from({ length: 2 * 81 }, (_, place) =>
      place % 2 ? Math.floor(place / 18) : Math.floor(place / 2) % 9,
    );
    for (const polygon of [
      Float32Array.of(1, 1, 7, 1, 7, 7, 1, 7),
      Float32Array.of(1, 1, 7, 7, 1, 7),
      Float32Array.of(0, 4, 4, 0, 8, 4, 4, 8),
      Float32Array.of(1, 1, 7, 7, 7, 1, 1, 7),
    ])
      expect([...rowsOf(rowsInPolygon(grid, polygon, 81))]).toEqual(rowsByComparing(grid, polygon));
  });

  it("is exact on the fine grid that many rows are worth", () => {
    const positions = cloud(300_000, 3);
    const polygon = Float32Array.from({ length: 128 }, (_, place) => {
      const angle = (2 * Math.PI * Math.floor(place / 2)) / 64;
      return (1 + 0.2 * Math.sin(5 * angle)) * (place % 2 ? Math.sin(angle) : Math.cos(angle));
    });
    expect([...rowsOf(rowsInPolygon(positions, polygon, 300_000))]).toEqual(rowsByComparing(positions, polygon));
  });

  it("selects nothing with fewer than three corners, a flat polygon, or positions that are not finite", () => {
    const positions = Float32Array.of(0, 0, 1, 1, Number.NaN, 0.5);
    expect(countRows(rowsInPolygon(positions, Float32Array.of(-1, -1, 2, 2), 3))).toBe(0);
    expect(countRows(rowsInPolygon(positions, Float32Array.of(0, 0, 1, 0, 2, 0), 3))).toBe(0);
    expect([...rowsOf(rowsInPolygon(positions, Float32Array.of(-1, -1, 3, -1, 3, 3, -1, 3), 3))]).toEqual([0, 1]);
  });
});

describe("a rectangle", () => {
  it("selects rows inside and on its border, however its corners are given", () => {
    const positions = Float32Array.of(0, 0, 1, 1, 2, 2, 3, 3, Number.NaN, 1);
    expect([...rowsOf(rowsInRectangle(positions, 1, 1, 2, 2, 5))]).toEqual([1, 2]);
    expect([...rowsOf(rowsInRectangle(positions, 2, 1, 1, 2, 5))]).toEqual([1, 2]);
  });
});
