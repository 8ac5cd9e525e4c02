import { describe, expect, it } from "vitest";
import { isPlainPicture } from "../../../../src/compute/images/decode/is-plain-picture.ts";

const segment = (marker: number, length = 14) => [0xff, marker, 0, length, ...Array(length - 2).fill(0)];
const jpeg = (...segments: number[][]) => Uint8Array.from([0xff, 0xd8, ...segments.flat(), ...segment(0xda), 1, 2, 3]);
/** An ICC profile as Chromium writes it: primaries and one curve of sRGB. */
function profile({ red = 0x6fa2, exponent = 0x26666, piece = 1, extra = "" } = {}): number[] {
  const words = (...numbers: number[]) => numbers.flatMap((word) => [24, 16, 8, 0].map((by) => (word >>> by) & 255));
  const text = (letters: string) => [...letters].map((letter) => letter.charCodeAt(0));
  const xyz = (...color: number[]) => [...text("XYZ "), ...words(0, ...color)];
  const contents = [
    ["rXYZ", xyz(red, 0x38f5, 0x390)],
    ["gXYZ", xyz(0x6299, 0xb785, 0x18da)],
    ["bXYZ", xyz(0x24a0, 0xf84, 0xb6cf)],
    ["rTRC", [...text("para"), ...words(0, 3 << 16, exponent, 0xf2a7, 0xd59, 0x13d0, 0xa5b)]],
    ...(extra ? [[extra, text("mft2")] as const] : []),
  ] as const;
  const names = [...contents.map(([name]) => name), "gTRC", "bTRC"];
  const offsets = new Map<string, number>();
  let at = 128 + 4 + 12 * names.length;
  for (const [name, bytes] of contents) {
    offsets.set(name, at);
    at += bytes.length;
  }
  const tags = names.flatMap((name) => [...text(name), ...words(offsets.get(name) ?? offsets.get("rTRC") ?? 0, 32)]);
  const header = [...Array(16).fill(0), ...text("RGB XYZ "), ...Array(104).fill(0)];
  const bytes = [...header, ...words(names.length), ...tags, ...contents.flatMap(([, content]) => content)];
  const length = bytes.length + 16;
  return [0xff, 0xe2, length >> 8, length & 255, ...text("ICC_PROFILE\0"), piece, 1, ...bytes];
}
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
    ["one with the profile of sRGB", jpeg(segment(0xe0), profile()), true],
    ["one with other primaries", jpeg(profile({ red: 0x6fff })), false],
    ["one with another curve", jpeg(profile({ exponent: 0x23333 })), false],
    ["one with tables for its colours", jpeg(profile({ extra: "A2B0" })), false],
    ["one with a profile in pieces", jpeg(profile({ piece: 2 })), false],
    ["one whose profile ends before its tags", jpeg([0xff, 0xe2, 0, 150, ...profile().slice(4, 152)]), false],
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
