import type { OnnxNode } from "../onnx/onnx-model.ts";
import { integersOf, numberOf, textOf } from "./attribute-values.ts";

/** A window of an operator that slides, along one side. */
export interface SlidingSide {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Places of padding before what it slides over, and behind it. */
  readonly before: number;
  readonly behind: number;
}

/**
 * How an operator slides its window, by ONNX' rules for `auto_pad`.
 *
 * @param kernel - Sides of the window.
 * @param sizes - Sides of what it slides over, for padding that follows from them.
 */
export function slidingSides(node: OnnxNode, kernel: readonly number[], sizes: readonly number[]): SlidingSide[] {
  const strides = integersOf(node, "strides");
  const dilations = integersOf(node, "dilations");
  const pads = integersOf(node, "pads");
  const how = textOf(node, "auto_pad", "NOTSET");
  return kernel.map((length, side) => {
    const stride = strides?.[side] ?? 1;
    const dilation = dilations?.[side] ?? 1;
    const base = { kernel: length, stride, dilation };
    if (how === "VALID") return { ...base, before: 0, behind: 0 };
    if (!how.startsWith("SAME"))
      return { ...base, before: pads?.[side] ?? 0, behind: pads?.[side + kernel.length] ?? 0 };
    const size = sizes[side] ?? 1;
    const reach = (length - 1) * dilation + 1;
    const all = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
    const before = how === "SAME_UPPER" ? Math.floor(all / 2) : Math.ceil(all / 2);
    return { ...base, before, behind: all - before };
  });
}

/**
 * How ConvTranspose slides its window over what it makes, by ONNX' rules. Where padding follows from the answer's size,
 * more of an odd one goes before, but for SAME_UPPER.
 *
 * @param kernel - Sides of the window.
 * @param sizes - Sides of what it is made of.
 * @param answer - Sides of what it makes.
 */
export function spreadSides(
  node: OnnxNode,
  kernel: readonly number[],
  sizes: readonly number[],
  answer: readonly number[],
): SlidingSide[] {
  const sides = slidingSides(node, kernel, sizes);
  const how = textOf(node, "auto_pad", "NOTSET");
  if (!integersOf(node, "output_shape") && !how.startsWith("SAME")) return sides;
  const extra = integersOf(node, "output_padding");
  return sides.map((side, axis) => {
    const reach = (side.kernel - 1) * side.dilation + 1;
    const whole = side.stride * ((sizes[axis] ?? 1) - 1) + (extra?.[axis] ?? 0) + reach;
    const cut = Math.max(0, whole - (answer[axis] ?? 1));
    const before = how === "SAME_UPPER" ? Math.floor(cut / 2) : Math.ceil(cut / 2);
    return { ...side, before, behind: cut - before };
  });
}

/** Whether pooling counts the padding as zeros. */
export function countsPadding(node: OnnxNode): boolean {
  return numberOf(node, "count_include_pad", 0) !== 0;
}
