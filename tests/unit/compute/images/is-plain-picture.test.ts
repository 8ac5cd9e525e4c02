import { describe, expect, it } from "vitest";
import { isPlainPicture } from "../../../../src/compute/images/decode/is-plain-picture.ts";

const segment = (marker: number, length = 14) => [0xff, marker, 0, length, ...Array(length - 2).fill(0)];
const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...segment(0xda), 1, 2, 3]);
const chunk = (name: string, length = 5) => [
  ...[0, 0, 0, length],
  ...[...name].map((letter) => letter.charCodeAt(0)),
  ...Array(length + 4).fill(0),
];
const png = (...names: string[]) =>
  Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, ...names.flatMap((name) => chunk(name))]);

describe("a picture is plain", () => {
  it.each([
    ["a JPEG of tables and pixels", jpeg(segment(0xe0), segment(0xdb), segment(0xc0)), true],
    ["one with Exif", jpeg(segment(0xe0), segment(0xe1)), false],
    ["one with a colour profile", jpeg(segment(0xe2), segment(0xdb)), false],
    ["one that ends before its pixels", jpeg(segment(0xe0)).subarray(0, 18), false],
    ["one with something else between its segments", jpeg(segment(0xe0), [7]), false],
    ["a PNG of pixels", png("IHDR", "PLTE", "tRNS", "IDAT", "IEND"), true],
    ["one that says that it is sRGB", png("IHDR", "sRGB", "IDAT"), true],
    ["one with a colour profile", png("IHDR", "iCCP", "IDAT"), false],
    ["one with a gamma", png("IHDR", "gAMA", "IDAT"), false],
    ["one with Exif", png("IHDR", "eXIf", "IDAT"), false],
    ["one of several frames", png("IHDR", "acTL", "IDAT"), false],
    ["one that ends before its pixels", png("IHDR"), false],
    ["a GIF", Uint8Array.from("GIF89a__________", (letter) => letter.charCodeAt(0)), false],
    ["nothing", new Uint8Array(0), false],
  ])("or not: %s", (_, bytes, isPlain) => {
    // Somewhere in a pack, as pictures come.
    const pack = new Uint8Array(bytes.length + 9).fill(0xda);
    pack.set(bytes, 5);
    expect(isPlainPicture(pack.subarray(5, 5 + bytes.length))).toBe(isPlain);
  });
});
