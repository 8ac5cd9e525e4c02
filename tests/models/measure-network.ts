// Takes one network's gradient and answers with a line of JSON: node scripts/run-ts.mjs tests/models/measure-network.ts NAME
// A process each, so that a network's memory is its own.

import { ModelGradients } from "../../src/compute/gradient/model-gradients.ts";
import { OpenModel } from "../../src/compute/model/engine/open-model.ts";
import { readModel } from "../../src/compute/model/read-model.ts";
import { nodeEngine } from "../unit/model-engine/node-engine.ts";
import { compareGradients, type GradientDistance } from "./compare-gradients.ts";
import { networkFacts, networkFiles, networkGoldens } from "./networks.ts";

export interface MeasuredNetwork {
  /** Of the model's graph, and what the gradient added to it. */
  readonly nodes: { readonly forward: number; readonly added: number };
  /** Megabytes of the graph's file with its weights, and what the gradient added. */
  readonly megabytes: { readonly forward: number; readonly added: number };
  readonly score: number;
  /** Ours, and PyTorch's own in single precision, from PyTorch's in double precision. */
  readonly ours: GradientDistance;
  readonly pytorch: GradientDistance;
  /** Of CPU, one thread, the median of three. */
  readonly seconds: { readonly forward: number; readonly gradient: number };
  /** Megabytes that the process held at most, before the gradient and with it. */
  readonly memory: { readonly forward: number; readonly gradient: number };
}

const RUNS = 3;
/** The engine's code is compiled once more, and better, beside its first runs: the gradient's are first. */
const WARM_UPS = 3;

async function cpuSeconds(work: () => Promise<unknown>): Promise<number> {
  for (let run = 0; run < WARM_UPS; run++) await work();
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    seconds.push((user + system) / 1e6);
  }
  return seconds.sort((a, b) => a - b)[RUNS >> 1] ?? 0;
}

const peakMegabytes = () => (process.resourceUsage().maxRSS * 1024) / 1e6;

async function measure(name: string): Promise<MeasuredNetwork> {
  const facts = await networkFacts(name);
  const { picture, float32, float64 } = await networkGoldens(name);
  const model = await readModel(await networkFiles(facts), null);
  const engine = nodeEngine();
  const open = await OpenModel.open(engine, model, { processor: "cpu", shape: null });
  const [input] = open.inputs;
  const [output] = model.onnx.graph.outputs;
  if (!input || !output) throw new Error(`${name} has no input or no output`);
  const session = await open.session([output.name]);
  const feed = { name: input.name, type: input.type, dims: [1, ...input.dims], values: picture };
  await session.run([feed]);
  const before = peakMegabytes();
  const gradients = new ModelGradients(engine, open);
  const backward = await gradients.gradient({ target: { class: facts.unit }, of: "logits" });
  const { scores, gradients: found } = await backward.run(picture, 1);
  const gradient = await cpuSeconds(() => backward.run(picture, 1));
  const forward = await cpuSeconds(() => session.run([feed]));
  const { added } = backward.graph;
  const bytes = model.file.length + [...model.beside.values()].reduce((sum, { length }) => sum + length, 0);
  return {
    nodes: { forward: model.onnx.graph.nodes.length, added: added.nodes },
    megabytes: { forward: bytes / 1e6, added: added.bytes / 1e6 },
    score: scores[0] ?? Number.NaN,
    ours: compareGradients(found, float64),
    pytorch: compareGradients(float32, float64),
    seconds: { forward, gradient },
    memory: { forward: before, gradient: peakMegabytes() },
  };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? "")));
