import { describe, expect, it } from "vitest";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { WireWriter } from "../../../src/compute/model/onnx/wire/wire-writer.ts";
import { encloseWeights } from "../../../src/compute/model/onnx/write/enclose-weights.ts";
import { type LightFile, lightenFile } from "../../../src/compute/model/onnx/write/lighten-file.ts";
import { copyField, INITIALIZER, rewriteGraph } from "../../../src/compute/model/onnx/write/rewrite-graph.ts";
import { nodeEngine, oneOperator } from "./node-engine.ts";

/** Fields of `TensorProto`. */
const FLOAT_DATA = 4;
const RAW_DATA = 9;
const EXTERNAL_DATA = 13;
const DATA_LOCATION = 14;

const SIZE = 1100;
const weights = Float32Array.from({ length: SIZE }, (_, at) => at / 7);
const added = oneOperator("Add", {
  dims: ["n", SIZE],
  inputs: ["x", "w"],
  initializers: [
    {
      name: "w",
      type: TENSOR_TYPES.float32,
      dims: [SIZE],
      data: { kind: "here", bytes: new Uint8Array(weights.buffer) },
    },
  ],
});

/** The file with its weights written another way. */
const withWeights = (write: (tensor: WireWriter) => void) =>
  rewriteGraph(added.file, (part, into) => {
    if (part.field !== INITIALIZER) return copyField(part, into);
    const message = new WireWriter();
    const tensor = part.message();
    while (tensor.next()) {
      if (tensor.field !== RAW_DATA) copyField(tensor, message);
      else {
        tensor.skip();
        write(message);
      }
    }
    into.message(INITIALIZER, message);
  });
const raw = new Uint8Array(weights.buffer);
const leftover = new WireWriter().text(1, "location").text(2, "net.onnx.data");

describe("weights that are handed on as external are found where they are", () => {
  it.each([
    [
      "said to be here, as onnx.load leaves them",
      withWeights((to) => to.bytes(RAW_DATA, raw).integer(DATA_LOCATION, 0)),
    ],
    ["said to be here before they come", withWeights((to) => to.integer(DATA_LOCATION, 0).bytes(RAW_DATA, raw))],
    [
      "here, with a word left of where they were",
      withWeights((to) => to.message(EXTERNAL_DATA, leftover).bytes(RAW_DATA, raw).integer(DATA_LOCATION, 0)),
    ],
    ["here as typed numbers", withWeights((to) => to.floats(FLOAT_DATA, [...weights]).integer(DATA_LOCATION, 0))],
    ["here, of which nothing is said", added.file],
  ])("%s", async (_, file) => {
    const light = lightenFile(file, "one.onnx");
    expect(await answerOf(light)).toEqual(weights);
    // And where they are to be in one file again, they are.
    const whole = encloseWeights(light, "one.onnx");
    expect(await answerOf({ file: whole, beside: new Map() })).toEqual(weights);
  });
});

async function answerOf(graph: LightFile) {
  const session = new GraphSession(nodeEngine(), { name: "one.onnx", ...graph }, { processor: "CPU" });
  const feed = { name: "x", type: TENSOR_TYPES.float32, dims: [1, SIZE], values: new Float32Array(SIZE) };
  return (await session.run([feed])).get("y")?.data;
}

describe("weights that are put into one file", () => {
  const light = lightenFile(added.file, "one.onnx");

  it("are refused where they are more than protobuf can count, before they are copied", () => {
    const huge = { length: 2 ** 31, subarray: () => ({ length: 2 ** 31 }) } as unknown as Uint8Array<ArrayBuffer>;
    expect(() => encloseWeights({ ...light, beside: new Map([["one.onnx", huge]]) }, "one.onnx")).toThrow(
      "The graph takes 2.1 GB with its weights; an .onnx file holds 2 GB. Export the model in float16, or take a smaller one.",
    );
  });

  it("are named where they are not there", () => {
    expect(() => encloseWeights({ ...light, beside: new Map() }, "one.onnx")).toThrow(
      'The file "one.onnx" is missing. Pass it beside the model.',
    );
  });
});
