import { describe, expect, it } from "vitest";
import { gaussianBlur } from "../../../src/compute/images/blur/gaussian-blur.ts";
import { channelsFirst, formulaPicture, golden, largestDifference } from "./segmentation-goldens.ts";

describe("a Gaussian blur is SciPy's", () => {
  it.each(golden.blurred)("$height × $width × $channels, sigma $sigma, beyond the edge $edges", (told) => {
    const layout = { ...told, channelsLast: true };
    const picture = formulaPicture(layout);
    const before = picture.slice();
    expect(largestDifference(gaussianBlur(picture, layout, told.sigma, told.edges), told.values)).toBeLessThan(1e-15);
    expect(picture).toEqual(before);
  });

  it.each(golden.blurred)("$sigma, $edges: the same where each channel is a plane of its own", (told) => {
    const picture = channelsFirst(formulaPicture(told), told);
    const planes = gaussianBlur(picture, { ...told, channelsLast: false }, told.sigma, told.edges);
    expect(largestDifference(planes, channelsFirst(Float64Array.from(told.values), told))).toBeLessThan(1e-15);
  });
});

it("a blur of single precision is rounded once, at the end", () => {
  const [told] = golden.blurred;
  if (!told) throw new Error("No goldens.");
  const layout = { ...told, channelsLast: true };
  const singles = new Float32Array(formulaPicture(told));
  const exact = gaussianBlur(Float64Array.from(singles), layout, 2);
  expect(gaussianBlur(singles, layout, 2)).toEqual(new Float32Array(exact));
});

it("a sigma of next to nothing leaves a picture as it is, in an array of its own", () => {
  const layout = { height: 2, width: 2, channels: 1, channelsLast: true };
  const picture = Float32Array.of(1, 2, 3, 4);
  const blurred = gaussianBlur(picture, layout, 0.01);
  expect(blurred).toEqual(picture);
  expect(blurred).not.toBe(picture);
});

it("numbers that are no picture of that size, and a sigma below 0, are refused in a sentence", () => {
  const layout = { height: 2, width: 3, channels: 1, channelsLast: true };
  expect(() => gaussianBlur(new Float32Array(5), layout, 1)).toThrow(
    "A picture of 3 × 2 pixels and 1 channels has 5 numbers; expected 6.",
  );
  expect(() => gaussianBlur(new Float32Array(6), layout, -1)).toThrow(
    "A blur cannot have a sigma of -1 pixels. Give a number from 0 up.",
  );
});
