import { describe, expect, it } from "vitest";
import { colormapTable } from "../../../../src/compute/saliency/drawing/colormap-tables.ts";
import { fitMap } from "../../../../src/compute/saliency/drawing/fit-map.ts";
import { heatPixels } from "../../../../src/compute/saliency/drawing/heat-pixels.ts";
import {
  greyPixels,
  overlayPixels,
  slideflowOverlay,
} from "../../../../src/compute/saliency/drawing/overlay-pixels.ts";
import { pair } from "../toy-model.ts";
import { goldens } from "./colormap-goldens.ts";

const pixel = (pixels: Uint8ClampedArray, place = 0) => [...pixels.subarray(place * 4, place * 4 + 4)];
const picture = new Uint8ClampedArray([200, 100, 50, 255]);
// 0.2126 × 200 + 0.7152 × 100 + 0.0722 × 50
const GREY = 117.65;

describe("a map alone", () => {
  it("has matplotlib's colours at the edges of its steps and beyond its ends", () => {
    const pixels = heatPixels(new Float32Array(goldens.edges), colormapTable("inferno"));
    expect(goldens.edges.map((_, place) => pixel(pixels, place))).toEqual(goldens.colorsAtEdges);
  });
});

describe("a map over its picture", () => {
  const inferno = colormapTable("inferno");
  const over = (value: number, options = {}, table = inferno, opacity = 0.85) =>
    pixel(overlayPixels(picture, new Float32Array([value]), table, opacity, options));

  it("leaves the picture in grey where it is 0", () => {
    expect(over(0)).toEqual([118, 118, 118, 255]);
    expect(pixel(greyPixels(picture))).toEqual([118, 118, 118, 255]);
  });

  it("covers it by the opacity where it is 1, and by half of that at a half", () => {
    const mixed = (color: readonly number[], weight: number) =>
      color.map((value) => Math.round(GREY + weight * (value - GREY)));
    expect(over(1)).toEqual([...mixed([252, 254, 164], 0.85), 255]);
    expect(over(0.5)).toEqual([...mixed([187, 55, 84], 0.425), 255]);
    expect(over(1, {}, inferno, 1)).toEqual([252, 254, 164, 255]);
    expect(over(1, {}, inferno, 0)).toEqual([118, 118, 118, 255]);
  });

  it("that is signed covers it at both of its ends and not in the middle", () => {
    const signed = colormapTable("signed");
    expect(over(0, { isSigned: true }, signed, 1)).toEqual([45, 0, 75, 255]);
    expect(over(1, { isSigned: true }, signed, 1)).toEqual([127, 59, 8, 255]);
    expect(over(0.5, { isSigned: true }, signed, 1)).toEqual([118, 118, 118, 255]);
  });

  it("shows beyond its mask the picture in grey", () => {
    expect(over(1, { mask: new Uint8Array([0]) })).toEqual([118, 118, 118, 255]);
    expect(over(1, { mask: new Uint8Array([1]) })).toEqual(over(1));
  });

  it("has, after Slideflow, the bytes that Pillow makes of Oranges at 60 %", () => {
    const { height, width, picture: colors, bytes } = goldens.overlay;
    const places = height * width;
    const pixels = new Uint8ClampedArray(places * 4).fill(255);
    for (let place = 0; place < places; place++) pixels.set(colors.slice(place * 3, place * 3 + 3), place * 4);
    const map = Float32Array.from({ length: places }, (_, place) => place / (places - 1));
    const made = slideflowOverlay(pixels, map);
    expect([...made].filter((_, index) => index % 4 < 3)).toEqual(bytes);
    expect([...made].filter((_, index) => index % 4 === 3)).toEqual(new Array(places).fill(255));
  });
});

describe("Slideflow's own overlay of four pixels", () => {
  it("is ours", () => {
    const four = new Uint8ClampedArray(pair.overlay.image.flat().flatMap((colors) => [...colors, 255]));
    const made = slideflowOverlay(four, new Float32Array(pair.overlay.mask.flat()));
    expect([...made]).toEqual(pair.overlay.overlay.flat().flatMap((colors) => [...colors, 255]));
  });
});

describe("a map of another size than its picture", () => {
  const map = new Float32Array([0, 1]);

  it("is read between its places' middles", () => {
    expect([...fitMap(map, { height: 1, width: 2 }, { height: 2, width: 4 })]).toEqual([
      0.25, 0.25, 0.75, 0.75, 0.25, 0.25, 0.75, 0.75,
    ]);
  });

  it("stays itself where it has the picture's size", () => {
    expect(fitMap(map, { height: 1, width: 2 }, { height: 1, width: 2 })).toBe(map);
  });
});
