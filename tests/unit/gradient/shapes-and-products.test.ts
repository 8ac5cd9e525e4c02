import { expect, test } from "vitest";
import { moreProducts } from "../../support/gradient-cases/products.ts";
import { moreShapes } from "../../support/gradient-cases/shapes.ts";
import { checkGradient, type GradientCase, node, tensor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

/** What onnxruntime-web (1.30) runs on the CPU alone, or a GPU without half precision doesn't. */
const CPU_ALONE: readonly GradientCase[] = [
  {
    name: "Einsum with a batch of two axes, one of them broadcast",
    opset: 17,
    nodes: [node("Einsum", ["a", "b"], ["y"], { equation: "...ij,...jk->...ik" })],
    inputs: { a: tensor([2, 1, 3, 4]), b: tensor([2, 2, 4, 2]) },
  },
  {
    name: "Einsum with two axes between others",
    opset: 17,
    nodes: [node("Einsum", ["a", "b"], ["y"], { equation: "b...d,de->b...e" })],
    inputs: { a: tensor([2, 3, 2, 4]), b: tensor([4, 2]) },
  },
  {
    name: "Attention of which one query sees nothing",
    opset: 23,
    nodes: [node("Attention", ["q", "k", "v", "mask"], ["y"])],
    inputs: { q: tensor([1, 2, 3, 4], -2, 2), k: tensor([1, 2, 5, 4], -2, 2), v: tensor([1, 2, 5, 3]) },
    initializers: { mask: { dims: [3, 5], values: [1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0], type: "bool" } },
  },
  {
    name: "MatMul in half precision",
    opset: 17,
    nodes: [
      node("Cast", ["x"], ["half"], { to: 10 }),
      node("Cast", ["w"], ["weights"], { to: 10 }),
      node("MatMul", ["half", "weights"], ["product"]),
      node("Cast", ["product"], ["y"], { to: 1 }),
    ],
    inputs: { x: tensor([3, 4]), w: tensor([4, 2]) },
    step: 0.25,
    tolerance: 0.005,
  },
];

const all = [...CPU_ALONE, ...moreShapes, ...moreProducts];

test.each(all.map((one) => [one.name, one] as const))("the gradient of %s is what differences say", async (_, one) => {
  const distances = await checkGradient(engine, one);
  expect([...distances.keys()]).toEqual(Object.keys(one.inputs));
  for (const [at, distance] of distances) expect(distance, `at ${at}`).toBeLessThan(one.tolerance ?? 0.002);
});
