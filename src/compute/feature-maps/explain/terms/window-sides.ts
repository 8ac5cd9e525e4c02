import { integersOf } from "../../../model/layers/attribute-values.ts";
import type { SlidingSide } from "../../../model/layers/sliding-sides.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { WindowSide } from "../pixel-explanation.ts";

/** Volumes have three sides, which no map shows. */
export const MOST_SIDES = 2;

/** What of its input a window covers that makes the answer's place `at`. */
export function coveredSide({ kernel, stride, dilation, before }: SlidingSide, at: number): WindowSide {
  return { first: at * stride - before, count: kernel, step: dilation };
}

/** The sides of the window, of one side or two: a sequence lies in rows of one column. */
export function kernelOf(node: OnnxNode, otherwise: readonly number[]): readonly number[] {
  return integersOf(node, "kernel_shape") ?? otherwise;
}
