import { ComputeError } from "../compute/errors.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";

/** Whether each of a list is numbers with their shape. */
export function areShapedPictures(pictures: readonly unknown[]): pictures is readonly ShapedNumbers[] {
  return pictures.length > 0 && pictures.every((each) => typeof each === "object" && each !== null && "shape" in each);
}

/**
 * Pictures of one shape as a batch: bytes stay bytes, all other numbers become single precision.
 *
 * @throws {ComputeError} "input" where one is of another shape than the first.
 */
export function stackPictures(pictures: readonly ShapedNumbers[]): ShapedNumbers {
  const [first = { data: new Float32Array(), shape: [] }] = pictures;
  const size = first.shape.reduce((product, length) => product * length, 1);
  const areBytes = pictures.every(({ data }) => data instanceof Uint8Array || data instanceof Uint8ClampedArray);
  const data = areBytes ? new Uint8Array(pictures.length * size) : new Float32Array(pictures.length * size);
  for (const [row, { data: numbers, shape }] of pictures.entries()) {
    if (shape.join() !== first.shape.join() || numbers.length !== size)
      throw new ComputeError(
        "input",
        `Picture ${row} is ${numbers.length} numbers of ${shape.join(" × ")}, picture 0 of ${first.shape.join(" × ")}.`,
        "Pass pictures of one size, or each as a Blob.",
      );
    for (let at = 0; at < size; at++) data[row * size + at] = Number(numbers[at] ?? Number.NaN);
  }
  return { data, shape: [pictures.length, ...first.shape] };
}
