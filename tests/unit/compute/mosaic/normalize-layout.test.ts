import { describe, expect, it } from "vitest";
import { applyLayoutScale, normalizeLayout } from "../../../../src/compute/mosaic/normalize-layout.ts";
import { doubles, grids, singles, slideflow } from "./goldens.ts";

const close = (found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) => {
  expect(found).toHaveLength(expected.length);
  for (let place = 0; place < expected.length; place++)
    expect(Math.abs((found[place] ?? Number.NaN) - (expected[place] ?? 0))).toBeLessThanOrEqual(tolerance);
};

describe("a layout brought into the unit square", () => {
  it("is Slideflow's of 400 points", () => {
    const golden = slideflow.normalizeLayout;
    const layout = Float64Array.from({ length: 800 }, (_, place) => {
      const t = Math.floor(place / 2);
      return place % 2 ? 3 * Math.cos(0.31 * t) + (t % 97 === 0 ? 40 : 0) : (Math.sin(0.7 * t) * t ** 1.2) / 50;
    });
    const { positions, scale } = normalizeLayout(layout);
    close(scale.range.flat(), golden.range.flat(), 1e-9);
    close(scale.clip.flat(), golden.clip.flat(), 1e-9);
    close(positions.subarray(0, 10), golden.norm_first5.flat(), 1e-9);
    for (const axis of [0, 1]) {
      const sum = positions.reduce((total, value, place) => (place % 2 === axis ? total + value : total), 0);
      expect(Math.abs(sum - (golden.norm_sum[axis] ?? 0))).toBeLessThan(1e-9);
    }
  });

  it("is the map that Slideflow made of a UMAP", () => {
    const { positions, scale } = normalizeLayout(singles(slideflow.rawEmbedding));
    close(scale.range.flat(), slideflow.range.flat(), 1e-6);
    close(scale.clip.flat(), slideflow.clip.flat(), 1e-6);
    close(positions, doubles(slideflow.positions), 1e-6);
  });

  it("is NumPy's of a layout with heavy tails, to the last bits", () => {
    const { positions, scale } = normalizeLayout(doubles(grids.layout.positions));
    expect(scale.range).toEqual(grids.layout.range);
    expect(scale.clip).toEqual(grids.layout.clip);
    expect([...positions]).toEqual([...doubles(grids.layout.scaled)]);
    expect(grids.layout.clips.length).toBeGreaterThan(10);
    for (const [rows, clip] of grids.layout.clips)
      expect(normalizeLayout(doubles(grids.layout.positions).subarray(0, 2 * rows)).scale.clip).toEqual(clip);
  });

  it("has the wider margin above, as upstream", () => {
    const ramp = Float64Array.from({ length: 202 }, (_, place) => Math.floor(place / 2));
    const { scale } = normalizeLayout(ramp);
    // 1 and 99 are the percentiles: 98 apart. Below 0.1 of that is added, above 0.1 of what it is then.
    expect(scale.clip[0][0]).toBeCloseTo(1 - 9.8, 12);
    expect(scale.clip[1][0]).toBeCloseTo(99 + 10.78, 12);
    expect(scale.range[0][0]).toBe(0);
    expect(scale.range[1][0]).toBe(100);
  });

  it("places other points by the same scale, cut off at the same margins", () => {
    const layout = doubles(grids.layout.positions);
    const { positions, scale } = normalizeLayout(layout);
    expect([...applyLayoutScale(layout.slice(0, 40), scale)]).toEqual([...positions.slice(0, 40)]);
    const far = applyLayoutScale(Float64Array.of(-1e9, 1e9), scale);
    expect(far[0]).toBe(applyLayoutScale(Float64Array.of(scale.clip[0][0] ?? 0, 0), scale)[0]);
    expect(far[1]).toBe(applyLayoutScale(Float64Array.of(0, scale.clip[1][1] ?? 0), scale)[1]);
  });

  it("leaves positions that are not finite as they are, and others as if they were not there", () => {
    const without = doubles(grids.layout.positions);
    const holes = [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    const { positions, scale } = normalizeLayout(Float64Array.of(...holes, ...without));
    expect(scale).toEqual(normalizeLayout(without).scale);
    expect([...positions.subarray(0, 4)]).toEqual(holes);
  });

  it("is its middle where it has no extent, and empty where it is empty", () => {
    expect([...normalizeLayout(Float32Array.of(3, 0, 3, 1)).positions]).toEqual([0.5, 0, 0.5, 1]);
    expect([...normalizeLayout(Float32Array.of(3, 8)).positions]).toEqual([0.5, 0.5]);
    expect(normalizeLayout(new Float32Array(0)).positions).toHaveLength(0);
  });

  it("does not touch what it was given", () => {
    const layout = doubles(grids.layout.positions);
    normalizeLayout(layout);
    expect(layout).toEqual(doubles(grids.layout.positions));
  });
});
