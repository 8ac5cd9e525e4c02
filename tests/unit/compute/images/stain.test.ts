import { describe, expect, it } from "vitest";
import type { RawPixels } from "../../../../src/compute/images/raw-pixels.ts";
import { fitNormalizer, normalizeStain } from "../../../../src/compute/images/stain/normalize-stain.ts";
import type { MacenkoTarget, StainMethod } from "../../../../src/compute/images/stain/normalizer.ts";
import { normalizerPresets } from "../../../../src/compute/images/stain/normalizer-presets.ts";
import { golden, normalized, tiles } from "./stain-tiles.ts";

const tissue = tiles[3] as RawPixels;
const painted = (color: readonly number[], width = 8, height = 8): RawPixels => ({
  pixels: Uint8Array.from({ length: width * height * color.length }, (_, i) => color[i % color.length] ?? 0),
  width,
  height,
  channels: color.length,
});
const withOpacity = ({ pixels, width, height }: RawPixels, opacity: (pixel: number) => number): RawPixels => ({
  pixels: Uint8Array.from({ length: width * height * 4 }, (_, i) =>
    i % 4 === 3 ? opacity(i >> 2) : (pixels[(i >> 2) * 3 + (i % 4)] ?? 0),
  ),
  width,
  height,
  channels: 4,
});

/** Largest difference of two pictures in levels, and the share of values that differ. */
function compare(a: RawPixels, b: RawPixels): { readonly most: number; readonly share: number } {
  const differences = [...a.pixels].map((value, i) => Math.abs(value - (b.pixels[i] ?? Number.NaN)));
  return {
    most: differences.reduce((most, difference) => Math.max(most, difference), 0),
    share: differences.filter((difference) => difference !== 0).length / differences.length,
  };
}

describe.each(golden.methods)("stain normalisation by %s", (method) => {
  const cases = tiles.map((tile, place) => ({ tile, place }));

  // Both cut decimals off: where single and double precision fall on two sides of a whole number they are 1 apart.
  it.each(cases)("gives tile $place the colours that torchstain gives it", ({ tile, place }) => {
    const { picture, isNormalized } = normalizeStain(tile, normalizerPresets[method]);
    expect(isNormalized).toBe(true);
    const { most, share } = compare(picture, normalized(method, place));
    expect(most).toBeLessThanOrEqual(1);
    expect(share).toBeLessThan(0.001);
    expect(compare(picture, tile).most).toBeGreaterThan(5);
  });

  it.each(cases)("fits to tile $place what torchstain fits", ({ tile, place }) => {
    const { method: kept, ...figures } = fitNormalizer(method, tile);
    expect(kept).toBe(method);
    for (const [name, values] of Object.entries(golden.fits[method][place] ?? {})) {
      const own =
        Object.entries(figures)
          .find(([figure]) => figure === name)?.[1]
          .flat() ?? [];
      const flat = values.flat();
      expect(own.length).toBe(flat.length);
      // torchstain's Lab is in single precision.
      for (const [i, value] of flat.entries()) expect(own[i]).toBeCloseTo(value, method.startsWith("macenko") ? 10 : 3);
    }
  });

  it.each([
    ["white", painted([255, 255, 255])],
    ["black", painted([0, 0, 0])],
    ["one colour", painted([190, 120, 170])],
    ["a single pixel", painted([190, 120, 170], 1, 1)],
    [
      "grey, of three channels",
      { ...painted([0, 0, 0]), pixels: Uint8Array.from({ length: 192 }, (_, i) => 40 + ((i / 3) | 0)) },
    ],
    ["grey, of one channel", { ...painted([0]), pixels: Uint8Array.from({ length: 64 }, (_, i) => 40 + i) }],
  ])("leaves a tile that is %s as it was, and says so", (_, tile) => {
    const { picture, isNormalized } = normalizeStain(tile, normalizerPresets[method]);
    expect(isNormalized).toBe(false);
    expect(picture).toEqual(tile);
    expect(() => fitNormalizer(method, tile)).toThrow(
      `The picture to normalise by (${tile.width} × ${tile.height} pixels) shows no stain that ${method} can go by. Choose one with stained tissue.`,
    );
  });

  it("keeps opacity, and gives the colours that it gives without", () => {
    const clear = withOpacity(tissue, (pixel) => pixel % 256);
    const { picture } = normalizeStain(clear, normalizerPresets[method]);
    const opaque = normalizeStain(tissue, normalizerPresets[method]).picture;
    expect(picture).toEqual(withOpacity(opaque, (pixel) => pixel % 256));
  });
});

describe("stain normalisation", () => {
  it("leaves white alone by the methods with a mask, and not by those without", () => {
    const glass = painted([255, 255, 255], 40, 8);
    const pixels = Uint8Array.from([...glass.pixels, ...tissue.pixels]);
    const tile = { pixels, width: 40, height: 48, channels: 3 };
    const shown = (method: StainMethod) => [
      ...normalizeStain(tile, normalizerPresets[method]).picture.pixels.subarray(0, 3),
    ];
    expect(shown("reinhard_fast_mask")).toEqual([255, 255, 255]);
    expect(shown("reinhard_mask")).toEqual([255, 255, 255]);
    expect(shown("reinhard_fast")).not.toEqual([255, 255, 255]);
  });

  it.each(tiles.map((tile, place) => ({ tile, place })))(
    "by its own figures leaves tile $place what it is",
    ({ tile }) => {
      const { picture } = normalizeStain(tile, fitNormalizer("reinhard_fast", tile));
      // Decimals are cut off, and 179.9999… is 179.
      expect(compare(picture, tile).most).toBeLessThanOrEqual(1);
    },
  );

  it.each([
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ])("tells two stains apart whichever way their covariance lies: channels %i, %i, %i", (...order) => {
    // Much of one stain means little of the other: the largest eigenvector then lies across the tissue, not along it.
    const { stains } = normalizerPresets.macenko_fast as MacenkoTarget;
    const turned = stains.map((stain) => order.map((channel) => stain[channel] ?? 0));
    const pixels = Uint8Array.from({ length: 400 * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      const part = (pixel % 20) / 19;
      const all = 1 + (0.2 * Math.floor(pixel / 20)) / 19;
      const density = all * (part * (turned[0]?.[i % 3] ?? 0) + (1 - part) * (turned[1]?.[i % 3] ?? 0));
      return Math.round(255 * Math.exp(-density));
    });
    const fitted = fitNormalizer("macenko_fast", { pixels, width: 20, height: 20, channels: 3 }) as MacenkoTarget;
    const redFirst = turned.toSorted((a, b) => (b[0] ?? 0) - (a[0] ?? 0));
    for (const [which, stain] of redFirst.entries())
      for (const [channel, value] of stain.entries())
        expect(Math.abs((fitted.stains[which]?.[channel] ?? 0) - value)).toBeLessThan(0.02);
  });
});
