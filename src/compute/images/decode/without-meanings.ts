import { TELLING_CHUNKS } from "./is-plain-picture.ts";

const MARKER = 0xff;
const START_OF_SCAN = 0xda;
/** Exif, and a colour profile or a list of further pictures. */
const TELLING_SEGMENTS = new Set([0xe1, 0xe2]);
const TELLING_PARTS = new Set(["EXIF", "ICCP"]);
/** Where a WebP says which of these it has: profile and Exif. */
const WEBP_FLAGS = 20;
const WEBP_MEANINGS = 0x28;

/**
 * An encoded picture without what says how its pixels are meant to be seen: how it is turned, its colours' profile. What is
 * left decodes to the pixels as they are stored, which is what networks were trained on; no browser can be asked for these:
 * `createImageBitmap` turns pictures whatever is said (Chromium 156).
 *
 * @returns The bytes themselves where there is nothing to leave out, and for formats but JPEG, PNG and WebP.
 */
export function withoutMeanings(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length < 16) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint16(0) === 0xffd8) return without(bytes, segmentsOf(view));
  if (view.getUint32(0) === 0x89504e47) return without(bytes, chunksOf(view));
  if (textAt(view, 0) === "RIFF" && textAt(view, 8) === "WEBP") return withoutParts(bytes, view);
  return bytes;
}

/** A stretch of a file, and whether it goes. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly isTelling: boolean;
}

function* segmentsOf(view: DataView): Generator<Stretch> {
  for (let at = 2; at + 4 <= view.byteLength; ) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== MARKER || marker === START_OF_SCAN) return;
    // A marker may stand behind any number of these.
    const to = marker === MARKER ? at + 1 : at + 2 + view.getUint16(at + 2);
    yield { from: at, to, isTelling: TELLING_SEGMENTS.has(marker) };
    at = to;
  }
}

function* chunksOf(view: DataView): Generator<Stretch> {
  for (let at = 8; at + 8 <= view.byteLength; ) {
    const to = at + 12 + view.getUint32(at);
    yield { from: at, to, isTelling: TELLING_CHUNKS.has(textAt(view, at + 4)) };
    at = to;
  }
}

function* partsOf(view: DataView): Generator<Stretch> {
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const length = view.getUint32(at + 4, true);
    const to = at + 8 + length + (length % 2);
    yield { from: at, to, isTelling: TELLING_PARTS.has(textAt(view, at)) };
    at = to;
  }
}

function withoutParts(bytes: Uint8Array<ArrayBuffer>, view: DataView): Uint8Array<ArrayBuffer> {
  const bare = without(bytes, partsOf(view));
  if (bare === bytes) return bytes;
  const its = new DataView(bare.buffer);
  its.setUint32(4, bare.length - 8, true);
  if (textAt(its, 12) === "VP8X") its.setUint8(WEBP_FLAGS, its.getUint8(WEBP_FLAGS) & ~WEBP_MEANINGS);
  return bare;
}

function without(bytes: Uint8Array<ArrayBuffer>, stretches: Iterable<Stretch>): Uint8Array<ArrayBuffer> {
  const kept: Uint8Array<ArrayBuffer>[] = [];
  let end = 0;
  for (const { from, to, isTelling } of stretches) {
    if (!isTelling) continue;
    kept.push(bytes.subarray(end, from));
    end = to;
  }
  if (kept.length === 0) return bytes;
  kept.push(bytes.subarray(end));
  const bare = new Uint8Array(kept.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of kept) {
    bare.set(part, at);
    at += part.length;
  }
  return bare;
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(at + place)));
}
