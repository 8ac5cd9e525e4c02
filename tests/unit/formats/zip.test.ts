import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { checksumOf } from "../../../src/compute/formats/zip/checksum-of.ts";
import { ZipArchive } from "../../../src/compute/formats/zip/zip-archive.ts";
import { zipOf } from "./written-zip.ts";

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
