import type { GraphFile } from "../model/engine/graph-session.ts";
import { type KernelTiles, tilesTensor } from "../model/engine/kernel-tiles.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "../model/onnx/onnx-model.ts";
import { readOnnx } from "../model/onnx/read/read-onnx.ts";
import { readValue } from "../model/onnx/read/read-value.ts";
import { tensorBytes } from "../model/onnx/tensor-size.ts";
import { WireWriter } from "../model/onnx/wire/wire-writer.ts";
import { cutGraph } from "../model/onnx/write/cut-graph.ts";
import {
  copyField,
  GRAPH,
  INITIALIZER,
  INPUT,
  NODE,
  OUTPUT,
  rewriteGraph,
  VALUE,
} from "../model/onnx/write/rewrite-graph.ts";
import { LEAST_IR, nodeMessage, opsetMessage, tensorMessage, valueMessage } from "../model/onnx/write/write-onnx.ts";
import type { CapturedGraph } from "./captured-graph.ts";

/** What is put behind a file's own graph, and what the whole is to take and answer with. */
export interface BackwardPart {
  readonly nodes: readonly OnnxNode[];
  /** What stands in the place of operators of the file. */
  readonly replaced?: ReadonlyMap<OnnxNode, readonly OnnxNode[]>;
  readonly initializers: readonly OnnxTensor[];
  /** Constants beside these, made when the whole is opened. */
  readonly tiles?: readonly KernelTiles[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
}

export interface JoinedGraph {
  readonly graph: GraphFile;
  /** What it has beyond the model: operators, and bytes of constants. */
  readonly added: { readonly nodes: number; readonly bytes: number };
  /** Bytes of the weights that lie beside it, and of those that are made when it is opened. */
  readonly weights: number;
}

/** Fields of `ModelProto`. */
const IR_VERSION = 1;
const OPSET = 8;
/** Larger constants lie beside the file, as the model's own do. */
const LEAST_BYTES = 1024;

/**
 * A file with more operators at the end of its graph, of which only those stay that the answers stand on. Its inputs say
 * the sizes that it is for.
 */
export function joinBackward(
  { name, file, beside, onnx }: Pick<LoadedModel, "name" | "file" | "beside" | "onnx">,
  captured: CapturedGraph,
  { nodes, replaced = new Map(), initializers, tiles = [], inputs, outputs }: BackwardPart,
): JoinedGraph {
  const piece = new WireWriter();
  const besideAll = new Map(beside);
  for (const node of nodes) piece.message(NODE, nodeMessage(node));
  for (const tensor of [...initializers, ...tiles.map(tilesTensor)])
    piece.message(INITIALIZER, tensorMessage(movedBeside(tensor, besideAll)));
  for (const value of inputs) piece.message(INPUT, valueMessage(value));
  for (const value of outputs) piece.message(OUTPUT, valueMessage(value));
  const whole = new WireWriter()
    .raw(sizedFile(file, onnx.graph, captured, replaced))
    .message(GRAPH, piece)
    // Before version 4 all weights are inputs too, which those that are added are not: the last word counts.
    .integer(IR_VERSION, Math.max(LEAST_IR, onnx.irVersion))
    .raw(missingOpsets(onnx, [...nodes, ...[...replaced.values()].flat()]))
    .finish();
  const answers = outputs.map((output) => output.name);
  const cut = cutGraph({ file: whole, beside: besideAll }, answers);
  const { graph } = readOnnx(cut.file, name);
  const ours = new Set<string>([...nodes, ...[...replaced.values()].flat()].map((each) => each.name));
  const constants = new Set([...initializers, ...tiles].map((each) => each.name));
  const kept = new Set(graph.initializers.map((tensor) => tensor.name));
  const made = tiles.filter((each) => kept.has(each.name));
  return {
    graph: {
      name,
      file: cut.file,
      beside: withSources(cut.beside, besideAll, made),
      answers: answers.length,
      tiles: made,
    },
    added: {
      nodes: graph.nodes.filter((node) => ours.has(node.name)).length,
      bytes: bytesOf(graph.initializers.filter((tensor) => constants.has(tensor.name))),
    },
    weights: bytesOf(graph.initializers.filter(({ data }) => data.kind === "beside")),
  };
}

function bytesOf(tensors: readonly OnnxTensor[]): number {
  return tensors.reduce((sum, { type, dims }) => sum + (tensorBytes(type, dims) ?? 0), 0);
}

/** With what the kernels lie in that tiles are made of: the graph itself need not have them. */
function withSources(
  beside: GraphFile["beside"],
  all: GraphFile["beside"],
  tiles: readonly KernelTiles[],
): GraphFile["beside"] {
  const sources = tiles.flatMap(({ kernels: { data } }) => (data.kind === "beside" ? [data.location] : []));
  return new Map([...all].filter(([location]) => beside.has(location) || sources.includes(location)));
}

/** Domains of operators that the file has none of, in their first version. */
function missingOpsets({ opsets }: OnnxModel, added: readonly OnnxNode[]): Uint8Array<ArrayBuffer> {
  const missing = new Set(added.map(({ domain }) => domain).filter((domain) => domain !== "" && !opsets.has(domain)));
  const written = new WireWriter();
  for (const domain of missing) written.message(OPSET, opsetMessage(domain, 1));
  return written.finish();
}

function movedBeside(tensor: OnnxTensor, beside: Map<string, Uint8Array<ArrayBuffer>>): OnnxTensor {
  const { name, data } = tensor;
  if (data.kind !== "here" || data.bytes.length < LEAST_BYTES) return tensor;
  beside.set(name, data.bytes);
  return { ...tensor, data: { kind: "beside", location: name, offset: 0, length: data.bytes.length } };
}

/** Without outputs and notes of sizes, and with inputs of the sizes of the run; weights are no inputs. */
function sizedFile(
  file: Uint8Array<ArrayBuffer>,
  { initializers, nodes }: OnnxGraph,
  { shapes }: CapturedGraph,
  replaced: ReadonlyMap<OnnxNode, readonly OnnxNode[]>,
): Uint8Array<ArrayBuffer> {
  const constant = new Set(initializers.map(({ name }) => name));
  const all = nodes.values();
  return rewriteGraph(file, (part, into) => {
    const node = part.field === NODE ? all.next().value : undefined;
    const others = node && replaced.get(node);
    if (others) for (const other of others) into.message(NODE, nodeMessage(other));
    if (others || part.field === OUTPUT || part.field === VALUE) part.skip();
    else if (part.field !== INPUT) copyField(part, into);
    else {
      const value = readValue(part.message());
      const dims = shapes.get(value.name) ?? value.dims;
      if (!constant.has(value.name)) into.message(INPUT, valueMessage({ ...value, dims }));
    }
  });
}
