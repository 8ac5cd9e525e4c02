import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import * as ort from "onnxruntime-web";
import type { LoadedModel, ModelFile } from "../../../../src/compute/model/loaded-model.ts";

ort.env.wasm.numThreads = 1;

interface Taken {
  readonly dims: readonly number[];
  /** Little-endian floats in base64; pictures of all where it is missing. */
  readonly values?: string;
}

interface Files {
  readonly name: string;
  /** Packed content by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly input: Taken;
}

/** A model, and what onnxruntime (Python) answered at each of its operators. */
export interface GoldenModel extends Files {
  readonly answers: readonly { readonly tensor: string; readonly dims: readonly number[]; readonly first: string }[];
}

/** A family of networks, and what PyTorch has where Slideflow takes its features. */
export interface GoldenFamily extends Files {
  readonly postconv: { readonly dims: readonly number[]; readonly values: string };
  readonly multiplyAdds: number;
  readonly parameters: number;
  /** Whether it has batch normalisations, which exporters fold into convolutions. */
  readonly normalized: boolean;
}

export const goldens: {
  readonly pictures: string;
  readonly models: readonly GoldenModel[];
  readonly families: readonly GoldenFamily[];
} = JSON.parse(readFileSync(new URL("../../../reference/models/onnx-goldens.json", import.meta.url), "utf8"));

export function goldenModel(name: string): GoldenModel {
  const found = goldens.models.find((each) => each.name === name);
  if (!found) throw new Error(`no golden model: ${name}`);
  return found;
}

/** The files as somebody gives them. */
export function filesOf({ files }: Files): readonly ModelFile[] {
  return Object.entries(files).map(([name, packed]) => ({
    name,
    bytes: new Uint8Array(gunzipSync(Buffer.from(packed, "base64"))),
  }));
}

export function modelBytes(golden: Files): Uint8Array<ArrayBuffer> {
  const file = filesOf(golden).find(({ name }) => name === "model.onnx");
  if (!file) throw new Error(`no model: ${golden.name}`);
  return file.bytes;
}

export function floatsOf(text: string): Float32Array<ArrayBuffer> {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/** What a golden model takes, as the engine wants it. */
export function inputOf({ input }: Files, type: "float32" | "float16" = "float32"): ort.Tensor {
  const size = input.dims.reduce((product, dim) => product * dim, 1);
  const values = floatsOf(input.values ?? goldens.pictures).slice(0, size);
  if (type === "float32") return new ort.Tensor("float32", values, input.dims);
  return new ort.Tensor("float16", Uint16Array.from(values, halfBits), input.dims);
}

/** Bits of the half-precision number nearest to one that lies in its ordinary range. */
function halfBits(value: number): number {
  const sign = value < 0 ? 0x8000 : 0;
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1)));
  const steps = Math.round((Math.abs(value) / 2 ** exponent) * 1024);
  return sign + (steps < 1024 ? steps : (exponent + 15) * 1024 + steps - 1024);
}

export interface Answer {
  readonly dims: readonly number[];
  readonly values: Float32Array;
}

/** What a graph answers with, run by onnxruntime-web in this process. */
export async function run(
  { file, beside }: Pick<LoadedModel, "file" | "beside">,
  input: ort.Tensor,
): Promise<ReadonlyMap<string, Answer>> {
  const externalData = [...beside].map(([path, data]) => ({ path, data }));
  const session = await ort.InferenceSession.create(file, externalData.length > 0 ? { externalData } : {});
  const answers = await session.run({ [session.inputNames[0] ?? ""]: input });
  await session.release();
  return new Map(
    Object.entries(answers).map(([name, { dims, data, type }]) => {
      const numbers = data as ArrayLike<number> & Iterable<number>;
      return [name, { dims, values: Float32Array.from(numbers, type === "float16" ? halfValue : Number) }];
    }),
  );
}

function halfValue(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const size = exponent === 0 ? (bits & 1023) * 2 ** -24 : (1 + (bits & 1023) / 1024) * 2 ** (exponent - 15);
  return bits & 0x8000 ? -size : size;
}

/** Relative L2 distance from what is right. */
export function distance(found: ArrayLike<number>, right: ArrayLike<number>): number {
  let off = 0;
  let size = 0;
  for (let at = 0; at < right.length; at++) {
    off += ((found[at] ?? Number.NaN) - (right[at] ?? 0)) ** 2;
    size += (right[at] ?? 0) ** 2;
  }
  return Math.sqrt(off / (size || 1));
}
