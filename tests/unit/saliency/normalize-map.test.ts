import { describe, expect, it } from "vitest";
import {
  diverging,
  grayscale,
  grayscaleTogether,
  maxMin,
  normalizeXrai,
} from "../../../src/compute/saliency/normalize-map.ts";

const row = (values: readonly number[]) => ({
  values: new Float32Array(values),
  shape: { height: 1, width: values.length, channels: 1, channelsLast: true },
});

describe("a map for drawing", () => {
  it("goes from the least size to the percentile, whatever the sign", () => {
    const map = grayscale(row([-1, 2, 3, -5, 4]), { percentile: 75 });
    expect([...map.values]).toEqual([0, 1 / 3, 2 / 3, 1, 1].map(Math.fround));
    expect(map).toMatchObject({ vmin: 1, vmax: 4, height: 1, width: 5, note: null });
  });

  it("adds up the sizes of a place's channels, whichever way they lie", () => {
    const last = {
      values: new Float32Array([1, -2, 3, 4]),
      shape: { height: 1, width: 2, channels: 2, channelsLast: true },
    };
    expect(maxMin(last, 100)).toEqual({ vmax: 7, vmin: 3 });
    const first = { ...last, shape: { ...last.shape, channelsLast: false } };
    expect(maxMin(first, 100)).toEqual({ vmax: 6, vmin: 4 });
  });

  it("shares the range with the others of a list, as Slideflow's list does", () => {
    const [one, other] = grayscaleTogether([row([0, 2]), row([2, 4])], 100);
    expect([...(one?.values ?? [])]).toEqual([0, 0.5]);
    expect([...(other?.values ?? [])]).toEqual([0.5, 1]);
  });

  it("of XRAI keeps the sign", () => {
    expect([...normalizeXrai(row([-2, 0, 2]), 100).values]).toEqual([0, 0.5, 1]);
  });

  it("that diverges has 0.5 where nothing speaks for or against", () => {
    expect([...diverging(row([-2, 0, 4]), 100).values]).toEqual([0.25, 0.5, 1]);
    expect([...diverging(row([0, 0, 0])).values]).toEqual([0.5, 0.5, 0.5]);
  });

  it("that is the same everywhere is 0 and says so, where PAIR has NaN", () => {
    const map = grayscale(row([3, -3, 3]));
    expect([...map.values]).toEqual([0, 0, 0]);
    expect(map.note).toBe("The map is 3 everywhere: there is nothing to see.");
    expect(normalizeXrai(row([0, 0])).note).toBe("The map is 0 everywhere: there is nothing to see.");
  });

  it("with fewer spots than the percentile leaves shows them", () => {
    const spots = new Array(200).fill(0);
    spots[7] = 5;
    const { values, note } = grayscale(row(spots));
    expect([values[7], values[8], note]).toEqual([1, 0, null]);
  });

  it("is refused where the gradient was no number", () => {
    expect(() => grayscale(row([1, Number.NaN, Number.POSITIVE_INFINITY]))).toThrow(
      "The map has no number at 2 of 3 places: the model's gradient is not finite there.",
    );
  });
});
