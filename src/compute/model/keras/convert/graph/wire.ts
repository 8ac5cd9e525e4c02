import { ComputeError } from "../../../../errors.ts";
import type { TENSOR_TYPES } from "../../../onnx/onnx-model.ts";

/** A shape as Keras has it: batch first; null for what only a run can tell. */
export type Shape = readonly (number | null)[];

export type WireType = Extract<
  keyof typeof TENSOR_TYPES,
  "float32" | "int32" | "int64" | "uint8" | "int8" | "bool" | "float16" | "float64"
>;

/** A tensor of the graph, as Keras sees it and as it lies. */
export interface Wire {
  /** Its name in the ONNX graph. */
  readonly tensor: string;
  /** As Keras has it, whatever the layout. */
  readonly shape: Shape;
  /** Whether Keras' last axis lies at 1 in the graph: (batch, channels, height, width) of Keras' (batch, height, width, channels). */
  readonly moved: boolean;
  readonly type: WireType;
}

/** Where Keras' axis lies in the graph. */
export function axisInGraph(wire: Wire, axis: number): number {
  if (!wire.moved || axis === 0) return axis;
  return axis === wire.shape.length - 1 ? 1 : axis + 1;
}

/** The dimensions as they lie in the graph. */
export function dimsInGraph(wire: Wire): Shape {
  if (!wire.moved) return wire.shape;
  const { shape } = wire;
  return [shape[0] ?? null, shape.at(-1) ?? null, ...shape.slice(1, -1)];
}

/** An axis counted from the front; throws "input" where the tensor has none such. */
export function axisOf(shape: Shape, axis: number, layer: string): number {
  const counted = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(counted) && counted >= 0 && counted < shape.length) return counted;
  throw new ComputeError(
    "input",
    `${layer} works on axis ${axis} of a tensor of ${shape.length} dimensions.`,
    "Save the model again with the Keras that made it.",
  );
}

/** How many numbers a shape holds; null where a dimension is unknown. */
export function sizeOf(shape: Shape): number | null {
  let size = 1;
  for (const dim of shape) {
    if (dim === null) return null;
    size *= dim;
  }
  return size;
}

/** A shape as Keras prints it. */
export function describeShape(shape: Shape): string {
  return `(${shape.map((dim) => dim ?? "None").join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** The shape of element-wise arithmetic of the two, by NumPy's broadcasting. */
export function broadcastShapes(a: Shape, b: Shape, layer: string): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const one = axis - rank + a.length < 0 ? 1 : (a[axis - rank + a.length] ?? null);
    const two = axis - rank + b.length < 0 ? 1 : (b[axis - rank + b.length] ?? null);
    if (one === 1) return two;
    if (two === 1 || one === two) return one;
    if (one === null || two === null) return one ?? two;
    throw new ComputeError(
      "input",
      `${layer} takes tensors of shapes ${describeShape(a)} and ${describeShape(b)}, which don't fit each other.`,
      "Save the model again with the Keras that made it.",
    );
  });
}
