import { describe, expect, it } from "vitest";
import { modelPictures } from "../../../src/entries/model-pictures.ts";
import { stackPictures } from "../../../src/entries/stack-pictures.ts";
import { isImageSource, isNumericSource } from "../../../src/widgets/host/sources.ts";

const shape = [1, 2, 3];
const floats = (first: number) => ({ data: Float32Array.from({ length: 6 }, (_, at) => first + at), shape });

describe("a list of pictures that are numbers with their shape", () => {
  it("is one batch in their order; what is missing is NaN", () => {
    expect(stackPictures([floats(0), { data: [6, 7, 8, null, 10, 11], shape }])).toEqual({
      data: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, Number.NaN, 10, 11),
      shape: [2, 1, 2, 3],
    });
  });

  it("is of pixels, which are prepared, where all are bytes, and else of numbers as the model takes them", () => {
    const bytes = { data: new Uint8Array(6), shape };
    const pixels = modelPictures([bytes, { data: new Uint8ClampedArray(6), shape }]);
    expect(isImageSource(pixels) && pixels.length).toBe(2);
    const numbers = modelPictures([bytes, floats(0)]);
    expect(isNumericSource(numbers) && numbers.shape).toEqual([2, 1, 2, 3]);
  });

  it("is the same source when it is given again, so that what was computed of it is found", () => {
    const list = [floats(0), floats(1)];
    expect(modelPictures(list).key).toBe(modelPictures(list).key);
  });

  it("is refused where one has another shape", () => {
    expect(() => modelPictures([floats(0), { data: new Float32Array(4), shape: [2, 2, 1] }])).toThrow(
      "Picture 1 is 4 numbers of 2 × 2 × 1, picture 0 of 1 × 2 × 3. Pass pictures of one size, or each as a Blob.",
    );
  });
});
