import { expect, it } from "vitest";
import { permuteFloats } from "../../../../src/compute/model/keras/convert/weights/permute-floats.ts";

/** One number after the other, each looked up by its place. */
function looked(values: Float32Array, dims: readonly number[], order: readonly number[]): number[] {
  const shape = order.map((axis) => dims[axis] ?? 1);
  return Array.from(values, (_, at) => {
    const places = new Array<number>(dims.length).fill(0);
    let rest = at;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      places[order[axis] ?? 0] = rest % (shape[axis] ?? 1);
      rest = Math.floor(rest / (shape[axis] ?? 1));
    }
    return values[dims.reduce((from, size, axis) => from * size + (places[axis] ?? 0), 0)] ?? Number.NaN;
  });
}

it.each([
  ["a convolution's kernels", [3, 2, 5, 70], [3, 2, 0, 1]],
  ["those of single pixels", [1, 1, 65, 33], [3, 2, 0, 1]],
  ["a matrix of more than a square", [33, 64], [1, 0]],
  ["what stays as it is", [4, 3, 2], [0, 1, 2]],
  ["what turns about an axis", [2, 3, 4, 5], [0, 3, 1, 2]],
  ["axes of one place at the end", [6, 5, 1], [1, 0, 2]],
  ["a single number", [1, 1], [1, 0]],
  ["nothing", [0, 4], [1, 0]],
] as const)("numbers are found in another order of axes: %s", (_, dims, order) => {
  const values = Float32Array.from({ length: dims.reduce<number>((all, size) => all * size, 1) }, (_, at) => at);
  expect([...permuteFloats(values, dims, order)]).toEqual(looked(values, dims, order));
});
