import { expect, test } from "vitest";
import { caseGradients, type GradientCase, integers, node, tensor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();
const x = tensor([2, 3, 4]);
/** Where the highest of "x" are: whole numbers that change with the picture. */
const places = [node("ArgMax", ["x"], ["highest"], { axis: 2, keepdims: 1 })];
const updates = tensor([2, 3, 3, 4]);

const FORMS: readonly (GradientCase & { readonly because: string })[] = [
  {
    name: "GatherND by indices that the picture makes",
    because: 'GatherND at the node "y" with indices that change with the picture',
    opset: 17,
    nodes: [...places, node("GatherND", ["x", "highest"], ["y"], { batch_dims: 2 })],
    inputs: { x },
  },
  {
    name: "ScatterND to places that the picture makes",
    because: 'ScatterND at the node "y" with indices that change with the picture',
    opset: 17,
    nodes: [...places, node("Mod", ["highest", "two"], ["rows"]), node("ScatterND", ["x", "rows", "u"], ["y"])],
    inputs: { x },
    initializers: { two: integers([2], []), u: updates },
  },
  {
    name: "ScatterElements that multiplies",
    because: 'ScatterElements at the node "y" with the reduction "mul"',
    opset: 16,
    nodes: [node("ScatterElements", ["x", "i", "u"], ["y"], { reduction: "mul" })],
    inputs: { x },
    initializers: { i: integers([1], [1, 1, 1]), u: tensor([1, 1, 1]) },
  },
  {
    name: "Attention with lengths of its keys",
    because: 'Attention at the node "y" with lengths of its keys',
    opset: 24,
    nodes: [node("Attention", ["x", "x", "x", "", "", "", "lengths"], ["y"])],
    inputs: { x: tensor([2, 1, 3, 4]) },
    initializers: { lengths: integers([3, 2]) },
  },
  {
    name: "Attention of which the scores are used",
    because: 'Attention at the node "a" of which the scores are used',
    opset: 23,
    nodes: [
      node("Attention", ["x", "x", "x"], ["a", "", "", "scores"]),
      node("ReduceSum", ["scores"], ["sum"]),
      node("Add", ["a", "sum"], ["y"]),
    ],
    inputs: { x: tensor([2, 1, 3, 4]) },
  },
  {
    name: "RotaryEmbedding by angles that the picture makes",
    because: 'RotaryEmbedding at the node "y" with angles that change with the picture',
    opset: 23,
    nodes: [node("RotaryEmbedding", ["q", "x", "x"], ["y"])],
    inputs: { x: tensor([1, 3, 2]), q: tensor([1, 2, 3, 4]) },
  },
];

test.each(FORMS.map((form) => [form.name, form] as const))("%s is refused with its node's name", async (_, form) => {
  await expect(caseGradients(engine, { ...form, at: ["x"] })).rejects.toThrow(
    `No gradient is known of ${form.because}.`,
  );
});
