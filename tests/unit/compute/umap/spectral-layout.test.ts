import { describe, expect, it } from "vitest";
import { Pace } from "../../../../src/compute/runtime/pace.ts";
import type { FuzzyGraph } from "../../../../src/compute/umap/graph/fuzzy-graph.ts";
import { findPieces } from "../../../../src/compute/umap/graph/pieces.ts";
import { spectralLayout } from "../../../../src/compute/umap/start/spectral-layout.ts";

function graphOf(rows: number, pairs: readonly (readonly [number, number])[]): FuzzyGraph {
  const lists = Array.from({ length: rows }, (): number[] => []);
  for (const [a, b] of pairs) {
    lists[a]?.push(b);
    lists[b]?.push(a);
  }
  const starts = new Int32Array(rows + 1);
  for (const [row, list] of lists.entries()) {
    list.sort((a, b) => a - b);
    starts[row + 1] = (starts[row] ?? 0) + list.length;
  }
  const columns = Int32Array.from(lists.flat());
  return { rows, starts, columns, weights: new Float32Array(columns.length).fill(0.5) };
}

const ring = (size: number, first = 0) =>
  Array.from({ length: size }, (_, row): readonly [number, number] => [first + row, first + ((row + 1) % size)]);
const lay = (graph: FuzzyGraph, places = new Float32Array(graph.rows * 2)) =>
  spectralLayout(graph, findPieces(graph), places, 2, new Pace(undefined));

describe("the spectral layout", () => {
  it("of a ring is a circle, row after row", async () => {
    const { positions, settled } = await lay(graphOf(60, ring(60)));
    expect(settled).toBe(true);
    const at = (row: number): readonly [number, number] => [positions[2 * row] ?? 0, positions[2 * row + 1] ?? 0];
    const radius = Math.hypot(...at(0));
    for (let row = 0; row < 60; row++) {
      const [x, y] = at(row);
      const [nextX, nextY] = at((row + 1) % 60);
      expect(Math.hypot(x, y) / radius).toBeCloseTo(1, 2);
      expect((x * nextX + y * nextY) / radius ** 2).toBeCloseTo(Math.cos((2 * Math.PI) / 60), 2);
    }
  });

  it("of a path runs along it", async () => {
    const { positions } = await lay(graphOf(40, ring(40).slice(0, 39)));
    const first = Array.from({ length: 40 }, (_, row) => positions[2 * row] ?? 0);
    const sorted = [...first].sort((a, b) => a - b);
    // The ends of a path have half the weight, and with it a smaller root: they alone may turn back.
    const inner = first.slice(1, -1);
    expect([inner, [...inner].reverse()]).toContainEqual(sorted.filter((value) => inner.includes(value)));
  });

  it("of two rings draws each around where its rows lie", async () => {
    const places = Float32Array.from({ length: 120 }, (_, place) => (place < 60 ? -20 : 20));
    const { positions, settled } = await lay(graphOf(60, [...ring(30), ...ring(30, 30)]), places);
    expect(settled).toBe(true);
    for (let row = 0; row < 60; row++) expect(Math.sign(positions[2 * row] ?? 0)).toBe(row < 30 ? -1 : 1);
    expect(new Set(positions).size).toBeGreaterThan(60);
  });
});
