import { expect, it } from "vitest";
import { levelsOf, valuesOf } from "../../../src/widgets/saliency-overlay/data/map-levels.ts";

it("a map's levels give it back to a part of its range, faint places more closely; a place that is no number is nothing", () => {
  const values = Float32Array.of(0, 1e-4, 0.25, Number.NaN, 1);
  const found = valuesOf(levelsOf(values));
  for (const at of [0, 1, 2, 4]) expect(Math.abs((found[at] ?? 9) - (values[at] ?? 9))).toBeLessThan(4e-3);
  expect(found[1]).toBeGreaterThan(0);
  expect(found[3]).toBe(0);
});
