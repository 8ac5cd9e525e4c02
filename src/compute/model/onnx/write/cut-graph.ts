import { ComputeError } from "../../../errors.ts";
import { takenBy } from "../../layers/dependent-tensors.ts";
import { tensorsBeside } from "../all-tensors.ts";
import type { OnnxGraph, OnnxModel, OnnxNode } from "../onnx-model.ts";
import { readOnnx } from "../read/read-onnx.ts";
import { readValue } from "../read/read-value.ts";
import { WireWriter } from "../wire/wire-writer.ts";
import type { LightFile } from "./lighten-file.ts";
import { copyField, copyRead, GRAPH, INITIALIZER, INPUT, NODE, OUTPUT, rewriteGraph, VALUE } from "./rewrite-graph.ts";

/**
 * The part of a model that answers with the named tensors and with nothing else. Operators and weights that none of them
 * stands on are left out, for the engine runs all that a graph has, whatever it is asked for: a layer early in a network
 * does not cost what comes after it. Inputs stay, all of them.
 *
 * Outputs that the model has come first, in its order and with their types, then the others as they are named: the
 * engine finds their types and shapes by itself.
 *
 * @param whole - An .onnx file, and what lies beside it.
 * @param names - Tensors of the graph itself, not of graphs inside If or Loop.
 * @throws ComputeError "input" for a name that no operator answers with.
 */
export function cutGraph(whole: LightFile, names: readonly string[]): LightFile {
  const model = readOnnx(whole.file);
  const { graph } = model;
  throwIfUnknown(graph, names);
  const outputs = new Set(names);
  const nodes = nodesNeededFor(graph, outputs);
  const used = new Set(outputs);
  for (const node of nodes) for (const name of takenBy(node).concat(node.outputs)) used.add(name);
  const own = new Set(graph.outputs.map(({ name }) => name));
  const added = new WireWriter();
  for (const name of outputs) if (!own.has(name)) added.message(OUTPUT, new WireWriter().text(1, name));
  const file = new WireWriter()
    .raw(withParts(whole.file, graph, nodes, used, outputs))
    .message(GRAPH, added)
    .finish();
  return { file, beside: besideOf(whole, model, nodes, used) };
}

/** Names of the graph's inputs that tensors stand on. */
export function inputsOf(graph: OnnxGraph, names: readonly string[]): ReadonlySet<string> {
  const taken = new Set([...names, ...[...nodesNeededFor(graph, names)].flatMap(takenBy)]);
  return new Set(graph.inputs.map(({ name }) => name).filter((name) => taken.has(name)));
}

function throwIfUnknown({ inputs, nodes }: OnnxGraph, names: readonly string[]): void {
  const known = new Set([...inputs.map(({ name }) => name), ...nodes.flatMap(({ outputs }) => outputs)]);
  const unknown = names.filter((name) => name === "" || !known.has(name));
  if (unknown.length > 0)
    throw new ComputeError(
      "input",
      `The graph has no tensor named ${unknown.map((name) => `"${name}"`).join(", ")}.`,
      "Take names of tensors from the layer table.",
    );
}

/** The operators that tensors stand on. */
export function nodesNeededFor(graph: OnnxGraph, names: Iterable<string>): ReadonlySet<OnnxNode> {
  const makers = new Map<string, OnnxNode>();
  for (const node of graph.nodes) for (const name of node.outputs) makers.set(name, node);
  const needed = new Set<OnnxNode>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (!node || needed.has(node)) continue;
    needed.add(node);
    for (const taken of takenBy(node)) open.push(taken);
  }
  return needed;
}

/** The file with these operators, the weights and notes of shapes that they use, and these of its outputs. */
function withParts(
  file: Uint8Array<ArrayBuffer>,
  graph: OnnxGraph,
  nodes: ReadonlySet<OnnxNode>,
  used: ReadonlySet<string>,
  outputs: ReadonlySet<string>,
): Uint8Array<ArrayBuffer> {
  // Files of IR version 3 list weights among the inputs as well: without the weight it would be asked for.
  const gone = new Set(graph.initializers.map(({ name }) => name).filter((name) => !used.has(name)));
  const counted = new Map([
    [NODE, graph.nodes.map((node) => nodes.has(node)).values()],
    [INITIALIZER, graph.initializers.map(({ name }) => used.has(name)).values()],
  ]);
  const named = new Map([
    [INPUT, (name: string) => !gone.has(name)],
    [OUTPUT, (name: string) => outputs.has(name)],
    [VALUE, (name: string) => used.has(name)],
  ]);
  return rewriteGraph(file, (part, into) => {
    const stays = named.get(part.field);
    if (stays) {
      if (stays(readValue(part.message()).name)) copyRead(part, into);
    } else if (counted.get(part.field)?.next().value ?? true) copyField(part, into);
    else part.skip();
  });
}

function besideOf(
  { beside }: LightFile,
  model: OnnxModel,
  nodes: ReadonlySet<OnnxNode>,
  used: ReadonlySet<string>,
): LightFile["beside"] {
  const initializers = model.graph.initializers.filter(({ name }) => used.has(name));
  const kept = tensorsBeside({ ...model, graph: { ...model.graph, nodes: [...nodes], initializers } });
  const locations = new Set(kept.map(({ data }) => data.location));
  return new Map([...beside].filter(([location]) => locations.has(location)));
}
