import { Buffer } from "node:buffer";
import { checksumOf } from "../../../src/compute/formats/zip/checksum-of.ts";

/** The state of a generator of numbers that look random, the same on every run (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A copy of a file that is cut off, or has up to eight bits or bytes changed, mostly where its structures are dense. */
export function damaged(file: Uint8Array<ArrayBuffer>, random: () => number): Uint8Array<ArrayBuffer> {
  if (random() < 0.25) return file.slice(0, Math.floor(random() * file.length));
  const copy = file.slice();
  const from = random() < 0.5 ? 0 : Math.floor(random() * file.length);
  const reach = random() < 0.5 ? 512 : file.length;
  for (let left = 1 + Math.floor(random() * 8); left > 0; left--) {
    const at = Math.min(copy.length - 1, from + Math.floor(random() * reach));
    const byte = copy[at] ?? 0;
    const kind = random();
    copy[at] = kind < 0.5 ? byte ^ (1 << Math.floor(random() * 8)) : kind < 0.75 ? 0xff : Math.floor(random() * 256);
  }
  return copy;
}

/** Writes the checksums anew of all that a zip stores, so that what is damaged in it is read at all. */
export function withChecksums(zip: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(zip.buffer, zip.byteOffset, zip.length);
  for (let at = bytes.lastIndexOf("PK\x01\x02"); at >= 0 && at + 46 <= bytes.length; ) {
    const [size, local] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    if (local + 30 <= bytes.length) {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      bytes.writeUInt32LE(checksumOf(bytes.subarray(start, start + size)), at + 16);
    }
    at = at === 0 ? -1 : bytes.lastIndexOf("PK\x01\x02", at - 1);
  }
  return zip;
}
