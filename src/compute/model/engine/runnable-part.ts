import { ComputeError } from "../../errors.ts";
import { takenBy } from "../layers/dependent-tensors.ts";
import type { LoadedModel } from "../loaded-model.ts";
import type { ModelLayer } from "../model-layer.ts";
import type { OnnxGraph, OnnxNode } from "../onnx/onnx-model.ts";
import { cutGraph } from "../onnx/write/cut-graph.ts";
import type { GraphFile } from "./graph-session.ts";

/** The engine makes numbers of this type and can't hand them out. */
const UNREAD = "bfloat16";

/** What of a model the engine runs: all of it, or what stands on none of the operators that the engine doesn't have. */
export interface RunnablePart {
  readonly graph: GraphFile;
  /** Names of the tensors that the graph answers with. */
  readonly outputs: readonly string[];
  /** The layers that it has. */
  readonly layers: readonly ModelLayer[];
  /** By the tensors that can't be had, the operator for want of which. */
  readonly missing: ReadonlyMap<string, OnnxNode>;
}

/**
 * @param refused - Operators that the engine doesn't have, by the operator of the graph that is or holds them.
 * @returns null where no layer is left.
 */
export function runnablePart(model: LoadedModel, refused: ReadonlyMap<OnnxNode, OnnxNode>): RunnablePart | null {
  const { name, file, beside, onnx } = model;
  const outputs = onnx.graph.outputs.map((output) => output.name);
  const missing = tensorsWithout(onnx.graph, refused);
  if (missing.size === 0) return { graph: { name, file, beside }, outputs, layers: model.layers, missing };
  const layers = model.layers.filter(
    ({ dtype, outputs }) => dtype !== UNREAD && outputs.every(({ tensor }) => !missing.has(tensor)),
  );
  const known = layers.flatMap((layer) => layer.outputs.map(({ tensor }) => tensor));
  const lost = onnx.graph.nodes.filter((node) => node.outputs.some((each) => missing.has(each)));
  const asked = new Set([...outputs, ...lost.flatMap(takenBy)]);
  const ends = known.filter((tensor) => asked.has(tensor));
  const found = ends.length > 0 ? ends : known.slice(-1);
  if (found.length === 0) return null;
  return { graph: { name, ...cutGraph({ file, beside }, found) }, outputs: found, layers, missing };
}

/** What a reader should know of a model of which a part can't be run, in a sentence; none where all of it can. */
export function notesOfPart({ layers, missing }: RunnablePart, model: LoadedModel): readonly string[] {
  if (missing.size === 0) return [];
  const operators = [...new Set(missing.values())].map(wordsOf);
  const shown = operators.length > 3 ? [...operators.slice(0, 3), `${operators.length - 3} more`] : operators;
  return [
    `${countWords(layers, model)} can be run: the engine has no ${shown.join(", no ")}, which the others stand on.`,
  ];
}

/** @throws ComputeError "input" for a tensor that can't be had: by its layer, with the operator and what can be had. */
export function throwIfMissing(
  { layers, missing }: RunnablePart,
  model: LoadedModel,
  tensors: readonly string[],
): void {
  for (const tensor of tensors) {
    const operator = missing.get(tensor);
    if (!operator) continue;
    const layer = model.layers.find(({ outputs }) => outputs.some((output) => output.tensor === tensor));
    throw new ComputeError(
      "input",
      `The layer "${layer?.name ?? tensor}" of ${model.name} can't be run: the engine has no ${wordsOf(operator)}, which it stands on.`,
      `Take one before it: ${countWords(layers, model)} can be run, up to "${layers.at(-1)?.name ?? ""}".`,
    );
  }
}

/** What comes of operators that are refused, with the first of these on the way. */
function tensorsWithout(graph: OnnxGraph, refused: ReadonlyMap<OnnxNode, OnnxNode>): ReadonlyMap<string, OnnxNode> {
  const missing = new Map<string, OnnxNode>();
  if (refused.size === 0) return missing;
  for (const node of graph.nodes) {
    const before = takenBy(node).find((name) => missing.has(name));
    const operator = refused.get(node) ?? missing.get(before ?? "");
    if (operator) for (const name of node.outputs) if (name !== "") missing.set(name, operator);
  }
  return missing;
}

function countWords(layers: readonly ModelLayer[], { layers: all }: LoadedModel): string {
  return `${layers.length} of ${all.length} layers`;
}

function wordsOf({ opType, domain, name }: OnnxNode): string {
  const operator = domain === "" ? opType : `${opType} (${domain})`;
  return name === "" ? operator : `${operator} for the node "${name}"`;
}
