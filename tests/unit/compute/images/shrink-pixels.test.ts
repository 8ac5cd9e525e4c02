import { describe, expect, it } from "vitest";
import { fitInside } from "../../../../src/compute/images/fit-inside.ts";
import { meanColor } from "../../../../src/compute/images/mean-color.ts";
import type { RawPixels } from "../../../../src/compute/images/raw-pixels.ts";
import { shrinkPixels } from "../../../../src/compute/images/shrink-pixels.ts";
import { areaMeans, tiles } from "./stain-tiles.ts";

const tile = tiles[0] as RawPixels;
const picture = (width: number, channels: number, values: readonly number[]): RawPixels => ({
  pixels: Uint8Array.from(values),
  width,
  height: values.length / width / channels,
  channels,
});
const colorsOf = (pixels: Uint8Array) => [...pixels].filter((_, i) => i % 4 !== 3);

describe("pictures shrunk by area", () => {
  it.each(areaMeans)("are scikit-image's local means, rounded: $width × $height", ({ width, height, means }) => {
    const colors = colorsOf(shrinkPixels(tile, width, height));
    expect(colors.length).toBe(means.length);
    for (const [i, mean] of means.entries()) expect(Math.abs((colors[i] ?? 0) - mean)).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it("count a pixel that lies under two by the part under each", () => {
    // Three pixels to two: the middle one is halved.
    expect([...shrinkPixels(picture(3, 1, [0, 90, 240]), 2, 1)]).toEqual([30, 30, 30, 255, 190, 190, 190, 255]);
    expect([...shrinkPixels(picture(1, 1, [0, 90, 240]), 1, 2)]).toEqual([30, 30, 30, 255, 190, 190, 190, 255]);
  });

  it("round halves up and nothing else", () => {
    expect([...shrinkPixels(picture(2, 3, [0, 1, 2, 1, 1, 3]), 1, 1)]).toEqual([1, 1, 3, 255]);
    expect([...shrinkPixels(picture(3, 1, [0, 0, 1]), 1, 1)]).toEqual([0, 0, 0, 255]);
    expect([...shrinkPixels(picture(3, 1, [0, 1, 1]), 1, 1)]).toEqual([1, 1, 1, 255]);
  });

  it("keep every pixel where they keep their size", () => {
    expect(colorsOf(shrinkPixels(tile, tile.width, tile.height))).toEqual([...tile.pixels]);
    expect([...shrinkPixels(picture(2, 4, [9, 8, 7, 0, 1, 2, 3, 128]), 2, 1)]).toEqual([9, 8, 7, 0, 1, 2, 3, 128]);
    expect([...shrinkPixels(picture(2, 1, [9, 8]), 2, 1)]).toEqual([9, 9, 9, 255, 8, 8, 8, 255]);
  });

  it("count colours by their opacity, and what is clear not at all", () => {
    expect([...shrinkPixels(picture(2, 4, [200, 100, 50, 255, 9, 9, 9, 0]), 1, 1)]).toEqual([200, 100, 50, 128]);
    expect([...shrinkPixels(picture(2, 4, [200, 0, 0, 100, 0, 200, 0, 50]), 1, 1)]).toEqual([133, 67, 0, 75]);
    expect([...shrinkPixels(picture(2, 4, [200, 0, 0, 0, 0, 200, 0, 0]), 1, 1)]).toEqual([0, 0, 0, 0]);
  });

  it("are the same with three channels and with four where all is opaque", () => {
    const opaque = { ...tile, channels: 4, pixels: shrinkPixels(tile, tile.width, tile.height) };
    expect(shrinkPixels(opaque, 9, 7)).toEqual(shrinkPixels(tile, 9, 7));
  });

  it("have exact sums at sizes where single precision has not", () => {
    const width = 5000;
    const height = 4001;
    const pixels = new Uint8Array(width * height).fill(255);
    pixels[0] = 254;
    // One level less in one of twenty million pixels: the mean is still nearer to 255.
    expect([...shrinkPixels({ pixels, width, height, channels: 1 }, 1, 1)]).toEqual([255, 255, 255, 255]);
    pixels.fill(255, 0, width * height).fill(254, 0, (width * height) / 2);
    expect(shrinkPixels({ pixels, width, height, channels: 1 }, 1, 1)[0]).toBe(255);
    pixels[(width * height) / 2] = 254;
    expect(shrinkPixels({ pixels, width, height, channels: 1 }, 1, 1)[0]).toBe(254);
  });

  it("have as mean colour that of all their pixels", () => {
    expect([...meanColor(picture(2, 3, [0, 10, 20, 100, 30, 255]))]).toEqual([50, 20, 138, 255]);
  });

  it.each([
    [{ ...tile, channels: 2 }, "A picture has 2 channels; expected 1, 3 or 4."],
    [{ ...tile, height: 41 }, "A picture of 40 × 41 pixels and 3 channels has 4800 bytes; expected 4920."],
    [picture(1, 1, []), "A picture of 1 × 0 pixels and 1 channels has 0 bytes; expected 0."],
  ])("are refused where their bytes are not theirs", (wrong, sentence) => {
    expect(() => shrinkPixels(wrong, 4, 4)).toThrow(sentence);
  });
});

describe("a picture that is to fit a box", () => {
  it.each([
    [640, 480, 64, 64, 48],
    [480, 640, 64, 48, 64],
    [64, 64, 9, 9, 9],
    [30, 20, 64, 30, 20],
    [1000, 1, 9, 9, 1],
  ])("of %i × %i in %i pixels is %i × %i", (width, height, box, expectedWidth, expectedHeight) => {
    expect(fitInside(width, height, box)).toEqual({ width: expectedWidth, height: expectedHeight });
  });
});
