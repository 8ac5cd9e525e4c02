import { interpolateCividis, rgb } from "d3";
import { type ColormapName, colormapTable } from "../../compute/saliency/drawing/colormap-tables.ts";
import { colorStep } from "../../compute/saliency/drawing/heat-pixels.ts";
import type { Rgb } from "./rgb.ts";
import type { Scheme } from "./tokens.ts";

/** viridis for pictures and points, inferno for heat maps, cividis and grey on request, puor for signed values. */
export type ScaleName = "viridis" | "inferno" | "cividis" | "grey" | "puor";

/** Those that saliency maps are drawn in as well; cividis is for points and feature maps alone. */
const colormaps: Readonly<Record<Exclude<ScaleName, "cividis">, ColormapName>> = {
  viridis: "viridis",
  inferno: "inferno",
  grey: "grey",
  puor: "signed",
};

/** Points need 3 : 1 against the page, so each scheme leaves out the end of viridis that is too close to it. */
const pointRange: Readonly<Record<Scheme, readonly [from: number, to: number]>> = {
  light: [0, 0.6],
  dark: [0.38, 1],
};

/** The parts of a scale that points are coloured with on a page of that scheme; signed values keep both ends. */
export function rangeForPoints(name: ScaleName, scheme: Scheme): readonly [from: number, to: number] {
  return name === "puor" ? [0, 1] : pointRange[scheme];
}

/** 256 colours, red, green and blue after one another (768 bytes), from share `from` of the scale to share `to`. */
export function scaleTable(name: ScaleName, from = 0, to = 1): Uint8Array<ArrayBuffer> {
  const colorAt = colorsOf(name);
  const table = new Uint8Array(768);
  for (let step = 0; step < 256; step++) table.set(colorAt(from + ((to - from) * step) / 255), step * 3);
  return table;
}

function colorsOf(name: ScaleName): (share: number) => Rgb | Uint8Array {
  if (name === "cividis")
    return (share) => {
      const { r, g, b } = rgb(interpolateCividis(share));
      return [r, g, b];
    };
  const table = colormapTable(colormaps[name]);
  return (share) => table.subarray(colorStep(share) * 3, colorStep(share) * 3 + 3);
}

/** The colour of a table at `share`, 0 to 1; shares outside take the nearest end. */
export function scaleColor(table: Uint8Array, share: number): Rgb {
  const step = Math.round(Math.min(1, Math.max(0, share)) * 255) * 3;
  return [table[step] ?? 0, table[step + 1] ?? 0, table[step + 2] ?? 0];
}

/** A table as `count` CSS colours, evenly spaced, first to last; for gradients. */
export function scaleStops(table: Uint8Array, count = 17): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const [red, green, blue] = scaleColor(table, index / (count - 1));
    return `rgb(${red}, ${green}, ${blue})`;
  });
}

/** Ends for signed values: symmetric about zero, so that zero lies at the middle of puor. */
export function symmetricDomain(low: number, high: number): readonly [low: number, high: number] {
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return [-reach, reach];
}
