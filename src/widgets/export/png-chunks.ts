import { version } from "../../version.ts";
import type { Figure } from "./figure.ts";

/** A part of a PNG file: four letters and what they hold. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0xedb88320 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder;
});

/** CRC-32 as PNG uses it (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A PNG file of these chunks, in this order. */
export function joinPng(chunks: readonly PngChunk[]): Uint8Array<ArrayBuffer> {
  const size = chunks.reduce((total, { data }) => total + data.length + 12, SIGNATURE.length);
  const file = new Uint8Array(size);
  const view = new DataView(file.buffer);
  file.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const { type, data } of chunks) {
    view.setUint32(at, data.length);
    file.set(new TextEncoder().encode(type), at + 4);
    file.set(data, at + 8);
    view.setUint32(at + 8 + data.length, crc32(file.subarray(at + 4, at + 8 + data.length)));
    at += data.length + 12;
  }
  return file;
}

/** The chunks of a PNG file. Throws when a CRC is wrong. */
export function splitPng(file: Uint8Array<ArrayBuffer>): readonly PngChunk[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const chunks: PngChunk[] = [];
  for (let at = SIGNATURE.length; at < file.length; ) {
    const length = view.getUint32(at);
    const type = new TextDecoder().decode(file.subarray(at + 4, at + 8));
    if (view.getUint32(at + 8 + length) !== crc32(file.subarray(at + 4, at + 8 + length)))
      throw new RangeError(`damaged PNG: the ${type} chunk at byte ${at} has a wrong CRC`);
    chunks.push({ type, data: file.slice(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

/** Resolution (pHYs), in dots an inch. */
export function resolutionChunk(dpi: number): PngChunk {
  const data = new Uint8Array(9);
  const view = new DataView(data.buffer);
  const perMetre = Math.round(dpi / 0.0254);
  view.setUint32(0, perMetre);
  view.setUint32(4, perMetre);
  data[8] = 1;
  return { type: "pHYs", data };
}

/** A text in UTF-8 under one of PNG's keywords ("Title", "Description", "Software"), uncompressed (iTXt). */
export function textChunk(keyword: string, text: string): PngChunk {
  const encoder = new TextEncoder();
  const name = encoder.encode(keyword);
  const words = encoder.encode(text);
  const data = new Uint8Array(name.length + 5 + words.length);
  data.set(name);
  data.set(words, name.length + 5);
  return { type: "iTXt", data };
}

/** What a figure's file says of it: its resolution, its title, its caption. */
export function textChunks({ title, caption }: Pick<Figure, "title" | "caption">, dpi: number): readonly PngChunk[] {
  return [
    resolutionChunk(dpi),
    textChunk("Title", title),
    textChunk("Description", caption),
    textChunk("Software", `layerscope ${version}`),
  ];
}
