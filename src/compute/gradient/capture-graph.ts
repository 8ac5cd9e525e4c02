import { ComputeError } from "../errors.ts";
import type { Engine } from "../model/engine/engine.ts";
import { type GraphFile, GraphSession } from "../model/engine/graph-session.ts";
import { measureShapes } from "../model/engine/measure-shapes.ts";
import { type ModelInput, sampleFeed } from "../model/engine/model-inputs.ts";
import type { Feed } from "../model/engine/tensor-values.ts";
import { dependentTensors, takenBy } from "../model/layers/dependent-tensors.ts";
import { tensorTypes } from "../model/layers/output-types.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import { withThoseInside } from "../model/onnx/all-operators.ts";
import { type OnnxGraph, type OnnxNode, TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";
import { cutGraph, nodesNeededFor } from "../model/onnx/write/cut-graph.ts";
import type { CapturedGraph } from "./captured-graph.ts";
import { isFractionType } from "./fraction-type.ts";

/** Longer ones are weights that operators have turned; no rule reads their numbers. */
const MOST_FRACTIONS = 4096;
/** Index tables: of a window attention's positions, say. */
const MOST_INTEGERS = 1 << 20;

/**
 * Run the part of a model that some tensors stand on with a batch of numbers, to learn the size of every tensor and the
 * numbers of those that are computed from constants and sizes alone.
 *
 * @param batch - Pictures at a time.
 * @param ends - Tensors that are to be differentiated; else the model's own answers.
 * @throws ComputeError "input" for a batch that the graph doesn't take and for what is wrong with the file, "memory".
 */
export async function captureGraph(
  engine: Engine,
  model: Pick<LoadedModel, "name" | "file" | "beside" | "onnx">,
  inputs: readonly ModelInput[],
  batch: number,
  ends: readonly string[] = model.onnx.graph.outputs.map(({ name }) => name),
): Promise<CapturedGraph> {
  const feeds = inputs.map((input) => sampleFeed(withBatch(model.name, input, batch)));
  return { batch, ...(await captureFeeds(engine, model, feeds, ends)) };
}

/** As `captureGraph`, of what the graph is asked with. */
export async function captureFeeds(
  engine: Engine,
  model: Pick<LoadedModel, "name" | "file" | "beside" | "onnx">,
  feeds: readonly Feed[],
  ends: readonly string[],
): Promise<Omit<CapturedGraph, "batch">> {
  const { graph } = model.onnx;
  const apart = withoutSize(graph);
  const made = [...nodesNeededFor(graph, ends)]
    .filter(({ opType }) => opType !== "Constant")
    .flatMap(({ outputs }) => outputs)
    .filter((tensor) => tensor !== "" && !apart.has(tensor));
  const asked = [...graph.inputs.map(({ name }) => name), ...made];
  const part: GraphFile = { name: model.name, ...cutGraph(model, ends) };
  const shapes = await measureShapes(engine, part, asked, feeds);
  return { shapes, values: await constantValues(engine, model, made, shapes, feeds) };
}

function withBatch(file: string, input: ModelInput, batch: number): ModelInput {
  if (input.batch === null || input.batch === batch) return { ...input, batch };
  throw new ComputeError(
    "input",
    `The input "${input.name}" of ${file} takes ${input.batch} pictures at a time, not ${batch}.`,
    `Ask with a batch size of ${input.batch}.`,
  );
}

/** Sequences and optional values have no size, and what branches and loops make of them. */
function withoutSize(graph: OnnxGraph): ReadonlySet<string> {
  const found = new Set<string>();
  const makesThem = ({ opType }: OnnxNode) =>
    /^(Sequence(?!At|Length)|SplitToSequence|Optional(?!Has|Get))/.test(opType);
  for (const node of graph.nodes) {
    const hands = node.opType === "Identity" && takenBy(node).some((taken) => found.has(taken));
    if (hands || [...withThoseInside(node)].some(makesThem)) for (const made of node.outputs) found.add(made);
  }
  return found;
}

async function constantValues(
  engine: Engine,
  { name, file, beside, onnx }: Pick<LoadedModel, "name" | "file" | "beside" | "onnx">,
  made: readonly string[],
  shapes: ReadonlyMap<string, readonly number[]>,
  feeds: readonly Feed[],
): Promise<ReadonlyMap<string, Float32Array>> {
  const dependent = dependentTensors(onnx.graph);
  const types = tensorTypes(onnx.graph);
  const wanted = made.filter((tensor) => {
    const most = isFractionType(types.get(tensor) ?? 0) ? MOST_FRACTIONS : MOST_INTEGERS;
    return (
      !dependent.has(tensor) &&
      types.get(tensor) !== TENSOR_TYPES.string &&
      elementCount(shapes.get(tensor) ?? []) <= most
    );
  });
  if (wanted.length === 0) return new Map();
  const graph = { name, ...cutGraph({ file, beside }, wanted) };
  const session = new GraphSession(engine, graph, { processor: "CPU", optimised: false });
  try {
    const answers = await session.run(feeds, wanted);
    return new Map([...answers].map(([tensor, { data }]) => [tensor, data]));
  } finally {
    await session.release();
  }
}
