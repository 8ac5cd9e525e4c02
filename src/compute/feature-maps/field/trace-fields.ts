import { takenBy } from "../../model/layers/dependent-tensors.ts";
import type { OnnxGraph, OnnxNode } from "../../model/onnx/onnx-model.ts";
import type { ReceptiveField } from "../receptive-field.ts";
import { MOVES, reducedAxes, type SpatialAxes } from "./moved-axes.ts";
import type { TensorFacts } from "./operator-facts.ts";
import { isPlaceByPlace } from "./place-by-place.ts";
import { SHIFTS } from "./shift-windows.ts";
import { SLIDING, slidingWindows } from "./sliding-windows.ts";
import { seenThrough, seenTogether, type Window } from "./windows.ts";

/** A tensor whose places saw parts of the picture. */
export interface TracedTensor extends SpatialAxes {
  readonly field: ReceptiveField;
}

/** ONNX' own operators and those that its engine adds under the same names. */
const DOMAINS = new Set(["", "ai.onnx", "com.microsoft"]);

/**
 * What each tensor's places saw of the picture, from where the operators on the way read. Bounds are outward where an
 * operator rounds. What saw all of it (dense layers, global pools, attention), and what stands on an operator that is not
 * known here, is left out.
 *
 * @param dependent - Names of the tensors that depend on the picture.
 * @param picture - The input's axes.
 */
export function traceFields(
  graph: OnnxGraph,
  dependent: ReadonlySet<string>,
  facts: TensorFacts,
  picture: SpatialAxes,
): ReadonlyMap<string, TracedTensor> {
  const own = { start: 0, step: 1, size: 1 };
  const traced = new Map<string, TracedTensor>();
  for (const { name } of graph.inputs)
    if (dependent.has(name)) traced.set(name, { ...picture, field: { rows: own, columns: own } });
  for (const node of graph.nodes) {
    const names = takenBy(node).filter((name) => dependent.has(name));
    const taken = names.flatMap((name) => traced.get(name) ?? []);
    if (names.length === 0 || taken.length < names.length || !DOMAINS.has(node.domain)) continue;
    const answer = traceOperator(node, names, taken, facts);
    if (answer) for (const name of node.outputs) if (dependent.has(name)) traced.set(name, answer);
  }
  return traced;
}

function traceOperator(
  node: OnnxNode,
  names: readonly string[],
  taken: readonly TracedTensor[],
  facts: TensorFacts,
): TracedTensor | null {
  const together = union(taken);
  if (!together) return null;
  if (isPlaceByPlace(node, together, facts)) return haveAllPlaces(node, names, together, facts) ? together : null;
  const move = node.opType.startsWith("Reduce") || node.opType.startsWith("Arg") ? reducedAxes : MOVES[node.opType];
  if (move) {
    const axes = move(node, together, facts);
    return axes && { ...axes, field: together.field };
  }
  const windows = windowsOf(node, taken.length, together, facts);
  if (!windows) return null;
  const [rows, columns] = windows;
  const { field } = together;
  return { ...together, field: { rows: seenThrough(rows, field.rows), columns: seenThrough(columns, field.columns) } };
}

function windowsOf(
  node: OnnxNode,
  count: number,
  axes: SpatialAxes,
  facts: TensorFacts,
): readonly [Window, Window] | null {
  if (SLIDING.has(node.opType)) {
    const isPicture = axes.rank === 4 && axes.rows === 2 && axes.columns === 3;
    return isPicture && count === 1 ? slidingWindows(node, facts) : null;
  }
  const shift = SHIFTS[node.opType];
  const rows = shift?.(node, axes.rows, axes.rank, facts);
  const columns = shift?.(node, axes.columns, axes.rank, facts);
  return rows && columns ? [rows, columns] : null;
}

/** All tensors' places as one; null where they don't lie alike. */
function union([first, ...others]: readonly TracedTensor[]): TracedTensor | null {
  let all = first ?? null;
  for (const { rank, rows, columns, field } of others) {
    if (!all || rank !== all.rank || rows !== all.rows || columns !== all.columns) return null;
    const high = seenTogether(all.field.rows, field.rows);
    const wide = seenTogether(all.field.columns, field.columns);
    all = high && wide && { ...all, field: { rows: high, columns: wide } };
  }
  return all;
}

/** Whether none of the tensors, as far as is known, has one row or column that stands for all. */
function haveAllPlaces(
  node: OnnxNode,
  names: readonly string[],
  { rows, columns }: SpatialAxes,
  facts: TensorFacts,
): boolean {
  const answer = facts.dims(node.outputs[0]);
  const isAlike = (name: string, axis: number) => {
    const [from, to] = [facts.dims(name)?.[axis], answer?.[axis]];
    return !from || !to || from === to;
  };
  return names.every((name) => isAlike(name, rows) && isAlike(name, columns));
}
