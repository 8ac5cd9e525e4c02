import { fromFront, numberOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import type { TensorSpot } from "../layer/pass-through.ts";
import { broadcastIndex, placeAt, stridesOf } from "../layer/tensor-places.ts";
import type { Change, Changed } from "./change.ts";
import { differenceOf, functionOf, lineOf, numberFormula, quotientOf, X } from "./formula.ts";

type Normalize = (run: LayerRun, node: OnnxNode, spot: TensorSpot) => Changed | null;

/** Before opset 13 a softmax is over all axes from its own on, which is 1 where it says none. */
const SINGLE_AXIS_OPSET = 13;

/**
 * What an operator that compares numbers with others, or with what training has seen of them, makes of one number.
 *
 * @returns null for an operator that is none of them, and where its numbers can't be read.
 */
export function normalizationChange(run: LayerRun, node: OnnxNode, spot: TensorSpot): Changed | null {
  if (node.domain !== "" || spot.tensor !== node.outputs[0]) return null;
  return NORMALIZATIONS[node.opType]?.(run, node, spot) ?? null;
}

const batchNormalization: Normalize = (run, node, { tensor, index }) => {
  const [input = "", ...names] = node.inputs;
  const channel = placeAt(run.values(tensor).dims, index)[1] ?? 0;
  const [scale, offset, mean, variance] = names.map((name) => run.constant(name)?.at(channel));
  if (scale === undefined || offset === undefined || mean === undefined || variance === undefined) return null;
  const factor = scale / Math.sqrt(variance + numberOf(node, "epsilon", 1e-5));
  return { from: { tensor: input, index }, changes: [line("batch normalisation", factor, offset - factor * mean)] };
};

const layerNormalization: Normalize = (run, node, { index }) => {
  const [input = "", scale, offset] = node.inputs;
  const { dims } = run.values(input);
  const axis = fromFront(numberOf(node, "axis", -1), dims.length);
  const length = dims.slice(axis).reduce((product, size) => product * size, 1);
  const start = Math.floor(index / length) * length;
  const place = placeAt(dims, index);
  const ends = lineAt(run, scale, offset, (names) => broadcastIndex(names, place.slice(axis)));
  if (!ends) return null;
  const spread = spreadOf(run, input, start, length, numberOf(node, "epsilon", 1e-5));
  return { from: { tensor: input, index }, changes: [...spread, ...ends] };
};

const instanceNormalization: Normalize = (run, node, { index }) => {
  const [input = "", scale, offset] = node.inputs;
  const { dims } = run.values(input);
  const length = dims.slice(2).reduce((product, size) => product * size, 1);
  const channel = placeAt(dims, index)[1] ?? 0;
  const ends = lineAt(run, scale, offset, () => channel);
  if (!ends) return null;
  const start = Math.floor(index / length) * length;
  const spread = spreadOf(run, input, start, length, numberOf(node, "epsilon", 1e-5));
  return { from: { tensor: input, index }, changes: [...spread, ...ends] };
};

const softmax: Normalize = (run, node, { index }) => {
  const [input = ""] = node.inputs;
  const { highest, total } = exponentialsOf(run, node, input, index);
  const shares: Change = {
    operation: "exponential",
    kind: "normalization",
    apply: (x) => ({
      value: Math.exp(x - highest),
      formula: functionOf("exp", differenceOf(X, numberFormula(highest))),
    }),
    shift: null,
  };
  return { from: { tensor: input, index }, changes: [shares, quotient("share of the sum", total)] };
};

const logSoftmax: Normalize = (run, node, { index }) => {
  const [input = ""] = node.inputs;
  const { highest, total } = exponentialsOf(run, node, input, index);
  return { from: { tensor: input, index }, changes: [line("logarithm of the share", 1, -highest - Math.log(total))] };
};

const NORMALIZATIONS: Readonly<Record<string, Normalize>> = {
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  InstanceNormalization: instanceNormalization,
  Softmax: softmax,
  LogSoftmax: logSoftmax,
};

function line(operation: string, scale: number, shift: number): Change {
  const apply = (x: number) => ({ value: scale * x + shift, formula: lineOf(scale, shift) });
  return { operation, kind: "normalization", apply, shift: null };
}

function quotient(operation: string, by: number): Change {
  const apply = (x: number) => ({ value: x / by, formula: quotientOf(X, numberFormula(by)) });
  return { operation, kind: "normalization", apply, shift: null };
}

/** The scale and the shift that training has found, where there are any; null where they can't be read. */
function lineAt(
  run: LayerRun,
  scale: string | undefined,
  shift: string | undefined,
  indexOf: (dims: readonly number[]) => number,
): readonly Change[] | null {
  const numbers = [scale, shift].map((name) => (name ? run.constant(name) : undefined));
  if (numbers.includes(null)) return null;
  const [by, plus] = numbers.map((one) => one?.at(indexOf(one.dims)));
  return by === undefined && plus === undefined ? [] : [line("scale and shift", by ?? 1, plus ?? 0)];
}

/** The mean taken away, then the deviation divided by, of `length` numbers from `start` on. */
function spreadOf(run: LayerRun, tensor: string, start: number, length: number, epsilon: number): readonly Change[] {
  const numbers = run.values(tensor);
  const all = Array.from({ length }, (_, at) => numbers.at(start + at));
  const mean = all.reduce((sum, value) => sum + value, 0) / length;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / length;
  return [line("mean taken away", 1, -mean), quotient("deviation divided by", Math.sqrt(variance + epsilon))];
}

/** Along the axis of a softmax: the highest number, and the sum of all that e is raised to above it. */
function exponentialsOf(run: LayerRun, node: OnnxNode, tensor: string, index: number) {
  const numbers = run.values(tensor);
  const { dims } = numbers;
  const isOlder = run.graph.opset < SINGLE_AXIS_OPSET;
  const axis = fromFront(numberOf(node, "axis", isOlder ? 1 : -1), dims.length);
  const step = isOlder ? 1 : (stridesOf(dims)[axis] ?? 1);
  const length = isOlder ? dims.slice(axis).reduce((product, size) => product * size, 1) : (dims[axis] ?? 1);
  const start = index - (Math.floor(index / step) % length) * step;
  const all = Array.from({ length }, (_, at) => numbers.at(start + at * step));
  const highest = all.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  const total = all.reduce((sum, value) => sum + Math.exp(value - highest), 0);
  return { highest, total };
}
