import { describe, expect, it } from "vitest";
import { gradientFile } from "../../../src/compute/gradient/gradient-file.ts";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";
import { openFile, picturesFor } from "./open-networks.ts";

const engine = nodeEngine();
const opened = openFile(engine, "tests/reference/models/small.h5.gz");

/** ‖ours - theirs‖ / ‖theirs‖: what is counted beforehand, of a score that is part of the file, may differ in its last digit. */
function apart(ours: Float32Array = new Float32Array(), theirs: Float32Array): number {
  return Math.hypot(...theirs.map((value, at) => value - (ours[at] ?? Number.NaN))) / Math.hypot(...theirs);
}

describe("the gradient of a model as a file", () => {
  it("runs by itself, its weights in it, and answers as the gradient that is run here", async () => {
    const open = await opened;
    expect(open.model.beside.size).toBeGreaterThan(0);
    const gradients = new ModelGradients(engine, open);
    const asked = { target: { class: 1 }, batch: 2 };
    const { name, bytes, inputs, outputs, notes } = await gradientFile(gradients, open, asked);
    const [input] = inputs;
    const [scored, gradient] = outputs;
    if (!input || !scored || !gradient) throw new Error("nothing is told of the file");
    expect([name, outputs.length, input.shape[0], gradient.shape]).toEqual(["small.h5", 2, 2, input.shape]);
    expect(notes).toEqual(["The logits are differentiated: the final Softmax is left out."]);
    const pictures = picturesFor(open, 2);
    const session = new GraphSession(nodeEngine(), { name, file: bytes, beside: new Map() }, { processor: "CPU" });
    const feed = { name: input.name, type: TENSOR_TYPES.float32, dims: input.shape, values: pictures };
    const answers = await session.run([feed]);
    expect([...answers.keys()]).toEqual([scored.name, gradient.name]);
    const here = await (await gradients.gradient(asked)).run(pictures, 2);
    expect(apart(answers.get(gradient.name)?.data, here.gradients)).toBeLessThan(1e-6);
    expect(apart(answers.get(scored.name)?.data, here.outputs)).toBeLessThan(1e-6);
    expect(Math.max(...here.gradients)).toBeGreaterThan(0);
  });

  it("answers with a layer as well where the gradient is at that", async () => {
    const open = await opened;
    const { inputs } = open;
    const layer = open.model.layers.find(({ type }) => type === "Conv2D")?.name ?? "";
    const { outputs } = await gradientFile(new ModelGradients(engine, open), open, { target: { class: 0 }, at: layer });
    expect(outputs).toHaveLength(3);
    expect(outputs[1]?.shape).toEqual(outputs[2]?.shape);
    expect(outputs[1]?.shape).not.toEqual([1, ...(inputs[0]?.dims ?? [])]);
  });
});
