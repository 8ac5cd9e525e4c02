import { fromFront, integersOf, numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import { TENSOR_TYPES } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "./layer-run.ts";
import { broadcastIndex, indexAt, placeAt } from "./tensor-places.ts";

/** A number of a tensor. */
export interface TensorSpot {
  readonly tensor: string;
  readonly index: number;
}

/** A number that was put there, whatever the picture. */
export interface Filling {
  readonly filling: number;
}

/** Numbers stay in their order, whatever the dimensions. */
const SAME_ORDER = new Set(["Identity", "Dropout", "Reshape", "Flatten", "Squeeze", "Unsqueeze"]);
const FRACTIONS: ReadonlySet<number> = new Set([TENSOR_TYPES.float16, TENSOR_TYPES.float32, TENSOR_TYPES.float64]);

/**
 * Where an operator that leaves numbers as they are, but not where they are, has one of its answer from.
 *
 * @returns null for an operator that does more than that, or in a way that isn't known here.
 */
export function passedFrom(run: LayerRun, node: OnnxNode, { tensor, index }: TensorSpot): TensorSpot | Filling | null {
  const [input = ""] = node.inputs;
  if (node.domain !== "") return null;
  if (SAME_ORDER.has(node.opType)) return tensor === node.outputs[0] ? { tensor: input, index } : null;
  if (node.opType === "Cast") return FRACTIONS.has(numberOf(node, "to", 0)) ? { tensor: input, index } : null;
  const move = MOVES[node.opType];
  return move ? move(run, node, placeAt(run.values(tensor).dims, index), tensor) : null;
}

type Move = (run: LayerRun, node: OnnxNode, place: number[], tensor: string) => TensorSpot | Filling | null;

const transposed: Move = (run, node, place) => {
  const [input = ""] = node.inputs;
  const { dims } = run.values(input);
  const order = integersOf(node, "perm") ?? dims.map((_, axis) => dims.length - 1 - axis);
  const from = dims.map((_, axis) => place[order.indexOf(axis)] ?? 0);
  return { tensor: input, index: indexAt(dims, from) };
};

const expanded: Move = (run, node, place) => {
  const [input = ""] = node.inputs;
  return { tensor: input, index: broadcastIndex(run.values(input).dims, place) };
};

const repeated: Move = (run, node, place) => {
  const [input = ""] = node.inputs;
  const { dims } = run.values(input);
  return {
    tensor: input,
    index: indexAt(
      dims,
      place.map((at, axis) => at % (dims[axis] ?? 1)),
    ),
  };
};

const joined: Move = (run, node, place) => {
  const axis = fromFront(numberOf(node, "axis", 1), place.length);
  let left = place[axis] ?? 0;
  for (const input of node.inputs) {
    const numbers = run.graph.isDependent(input) ? run.values(input) : run.constant(input);
    if (!numbers) return null;
    const length = numbers.dims[axis] ?? 1;
    if (left < length) {
      const index = indexAt(numbers.dims, place.with(axis, left));
      return run.graph.isDependent(input) ? { tensor: input, index } : { filling: numbers.at(index) };
    }
    left -= length;
  }
  return null;
};

const parted: Move = (run, node, place, tensor) => {
  const [input = ""] = node.inputs;
  const { dims } = run.values(input);
  const axis = fromFront(numberOf(node, "axis", 0), dims.length);
  const part = node.outputs.indexOf(tensor);
  const equal = Math.ceil((dims[axis] ?? 0) / node.outputs.length);
  const lengths = integersOf(node, "split") ?? run.constantList(node.inputs[1]) ?? node.outputs.map(() => equal);
  const before = lengths.slice(0, part).reduce((sum, length) => sum + length, 0);
  return { tensor: input, index: indexAt(dims, place.with(axis, (place[axis] ?? 0) + before)) };
};

const cut: Move = (run, node, place) => {
  const [input = "", starts, , along, by] = node.inputs;
  const { dims } = run.values(input);
  const from = integersOf(node, "starts") ?? run.constantList(starts);
  if (!from) return null;
  const axes = integersOf(node, "axes") ?? run.constantList(along) ?? from.map((_, axis) => axis);
  const steps = run.constantList(by) ?? from.map(() => 1);
  if ((along && !run.constantList(along)) || (by && !run.constantList(by))) return null;
  const found = [...place];
  for (const [at, axis] of axes.map((one) => fromFront(one, dims.length)).entries()) {
    const length = dims[axis] ?? 1;
    const step = steps[at] ?? 1;
    const start = fromFront(from[at] ?? 0, length);
    const first = Math.max(0, Math.min(start, step < 0 ? length - 1 : length));
    found[axis] = first + step * (place[axis] ?? 0);
  }
  return { tensor: input, index: indexAt(dims, found) };
};

const gathered: Move = (run, node, place) => {
  const [input = "", indices = ""] = node.inputs;
  const wanted = run.constant(indices);
  if (!wanted || !run.graph.isDependent(input)) return null;
  const { dims } = run.values(input);
  const axis = fromFront(numberOf(node, "axis", 0), dims.length);
  const rank = wanted.dims.length;
  const at = wanted.at(indexAt(wanted.dims, place.slice(axis, axis + rank)));
  const from = [...place.slice(0, axis), fromFront(at, dims[axis] ?? 1), ...place.slice(axis + rank)];
  return { tensor: input, index: indexAt(dims, from) };
};

const padded: Move = (run, node, place) => {
  const [input = "", amounts, value, along] = node.inputs;
  const { dims } = run.values(input);
  const pads = integersOf(node, "pads") ?? run.constantList(amounts);
  if (!pads || along || textOf(node, "mode", "constant") !== "constant") return null;
  const from = place.map((at, axis) => at - (pads[axis] ?? 0));
  if (from.every((at, axis) => at >= 0 && at < (dims[axis] ?? 0))) return { tensor: input, index: indexAt(dims, from) };
  return { filling: run.constant(value)?.at(0) ?? numberOf(node, "value", 0) };
};

const MOVES: Readonly<Record<string, Move>> = {
  Transpose: transposed,
  Expand: expanded,
  Tile: repeated,
  Concat: joined,
  Split: parted,
  Slice: cut,
  Gather: gathered,
  Pad: padded,
};
