import { TENSOR_TYPES } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { plus } from "../../emit/arithmetic.ts";
import { reshapeTo } from "../../emit/shape.ts";

/**
 * 1 where an index that is computed with the picture names a row and 0 elsewhere, in single precision, by comparing it
 * with each row's number: what negative ones name too.
 *
 * @param dims - The indices' as they are compared, of length 1 along `axis`.
 * @returns Of shape `dims` with `length` along `axis`.
 */
export function indexHits(
  back: Backward,
  indices: string,
  { dims, axis, length }: { dims: readonly number[]; axis: number; length: number },
): string {
  // WebGPU compares no int64.
  const toInt32 = (name: string) => back.emit("Cast", [name], { to: TENSOR_TYPES.int32 });
  const shaped = toInt32(reshapeTo(back, indices, dims));
  const alongAxis = dims.map((_, at) => (at === axis ? length : 1));
  const hits = (first: number) => {
    const rows = back.integers(
      Array.from({ length }, (_, row) => first + row),
      alongAxis,
    );
    return back.emit("Cast", [back.emit("Equal", [shaped, toInt32(rows)])], { to: TENSOR_TYPES.float32 });
  };
  return plus(back, hits(0), hits(-length));
}
