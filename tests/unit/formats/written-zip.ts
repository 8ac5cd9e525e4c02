import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { checksumOf } from "../../../src/compute/formats/zip/checksum-of.ts";

/** A file as it is to be written, and what is to be wrong with it. */
export interface Entry {
  readonly name: string;
  readonly content: string;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly checksum?: number;
}

/** A zip written out as the specification has it (APPNOTE 6.3.10); `isLarge` says sizes and places the way for 4 GB. */
export function zipOf(entries: readonly Entry[], { isLarge = false, comment = "" } = {}): Uint8Array<ArrayBuffer> {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, method = 0, flags = 0, size, checksum } of entries) {
    const bytes = Buffer.from(content);
    const packed = method === 8 ? deflateRawSync(bytes) : bytes;
    const local = Buffer.alloc(30);
    local.write("PK\x03\x04");
    local.writeUInt16LE(name.length, 26);
    // The room for more in the file's own head is another one than in the directory.
    local.writeUInt16LE(5, 28);
    const sizes = [size ?? bytes.length, packed.length, at];
    const extra = Buffer.alloc(isLarge ? 28 : 0);
    if (isLarge) {
      extra.writeUInt16LE(1, 0);
      extra.writeUInt16LE(24, 2);
      for (const [place, value] of sizes.entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * place);
    }
    const central = Buffer.alloc(46);
    central.write("PK\x01\x02");
    central.writeUInt16LE(flags, 8);
    central.writeUInt16LE(method, 10);
    central.writeUInt32LE(checksum ?? checksumOf(bytes), 16);
    central.writeUInt32LE(isLarge ? 0xffffffff : (sizes[1] ?? 0), 20);
    central.writeUInt32LE(isLarge ? 0xffffffff : (sizes[0] ?? 0), 24);
    central.writeUInt16LE(name.length, 28);
    central.writeUInt16LE(extra.length, 30);
    central.writeUInt32LE(isLarge ? 0xffffffff : at, 42);
    directory.push(central, Buffer.from(name), extra);
    const whole = Buffer.concat([local, Buffer.from(name), Buffer.alloc(5), packed]);
    pieces.push(whole);
    at += whole.length;
  }
  const central = Buffer.concat(directory);
  const large = Buffer.alloc(isLarge ? 76 : 0);
  if (isLarge) {
    large.write("PK\x06\x06");
    large.writeBigUInt64LE(BigInt(entries.length), 32);
    large.writeBigUInt64LE(BigInt(central.length), 40);
    large.writeBigUInt64LE(BigInt(at), 48);
    large.write("PK\x06\x07", 56);
    large.writeBigUInt64LE(BigInt(at + central.length), 64);
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06");
  end.writeUInt16LE(isLarge ? 0xffff : entries.length, 10);
  end.writeUInt32LE(isLarge ? 0xffffffff : central.length, 12);
  end.writeUInt32LE(isLarge ? 0xffffffff : at, 16);
  end.writeUInt16LE(comment.length, 20);
  return new Uint8Array(Buffer.concat([...pieces, central, large, end, Buffer.from(comment)]));
}
