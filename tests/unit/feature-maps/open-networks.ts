import type { FeatureMaps, WantedLayers } from "../../../src/compute/feature-maps/feature-maps.ts";
import { makeFeatureMaps } from "../../../src/compute/feature-maps/make-feature-maps.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import type { Job } from "../../../src/compute/job.ts";
import { pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { convertKeras } from "../../../src/compute/model/keras/convert/convert-keras.ts";
import { moveWeights } from "../../../src/compute/model/onnx/move-weights.ts";
import {
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
  TENSOR_TYPES,
} from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { modelOf, readGoldens } from "../model/keras-convert/keras-goldens.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

const engine = nodeEngine();
const onCpu = { processor: "cpu", shape: null } as const;

/** A network that Keras made, on the CPU, with weights by formula. */
export function openKeras(file: "keras-layers.json.gz" | "keras-applications.json.gz", name: string) {
  const net = readGoldens(file).cases.find((each) => each.name === name);
  if (!net) throw new Error(`no network "${name}"`);
  const { onnx, layers, notes } = convertKeras(modelOf(net));
  const { model, beside } = moveWeights(onnx);
  const read = { format: "keras", name, version: "Keras", onnx: model, beside, layers, notes } as const;
  return OpenModel.open(engine, { ...read, file: writeOnnx(model) }, onCpu);
}

export function openOnnx(bytes: Uint8Array<ArrayBuffer>) {
  return OpenModel.open(engine, readOnnxFiles([{ name: "net.onnx", bytes }]), onCpu);
}

/** A network of operators, one a layer, each of which takes "x" or what others answer with. */
export function openOperators(
  nodes: readonly OnnxNode[],
  tensors: readonly OnnxTensor[],
  dims: readonly (number | string)[],
  others: readonly OnnxValue[] = [],
) {
  const file = writeOnnx({
    irVersion: 9,
    opsets: new Map(nodes.map(({ domain }) => [domain, domain === "" ? 20 : 1])),
    producer: "",
    graph: {
      name: "net",
      nodes,
      initializers: tensors,
      inputs: [{ name: "x", type: TENSOR_TYPES.float32, dims }, ...others],
      outputs: [{ name: nodes.at(-1)?.outputs[0] ?? "", type: TENSOR_TYPES.float32, dims: null }],
      values: [],
    },
  });
  return openOnnx(file);
}

/** An operator whose answer has its name; numbers are its attributes, lists too. */
export function operator(
  name: string,
  opType: string,
  inputs: readonly string[],
  attributes: Readonly<Record<string, number | readonly number[] | string>> = {},
): OnnxNode {
  const kept = Object.entries(attributes).map(([key, value]): [string, OnnxAttribute] => [
    key,
    typeof value === "number"
      ? { kind: "int", value }
      : typeof value === "string"
        ? { kind: "string", value }
        : { kind: "ints", values: value },
  ]);
  return { name, opType, domain: "", inputs, outputs: [name], attributes: new Map(kept), metadata: new Map() };
}

/** Weights from -0.5 to 0.5 without a pattern. */
export function weightsOf(name: string, dims: readonly number[]): OnnxTensor {
  const count = dims.reduce((product, size) => product * size, 1);
  return floatsOf(
    name,
    dims,
    sampleNumbers(count + 7)
      .subarray(7)
      .map((value) => value - 0.5),
  );
}

export function floatsOf(name: string, dims: readonly number[], values: Iterable<number>): OnnxTensor {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  return { name, type: TENSOR_TYPES.float32, dims, data: { kind: "here", bytes } };
}

export function integersOf(name: string, values: readonly number[]): OnnxTensor {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  return { name, type: TENSOR_TYPES.int64, dims: [values.length], data: { kind: "here", bytes } };
}

/** What layers answer to a picture as the model takes it. */
export function mapsFor(
  open: OpenModel,
  picture: Float32Array<ArrayBuffer>,
  layers: WantedLayers = null,
  job: Job = {},
): Promise<FeatureMaps> {
  return makeFeatureMaps(open, batchesOf(picture, pictureInput(open.model.name, open.inputs)), layers, job);
}

/** A picture from 0 to 1 without a pattern, of a model's size. */
export function pictureFor({ inputs }: OpenModel): Float32Array<ArrayBuffer> {
  return sampleNumbers((inputs[0]?.dims ?? []).reduce((product, size) => product * size, 1));
}
