import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { JpegReader } from "../../../../src/compute/images/decode/jpeg-reader.ts";

interface Goldens {
  readonly read: readonly { name: string; jpeg: string; width: number; height: number; pixels: string }[];
  readonly refused: readonly { name: string; jpeg: string }[];
}

const path = new URL("../../../reference/jpeg-goldens.json", import.meta.url);
const goldens = JSON.parse(readFileSync(path, "utf8")) as Goldens;
const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "base64"));
const reader = await JpegReader.create();
const tile = bytesOf(goldens.read[0]?.jpeg ?? "");

describe("a JPEG that is read here", () => {
  it.each(goldens.read)("has libjpeg's pixels, bit for bit: $name", ({ jpeg, width, height, pixels }) => {
    const read = reader.read(bytesOf(jpeg));
    expect([read?.width, read?.height, read?.channels]).toEqual([width, height, 3]);
    const expected = bytesOf(pixels);
    const wrong = expected.findIndex((value, place) => value !== read?.pixels[place]);
    expect([wrong, read?.pixels[wrong]]).toEqual([-1, undefined]);
  });

  it("leaves nothing behind for the next", () => {
    for (const { jpeg, pixels } of [...goldens.read].reverse())
      expect(Buffer.from(reader.read(bytesOf(jpeg))?.pixels ?? []).equals(Buffer.from(pixels, "base64"))).toBe(true);
  });
});

describe("what the browser has to read", () => {
  it.each(goldens.refused)("is a JPEG of another kind: $name", ({ jpeg }) => {
    expect(reader.read(bytesOf(jpeg))).toBeNull();
  });

  it("is a file that ends too early, wherever it does", () => {
    for (let length = 0; length < tile.length - 3; length++) expect(reader.read(tile.slice(0, length))).toBeNull();
  });

  it("is no JPEG at all", () => {
    expect(reader.read(new Uint8Array(500))).toBeNull();
    expect(reader.read(Uint8Array.from({ length: 500 }, (_, place) => (place * 7919) & 255))).toBeNull();
  });
});

it("comes to an end with files that are broken anywhere", () => {
  const broken = tile.slice();
  let refused = 0;
  for (let place = 2; place < tile.length; place++) {
    broken[place] = (tile[place] ?? 0) ^ 0xa5;
    if (reader.read(broken) === null) refused++;
    broken[place] = tile[place] ?? 0;
  }
  expect(refused).toBeGreaterThan(100);
  expect(Buffer.from(reader.read(tile)?.pixels ?? []).toString("base64")).toBe(goldens.read[0]?.pixels);
});
