import { integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import { textOf } from "../../field/operator-facts.ts";
import type { WindowSide } from "../pixel-explanation.ts";

/** Volumes have three sides, which no map shows. */
export const MOST_SIDES = 2;

/** A window of an operator that slides over pictures, along one side. */
export interface SlidingSide {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  /** Places of padding before the picture and behind it. */
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

/** What of its input a window covers that makes the answer's place `at`. */
export function coveredSide({ kernel, stride, dilation, before }: SlidingSide, at: number): WindowSide {
  return { first: at * stride - before, count: kernel, step: dilation };
}

/** The sides of the window, of one side or two: a sequence lies in rows of one column. */
export function kernelOf(node: OnnxNode, otherwise: readonly number[]): readonly number[] {
  return integersOf(node, "kernel_shape") ?? otherwise;
}

/** Whether pooling counts the padding as zeros. */
export function countsPadding(node: OnnxNode): boolean {
  return numberOf(node, "count_include_pad", 0) !== 0;
}
