import { describe, expect, it } from "vitest";
import { inferno, oranges, overlay } from "../../../src/entries/plot-pixels.ts";
import goldens from "../../reference/saliency/plot-utils-goldens.json" with { type: "json" };

const numbers = { data: Float64Array.from(goldens.numbers, (value) => value ?? Number.NaN), shape: [11] };
const indices = { data: Int32Array.from(goldens.indices), shape: [7, 1] };
const { picture, mask, shape, bytes } = goldens.overlay;
const [height = 0, width = 0] = shape;
const image = { data: Uint8Array.from(picture), shape: [height, width, 3] };

describe("Slideflow's colours of a map", () => {
  it.each([
    ["inferno", inferno, goldens.inferno],
    ["oranges", oranges, goldens.oranges],
  ] as const)("%s are its bytes, of numbers and of integers, and NaN is transparent", (_, colors, golden) => {
    const drawn = colors(numbers);
    expect([...drawn.data]).toEqual(golden.numbers.flat());
    expect(drawn.shape).toEqual([11, 4]);
    expect([...colors(indices).data]).toEqual(golden.indices.flat());
    expect(colors(indices).shape).toEqual([7, 1, 4]);
  });

  it("takes a list of numbers, of which one is missing, for numbers", () => {
    expect([...inferno({ data: [1, null], shape: [2] }).data]).toEqual([252, 254, 164, 255, 0, 0, 0, 0]);
  });
});

describe("Slideflow's overlay", () => {
  const withoutOpacity = (pixels: ArrayLike<number>) => Array.from(pixels).filter((_, at) => at % 4 !== 3);

  it("has its bytes, whichever way the map's numbers are held", () => {
    for (const data of [mask, Float64Array.from(mask)]) {
      const drawn = overlay(image, { data, shape });
      expect(withoutOpacity(drawn.data)).toEqual(bytes);
      expect(drawn.shape).toEqual([height, width, 4]);
    }
  });

  it("draws on a picture with opacity, and on one in grey", () => {
    const grey = Uint8Array.from({ length: height * width }, (_, place) => place % 256);
    const inColor = [...grey].flatMap((value) => [value, value, value, 7]);
    const wanted = overlay({ data: Uint8Array.from(inColor), shape: [height, width, 4] }, { data: mask, shape });
    expect(overlay({ data: grey, shape }, { data: mask, shape }).data).toEqual(wanted.data);
  });

  it("refuses a map of another size, and a picture that is no bytes, in words", () => {
    expect(() => overlay(image, { data: mask, shape: [width, height] })).toThrow(
      "The mask is of 14 × 9, the picture of 9 × 14.",
    );
    const floats = { data: Float32Array.from(picture), shape: [height, width, 3] };
    expect(() => overlay(floats, { data: mask, shape })).toThrow("The image is no picture of bytes.");
    expect(() => overlay({ ...image, shape: [height, width, 4] }, { data: mask, shape })).toThrow(
      "The image holds 378 numbers; its shape 9 × 14 × 4 needs 504.",
    );
  });
});
