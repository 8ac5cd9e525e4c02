import { expect, test } from "vitest";
import type { CapturedGraph } from "../../../src/compute/gradient/captured-graph.ts";
import { gradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { operator } from "../../../src/compute/model/onnx/operator.ts";
import { readOnnx } from "../../../src/compute/model/onnx/read/read-onnx.ts";
import { elementCount } from "../../../src/compute/model/onnx/tensor-size.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";

const name = "resnet18.onnx";

/** ResNet-18 as exporters write it, its normalisations in its convolutions, without numbers; and the size of each tensor. */
function resnet18() {
  const nodes: OnnxNode[] = [];
  const initializers: OnnxTensor[] = [];
  const shapes = new Map<string, readonly number[]>([["x", [1, 3, 224, 224]]]);
  let end = 0;
  const weight = (of: string, dims: readonly number[]) => {
    const length = 4 * elementCount(dims);
    const data = { kind: "beside", location: name, offset: end, length } as const;
    initializers.push({ name: of, type: TENSOR_TYPES.float32, dims, data });
    end += length;
    return of;
  };
  const add = (made: string, opType: string, inputs: string[], dims: readonly number[], attributes = {}) => {
    nodes.push(operator(made, opType, inputs, [made], attributes));
    shapes.set(made, dims);
    return made;
  };
  const convolve = (made: string, from: string, out: number, side: number, stride: number) => {
    const [, channels = 1, rows = 1] = shapes.get(from) ?? [];
    const [half, size] = [(side - 1) / 2, rows / stride];
    const inputs = [from, weight(`${made}.weight`, [out, channels, side, side]), weight(`${made}.bias`, [out])];
    const attributes = { strides: [stride, stride], pads: [half, half, half, half] };
    return add(made, "Conv", inputs, [1, out, size, size], attributes);
  };
  const relu = (from: string) => add(`${from}.relu`, "Relu", [from], shapes.get(from) ?? []);
  const block = (made: string, from: string, out: number, stride: number) => {
    const one = relu(convolve(`${made}.1`, from, out, 3, stride));
    const two = convolve(`${made}.2`, one, out, 3, 1);
    const beside = stride === 1 ? from : convolve(`${made}.down`, from, out, 1, stride);
    return relu(add(`${made}.sum`, "Add", [two, beside], shapes.get(two) ?? []));
  };
  const stem = relu(convolve("stem", "x", 64, 7, 2));
  const settings = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
  let now = add("pool", "MaxPool", [stem], [1, 64, 56, 56], settings);
  for (const [stage, out] of [64, 128, 256, 512].entries())
    for (const place of [0, 1]) now = block(`layer${stage}.${place}`, now, out, stage > 0 && place === 0 ? 2 : 1);
  now = add("flat", "Flatten", [add("mean", "GlobalAveragePool", [now], [1, 512, 1, 1])], [1, 512]);
  add("y", "Gemm", [now, weight("fc.weight", [1000, 512]), weight("fc.bias", [1000])], [1, 1000], { transB: 1 });
  const inputs = [{ name: "x", type: TENSOR_TYPES.float32, dims: [1, 3, 224, 224] }];
  const outputs = [{ name: "y", type: TENSOR_TYPES.float32, dims: [1, 1000] }];
  const graph = { name: "resnet18", nodes, initializers, inputs, outputs, values: [] };
  const file = writeOnnx({ irVersion: 8, opsets: new Map([["", 18]]), producer: "", graph });
  const beside = new Map([[name, new Uint8Array(end)]]);
  const captured: CapturedGraph = { batch: 1, shapes, values: new Map() };
  return { model: { name, file, beside, onnx: readOnnx(file, name) }, captured };
}

test("no weight of ResNet-18 is in its gradient's session twice, be it as it is or as tiles", () => {
  const { model, captured } = resnet18();
  const { initializers } = model.onnx.graph;
  const { graph, held, weights } = gradientGraph(model, captured, { output: "y", at: "x", batch: 1, winograd: true });
  const plain = new Set(readOnnx(graph.file, "gradient").graph.initializers.map((each) => each.name));
  const tiled = (graph.tiles ?? []).map(({ kernels }) => kernels.name);
  const times = (weight: string) => Number(plain.has(weight)) + tiled.filter((each) => each === weight).length;
  expect(initializers.filter((weight) => times(weight.name) !== 1).map((weight) => weight.name)).toEqual([]);
  // All of 3 x 3 but the first of three stages, which take steps of two; tiles have 16 numbers for nine.
  expect([tiled.length, held]).toEqual([13, 0]);
  const bytesOf = (each: readonly OnnxTensor[]) => each.reduce((sum, { dims }) => sum + 4 * elementCount(dims), 0);
  const kernels = initializers.filter((weight) => tiled.includes(weight.name));
  const constants = weights - bytesOf(initializers) - (7 / 9) * bytesOf(kernels);
  expect(Math.abs(constants)).toBeLessThan(5000);
});

test("the tiles are nowhere in the page before the graph is opened", () => {
  const { model, captured } = resnet18();
  const { graph } = gradientGraph(model, captured, { output: "y", at: "x", batch: 1, winograd: true });
  const beside = [...graph.beside.values()].reduce((sum, { length }) => sum + length, 0);
  expect(beside - (model.beside.get(name)?.length ?? 0)).toBeLessThan(5000);
});
