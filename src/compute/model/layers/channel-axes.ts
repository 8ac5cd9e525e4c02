import type { ChannelAxis } from "../model-layer.ts";
import type { OnnxGraph, OnnxNode } from "../onnx/onnx-model.ts";
import { integersOf, numberOf } from "./attribute-values.ts";

/** ONNX defines them on channels first. */
const CHANNELS_FIRST = new Set([
  "Conv",
  "FusedConv",
  "ConvInteger",
  "QLinearConv",
  "ConvTranspose",
  "DeformConv",
  "MaxPool",
  "AveragePool",
  "LpPool",
  "GlobalAveragePool",
  "GlobalMaxPool",
  "InstanceNormalization",
  "GroupNormalization",
  "LRN",
  "DepthToSpace",
  "SpaceToDepth",
  "MaxUnpool",
  "MaxRoiPool",
  "RoiAlign",
]);
/** Their answers have other axes than what they take: vectors, sequences, windows. */
const OTHER_AXES = new Set(["Flatten", "Reshape", "Squeeze", "Unsqueeze", "Gather", "GatherND", "ArgMax", "ArgMin"]);

/**
 * Where each tensor that depends on the inputs has its channels. Convolutions and what else is defined on pictures say
 * so; a transposition turns it; what works element by element keeps it; a new shape loses it.
 */
export function channelAxes(graph: OnnxGraph, dependent: ReadonlySet<string>): ReadonlyMap<string, ChannelAxis> {
  const axes = new Map<string, ChannelAxis>();
  for (const { name, dims } of graph.inputs) axes.set(name, axisOfInput(dims));
  for (const node of graph.nodes) {
    const taken = node.inputs.filter((name) => dependent.has(name)).map((name) => axes.get(name) ?? null);
    const axis = axisAfter(node, taken);
    for (const name of node.outputs) if (dependent.has(name)) axes.set(name, axis);
  }
  return axes;
}

/** Pictures have four dimensions, and fewer channels than pixels a side. */
function axisOfInput(dims: readonly (number | string | null)[] | null): ChannelAxis {
  if (dims?.length !== 4) return null;
  const [, second, , last] = dims;
  return typeof last === "number" && last <= 4 && !(typeof second === "number" && second <= 4) ? "last" : "first";
}

function axisAfter(node: OnnxNode, taken: readonly ChannelAxis[]): ChannelAxis {
  if (CHANNELS_FIRST.has(node.opType)) return "first";
  if (OTHER_AXES.has(node.opType)) return null;
  if (node.opType === "Transpose") return turned(integersOf(node, "perm"), taken[0] ?? null);
  if (node.opType.startsWith("Reduce") && numberOf(node, "keepdims", 1) === 0) return null;
  // Of two tensors that both depend on the input a product mixes axes, as in attention.
  if (node.opType === "MatMul" && taken.length > 1) return null;
  return taken.find((axis) => axis !== null) ?? null;
}

/** Where channels lie after a transposition. */
export function turned(order: readonly number[] | null, axis: ChannelAxis): ChannelAxis {
  if (axis === null || order === null) return null;
  const rank = order.length;
  const now = order.indexOf(axis === "first" ? 1 : rank - 1);
  if (now === 1) return "first";
  return now === rank - 1 ? "last" : null;
}
