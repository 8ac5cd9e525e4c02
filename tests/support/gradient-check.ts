// The gradient of a small graph against central differences of the same graph in the same engine.

import { captureFeeds } from "../../src/compute/gradient/capture-graph.ts";
import { type GradientGraph, gradientGraph } from "../../src/compute/gradient/gradient-graph.ts";
import type { Engine } from "../../src/compute/model/engine/engine.ts";
import { GraphSession, type SessionSettings } from "../../src/compute/model/engine/graph-session.ts";
import { relativeDifference } from "../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../src/compute/model/engine/sample-numbers.ts";
import type { Feed } from "../../src/compute/model/engine/tensor-values.ts";
import type { LoadedModel } from "../../src/compute/model/loaded-model.ts";
import {
  type OnnxNode,
  type OnnxTensor,
  TENSOR_TYPES,
  type TensorTypeName,
} from "../../src/compute/model/onnx/onnx-model.ts";
import { operator } from "../../src/compute/model/onnx/operator.ts";
import { readOnnx } from "../../src/compute/model/onnx/read/read-onnx.ts";
import { elementCount } from "../../src/compute/model/onnx/tensor-size.ts";
import { writeOnnx } from "../../src/compute/model/onnx/write/write-onnx.ts";

/** A tensor of a case: numbers row-major, float32 where no type is given. */
export interface CaseTensor {
  readonly dims: readonly number[];
  readonly values: ArrayLike<number>;
  readonly type?: TensorTypeName;
}

/** A small graph whose gradient is known by differences; kinks lie further than three steps from its numbers. */
export interface GradientCase {
  readonly name: string;
  readonly opset: number;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: Readonly<Record<string, CaseTensor>>;
  readonly initializers?: Readonly<Record<string, CaseTensor>>;
  /** Whether the first dimension of the inputs is left open. */
  readonly openBatch?: boolean;
  /** What is differentiated; else the first answer of the last node. */
  readonly output?: string;
  /** Inputs whose gradients are compared; else all that have one. */
  readonly at?: readonly string[];
  /** Whether WebGPU has no such operator: the engine says so, and the CPU takes the gradient. */
  readonly cpuAlone?: boolean;
  /** Of the differences; 0.004 where none is given. */
  readonly step?: number;
  /** ‖ours − differences‖ / ‖differences‖ at most; 0.002 where none is given. */
  readonly tolerance?: number;
}

/** An operator of a case, named as its answer. */
export function node(
  opType: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Parameters<typeof operator>[4] = {},
): OnnxNode {
  return operator(outputs.find((name) => name !== "") ?? opType, opType, inputs, outputs, attributes);
}

/** Numbers without a pattern in a range, the same every time. */
export function tensor(dims: readonly number[], least = -1, most = 1): CaseTensor {
  return { dims, values: sampleNumbers(elementCount(dims)).map((number) => least + number * (most - least)) };
}

/** Whole numbers, such as axes and places: a list where no dimensions are given. */
export function integers(values: readonly number[], dims: readonly number[] = [values.length]): CaseTensor {
  return { dims, values, type: "int64" };
}

/** What a case is as a model. */
export function caseModel({
  name,
  opset,
  nodes,
  inputs,
  initializers = {},
  output,
  openBatch = false,
}: GradientCase): LoadedModel {
  const written = writeOnnx({
    irVersion: 8,
    opsets: new Map([["", opset]]),
    producer: "",
    graph: {
      name: "case",
      nodes,
      initializers: Object.entries(initializers).map(([key, each]) => storedTensor(key, each)),
      inputs: Object.entries(inputs).map(([key, { dims, type = "float32" }]) => ({
        name: key,
        type: TENSOR_TYPES[type],
        dims: openBatch ? ["batch", ...dims.slice(1)] : dims,
      })),
      outputs: [{ name: output ?? lastAnswer(nodes), type: TENSOR_TYPES.float32, dims: null }],
      values: [],
    },
  });
  const onnx = readOnnx(written, name);
  return { format: "onnx", name, version: "", onnx, file: written, beside: new Map(), layers: [], notes: [] };
}

/** The gradient graphs of a case, one for each input that it has, and what they are asked with. */
export async function caseGradients(
  engine: Engine,
  one: GradientCase,
): Promise<{
  readonly model: LoadedModel;
  readonly graphs: readonly GradientGraph[];
  readonly feeds: readonly Feed[];
}> {
  const model = caseModel(one);
  const output = one.output ?? lastAnswer(one.nodes);
  const feeds = Object.entries(one.inputs).map(([name, each]) => feedOf(name, each));
  const captured = { batch: 1, ...(await captureFeeds(engine, model, feeds, [output])) };
  const at = one.at ?? Object.keys(one.inputs).filter((name) => (one.inputs[name]?.type ?? "float32") === "float32");
  const graphs = at.map((name) => gradientGraph(model, captured, { output, at: name, batch: 1 }));
  return { model, graphs, feeds };
}

/** The weights of the sum that is differentiated. */
export function seedFor({ seed, outputDims }: GradientGraph): Feed {
  const values = sampleNumbers(elementCount(outputDims)).map((number) => number + 0.25);
  return { name: seed ?? "", type: TENSOR_TYPES.float32, dims: outputDims, values };
}

/** What a gradient graph answers. */
export async function runGradient(
  engine: Engine,
  one: GradientGraph,
  feeds: readonly Feed[],
  settings: SessionSettings = { processor: "CPU" },
): Promise<Float32Array> {
  const session = new GraphSession(engine, one.graph, settings);
  try {
    const answers = await session.run([...feeds, seedFor(one)]);
    return answers.get(one.gradient)?.data ?? new Float32Array();
  } finally {
    await session.release();
  }
}

/**
 * How far the gradients of a case are from central differences: of two steps, so that what is of the third order goes
 * (Richardson).
 *
 * @returns By input: ‖ours − differences‖ / ‖differences‖, infinite for a gradient of another size.
 */
export async function checkGradient(engine: Engine, one: GradientCase): Promise<ReadonlyMap<string, number>> {
  const { model, graphs, feeds } = await caseGradients(engine, one);
  const forward = new GraphSession(engine, model, { processor: "CPU", optimised: false });
  const found = new Map<string, number>();
  try {
    for (const graph of graphs) {
      const ours = await runGradient(engine, graph, feeds);
      found.set(graph.at, relativeDifference(ours, await differences(forward, graph, feeds, one.step ?? 0.004)));
    }
  } finally {
    await forward.release();
  }
  return found;
}

async function differences(
  forward: GraphSession,
  graph: GradientGraph,
  feeds: readonly Feed[],
  step: number,
): Promise<Float32Array> {
  const { values: seed } = seedFor(graph);
  const feed = feeds.find(({ name }) => name === graph.at);
  if (!feed) throw new Error(`no input ${graph.at}`);
  const moved = async (place: number, by: number) => {
    const values = feed.values.slice();
    values[place] = (values[place] ?? 0) + by;
    const answers = await forward.run(feeds.map((each) => (each === feed ? { ...feed, values } : each)));
    const output = answers.get(graph.output)?.data ?? new Float32Array();
    // What single precision made of the step.
    const to = values[place] ?? 0;
    return { sum: output.reduce((sum, number, index) => sum + number * (seed[index] ?? 0), 0), to };
  };
  const slope = async (place: number, by: number) => {
    const [up, down] = [await moved(place, by), await moved(place, -by)];
    return (up.sum - down.sum) / (up.to - down.to);
  };
  const found = new Float32Array(feed.values.length);
  for (let place = 0; place < found.length; place++)
    found[place] = (4 * (await slope(place, step)) - (await slope(place, 2 * step))) / 3;
  return found;
}

function lastAnswer(nodes: readonly OnnxNode[]): string {
  return nodes.at(-1)?.outputs[0] ?? "";
}

function feedOf(name: string, { dims, values, type = "float32" }: CaseTensor): Feed {
  return { name, type: TENSOR_TYPES[type], dims, values: Float32Array.from(values) };
}

function storedTensor(name: string, { dims, values, type = "float32" }: CaseTensor): OnnxTensor {
  return {
    name,
    type: TENSOR_TYPES[type],
    dims,
    data: { kind: "here", bytes: new Uint8Array(numbersFor(type, values)) },
  };
}

function numbersFor(type: TensorTypeName, values: ArrayLike<number>): ArrayBuffer {
  if (type === "float32") return Float32Array.from(values).buffer;
  if (type === "float64") return Float64Array.from(values).buffer;
  if (type === "int32") return Int32Array.from(values).buffer;
  if (type === "int64") return BigInt64Array.from(Array.from(values), BigInt).buffer;
  if (type === "bool" || type === "uint8") return Uint8Array.from(values).buffer;
  throw new Error(`no case has constants of ${type} yet`);
}
