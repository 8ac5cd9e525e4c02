import { expect, test } from "vitest";
import type { Attributes } from "../../../src/compute/model/onnx/operator.ts";
import { caseGradients, type GradientCase, node, runGradient, seedFor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

/** The gradient of a pool at a picture of one number, and the seed that it was asked with. */
async function gradientOfEqual(opType: string, dims: readonly number[], attributes: Attributes) {
  const one: GradientCase = {
    name: "equal",
    opset: 17,
    nodes: [node(opType, ["x"], ["y"], attributes)],
    inputs: { x: { dims, values: new Float32Array(dims.reduce((product, size) => product * size)).fill(-2) } },
  };
  const { graphs, feeds } = await caseGradients(engine, one);
  const [graph] = graphs;
  if (!graph) throw new Error("no gradient");
  return { gradient: [...(await runGradient(engine, graph, feeds))], seed: [...seedFor(graph).values] };
}

test("of equal numbers in a window the first one in rows gets the gradient, as in PyTorch, and padding none", async () => {
  const { gradient, seed } = await gradientOfEqual("MaxPool", [1, 1, 4, 4], {
    kernel_shape: [3, 3],
    strides: [2, 2],
    pads: [1, 1, 1, 1],
  });
  const [a = 0, b = 0, c = 0, d = 0] = seed;
  expect(gradient).toEqual([a, b, 0, 0, c, d, 0, 0, ...new Array<number>(8).fill(0)]);
});

test("of equal numbers of a channel the first one gets the gradient", async () => {
  const { gradient, seed } = await gradientOfEqual("GlobalMaxPool", [1, 2, 2, 2], {});
  const [a = 0, b = 0] = seed;
  expect(gradient).toEqual([a, 0, 0, 0, b, 0, 0, 0]);
});
