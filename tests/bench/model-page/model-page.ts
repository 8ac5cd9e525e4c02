// Runs models in a page for the benchmarks: ours, and the engine alone in a worker of its own.
import { featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

export type ModelContender = "layerscope" | "onnxruntime-web";

export interface ModelTask {
  readonly pictures: number;
  /** Pictures at once. */
  readonly batch: number;
  readonly workers: number;
}

const PICTURE = 3 * 224 * 224;
const KEY = "model";

/** The engine as its own documentation has it, in a worker of the same kind. */
const BARE = `onmessage = async ({ data: { glue, wasm, model, numbers, pictures, batch } }) => {
  if (model) {
    importScripts(URL.createObjectURL(new Blob([glue], { type: "text/javascript" })));
    self.ort = layerscopeEngine;
    ort.env.wasm.numThreads = 1;
    ort.env.wasm.wasmBinary = wasm;
    self.session = await ort.InferenceSession.create(model, { executionProviders: ["wasm"] });
    self.numbers = numbers;
  } else
    for (let start = 0; start < pictures; start += batch) {
      const size = Math.min(batch, pictures - start);
      const input = self.numbers.subarray(start * ${PICTURE}, (start + size) * ${PICTURE});
      await session.run({ input: new ort.Tensor("float32", input, [size, 3, 224, 224]) });
    }
  postMessage(null);
};`;

let bare: Worker | undefined;
let numbers = new Float32Array();
/** Of the next run, which gives them away. */
let own = new Float32Array();

/** Bring a model and pictures into the page, for one of the two. */
async function load(who: ModelContender, pictures: number): Promise<void> {
  const files = await fetchEngine();
  const model = new Uint8Array(await (await fetch("http://localhost/model.onnx")).arrayBuffer());
  numbers = sampleNumbers(pictures * PICTURE);
  if (who === "layerscope") {
    await pageClient().call("startEngine", files);
    const options = { processor: "cpu", shape: null } as const;
    await pageClient().call("loadModel", { key: KEY, files: [{ name: "model.onnx", bytes: model }], options });
  } else {
    bare = new Worker(URL.createObjectURL(new Blob([BARE], { type: "text/javascript" })));
    await asked({ ...files, model, numbers });
  }
}

/** Copy the pictures for a run: whoever has their own needs no copy. */
function prepare(who: ModelContender, { pictures }: ModelTask): void {
  own = who === "layerscope" ? numbers.slice(0, pictures * PICTURE) : new Float32Array();
}

/** Seconds of wall that the pictures take; what they gave, where it is ours. */
async function run(
  who: ModelContender,
  { pictures, batch, workers }: ModelTask,
): Promise<{ wall: number; columns: number }> {
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1000;
  if (who === "onnxruntime-web") {
    await asked({ pictures, batch });
    return { wall: seconds(), columns: 0 };
  }
  const options = { ...featureDefaults, batchSize: batch, workers };
  const answer = await pageClient().call("features", { key: KEY, pictures: own, options }, { transfer: [own.buffer] });
  const wall = seconds();
  if (answer.workers !== workers) throw new Error(`${answer.workers} workers instead of ${workers}`);
  if (answer.features.data.some((value) => !Number.isFinite(value))) throw new Error("a feature is no number");
  return { wall, columns: answer.features.columns };
}

function asked(message: object): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!bare) return reject(new Error("no worker"));
    bare.onmessage = () => resolve();
    bare.onerror = ({ message: why }) => reject(new Error(why));
    bare.postMessage(message);
  });
}

const modelPage = { load, prepare, run };

declare global {
  interface Window {
    modelBench: typeof modelPage;
  }
}
window.modelBench = modelPage;
