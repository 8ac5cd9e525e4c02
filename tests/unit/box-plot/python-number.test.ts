import { describe, expect, it } from "vitest";
import { pythonNumber, pythonSingle } from "../../../src/widgets/box-plot/figure/python-number.ts";

describe("a number as Python writes it", () => {
  it.each([
    [0, "0.0"],
    [-0, "-0.0"],
    [3, "3.0"],
    [-12.5, "-12.5"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [5.489750266725903e-60, "5.489750266725903e-60"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.25e300, "1.25e+300"],
    [159.4848603843212, "159.4848603843212"],
    [Number.POSITIVE_INFINITY, "inf"],
    [Number.NEGATIVE_INFINITY, "-inf"],
    [Number.NaN, "nan"],
  ])("%d is %s", (value, text) => {
    expect(pythonNumber(value)).toBe(text);
  });

  it.each([
    [0.1, "0.1"],
    [0.23248151, "0.23248151"],
    [4.640769e-6, "4.640769e-06"],
    [16777216, "16777216.0"],
    [1.4e-45, "1e-45"],
    [3.4028234663852886e38, "3.4028235e+38"],
    [1e39, "inf"],
    [-2, "-2.0"],
  ])("%d in single precision is %s", (value, text) => {
    expect(pythonSingle(value)).toBe(text);
  });
});
