import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { findLayer } from "../../../src/compute/model/layers/find-layer.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import type { SaliencySource } from "../../../src/compute/saliency/attribute.ts";
import type { PictureShape } from "../../../src/compute/saliency/differentiable.ts";
import { modelSource } from "./model-source.ts";

const read = (path: string) => readFileSync(new URL(`../../reference/${path}`, import.meta.url));

const index = JSON.parse(read("saliency/slideflow-maps.json").toString()) as {
  readonly classIdx: number;
  readonly arrays: readonly { readonly name: string; readonly shape: readonly number[] }[];
};

const arrays = new Map<string, Float32Array>();
const numbers = new Float32Array(new Uint8Array(gunzipSync(read("saliency/slideflow-maps.bin.gz"))).buffer);
let start = 0;
for (const { name, shape } of index.arrays) {
  const end = start + shape.reduce((product, size) => product * size, 1);
  arrays.set(name, numbers.subarray(start, end));
  start = end;
}

/** What a run of Slideflow left (tests/reference/pack-slideflow-saliency.py). */
export function left(name: string): Float32Array {
  const found = arrays.get(name);
  if (!found) throw new Error(`no array "${name}"`);
  return found;
}

const SIDE = 64;
export const shape: PictureShape = { height: SIDE, width: SIDE, channels: 3, channelsLast: false };
export const { classIdx } = index;

/** (height, width, channels) as (channels, height, width). */
export function channelsFirst(values: Float32Array): Float32Array<ArrayBuffer> {
  const places = SIDE * SIDE;
  return Float32Array.from(values, (_, at) => values[(at % places) * 3 + Math.floor(at / places)] ?? 0);
}

/** The picture as the network takes it. */
export const picture = channelsFirst(left("image_u8").map((value) => Math.fround(value / 127.5) - 1));

/** The network's gradients of a class, by its own backward graph in the engine. */
export function networkSource(wanted = "relu3", classOf = classIdx): Promise<SaliencySource> {
  const bytes = new Uint8Array(read("models/tinynet.onnx"));
  const model = readOnnxFiles([{ name: "tinynet.onnx", bytes }]);
  return modelSource(model, findLayer(model.layers, wanted), shape, classOf);
}
