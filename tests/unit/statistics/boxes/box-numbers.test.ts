import { describe, expect, it } from "vitest";
import { ListedValues } from "../../../../src/compute/statistics/boxes/ascending-values.ts";
import { boxNumbers } from "../../../../src/compute/statistics/boxes/box-numbers.ts";
import { boxGoldens } from "./goldens.ts";

const owners = (count: number) => Int32Array.from({ length: count }, (_, place) => place);

describe("the numbers of a box", () => {
  it.each(boxGoldens)("are NumPy's: $name", ({ values, numbers, outliers }) => {
    const box = boxNumbers(new ListedValues(Float64Array.from(values), owners(values.length)), numbers.mean);
    expect(box).toMatchObject({ ...numbers, n: values.length, outlierCount: outliers.length });
    expect([...box.outlierRows].map((row) => values[row])).toEqual([...box.outliers]);
    if (outliers.length <= 200) expect(box.outliers).toEqual(outliers);
    else {
      expect(box.outliers.length).toBe(200);
      expect([box.outliers[0], box.outliers[199]]).toEqual([outliers[0], outliers[outliers.length - 1]]);
      // Every one is among all, at even steps.
      const places = [...box.outliers].map((value) => outliers.indexOf(value));
      const steps = places.slice(1).map((place, at) => place - (places[at] ?? 0));
      expect([Math.min(...steps), Math.max(...steps)]).toEqual([1, 2]);
    }
  });

  it("of one value are this value, and of none mean nothing", () => {
    const one = boxNumbers(new ListedValues(Float64Array.of(4), Int32Array.of(9)), 4);
    expect(one).toMatchObject({ n: 1, min: 4, q1: 4, median: 4, q3: 4, max: 4, whiskerLow: 4, whiskerHigh: 4 });
    const none = boxNumbers(new ListedValues(new Float64Array(), new Int32Array()), Number.NaN);
    expect(none).toMatchObject({ n: 0, median: Number.NaN, outlierCount: 0 });
  });
});
