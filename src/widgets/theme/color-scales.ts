import {
  interpolateCividis,
  interpolateInferno,
  interpolateRgb,
  interpolateViridis,
  piecewise,
  rgb,
  schemePuOr,
} from "d3";
import type { Rgb } from "./rgb.ts";
import type { Scheme } from "./tokens.ts";

/** viridis for pictures and points, inferno for heat maps, cividis and grey on request, puor for signed values. */
export type ScaleName = "viridis" | "inferno" | "cividis" | "grey" | "puor";

const interpolators: Readonly<Record<ScaleName, (share: number) => string>> = {
  viridis: interpolateViridis,
  inferno: interpolateInferno,
  cividis: interpolateCividis,
  grey: interpolateRgb("#000", "#fff"),
  // d3's own interpolatePuOr is a spline that misses the neutral middle (it gives #f3eeea at zero).
  puor: piecewise(interpolateRgb, [...(schemePuOr[11] ?? [])]),
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
  const table = new Uint8Array(768);
  for (let step = 0; step < 256; step++) {
    const { r, g, b } = rgb(interpolators[name](from + ((to - from) * step) / 255));
    table.set([Math.round(r), Math.round(g), Math.round(b)], step * 3);
  }
  return table;
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
