import type { Job } from "../../compute/job.ts";
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

/**
 * Properties with every source in them read, put into `blocks` and replaced by the reference that `decodeProps`
 * reads: the form in which an exported page carries them.
 */
export async function encodeProps(value: unknown, blocks: Blocks, job: Job): Promise<unknown> {
  if (isNumericSource(value)) return encodeNumbers(await value.read(job), value, blocks);
  if (isTextSource(value)) return encodeTexts(value, blocks, job);
  if (isImageSource(value)) return encodePictures(value, blocks, job);
  if (ArrayBuffer.isView(value)) return encodeArray(value as NumericArray, blocks);
  if (Array.isArray(value)) return Promise.all(value.map((part) => encodeProps(part, blocks, job)));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(async ([name, part]) => [name, await encodeProps(part, blocks, job)]);
  return Object.fromEntries(await Promise.all(entries));
}

function encodeNumbers(data: NumericArray, { key, shape }: Pick<NumericSource, "key" | "shape">, blocks: Blocks) {
  blocks.set(key, bytesOf(data));
  return { $array: { key, dtype: numericTypeOf(data), shape } };
}

function encodeArray(data: NumericArray, blocks: Blocks) {
  return encodeNumbers(
    data,
    { key: contentKey(bytesOf(data), String(numericTypeOf(data))), shape: [data.length] },
    blocks,
  );
}

async function encodeTexts(source: TextSource, blocks: Blocks, job: Job) {
  const bytes = new TextEncoder().encode(JSON.stringify(await source.read(job)));
  blocks.set(source.key, bytes);
  return { $text: { key: source.key, length: source.length, bytes: bytes.length } };
}

async function encodePictures({ key, length, get }: ImageSource, blocks: Blocks, job: Job) {
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
