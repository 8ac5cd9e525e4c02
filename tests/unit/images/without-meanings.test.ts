import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { isPlainPicture } from "../../../src/compute/images/decode/is-plain-picture.ts";
import { withoutMeanings } from "../../../src/compute/images/decode/without-meanings.ts";
import { turnedJpeg } from "../../support/turned-jpeg.ts";

const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const frame = [0xff, 0xc0, 0, 4, 1, 2];
const scan = [0xff, 0xda, 0, 2, 0xff, 0xe1, 0, 9, 0xff, 0xd9];
const jpeg = [0xff, 0xd8, ...frame, ...scan];

/** A WebP of chunks, each padded to an even length. */
function webp(chunks: readonly (readonly [string, readonly number[]])[]): Uint8Array<ArrayBuffer> {
  const parts = chunks.flatMap(([name, content]) => [
    ...letters(name),
    ...[content.length, 0, 0, 0],
    ...content,
    ...(content.length % 2 === 1 ? [0] : []),
  ]);
  return Uint8Array.from([...letters("RIFF"), parts.length + 4, 0, 0, 0, ...letters("WEBP"), ...parts]);
}

describe("an encoded picture without what its pixels are meant to be", () => {
  it("is a JPEG without Exif and profile, to its scan and no further, whatever fills the room between markers", () => {
    const profile = [0xff, 0xff, 0xff, 0xe2, 0, 4, 8, 8];
    const given = turnedJpeg([0xff, 0xd8, ...frame, ...profile, ...scan], 6);
    expect([...withoutMeanings(Uint8Array.from(given))]).toEqual([0xff, 0xd8, ...frame, 0xff, 0xff, ...scan]);
  });

  it("is a PNG without gamma and orientation", () => {
    const png = PNG.sync.write(new PNG({ width: 2, height: 2 }));
    const afterHeader = 33;
    const chunk = (name: string) => [0, 0, 0, 4, ...letters(name), 0, 0, 0xb1, 0x8f, 1, 2, 3, 4];
    const given = [...png.subarray(0, afterHeader), ...chunk("gAMA"), ...chunk("eXIf"), ...png.subarray(afterHeader)];
    const bare = withoutMeanings(Uint8Array.from(given));
    expect(isPlainPicture(Uint8Array.from(given))).toBe(false);
    expect(isPlainPicture(bare)).toBe(true);
    expect([...bare]).toEqual([...png]);
  });

  it("is a WebP without them, that says so and how long it is now", () => {
    const pixels = ["VP8L", [1, 2, 3]] as const;
    const size = [0, 0, 0, 1, 0, 0, 1, 0, 0];
    const given = webp([["VP8X", [0x38, ...size]], ["ICCP", [9, 9, 9]], pixels, ["EXIF", [7]]]);
    expect(withoutMeanings(given)).toEqual(webp([["VP8X", [0x10, ...size]], pixels]));
  });

  it("is itself where there is nothing to leave out, or what it is can't be told", () => {
    for (const bytes of [
      jpeg,
      letters("GIF89a and more than that"),
      [0xff, 0xd8],
      [...jpeg.slice(0, 8), 0, 0, 0, 0, 0, 0, 0, 0],
    ]) {
      const given = Uint8Array.from(bytes);
      expect(withoutMeanings(given)).toBe(given);
    }
  });

  it("ends where a file is cut off within what is left out", () => {
    const cut = turnedJpeg(jpeg, 6).slice(0, 20);
    expect([...withoutMeanings(Uint8Array.from(cut))]).toEqual([0xff, 0xd8]);
  });
});
