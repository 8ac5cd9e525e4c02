import type { Job } from "../../compute/job.ts";
import { isModelSource, type ModelSource } from "../models/model-source.ts";
import { bytesOf } from "./bytes-of.ts";
import { contentKey } from "./content-key.ts";
import { writePicturePack } from "./picture-pack.ts";
import {
  type ImageSource,
  isImageSource,
  isNumericSource,
  isTextSource,
  type NumericArray,
  type NumericSource,
  type TextSource,
} from "./sources.ts";
import { numericTypeOf } from "./typed-array.ts";

/** Bytes by content key. */
export type Blocks = Map<string, Uint8Array<ArrayBuffer>>;

/** Properties that hold one class or one number a row: which of them it is, their reader tells by the values. */
const ROW_LABELS = new Set(["labels", "color"]);

export interface EncodeJob extends Job {
  /** The page has the engine: models go along, with the pictures that they are asked about. Default false. */
  readonly hasEngine?: boolean | undefined;
}

/**
 * Properties with every source in them read, put into `blocks` and replaced by the reference that `decodeProps`
 * reads: the form in which an exported page carries them. Activations are read too, so that they are numbers there.
 */
export async function encodeProps(value: unknown, blocks: Blocks, job: EncodeJob): Promise<unknown> {
  if (isNumericSource(value)) return encodeNumbers(await value.read(job), value, blocks);
  if (isTextSource(value)) return encodeTexts(value, blocks, job);
  if (isImageSource(value)) return encodePictures(value, blocks, job);
  // Its files may be as large as a film: a page shows what was kept of it, the layer table, and needs no engine.
  if (isModelSource(value)) return job.hasEngine ? encodeModel(value, blocks, job) : null;
  if (ArrayBuffer.isView(value)) return encodeArray(value, blocks);
  if (Array.isArray(value)) return Promise.all(value.map((part) => encodeProps(part, blocks, job)));
  if (typeof value !== "object" || value === null) return value;
  // Pictures that only the model reads stay behind with it.
  const isAsked = !job.hasEngine && "model" in value && isModelSource(value.model);
  const entries = Object.entries(isAsked ? { ...value, images: null } : value).map(async ([name, part]) => {
    const rows = ROW_LABELS.has(name) ? numberList(part) : null;
    return [name, rows ? encodeRowNumbers(rows, blocks) : await encodeProps(part, blocks, job)];
  });
  return Object.fromEntries(await Promise.all(entries));
}

function encodeNumbers(data: NumericArray, { key, shape }: Pick<NumericSource, "key" | "shape">, blocks: Blocks) {
  blocks.set(key, bytesOf(data));
  return { $array: { key, dtype: numericTypeOf(data), shape } };
}

function encodeArray(view: ArrayBufferView, blocks: Blocks) {
  const data = numericTypeOf(view)
    ? (view as NumericArray)
    : Float64Array.from(view as unknown as ArrayLike<number | bigint>, Number);
  const key = contentKey(bytesOf(data), String(numericTypeOf(data)));
  return encodeNumbers(data, { key, shape: [data.length] }, blocks);
}

/** A column of numbers, however it is written; null where there is anything else in it. */
function numberList(value: unknown): NumericArray | readonly (number | null | undefined)[] | null {
  if (ArrayBuffer.isView(value)) return value as NumericArray;
  if (!Array.isArray(value)) return null;
  return value.every((one) => typeof one === "number" || one === null || one === undefined) ? value : null;
}

/**
 * Whole numbers go as a list, because they may be classes; a fraction makes them a scale for certain, and its numbers
 * go as a block.
 */
function encodeRowNumbers(rows: NumericArray | readonly (number | null | undefined)[], blocks: Blocks) {
  const list = Array.from(rows, (one) => (one === undefined || Number.isNaN(one) ? null : one));
  if (list.every((one) => one === null || Number.isInteger(one))) return list;
  return encodeArray(ArrayBuffer.isView(rows) ? rows : Float64Array.from(list, (one) => one ?? Number.NaN), blocks);
}

async function encodeTexts(source: TextSource, blocks: Blocks, job: Job) {
  const bytes = new TextEncoder().encode(JSON.stringify(await source.read(job)));
  blocks.set(source.key, bytes);
  return { $text: { key: source.key, length: source.length, bytes: bytes.length } };
}

async function encodeModel({ files, ...declared }: ModelSource, blocks: Blocks, job: Job) {
  const written = files.map(async (file) => {
    const bytes = await file.read(job);
    const key = contentKey(bytes, "model");
    return { name: file.name, bytes: encodeNumbers(bytes, { key, shape: [bytes.length] }, blocks) };
  });
  return { $model: { ...declared, files: await Promise.all(written) } };
}

async function encodePictures({ key, length, get, pack }: ImageSource, blocks: Blocks, job: EncodeJob) {
  if (blocks.has(key)) return { $images: { key, length } };
  if (job.hasEngine) {
    // As they came: a model there is to see what it saw here.
    blocks.set(key, await pack([...Array(length).keys()], job));
    return { $images: { key, length } };
  }
  const pictures = [];
  for (let row = 0; row < length; row++) {
    const bitmap = await get(row, job);
    if (bitmap) pictures.push({ picture: { row, mime: "image/png" }, bytes: await asPng(bitmap) });
  }
  blocks.set(key, writePicturePack(pictures));
  return { $images: { key, length } };
}

async function asPng(bitmap: ImageBitmap): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return new Uint8Array(await (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer());
}
