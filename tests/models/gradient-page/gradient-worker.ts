// Runs in a worker: a network's forward graph, or its gradient, on one processor.
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import type { EngineFiles } from "../../../src/compute/model/engine/engine-files.ts";
import type { Processor } from "../../../src/compute/model/engine/graph-session.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { startEngine } from "../../../src/compute/model/engine/start-engine.ts";
import type { ModelFile } from "../../../src/compute/model/loaded-model.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";

export interface NetworkTask {
  /** The score to differentiate; null for the forward run alone. */
  readonly unit: number | null;
  /** Where: the input, or what the last convolution gives. */
  readonly at: "input" | "last convolution";
  readonly processor: "cpu" | "webgpu";
}

export interface LoadedNetwork {
  readonly engine: EngineFiles;
  readonly files: readonly ModelFile[];
  readonly picture: Float32Array<ArrayBuffer>;
  readonly task: NetworkTask;
}

export interface NetworkAnswer {
  readonly processor: Processor;
  /** Seconds of wall for all runs. */
  readonly wall: number;
  /** Of the last run; none where it was a forward one. */
  readonly gradient: Float32Array<ArrayBuffer>;
}

let run: (() => Promise<Float32Array<ArrayBuffer>>) | undefined;
let processor: Processor = "CPU";

async function load({ engine: files, files: model, picture, task }: LoadedNetwork): Promise<void> {
  const { engine } = await startEngine(files);
  const open = await OpenModel.open(engine, await readModel(model, null), { processor: task.processor, shape: null });
  processor = open.processor;
  run = task.unit === null ? await forwardOf(open, picture) : await gradientOf(open, task.unit, task.at);

  async function gradientOf(of: OpenModel, unit: number, at: NetworkTask["at"]) {
    const target = { class: unit };
    const layer = of.model.onnx.graph.nodes.findLast(({ opType }) => opType === "Conv")?.outputs[0];
    const request = at === "input" || layer === undefined ? { target } : { target, at: layer };
    const session = await new ModelGradients(engine, of).gradient(request);
    return async () => new Float32Array((await session.run(picture, 1)).gradients);
  }
}

async function forwardOf(open: OpenModel, picture: Float32Array<ArrayBuffer>) {
  const [input] = open.inputs;
  const session = await open.session(open.model.onnx.graph.outputs.map(({ name }) => name));
  if (!input) throw new Error("the network has no input");
  const feed = { name: input.name, type: input.type, dims: [1, ...input.dims], values: picture };
  return async () => {
    await session.run([feed]);
    return new Float32Array();
  };
}

async function runTimes(times: number): Promise<NetworkAnswer> {
  if (!run) throw new Error("no network is loaded");
  const start = performance.now();
  let gradient = new Float32Array();
  for (let time = 0; time < times; time++) gradient = await run();
  return { processor, wall: (performance.now() - start) / 1000, gradient };
}

addEventListener("message", async ({ data }: MessageEvent<LoadedNetwork | number>) => {
  try {
    postMessage(typeof data === "number" ? await runTimes(data) : await load(data));
  } catch (thrown) {
    postMessage(thrown);
  }
});
