import type { Backward } from "../backward.ts";
import { reshapeTo } from "./shape.ts";

/** Opset from which an operator's axes are an input and no attribute. */
const AXES_ARE_INPUT = {
  ReduceSum: 13,
  ReduceMean: 18,
  ReduceMax: 18,
  ReduceMin: 18,
  ReduceL2: 18,
  ReduceProd: 18,
} as const;

/** A reduction over axes that are counted from the front, in the opset's own form. */
export function reduced(
  back: Backward,
  opType: keyof typeof AXES_ARE_INPUT,
  tensor: string,
  axes: readonly number[],
  keepdims = true,
): string {
  const attributes = { keepdims: keepdims ? 1 : 0 };
  // Without axes an operator reduces over all of them.
  if (axes.length === 0) return tensor;
  return back.opset >= AXES_ARE_INPUT[opType]
    ? back.emit(opType, [tensor, back.integers(axes)], attributes)
    : back.emit(opType, [tensor], { ...attributes, axes });
}

export function reduceSum(back: Backward, tensor: string, axes: readonly number[], keepdims = true): string {
  return reduced(back, "ReduceSum", tensor, axes, keepdims);
}

export function reduceMean(back: Backward, tensor: string, axes: readonly number[], keepdims = true): string {
  return reduced(back, "ReduceMean", tensor, axes, keepdims);
}

/**
 * The transpose of NumPy's broadcasting: a gradient of dimensions `from`, summed to those of the tensor that was
 * broadcast, `to`.
 */
export function unbroadcast(back: Backward, gradient: string, from: readonly number[], to: readonly number[]): string {
  const missing = from.length - to.length;
  const axes = from.flatMap((size, axis) => (axis < missing || (to[axis - missing] === 1 && size !== 1) ? [axis] : []));
  const sum = reduceSum(back, gradient, axes);
  return missing === 0 ? sum : reshapeTo(back, sum, to);
}
