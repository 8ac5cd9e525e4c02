import { describe, expect, test } from "vitest";
import type { Attributes } from "../../../src/compute/model/onnx/operator.ts";
import { elementsOnCpu } from "../../support/gradient-cases/elements.ts";
import type { GradientCase } from "../../support/gradient-check.ts";
import { caseGradients, checkGradient, node, runGradient, seedFor } from "../../support/gradient-check.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();

interface Operator {
  readonly opset?: number;
  readonly initializers?: Readonly<Record<string, GradientCase["inputs"][string]>>;
  readonly takes?: readonly string[];
  readonly attributes?: Attributes;
}

function operatorCase(
  opType: string,
  inputs: Readonly<Record<string, readonly number[]>>,
  { opset = 18, initializers = {}, takes, attributes = {} }: Operator = {},
): GradientCase {
  const names = takes ?? [...Object.keys(inputs), ...Object.keys(initializers)];
  const given = Object.entries(inputs).map(([name, values]) => [name, { dims: [values.length], values }] as const);
  const nodes = [{ ...node(opType, names, ["y"], attributes), name: "the node" }];
  return { name: opType, opset, nodes, inputs: Object.fromEntries(given), initializers };
}

/** By input: the derivative at each of its numbers, of an operator that answers number by number. */
async function slopesOf(one: GradientCase): Promise<readonly (readonly number[])[]> {
  const { graphs, feeds } = await caseGradients(engine, one);
  const found: number[][] = [];
  for (const graph of graphs) {
    const gradient = await runGradient(engine, graph, feeds);
    const { values: seed } = seedFor(graph);
    found.push(Array.from(gradient, (number, place) => Number((number / (seed[place] ?? 0)).toFixed(5))));
  }
  return found;
}

const bounds = {
  min: { dims: [], values: [0] },
  max: { dims: [], values: [6] },
};

describe("where a derivative jumps", () => {
  test("Relu has 0 at 0", async () => {
    expect(await slopesOf(operatorCase("Relu", { x: [-1, 0, 1] }))).toEqual([[0, 0, 1]]);
  });

  test("LeakyRelu has its slope at 0", async () => {
    expect(await slopesOf(operatorCase("LeakyRelu", { x: [-1, 0, 1] }, { attributes: { alpha: 0.25 } }))).toEqual([
      [0.25, 0.25, 1],
    ]);
  });

  test("Abs has 0 at 0, and a sign however small or large a number is", async () => {
    expect(await slopesOf(operatorCase("Abs", { x: [-3e38, -1e-20, 0, 1e-20, 3e38] }))).toEqual([[-1, -1, 0, 1, 1]]);
  });

  test("Clip has 1 at its bounds", async () => {
    const one = operatorCase("Clip", { x: [-1, 0, 3, 6, 7] }, { initializers: bounds });
    expect(await slopesOf(one)).toEqual([[0, 1, 1, 1, 0]]);
  });

  test("Clip has 1 at its bounds where they are attributes", async () => {
    const attributes = { min: { float: 0 }, max: { float: 6 } };
    expect(await slopesOf(operatorCase("Clip", { x: [-1, 0, 3, 6, 7] }, { opset: 9, attributes }))).toEqual([
      [0, 1, 1, 1, 0],
    ]);
  });

  test("Max gives all to the first of equal numbers", async () => {
    expect(await slopesOf(operatorCase("Max", { a: [1, 2, 2], b: [2, 2, 1], c: [0, 2, 2] }))).toEqual([
      [0, 1, 1],
      [1, 0, 0],
      [0, 0, 0],
    ]);
  });

  test("ReduceMax gives equal parts to equal numbers", async () => {
    const { graphs, feeds } = await caseGradients(engine, operatorCase("ReduceMax", { x: [3, 1, 3, 3] }));
    const [graph] = graphs;
    if (!graph) throw new Error("no gradient");
    const [seed = 0] = seedFor(graph).values;
    const gradient = await runGradient(engine, graph, feeds);
    expect(Array.from(gradient, (number) => Number((number / seed).toFixed(5)))).toEqual([
      0.33333, 0, 0.33333, 0.33333,
    ]);
  });

  test("ReduceL2 has 0 where all numbers are 0", async () => {
    const [graph] = (await caseGradients(engine, operatorCase("ReduceL2", { x: [0, 0] }))).graphs;
    if (!graph) throw new Error("no gradient");
    const feeds = [{ name: "x", type: 1, dims: [2], values: new Float32Array(2) }];
    expect([...(await runGradient(engine, graph, feeds))]).toEqual([0, 0]);
  });

  test("Pow has 0 for its exponent where the base is not positive", async () => {
    const [, exponent] = await slopesOf(operatorCase("Pow", { x: [0, 1, Math.E], power: [2, 2, 1] }));
    expect(exponent).toEqual([0, 0, Number(Math.E.toFixed(5))]);
  });
});

test.each(elementsOnCpu.map((one) => [one.name, one] as const))("%s: what differences say", async (_, one) => {
  const distances = await checkGradient(engine, one);
  expect(distances.size).toBeGreaterThan(0);
  for (const [at, distance] of distances) expect(distance, `at ${at}`).toBeLessThan(one.tolerance ?? 0.002);
});

test.each([
  [
    "Dropout in training mode",
    operatorCase(
      "Dropout",
      { x: [1] },
      {
        initializers: {
          ratio: { dims: [], values: [0.5] },
          training: { dims: [], values: [1], type: "bool" },
        },
      },
    ),
    'No gradient is known of Dropout at the node "the node" in training mode.',
  ],
  [
    "Clip between bounds that the picture makes",
    { ...operatorCase("Clip", { x: [1] }, { takes: ["x", "x"] }), inputs: { x: { dims: [], values: [1] } } },
    'No gradient is known of Clip at the node "the node" between bounds that change with the picture.',
  ],
])("%s is refused by the node's name", async (_, one, words) => {
  await expect(caseGradients(engine, one)).rejects.toThrow(words);
});
