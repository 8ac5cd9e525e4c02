import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { captureFeeds } from "../../../src/compute/gradient/capture-graph.ts";
import { gradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

/** What tests/reference/models/make-small-gradients.py wrote. */
interface Goldens {
  readonly dims: readonly number[];
  /** Little-endian floats in base64, as the gradients. */
  readonly pictures: string;
  /** Of each picture's answers. */
  readonly weights: readonly number[];
  readonly networks: readonly { readonly name: string; readonly file: string; readonly gradient: string }[];
}

const goldens: Goldens = JSON.parse(
  gunzipSync(readFileSync(new URL("../../reference/models/small-gradients.json.gz", import.meta.url))).toString(),
);
const engine = nodeEngine();

test.each(goldens.networks.map((network) => [network.name, network] as const))(
  "the gradient of %s is PyTorch's in double precision",
  async (name, network) => {
    const file = bytesOf(network.file);
    const onnx = readOnnx(file, name);
    const [input] = onnx.graph.inputs;
    const [output] = onnx.graph.outputs;
    if (!input || !output) throw new Error(`${name} takes or answers nothing`);
    const model = { name, file, beside: new Map(), onnx };
    const feed = {
      name: input.name,
      type: TENSOR_TYPES.float32,
      dims: goldens.dims,
      values: floatsOf(goldens.pictures),
    };
    const captured = { batch: 2, ...(await captureFeeds(engine, model, [feed], [output.name])) };
    const seed = Float32Array.from(goldens.weights);
    const built = gradientGraph(model, captured, { output: output.name, at: input.name, batch: 2, seed });
    const session = new GraphSession(engine, built.graph, { processor: "CPU" });
    const answers = await session.run([feed]);
    await session.release();
    const gradient = answers.get(built.gradient)?.data ?? new Float32Array();
    expect(relativeDifference(gradient, floatsOf(network.gradient))).toBeLessThan(5e-6);
  },
);

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64"));
}

function floatsOf(text: string): Float32Array<ArrayBuffer> {
  return new Float32Array(bytesOf(text).buffer);
}
