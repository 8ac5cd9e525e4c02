import { isSrgbProfile } from "./is-srgb-profile.ts";

/** Chunks of a PNG that say how its colours are meant, or how it is turned. */
export const TELLING_CHUNKS: ReadonlySet<string> = new Set(["iCCP", "cICP", "gAMA", "cHRM", "eXIf", "acTL"]);
const MARKER = 0xff;
const START_OF_SCAN = 0xda;
const EXIF = 0xe1;
const COLOR_PROFILE = 0xe2;
/** Before a profile that comes in one piece: its name, a zero, the first of one. */
const WHOLE_PROFILE = "ICC_PROFILE\0\x01\x01";

/**
 * True for a JPEG or PNG that is nothing but pixels: no orientation, no second picture, no colour profile, in a JPEG that
 * of sRGB itself at most. Of those every way of decoding makes the same.
 */
export function isPlainPicture(bytes: Uint8Array<ArrayBuffer>): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 16) return false;
  if (view.getUint16(0) === 0xffd8) return isPlainJpeg(view);
  return view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a && isPlainPng(view);
}

function isPlainJpeg(view: DataView): boolean {
  for (let at = 2; at + 4 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1);
    if (view.getUint8(at) !== MARKER || marker === EXIF) return false;
    if (marker === COLOR_PROFILE && !isSrgbSegment(view, at)) return false;
    if (marker === START_OF_SCAN) return true;
  }
  return false;
}

function isSrgbSegment(view: DataView, at: number): boolean {
  const length = view.getUint16(at + 2) - 2 - WHOLE_PROFILE.length;
  const from = at + 4 + WHOLE_PROFILE.length;
  if (length < 0 || from + length > view.byteLength) return false;
  const isWhole = [...WHOLE_PROFILE].every((letter, place) => view.getUint8(at + 4 + place) === letter.charCodeAt(0));
  return isWhole && isSrgbProfile(new DataView(view.buffer, view.byteOffset + from, length));
}

function isPlainPng(view: DataView): boolean {
  for (let at = 8; at + 8 <= view.byteLength; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...[4, 5, 6, 7].map((place) => view.getUint8(at + place)));
    if (TELLING_CHUNKS.has(name)) return false;
    if (name === "IDAT") return true;
  }
  return false;
}
