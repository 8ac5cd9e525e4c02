import { describe, expect, it } from "vitest";
import { testUnits } from "../../../src/compute/statistics/one-way/test-units.ts";
import { besideEachOther, momentsOf } from "./moments-of.ts";
import { relativeError } from "./relative-error.ts";

/*
 * Slideflow's formula for values that anyone can compute: slides 0 to 5 in classes A A B B C C, slide i with 5 + i tiles,
 * units 1 to 4. F and p by SciPy in double precision.
 */
const byTile = [
  [13.48615200179362, 2.992717270532366e-5],
  [15.74193484064021, 7.910477761144008e-6],
  [13.215342554695587, 3.531558861645727e-5],
  [17.257102571087625, 3.3857244311909367e-6],
] as const;
const bySlide = [
  [5.060494173852958, 0.10932816463254852],
  [13.768019315376828, 0.030793768287725985],
  [15.181563500033649, 0.02696384109691253],
  [17.716792864728546, 0.021807984265085765],
] as const;

const tilesOf = (slide: number, unit: number) =>
  Array.from({ length: 5 + slide }, (_, tile) => Math.sin(0.61 * (tile + 3 * slide + 1) * unit) + 0.4 * slide);
const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** F and p of units 1 to 4, with the observations that each slide gives. */
function answers(observe: (tiles: readonly number[]) => readonly number[]) {
  const unitMoments = [1, 2, 3, 4].map((unit) =>
    momentsOf([0, 2, 4].map((slide) => [slide, slide + 1].flatMap((each) => observe(tilesOf(each, unit))))),
  );
  const { statistic, logP } = testUnits(besideEachOther(unitMoments), "anova");
  return { statistic, p: logP.map(Math.exp) };
}

describe("Slideflow's analysis of variance", () => {
  it.each([
    { level: "tile", observe: (tiles: readonly number[]) => tiles, expected: byTile },
    { level: "slide", observe: (tiles: readonly number[]) => [meanOf(tiles)], expected: bySlide },
  ])("has the same F and p at $level level", ({ observe, expected }) => {
    const { statistic, p } = answers(observe);
    expected.forEach(([f, chance], unit) => {
      expect(relativeError(statistic[unit], f)).toBeLessThan(1e-12);
      expect(relativeError(p[unit], chance)).toBeLessThan(1e-12);
    });
  });
});
