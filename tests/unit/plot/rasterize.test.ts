import { describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { accumulate, emptySums } from "../../../src/widgets/plane/marks/accumulate.ts";
import { interleavedOrder } from "../../../src/widgets/plane/marks/interleaved-order.ts";
import { rasterize } from "../../../src/widgets/plane/marks/rasterize.ts";
import { type Frame, paletteOf, type Scene } from "../../../src/widgets/plane/marks/scene.ts";

const blue = [6, 99, 231] as const;
const orange = [236, 103, 0] as const;
const grey = [212, 212, 212] as const;
const page = [255, 255, 255] as const;
const colors = { scheme: "light", notSelected: grey, page } as const;

/** Two marks 20 pixels apart, blue and orange, in a picture of 40 x 20 pixels; map units are pixels, y downwards. */
const scene: Scene = {
  positions: Float32Array.of(10, 10, 30, 10),
  codes: Uint8Array.of(0, 1),
  palette: paletteOf([blue, orange]),
  missing: 255,
  mask: null,
};
const frame: Frame = { affine: [1, 0, 0, 1, 0, 0], width: 40, height: 20, diameter: 6 };

function at(pixels: Uint8ClampedArray, x: number, y: number, width = frame.width): readonly number[] {
  return [...pixels.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

describe("a picture", () => {
  it("shows lone marks in their full colour on the page's", () => {
    const pixels = rasterize(scene, frame, colors);
    expect(at(pixels, 10, 10)).toEqual([...blue, 255]);
    expect(at(pixels, 30, 10)).toEqual([...orange, 255]);
    expect(at(pixels, 20, 10)).toEqual([...page, 255]);
  });

  it("is transparent without a page colour", () => {
    const pixels = rasterize(scene, frame, { ...colors, page: null });
    expect(at(pixels, 20, 10)).toEqual([0, 0, 0, 0]);
    expect(at(pixels, 10, 10)).toEqual([...blue, 255]);
  });

  it("mixes the colours of marks that lie on one another, in any order", () => {
    const stacked = { ...scene, positions: Float32Array.of(10, 10, 10, 10) };
    const turned = { ...stacked, codes: Uint8Array.of(1, 0) };
    const mixed = at(rasterize(stacked, frame, colors), 10, 10);
    expect(mixed).toEqual([121, 101, 116, 255]);
    expect(at(rasterize(turned, frame, colors), 10, 10)).toEqual(mixed);
  });

  it("shows what is not selected in grey, beneath what is", () => {
    const positions = Float32Array.of(10, 10, 10, 10, 30, 10);
    const three = { ...scene, positions, codes: Uint8Array.of(0, 1, 1), mask: maskOf([0], 3) };
    const pixels = rasterize(three, frame, colors);
    // Two marks give full ink here, so ink of one is 0.9: what is left of the grey is 0.9 of the tenth not covered.
    const expected = blue.map((part, place) => 0.9 * part + 0.09 * (grey[place] ?? 0) + 0.01 * 255);
    for (const [place, part] of expected.entries())
      expect(Math.abs((at(pixels, 10, 10)[place] ?? 0) - part), `part ${place}`).toBeLessThan(2);
    const [greyRed = 0, greyGreen = 0, greyBlue = 0] = at(pixels, 30, 10);
    expect(greyRed).toBe(greyGreen);
    expect(greyGreen).toBe(greyBlue);
    expect(greyRed).toBeLessThan(230);
  });

  it("draws rows without a class as rings", () => {
    const palette = paletteOf([...Array.from({ length: 255 }, () => blue), orange]);
    const pixels = rasterize({ ...scene, codes: Uint8Array.of(255, 0), palette }, { ...frame, diameter: 8 }, colors);
    expect(at(pixels, 10, 10)).toEqual([...page, 255]);
    expect(at(pixels, 13, 10)[0]).toBeGreaterThan(230);
    expect(at(pixels, 13, 10)[2]).toBeLessThan(100);
    expect(at(pixels, 30, 10)).toEqual([...blue, 255]);
  });

  it("is coloured by density where rows have no codes: the last colour where marks are densest", () => {
    const positions = new Float32Array(40).fill(10);
    positions.set([30, 10], 38);
    const palette = paletteOf(Array.from({ length: 256 }, (_, step) => (step < 128 ? blue : orange)));
    const pixels = rasterize({ ...scene, positions, codes: null, palette }, frame, colors);
    expect(at(pixels, 10, 10).slice(0, 3)).toEqual([...orange]);
    const [red = 0, , blue_ = 0] = at(pixels, 30, 10);
    expect(blue_).toBeGreaterThan(red);
  });

  it("keeps rows without a finite position out", () => {
    const broken = { ...scene, positions: Float32Array.of(Number.NaN, 10, Number.POSITIVE_INFINITY, 10) };
    expect(new Set(rasterize(broken, frame, colors))).toEqual(new Set([255]));
  });

  it("cuts marks at its edges", () => {
    const corner = { ...scene, positions: Float32Array.of(0, 0, 40, 20) };
    const pixels = rasterize(corner, frame, colors);
    expect(at(pixels, 0, 0)).toEqual([...blue, 255]);
    expect(at(pixels, 39, 19)).toEqual([...orange, 255]);
    expect(at(pixels, 39, 0)).toEqual([...page, 255]);
  });
});

describe("a mark", () => {
  it("covers the area of its disc, wherever it lies between pixels", () => {
    for (const [x, y] of [
      [10, 10],
      [10.5, 10.25],
      [9.87, 10.61],
    ] as const) {
      const one = { ...scene, positions: Float32Array.of(x, y) };
      const sums = emptySums(frame, one);
      accumulate(sums, one, frame, 0, 1);
      const covered = sums.colored.reduce((sum, value, place) => (place % 4 === 3 ? sum + value : sum), 0);
      expect(covered / (Math.PI * 9)).toBeGreaterThan(0.97);
      expect(covered / (Math.PI * 9)).toBeLessThan(1.04);
    }
  });
});

describe("the order of drawing", () => {
  it.each([0, 1, 2, 10, 1797, 100_000])("has each of %i rows once", (rows) => {
    const order = interleavedOrder(rows);
    expect(new Set(order).size).toBe(rows);
    expect(order.every((row) => row < rows)).toBe(true);
  });

  it("brings every class early, however the rows are sorted", () => {
    const early = interleavedOrder(10_000).subarray(0, 100);
    const inClass = new Array<number>(10).fill(0);
    for (const row of early) inClass[Math.floor(row / 1000)] = (inClass[Math.floor(row / 1000)] ?? 0) + 1;
    expect(Math.min(...inClass)).toBeGreaterThanOrEqual(9);
  });
});
