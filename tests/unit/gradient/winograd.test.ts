import { expect, test } from "vitest";
import { captureFeeds } from "../../../src/compute/gradient/capture-graph.ts";
import { gradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { caseModel, node, runGradient, tensor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

/** The gradient of a convolution's squares with two pictures, which stands on its answer too, and what convolves in its graph. */
async function gradientOf(pads: readonly number[], winograd: boolean, rows = 9) {
  const dims = [2, 96, rows, 10];
  const model = caseModel({
    name: "convolution",
    opset: 17,
    nodes: [node("Conv", ["x", "w", "b"], ["made"], { pads }), node("Mul", ["made", "made"], ["y"])],
    inputs: { x: tensor(dims) },
    initializers: { w: tensor([64, 96, 3, 3]), b: tensor([64]) },
  });
  const feed = { name: "x", type: TENSOR_TYPES.float32, dims, values: Float32Array.from(tensor(dims).values) };
  const captured = { batch: 2, ...(await captureFeeds(engine, model, [feed], ["y"])) };
  const graph = gradientGraph(model, captured, { output: "y", at: "x", batch: 2, winograd });
  const operators = readOnnx(graph.graph.file, "gradient").graph.nodes.map(({ opType }) => opType);
  return {
    gradient: await runGradient(engine, graph, [feed]),
    convolutions: operators.filter((name) => name.startsWith("Conv")).length,
  };
}

test.each([[[1, 1, 1, 1]], [[0, 0, 0, 0]], [[2, 0, 1, 2]]])(
  "Winograd's way gives the answer and the gradient of a convolution padded by %j",
  async (pads) => {
    const [plain, tiled] = [await gradientOf(pads, false), await gradientOf(pads, true)];
    expect(relativeDifference(tiled.gradient, plain.gradient)).toBeLessThan(2e-6);
    expect([plain.convolutions, tiled.convolutions]).toEqual([2, 0]);
  },
);

test.each([
  [6, "either direction"],
  [7, "one direction"],
])("of %i rows, which would take longer Winograd's way in %s, both go the ordinary one", async (rows) => {
  expect((await gradientOf([0, 0, 0, 0], true, rows)).convolutions).toBe(2);
});
