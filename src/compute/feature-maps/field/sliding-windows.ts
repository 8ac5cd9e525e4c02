import { integersOf, textOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import type { TensorFacts } from "./operator-facts.ts";
import type { Window } from "./windows.ts";

/** Where operators that slide have their kernel, for those whose size is not written down. */
const WEIGHTS: Readonly<Record<string, number>> = {
  Conv: 1,
  FusedConv: 1,
  ConvInteger: 1,
  ConvTranspose: 1,
  QLinearConv: 3,
};

export const SLIDING: ReadonlySet<string> = new Set([...Object.keys(WEIGHTS), "MaxPool", "AveragePool", "LpPool"]);

/** How a kernel slides along one side. */
interface Slide {
  /** From the kernel's first place to its last one. */
  readonly reach: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Places before the first, or no more than so many where only a run can tell. */
interface Padding {
  readonly least: number;
  readonly most: number;
}

/**
 * What a convolution, a transposed one or a pool reads along rows and columns of channels-first pictures.
 *
 * @returns null where the kernel's size or the padding is not known.
 */
export function slidingWindows(node: OnnxNode, facts: TensorFacts): readonly [Window, Window] | null {
  const slides = [0, 1].map((side) => slideAlong(node, side, facts));
  const [rows, columns] = slides;
  if (!rows || !columns) return null;
  const windowOf = node.opType === "ConvTranspose" ? spread : gathered;
  return [windowOf(rows), windowOf(columns)];
}

function gathered({ reach, stride, padding }: Slide): Window {
  return { start: -padding.most, step: stride, size: reach + 1 + padding.most - padding.least };
}

/** Place y is made of the places i of which i * stride - padding + k is y, for a k from 0 to the reach. */
function spread({ reach, stride, padding }: Slide): Window {
  const first = (padding.least - reach) / stride;
  return { start: first, step: 1 / stride, size: (padding.most - padding.least + reach) / stride + 1 };
}

function slideAlong(node: OnnxNode, side: number, facts: TensorFacts): Slide | null {
  const sizes = integersOf(node, "kernel_shape") ?? facts.dims(node.inputs[WEIGHTS[node.opType] ?? -1])?.slice(2);
  const size = sizes?.[side];
  if (!size || sizes.length !== 2) return null;
  const reach = (size - 1) * (integersOf(node, "dilations")?.[side] ?? 1);
  const stride = integersOf(node, "strides")?.[side] ?? 1;
  const padding = paddingAlong(node, side, reach, stride, facts);
  return padding && { reach, stride, padding };
}

function paddingAlong(node: OnnxNode, side: number, reach: number, stride: number, facts: TensorFacts): Padding | null {
  const exactly = (count: number): Padding => ({ least: count, most: count });
  const kind = textOf(node, "auto_pad", "NOTSET");
  const isTransposed = node.opType === "ConvTranspose";
  if (isTransposed && (kind.startsWith("SAME") || node.attributes.has("output_shape"))) return null;
  if (kind === "NOTSET") return exactly(integersOf(node, "pads")?.[side] ?? 0);
  if (!kind.startsWith("SAME")) return exactly(0);
  const length = facts.dims(node.inputs[0])?.[side + 2];
  if (typeof length !== "number") return { least: 0, most: Math.ceil(reach / 2) };
  const all = Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach + 1 - length);
  return exactly(kind === "SAME_LOWER" ? Math.ceil(all / 2) : Math.floor(all / 2));
}
