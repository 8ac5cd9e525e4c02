// Runs in a worker for webgpu-equals-wasm.test.ts: gradients on WebGPU, which software emulates, and on WebAssembly.
import { ComputeError } from "../../../src/compute/errors.ts";
import { differsOnGpu } from "../../../src/compute/gradient/differs-on-gpu.ts";
import type { GradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import type { GradientAsked } from "../../../src/compute/gradient/plan-gradient.ts";
import type { Engine } from "../../../src/compute/model/engine/engine.ts";
import type { EngineFiles } from "../../../src/compute/model/engine/engine-files.ts";
import { numbersOf } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { startEngine } from "../../../src/compute/model/engine/start-engine.ts";
import type { ModelFile } from "../../../src/compute/model/loaded-model.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { cutGraph } from "../../../src/compute/model/onnx/write/cut-graph.ts";
import { readModel } from "../../../src/compute/model/read-model.ts";
import { GRADIENT_CASES } from "../../support/gradient-cases/index.ts";
import { caseGradients, type GradientCase, runGradient } from "../../support/gradient-check.ts";
import { formOnGpu } from "./form-on-gpu.ts";

export type EqualityTask =
  | { readonly kind: "probe" }
  | { readonly kind: "cases"; readonly family: string }
  | { readonly kind: "network"; readonly file: ModelFile; readonly asked: GradientAsked };

/** How far WebGPU's gradient is from WebAssembly's, or what went wrong. */
export interface Equality {
  readonly name: string;
  readonly difference: number;
  readonly processor: string;
  readonly error: string;
}

let starting: ReturnType<typeof startEngine> | undefined;

addEventListener("message", async ({ data }: MessageEvent<{ files: EngineFiles } | { task: EqualityTask }>) => {
  if ("files" in data) starting = startEngine(data.files);
  else
    try {
      if (!starting) throw new Error("no engine was given");
      postMessage(await answerTo((await starting).engine, data.task));
    } catch (thrown) {
      postMessage([{ name: data.task.kind, difference: Number.NaN, processor: "", error: String(thrown) }]);
    }
});

async function answerTo(engine: Engine, task: EqualityTask): Promise<readonly Equality[]> {
  if (task.kind === "network") return [await networkEquality(engine, task.file, task.asked)];
  if (task.kind === "probe") {
    const difference = (await differsOnGpu(engine)) ? 1 : 0;
    return [{ name: "probe", difference, processor: "WebGPU", error: "" }];
  }
  const found: Equality[] = [];
  for (const one of GRADIENT_CASES[task.family] ?? [])
    if (!one.cpuAlone) found.push(...(await caseEquality(engine, one)));
  return found;
}

/** Graphs that were compared, by what they are on a GPU. */
const compared = new Map<string, Equality>();

async function caseEquality(engine: Engine, one: GradientCase): Promise<readonly Equality[]> {
  const found: Equality[] = [];
  let name = one.name;
  try {
    const { graphs, feeds } = await caseGradients(engine, one);
    for (const each of graphs) {
      const graph = gradientAlone(each);
      name = `${one.name}, at ${graph.at}`;
      const form = formOnGpu(readOnnx(graph.graph.file), feeds);
      const alike = compared.get(form);
      if (alike) {
        found.push({ ...alike, name: `${name}, the same as ${alike.name}` });
        continue;
      }
      const right = await runGradient(engine, graph, feeds, { processor: "CPU" });
      const difference = relativeDifference(await runGradient(engine, graph, feeds, { processor: "WebGPU" }), right);
      const equality = { name, difference, processor: "WebGPU", error: "" };
      compared.set(form, equality);
      found.push(equality);
    }
  } catch (thrown) {
    const { message, details } = ComputeError.from(thrown);
    found.push({ name, difference: Number.NaN, processor: "WebGPU", error: details || message });
  }
  return found;
}

/** Without what the gradient doesn't stand on: an operator's own answer is the engine's affair, and takes long to compile. */
function gradientAlone(made: GradientGraph): GradientGraph {
  return { ...made, graph: { ...made.graph, ...cutGraph(made.graph, [made.gradient]), answers: 1 } };
}

async function networkEquality(engine: Engine, file: ModelFile, asked: GradientAsked): Promise<Equality> {
  const model = await readModel([file], null);
  const gradientOn = async (processor: "cpu" | "webgpu") => {
    const open = await OpenModel.open(engine, model, { processor, shape: null });
    const session = await new ModelGradients(engine, open).gradient(asked);
    const [input] = open.inputs;
    const { gradients } = await session.run(sampleNumbers(input ? numbersOf(input) : 0), 1);
    await open.release();
    return { gradients, processor: session.processor };
  };
  const right = await gradientOn("cpu");
  const { gradients, processor } = await gradientOn("webgpu");
  return { name: file.name, difference: relativeDifference(gradients, right.gradients), processor, error: "" };
}
