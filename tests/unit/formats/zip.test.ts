import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { checksumOf } from "../../../src/compute/formats/zip/checksum-of.ts";
import { ZipArchive } from "../../../src/compute/formats/zip/zip-archive.ts";

interface Entry {
  readonly name: string;
  readonly content: string;
  readonly method?: number;
  readonly flags?: number;
  readonly size?: number;
  readonly checksum?: number;
}

/** A zip written out as the specification has it (APPNOTE 6.3.10); `isLarge` says sizes and places the way for 4 GB. */
function zipOf(entries: readonly Entry[], { isLarge = false, comment = "" } = {}): Uint8Array<ArrayBuffer> {
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

const textOf = async (zip: ZipArchive, name: string): Promise<string> =>
  new TextDecoder().decode((await zip.read(name)) ?? undefined);

describe("a zip", () => {
  it.each([{ isLarge: false }, { isLarge: true }])("gives its files, stored and deflated: %o", async (options) => {
    const entries = [
      { name: "a.json", content: "{}" },
      { name: "folder/b.txt", content: "long ".repeat(1000), method: 8 },
    ];
    const zip = new ZipArchive(zipOf(entries, options), "a.zip");
    expect(zip.names).toEqual(["a.json", "folder/b.txt"]);
    expect(await textOf(zip, "a.json")).toBe("{}");
    expect(await textOf(zip, "folder/b.txt")).toBe("long ".repeat(1000));
    expect(await zip.read("c.txt")).toBeNull();
  });

  it("copies no file that is stored", async () => {
    const bytes = zipOf([{ name: "a", content: "stored" }]);
    expect((await new ZipArchive(bytes, "a.zip").read("a"))?.buffer).toBe(bytes.buffer);
  });

  it("is read with a comment behind it", async () => {
    const zip = new ZipArchive(zipOf([{ name: "a", content: "b" }], { comment: "of any text" }), "a.zip");
    expect(await textOf(zip, "a")).toBe("b");
  });

  it.each([
    ["encrypted", { flags: 1 }, "a.zip is encrypted."],
    ["packed in another way", { method: 93 }, "packs a in a way that is not read here (method 93)."],
    ["of another checksum", { checksum: 1 }, "doesn't have the checksum that its directory says"],
    ["shorter than it says", { method: 8, size: 9 }, "unpacks to 5 bytes of 9"],
    ["longer than it says", { method: 8, size: 4 }, "unpacks to more than its 4 bytes"],
    ["a bomb by what it says", { method: 8, size: 1e9 }, "would unpack to 1,000,000,000 bytes"],
  ])("refuses a file that is %s", async (_, how, cause) => {
    const zip = new ZipArchive(zipOf([{ name: "a", content: "bytes", ...how }]), "a.zip");
    await expect(zip.read("a")).rejects.toThrow(cause);
  });

  it("is refused where the directory at its end is missing", () => {
    const bytes = zipOf([{ name: "a", content: "b" }]);
    expect(() => new ZipArchive(bytes.slice(0, -1), "a.zip")).toThrow("the directory at its end is missing");
    expect(() => new ZipArchive(bytes.slice(0, 20), "a.zip")).toThrow("the directory at its end is missing");
  });

  it("has the checksum of the specification's own example", () => {
    expect(checksumOf(Buffer.from("123456789"))).toBe(0xcbf43926);
    expect(checksumOf(Buffer.from("The quick brown fox jumps over the lazy dog"))).toBe(0x414fa339);
  });
});
