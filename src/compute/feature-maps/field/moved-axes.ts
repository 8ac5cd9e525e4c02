import { fromFront, integersOf, numberOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import { listOf, type TensorFacts } from "./operator-facts.ts";

/** Where a tensor has rows and columns. */
export interface SpatialAxes {
  readonly rank: number;
  readonly rows: number;
  readonly columns: number;
}

type Move = (node: OnnxNode, axes: SpatialAxes, facts: TensorFacts) => SpatialAxes | null;

/** Where rows and columns lie after operators that give axes another number; null where they lie there no more. */
export const MOVES: Readonly<Record<string, Move>> = {
  Transpose: (node, { rank, rows, columns }) => {
    const order = integersOf(node, "perm") ?? Array.from({ length: rank }, (_, axis) => rank - 1 - axis);
    return { rank, rows: order.indexOf(rows), columns: order.indexOf(columns) };
  },
  Unsqueeze: (node, { rank, rows, columns }, facts) => {
    const given = listOf(node, "axes", 1, facts);
    if (!given) return null;
    const added = new Set(given.map((axis) => fromFront(axis, rank + given.length)));
    const kept = Array.from({ length: rank + added.size }, (_, axis) => axis).filter((axis) => !added.has(axis));
    return { rank: rank + added.size, rows: kept[rows] ?? 0, columns: kept[columns] ?? 0 };
  },
  Squeeze: (node, axes, facts) => without(listOf(node, "axes", 1, facts), axes),
  Reshape: (node, { rows, columns }, facts) => {
    const from = facts.dims(node.inputs[0]);
    const to = facts.dims(node.outputs[0]);
    const [row, column] = [keptAxis(from, to, rows), keptAxis(from, to, columns)];
    return to && row >= 0 && column >= 0 ? { rank: to.length, rows: row, columns: column } : null;
  },
};

/** What reduces axes other than rows and columns leaves these as they are. */
export function reducedAxes(node: OnnxNode, axes: SpatialAxes, facts: TensorFacts): SpatialAxes | null {
  const isOne = node.opType.startsWith("Arg");
  const over = isOne ? [numberOf(node, "axis", 0)] : listOf(node, "axes", 1, facts);
  const left = without(over, axes);
  return left && numberOf(node, "keepdims", 1) === 1 ? axes : left;
}

function without(gone: readonly number[] | null, { rank, rows, columns }: SpatialAxes): SpatialAxes | null {
  if (!gone || gone.length === 0) return null;
  const counted = new Set(gone.map((axis) => fromFront(axis, rank)));
  if (counted.has(rows) || counted.has(columns)) return null;
  const kept = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !counted.has(axis));
  return { rank: kept.length, rows: kept.indexOf(rows), columns: kept.indexOf(columns) };
}

type Dims = readonly (number | null)[] | null;

/** Where numbers in the same order have an axis of the same length with as many numbers before it; -1 for nowhere. */
function keptAxis(from: Dims, to: Dims, axis: number): number {
  const length = from?.[axis];
  if (!from || !to || !length) return -1;
  const before = numbersBefore(from, axis);
  return to.findIndex((size, at) => size === length && numbersBefore(to, at) === before);
}

function numbersBefore(dims: readonly (number | null)[], axis: number): number {
  return dims.slice(0, axis).reduce<number>((product, size) => product * (size ?? 1), 1);
}
