import { fromFront } from "../../../model/layers/attribute-values.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";

/**
 * Which number of a tensor each index names that stands for its own place but for one axis, as GatherElements and
 * ScatterElements have it.
 *
 * @param dims - The indices', along no axis but this one longer than the tensor's.
 * @param whole - The tensor's.
 */
export function elementPlaces(
  indices: readonly number[],
  dims: readonly number[],
  whole: readonly number[],
  axis: number,
): readonly number[] {
  const length = whole[axis] ?? 0;
  return indices.map((index, at) => {
    let [rest, stride, place] = [at, 1, 0];
    for (let d = dims.length - 1; d >= 0; d--) {
      const size = dims[d] ?? 1;
      place += stride * (d === axis ? fromFront(index, length) : rest % size);
      rest = Math.floor(rest / size);
      stride *= whole[d] ?? 1;
    }
    return place;
  });
}

/**
 * Which row of a tensor each list of indices names, as GatherND and ScatterND have it.
 *
 * @param dims - The indices': the last is how long each list is.
 * @param whole - The tensor's.
 * @param batch - How many of the first axes both have in common.
 * @returns Rows of the tensor, which is so many: the axes of the batch and those that a list names.
 */
export function rowPlaces(
  indices: readonly number[],
  dims: readonly number[],
  whole: readonly number[],
  batch: number,
): { readonly rows: readonly number[]; readonly length: number } {
  const depth = dims.at(-1) ?? 1;
  const named = whole.slice(batch, batch + depth);
  const ofBatch = elementCount(named);
  const batches = elementCount(whole.slice(0, batch));
  const lists = elementCount(dims.slice(0, -1));
  const rows = Array.from({ length: lists }, (_, list) =>
    named.reduce(
      (row, size, at) => row * size + fromFront(indices[list * depth + at] ?? 0, size),
      Math.floor(list / (lists / batches)),
    ),
  );
  return { rows, length: batches * ofBatch };
}
