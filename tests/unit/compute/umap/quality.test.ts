import { describe, expect, it } from "vitest";
import type { Matrix } from "../../../../src/compute/matrix.ts";
import { neighborPreservation, trustworthiness } from "../../../../src/compute/umap/quality/quality.ts";
import { uniform } from "../random.ts";

const line: Matrix = { data: Float32Array.of(0, 1, 3, 7, 15, 31), rows: 6, columns: 1 };

describe("trustworthiness", () => {
  it("is 1 for a layout that keeps every neighbour, at any size", () => {
    expect(
      trustworthiness(
        line,
        line.data.map((x) => x / 2),
        2,
      ),
    ).toBe(1);
  });

  it("falls by the ranks of the false neighbours", () => {
    // Rows 0 and 5 change places: worked out by hand from the definition, with k = 1. The nearest rows of the layout
    // are 5-1, 1-5, 2-1, 3-2, 4-3 and 0-4, of ranks 4, 5, 1, 1, 1 and 4 among the true neighbours.
    const swapped = Float32Array.of(31, 1, 3, 7, 15, 0);
    expect(trustworthiness(line, swapped, 1)).toBeCloseTo(1 - (2 / (6 * 1 * (12 - 3 - 1))) * (4 + 3 + 3), 12);
  });

  it("is about a half for a layout by chance", () => {
    const next = uniform(4);
    const points = { data: Float32Array.from({ length: 400 }, () => next()), rows: 400, columns: 1 };
    const chance = trustworthiness(
      points,
      Float32Array.from({ length: 800 }, () => next()),
      10,
    );
    expect(Math.abs(chance - 0.5)).toBeLessThan(0.05);
  });
});

describe("neighbour preservation", () => {
  it("is the share of true neighbours that are kept", () => {
    expect(neighborPreservation(line, line.data, 2)).toBe(1);
    expect(neighborPreservation(line, Float32Array.of(0, 1, 3, 7, 31, 15), 1)).toBeCloseTo(4 / 6, 12);
  });
});
