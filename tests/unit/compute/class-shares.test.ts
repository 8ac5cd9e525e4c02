import { describe, expect, it } from "vitest";
import { classShares } from "../../../src/compute/class-shares.ts";
import { answerKind } from "../../../src/compute/gradient/answer-kind.ts";
import type { OnnxGraph, OnnxNode } from "../../../src/compute/model/onnx/onnx-model.ts";

const node = (opType: string, input: string, output: string): OnnxNode =>
  ({ name: output, domain: "", opType, inputs: [input], outputs: [output], attributes: [] }) as unknown as OnnxNode;

const endingIn = (...opTypes: readonly string[]): OnnxGraph => {
  const nodes = opTypes.map((opType, at) => node(opType, `t${at}`, `t${at + 1}`));
  return { nodes, outputs: [{ name: `t${opTypes.length}` }] } as unknown as OnnxGraph;
};

describe("what a model answers with", () => {
  it.each([
    [["Gemm", "Softmax"], "probabilities"],
    [["Gemm", "Sigmoid", "Identity"], "probabilities"],
    [["Gemm"], "logits"],
    [["Softmax", "Gemm"], "logits"],
    [["Gemm", "LogSoftmax"], "logits"],
  ] as const)("is told by the end of its graph: %j", (opTypes, kind) => {
    expect(answerKind(endingIn(...opTypes))).toBe(kind);
  });
});

describe("shares of classes", () => {
  it("are a softmax of logits, picture by picture", () => {
    const [first = 0, second = 0, third, fourth] = classShares(
      Float32Array.of(Math.log(1), Math.log(3), 5, 5),
      2,
      "logits",
    );
    expect(first).toBeCloseTo(0.25, 6);
    expect(second).toBeCloseTo(0.75, 6);
    expect([third, fourth]).toEqual([0.5, 0.5]);
  });

  it("of logarithms of shares are those shares", () => {
    const shares = [0.1, 0.2, 0.7];
    const made = classShares(Float32Array.from(shares, Math.log), 3, "logits");
    for (const [at, share] of shares.entries()) expect(made[at]).toBeCloseTo(share, 6);
  });

  it("are taken as they are where the model answers with them, in an array of their own", () => {
    const answers = Float32Array.of(0.9, 0.8);
    const shares = classShares(answers, 2, "probabilities");
    expect(shares).toEqual(answers);
    expect(shares).not.toBe(answers);
  });

  it("of a single logit are its sigmoid", () => {
    expect(classShares(Float32Array.of(0, Math.log(3)), 1, "logits")[1]).toBeCloseTo(0.75, 6);
  });
});
