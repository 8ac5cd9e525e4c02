import { ComputeError } from "../errors.ts";
import type { GraphFile } from "../model/engine/graph-session.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import { type OnnxModel, type OnnxTensor, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { operator } from "../model/onnx/operator.ts";
import { elementCount, tensorBytes } from "../model/onnx/tensor-size.ts";
import { Backward } from "./backward.ts";
import type { CapturedGraph } from "./captured-graph.ts";
import { ForwardGraph } from "./forward-graph.ts";
import { gradientPath, ruleFor } from "./gradient-path.ts";
import { joinBackward } from "./join-backward.ts";
import { tiledForward } from "./tiled-forward.ts";
import { TiledKernels } from "./tiled-kernels.ts";

/** Which gradient of a model is wanted. */
export interface GradientRequest {
  /** The tensor that is differentiated. */
  readonly output: string;
  /** With respect to what: an input of the graph, or any tensor that the output stands on. */
  readonly at: string;
  /** Pictures at a time. */
  readonly batch: number;
  /**
   * What each number of the output counts for, in all pictures of a batch or in each of them; part of the graph then. Else
   * the graph takes it as an input.
   */
  readonly seed?: Float32Array;
  /** Whether the graph answers with the tensor `at` as well. */
  readonly alsoAt?: boolean;
  /**
   * Whether convolutions of 3 x 3 go Winograd's way: in WebAssembly, whose vectors are short, they take 0.6 of the time, on
   * GPUs and in native engines none less.
   */
  readonly winograd?: boolean;
}

/** A graph that answers with a tensor and with the gradient of its numbers' weighted sum. */
export interface GradientGraph {
  readonly graph: GraphFile;
  /** Names of what it takes and answers with: the tensor that is differentiated, */
  readonly output: string;
  /** what the gradient is with respect to, */
  readonly at: string;
  /** the input for the weights of the sum (null where they are part of the graph), */
  readonly seed: string | null;
  /** and the gradient, in single precision. */
  readonly gradient: string;
  /** Dimensions, the batch included. */
  readonly outputDims: readonly number[];
  readonly atDims: readonly number[];
  /** What it has beyond the model: operators, and bytes of constants. */
  readonly added: { readonly nodes: number; readonly bytes: number };
  /** Bytes of the weights that lie beside it, and of those that are made when it is opened. */
  readonly weights: number;
  /** Bytes of what the engine makes of weights when it opens the graph. */
  readonly held: number;
  /** About the bytes of the tensors that it holds at a time: those of the forward half wait for the backward half. */
  readonly kept: number;
}

/**
 * Reverse-mode differentiation of a graph as ordinary ONNX operators behind the file's own: what the engine has for
 * networks runs it, on whichever processor. The weights stay where they are.
 *
 * @param captured - What a run with the same batch told.
 * @throws ComputeError "input" for operators on the way that have no gradient, with the nodes that they are.
 */
export function gradientGraph(
  model: Pick<LoadedModel, "name" | "file" | "beside" | "onnx">,
  captured: CapturedGraph,
  request: GradientRequest,
): GradientGraph {
  const { output, at, alsoAt = false } = request;
  const { tensors, nodes } = gradientPath(model, output, at);
  const forward = new ForwardGraph(model, captured);
  const names = freeNames(model.onnx);
  const tiles = request.winograd ? new TiledKernels(forward, `${names.prefix}/tiles`) : null;
  const back = new Backward(forward, tensors, names.prefix, tiles);
  const outputDims = forward.shape(output);
  const seed = request.seed ? back.floats(outputDims, wholeSeed(request.seed, outputDims)) : names.seed;
  back.give(output, seed);
  for (const node of nodes.toReversed())
    if (node.outputs.some((made) => back.gradientOf(made) !== null)) ruleFor(node)?.(node, back);
  const found = back.gradientOf(at);
  if (found === null)
    throw new ComputeError(
      "input",
      `"${output}" of ${model.name} has no gradient with respect to "${at}": none comes through the operators between.`,
      "Take a layer that lies before what is differentiated.",
    );
  back.nodes.push(operator(names.gradient, "Identity", [found], [names.gradient]));
  const atDims = forward.shape(at);
  const value = (name: string, dims: readonly number[], type: number = TENSOR_TYPES.float32) => ({ name, type, dims });
  const isInput = model.onnx.graph.inputs.some(({ name }) => name === at);
  const tiled = tiles ? tiledForward(forward, captured, tiles, `${names.prefix}/tiled`) : null;
  const joined = joinBackward(model, captured, {
    nodes: back.nodes,
    initializers: [...back.initializers, ...(tiled?.initializers ?? [])],
    ...(tiled && { replaced: tiled.replaced }),
    ...(tiles && { tiles: tiles.all }),
    inputs: request.seed ? [] : [value(names.seed, outputDims)],
    outputs: [
      value(output, outputDims, forward.type(output)),
      ...(alsoAt && !isInput && at !== output ? [value(at, atDims, forward.type(at))] : []),
      value(names.gradient, atDims),
    ],
  });
  return {
    ...joined,
    held: back.held,
    kept: keptBytes(back, forward, tensors),
    output,
    at,
    seed: request.seed ? null : names.seed,
    gradient: names.gradient,
    outputDims,
    atDims,
  };
}

/** Those that are read, and three of the largest: what an operator takes, what it makes, and a gradient that waits. */
function keptBytes({ nodes }: Backward, forward: ForwardGraph, path: ReadonlySet<string>): number {
  const read = new Set(nodes.flatMap(({ inputs }) => inputs).filter((name) => forward.isMade(name)));
  const bytes = (name: string) => tensorBytes(forward.type(name) || TENSOR_TYPES.float32, forward.shape(name)) ?? 0;
  const largest = [...path].reduce((most, name) => Math.max(most, bytes(name)), 0);
  return [...read].reduce((sum, name) => sum + bytes(name), 3 * largest);
}

/** One picture's weights for each picture of the batch. */
function wholeSeed(seed: Float32Array, dims: readonly number[]): Float32Array {
  const count = elementCount(dims);
  if (seed.length === count) return seed;
  if (seed.length * (dims[0] ?? 1) !== count)
    throw new ComputeError("internal", `A seed of ${seed.length} numbers does not fit ${dims.join(" x ")}.`);
  return Float32Array.from({ length: count }, (_, place) => seed[place % seed.length] ?? 0);
}

/** Names that no tensor and no operator of a file has. */
function freeNames({ graph }: OnnxModel): {
  readonly prefix: string;
  readonly seed: string;
  readonly gradient: string;
} {
  const taken = new Set<string>(graph.initializers.map(({ name }: OnnxTensor) => name));
  for (const { name } of [...graph.inputs, ...graph.outputs]) taken.add(name);
  for (const { name, outputs, inputs } of graph.nodes)
    for (const each of [name, ...outputs, ...inputs]) taken.add(each);
  const free = (wanted: string, isTaken: (name: string) => boolean) => {
    for (let count = 1; ; count++) {
      const name = count === 1 ? wanted : `${wanted}-${count}`;
      if (!isTaken(name)) return name;
    }
  };
  const all = [...taken];
  return {
    prefix: free("layerscope/backward", (prefix) => all.some((name) => name.startsWith(`${prefix}/`))),
    seed: free("seed", (name) => taken.has(name)),
    gradient: free("gradient", (name) => taken.has(name)),
  };
}
