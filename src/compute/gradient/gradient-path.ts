import { ComputeError } from "../errors.ts";
import { dependentTensors, takenBy } from "../model/layers/dependent-tensors.ts";
import { tensorTypes } from "../model/layers/output-types.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { OnnxModel, OnnxNode } from "../model/onnx/onnx-model.ts";
import { isQuantized } from "../model/onnx/quantized-operators.ts";
import { typeName } from "../model/onnx/tensor-size.ts";
import { isFractionType } from "./fraction-type.ts";
import { type GradientRule, operatorWords, passesNothing } from "./rule.ts";
import { RULES } from "./rules/index.ts";

/** What lies between a tensor and what is differentiated. */
export interface GradientPath {
  /** Tensors that get a gradient. */
  readonly tensors: ReadonlySet<string>;
  /** In the order in which they run. */
  readonly nodes: readonly OnnxNode[];
}

/** The sizes of their answers change with the numbers in the picture. */
const SIZED_BY_NUMBERS = new Set(["NonZero", "NonMaxSuppression", "Unique"]);
const CONTROL_FLOW = new Set(["If", "Loop", "Scan", "SequenceMap"]);
const MOST_NAMED = 5;

/** The rule for an operator; undefined where there is none. */
export function ruleFor({ domain, opType }: OnnxNode): GradientRule | undefined {
  return domain === "" ? RULES.get(opType) : undefined;
}

/**
 * The operators through which the gradient of a tensor with respect to another goes.
 *
 * @param output - The tensor that is differentiated.
 * @param at - An input of the graph, or any tensor that the output stands on.
 * @throws ComputeError "input" where operators on the way have no gradient (all of them are named at once, at most
 * five), where the output does not stand on the tensor, and where sizes change with the picture's numbers.
 */
export function gradientPath(
  { name, onnx }: Pick<LoadedModel, "name" | "onnx">,
  output: string,
  at: string,
): GradientPath {
  const { graph } = onnx;
  const types = tensorTypes(graph);
  if (!isFractionType(types.get(at) ?? 0))
    throw new ComputeError(
      "input",
      `"${at}" of ${name} holds whole numbers (${typeName(types.get(at) ?? 0)}), which have no gradient.`,
      "Take the layer that makes fractions of them.",
    );
  const reached = new Set([at]);
  for (const node of graph.nodes)
    if (ruleFor(node) !== passesNothing && takenBy(node).some((taken) => reached.has(taken)))
      for (const [place, made] of node.outputs.entries())
        if (made !== "" && mayCarry(node, place, types.get(made) ?? 0)) reached.add(made);
  if (!reached.has(output))
    throw new ComputeError(
      "input",
      `"${output}" of ${name} has no gradient with respect to "${at}": it does not stand on it, or on its size alone.`,
      "Take a layer that lies before what is differentiated.",
    );
  const tensors = new Set([output]);
  const nodes: OnnxNode[] = [];
  for (const node of graph.nodes.toReversed()) {
    // What comes before `at` gets none.
    if (node.outputs.includes(at) || !node.outputs.some((made) => tensors.has(made) && reached.has(made))) continue;
    nodes.push(node);
    for (const taken of takenBy(node)) if (reached.has(taken)) tensors.add(taken);
  }
  nodes.reverse();
  throwIfUnknown(name, nodes);
  throwIfSizedByNumbers(name, onnx, output);
  return { tensors, nodes };
}

/** Whole numbers carry no gradient, but those of a quantised model stand for fractions. */
function mayCarry(node: OnnxNode, place: number, type: number): boolean {
  if (!CONTROL_FLOW.has(node.opType)) return isFractionType(type) || isQuantized(node);
  // A loop's body answers first whether it goes on.
  const before = node.opType === "Loop" ? 1 : 0;
  return [...node.attributes.values()].some(
    (attribute) => attribute.kind === "graph" && isFractionType(attribute.graph.outputs[place + before]?.type ?? 0),
  );
}

function throwIfUnknown(file: string, nodes: readonly OnnxNode[]): void {
  const unknown = new Map<string, OnnxNode>();
  for (const node of nodes) {
    const kind = `${node.domain}:${node.opType}`;
    if (!ruleFor(node) && !unknown.has(kind)) unknown.set(kind, node);
  }
  if (unknown.size === 0) return;
  const named = [...unknown.values()].slice(0, MOST_NAMED).map(operatorWords);
  const more = unknown.size > MOST_NAMED ? ` and ${unknown.size - MOST_NAMED} more kinds of operators` : "";
  throw new ComputeError(
    "input",
    `${file} can't be differentiated: no gradient is known of ${named.join(", ")}${more}.`,
    remedyFor([...unknown.values()]),
  );
}

function remedyFor(unknown: readonly OnnxNode[]): string {
  if (unknown.some(isQuantized)) return "Take the model as it was before it was quantised.";
  if (unknown.some(({ domain }) => domain === "com.microsoft"))
    return "Take the file as its exporter wrote it, before ONNX Runtime joined its operators.";
  if (unknown.some(({ opType }) => CONTROL_FLOW.has(opType)))
    return "Export the model for pictures of one size, without branches and loops.";
  return "Export the model with other operators there, or differentiate with respect to a layer behind them.";
}

function throwIfSizedByNumbers(file: string, { graph }: OnnxModel, output: string): void {
  const dependent = dependentTensors(graph);
  const wanted = new Set([output]);
  for (const node of graph.nodes.toReversed()) {
    if (!node.outputs.some((made) => wanted.has(made))) continue;
    // What Compress leaves is told by its condition alone.
    const sizedBy =
      node.opType === "Compress" ? node.inputs.slice(1) : SIZED_BY_NUMBERS.has(node.opType) ? node.inputs : [];
    if (sizedBy.some((taken) => dependent.has(taken)))
      throw new ComputeError(
        "input",
        `${file} can't be differentiated: what ${operatorWords(node)} answers has another size for each picture.`,
        "Export the part of the model before it.",
      );
    for (const taken of takenBy(node)) wanted.add(taken);
  }
}
