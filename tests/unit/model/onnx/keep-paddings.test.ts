import { describe, expect, it } from "vitest";
import { GraphSession } from "../../../../src/compute/model/engine/graph-session.ts";
import {
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  TENSOR_TYPES,
} from "../../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnx } from "../../../../src/compute/model/onnx/read/read-onnx.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";
import { nodeEngine } from "../../model-engine/node-engine.ts";

interface Padded {
  readonly opset?: number;
  /** The padding's number, where the file has it. */
  readonly value?: number;
  readonly type?: number;
  /** The pool's own padding, after the other: a column and a row at the end. */
  readonly own?: boolean;
}

const ints = (...values: number[]): OnnxAttribute => ({ kind: "ints", values });
const bytesOf = (numbers: BigInt64Array | Float32Array) => new Uint8Array(numbers.buffer.slice(0) as ArrayBuffer);

/** A row and a column of padding before two rows of two, then a pool of 2 x 2, as PyTorch's exporter writes them. */
function paddedFile({ opset = 17, value, type = 1, own = false }: Padded): Uint8Array<ArrayBuffer> {
  const pads = [0, 0, 1, 1, 0, 0, 0, 0];
  const given: OnnxTensor[] = [
    { name: "pads", type: 7, dims: [8], data: { kind: "here", bytes: bytesOf(BigInt64Array.from(pads, BigInt)) } },
  ];
  if (value !== undefined)
    given.push({ name: "value", type, dims: [], data: { kind: "here", bytes: bytesOf(Float32Array.of(value)) } });
  const areInputs = opset >= 11;
  const attributes: [string, OnnxAttribute][] = [["mode", { kind: "string", value: "constant" }]];
  if (!areInputs) attributes.push(["pads", ints(...pads)], ["value", { kind: "float", value: value ?? 0 }]);
  const node = (opType: string, inputs: string[], output: string, all: [string, OnnxAttribute][]): OnnxNode => ({
    name: output,
    opType,
    domain: "",
    inputs,
    outputs: [output],
    attributes: new Map(all),
    metadata: new Map(),
  });
  return writeOnnx({
    irVersion: 8,
    opsets: new Map([["", opset]]),
    producer: "pytorch 2",
    graph: {
      name: "padded",
      nodes: [
        node("Pad", areInputs ? ["x", ...given.map(({ name }) => name)] : ["x"], "padded", attributes),
        node("MaxPool", ["padded"], "y", [
          ["kernel_shape", ints(2, 2)],
          ["strides", ints(1, 1)],
          ["pads", own ? ints(0, 0, 1, 1) : ints(0, 0, 0, 0)],
        ]),
      ],
      initializers: areInputs ? given : [],
      inputs: [{ name: "x", type, dims: ["n", 1, 2, 2] }],
      outputs: [{ name: "y", type, dims: ["n", 1, null, null] }],
      values: [],
    },
  });
}

async function answerOf(padded: Padded): Promise<readonly number[]> {
  const model = readOnnxFiles([{ name: "padded.onnx", bytes: paddedFile(padded) }]);
  const session = new GraphSession(nodeEngine(), model, { processor: "CPU" });
  const values = Float32Array.of(-1, -2, -3, -4);
  const answers = await session.run([{ name: "x", type: padded.type ?? 1, dims: [1, 1, 2, 2], values }]);
  return [...(answers.get("y")?.data ?? [])].map((each) => each + 0);
}

describe("a zero padding before a maximum", () => {
  it.each([
    ["whose number is left out", {}],
    ["whose number is given", { value: 0 }],
    ["of a newer opset", { opset: 21, value: 0 }],
    ["of an opset in which it is an attribute", { opset: 10 }],
  ])("counts as pixels of 0, though the engine would make it count for nothing: %s", async (_, file) => {
    const [a = 1, b = 1, c = 1, last] = await answerOf(file);
    expect([a, b, c].every((each) => Math.abs(each) < 1e-30)).toBe(true);
    expect(last).toBe(-1);
  });

  it("counts beside a padding of the pool's own", async () => {
    expect(await answerOf({ own: true })).toEqual([0, 0, 0, 0, -1, -2, 0, -3, -4]);
  });

  it("counts in half precision", async () => {
    expect(await answerOf({ type: TENSOR_TYPES.float16 })).toEqual([0, 0, 0, -1]);
  });

  it("that is no 0 stays what it is", () => {
    const bytes = paddedFile({ value: -5 });
    expect(readOnnx(readOnnxFiles([{ name: "padded.onnx", bytes }]).file)).toEqual(readOnnx(bytes));
  });
});
