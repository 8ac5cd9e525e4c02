import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-web";
import { OPTIMISATION } from "../../../../src/compute/model/engine/optimisation.ts";
import type { ConvertedKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import type { KerasModel, KerasObject, KerasWeight } from "../../../../src/compute/model/keras/keras-model.ts";
import { writeOnnx } from "../../../../src/compute/model/onnx/write/write-onnx.ts";

/** Name, dimensions, offset and scale of a weight. */
type FormulaWeight = readonly [name: string, dims: readonly number[], offset: number, scale: number];

/** Path, class, output shape, parameters, those that training changes. */
export type SummaryRow = readonly [path: string, type: string, shape: unknown, parameters: number, trainable: number];

/** A net and what Keras says of it; `make-keras-goldens.py` writes them. */
export interface KerasCase {
  readonly name: string;
  readonly config: KerasObject;
  readonly weights: readonly (readonly [path: string, weights: readonly FormulaWeight[]])[];
  readonly inputs: readonly {
    readonly shape: readonly number[];
    readonly low: number;
    readonly high: number;
    readonly dtype: string;
  }[];
  /** The model's own outputs, then those of `hidden`; of large ones, equally spaced samples. */
  readonly outputs: readonly { readonly shape: readonly number[]; readonly values: string }[];
  readonly hidden: readonly string[];
  readonly summary: readonly SummaryRow[];
  readonly total: number;
  readonly trainable: number;
}

interface KerasGoldens {
  readonly versions: Readonly<Record<string, string>>;
  readonly cases: readonly KerasCase[];
}

export function readGoldens(name: string): KerasGoldens {
  const packed = readFileSync(new URL(`../../../reference/models/${name}`, import.meta.url));
  return JSON.parse(gunzipSync(packed).toString());
}

/** Fills with `offset + scale * noise`: MurmurHash3's finalizer of the element's number and the seed's FNV-1a. */
export function fillWithNoise(values: Float32Array | Float64Array, seed: string, offset: number, scale: number): void {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193);
  for (let index = 0; index < values.length; index++) {
    let x = (state + Math.imul(index, 0x9e3779b1)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    values[index] = offset + (scale * (x ^ (x >>> 16))) / 2 ** 31;
  }
}

const sizeOf = (dims: readonly number[]) => dims.reduce((product, dim) => product * dim, 1);

function formulaWeight(path: string, [name, dims, offset, scale]: FormulaWeight): KerasWeight {
  const values = new Float32Array(sizeOf(dims));
  fillWithNoise(values, `${path}/${name}`, offset, scale);
  return { name, type: "float32", dims, bytes: new Uint8Array(values.buffer) };
}

/** The case as a file would hold it. */
export function modelOf(net: Pick<KerasCase, "config" | "weights">, kerasVersion = "3.15.1"): KerasModel {
  const weights = new Map(net.weights);
  return {
    kerasVersion,
    architecture: net.config,
    weightsOf: (path) => (weights.get(path.join("/")) ?? []).map((one) => formulaWeight(path.join("/"), one)),
  };
}

/** A tensor as the engine wants it, by the case's formula. */
export function inputsOf(net: Pick<KerasCase, "inputs">): ort.Tensor[] {
  return net.inputs.map(({ shape, low, high, dtype }, index) => {
    const values = new Float64Array(sizeOf(shape));
    fillWithNoise(values, `input ${index}`, (low + high) / 2, (high - low) / 2);
    if (dtype === "float32") return new ort.Tensor("float32", Float32Array.from(values), shape);
    if (dtype === "uint8") return new ort.Tensor("uint8", Uint8Array.from(values, Math.floor), shape);
    return new ort.Tensor("int32", Int32Array.from(values, Math.floor), shape);
  });
}

export interface Answer {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** What the graph answers with, its own outputs and the tensors of `tapped`, run by onnxruntime-web in this process. */
export async function answersOf(
  { onnx, inputs }: Pick<ConvertedKeras, "onnx" | "inputs">,
  tensors: readonly ort.Tensor[],
  tapped: readonly string[] = [],
): Promise<Map<string, Answer>> {
  const own = onnx.graph.outputs;
  const taps = tapped.filter((name) => own.every((output) => output.name !== name));
  const outputs = [...own, ...taps.map((name) => ({ name, type: 1, dims: null }))];
  const file = writeOnnx({ ...onnx, graph: { ...onnx.graph, outputs } });
  // At the level "all" onnxruntime-web 1.30 adds what follows into a convolution whose own answer is asked for, and loses it.
  const session = await ort.InferenceSession.create(file, {
    logSeverityLevel: 3,
    graphOptimizationLevel: OPTIMISATION,
  });
  const feeds = Object.fromEntries(inputs.map(({ tensor }, index) => [tensor, tensors[index] as ort.Tensor]));
  const answers = await session.run(feeds);
  await session.release();
  return new Map(
    Object.entries(answers).map(([name, { dims, data }]) => {
      const numbers = data as ArrayLike<number> & Iterable<number>;
      return [name, { dims, values: Float32Array.from(numbers, Number) }];
    }),
  );
}

/** A tensor that lies channels first as Keras has it. */
export function channelsLast({ dims, values }: Answer): Answer {
  const [batch = 1, channels = 1, ...sides] = dims;
  const places = sizeOf(sides);
  const turned = new Float32Array(values.length);
  for (let picture = 0; picture < batch; picture++)
    for (let channel = 0; channel < channels; channel++)
      for (let place = 0; place < places; place++)
        turned[(picture * places + place) * channels + channel] =
          values[(picture * channels + channel) * places + place] ?? 0;
  return { dims: [batch, ...sides, channels], values: turned };
}

/** Relative L2 distance of an answer from a golden, whose values are samples where there are fewer. */
export function distance(found: Answer, golden: KerasCase["outputs"][number]): number {
  const right = new Float32Array(new Uint8Array(Buffer.from(golden.values, "base64")).buffer);
  const every = found.values.length / right.length;
  let off = 0;
  let size = 0;
  for (const [index, value] of right.entries()) {
    off += ((found.values[every === 1 ? index : Math.floor(index * every)] ?? Number.NaN) - value) ** 2;
    size += value ** 2;
  }
  return Math.sqrt(off / (size || 1));
}
