import type { Backward } from "../backward.ts";

/** Opset from which Squeeze and Unsqueeze have their axes as an input. */
const AXES_ARE_INPUT = 13;

/** The same numbers in other dimensions. */
export function reshapeTo(back: Backward, tensor: string, dims: readonly number[]): string {
  return back.emit("Reshape", [tensor, back.integers(dims)]);
}

/** NumPy's broadcasting to these dimensions. */
export function expandTo(back: Backward, tensor: string, dims: readonly number[]): string {
  return back.emit("Expand", [tensor, back.integers(dims)]);
}

/** With axes of length 1 where the answer is to have them, counted from the front. */
export function unsqueeze(back: Backward, tensor: string, axes: readonly number[]): string {
  return withAxes(back, "Unsqueeze", tensor, axes);
}

/** Without axes of length 1, counted from the front. */
export function squeeze(back: Backward, tensor: string, axes: readonly number[]): string {
  return withAxes(back, "Squeeze", tensor, axes);
}

/** @param order - For each axis of the answer, the one that it was. */
export function transpose(back: Backward, tensor: string, order: readonly number[]): string {
  return order.every((axis, place) => axis === place) ? tensor : back.emit("Transpose", [tensor], { perm: order });
}

function withAxes(back: Backward, opType: string, tensor: string, axes: readonly number[]): string {
  if (axes.length === 0) return tensor;
  return back.opset >= AXES_ARE_INPUT
    ? back.emit(opType, [tensor, back.integers(axes)])
    : back.emit(opType, [tensor], { axes });
}
