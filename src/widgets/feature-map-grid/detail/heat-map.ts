import { buildElement } from "../../chrome/build-element.ts";
import { scaleTable } from "../../theme/color-scales.ts";
import { levelPixels } from "./color-levels.ts";

/** CSS px of a small map's longer side. */
const SIDE = 36;

/** Colours for numbers that are read beside each other, and which numbers they end at. */
export interface HeatScale {
  readonly colors: Uint8Array;
  readonly least: number;
  readonly most: number;
}

/** viridis from 0 where nothing is below; else, and for what has a sign of its own, purple below 0 and orange above. */
export function heatScale(parts: readonly Float32Array[], isSigned: boolean): HeatScale {
  let least = 0;
  let most = 0;
  for (const part of parts)
    for (const value of part) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  if (least >= 0 && !isSigned) return { colors: scaleTable("viridis"), least: 0, most };
  const reach = Math.max(-least, most);
  return { colors: scaleTable("puor"), least: -reach, most: reach };
}

export interface HeatMapPart {
  readonly height: number;
  readonly width: number;
  readonly values: ArrayLike<number>;
  /** 1 where nothing is drawn. */
  readonly padded?: Uint8Array;
}

/** Numbers as a small picture. @param label What it shows, for those who don't see it. */
export function heatMap(part: HeatMapPart, scale: HeatScale, label: string): HTMLCanvasElement {
  const { height, width } = part;
  const canvas = buildElement("canvas", { class: "ls-detail-heat", attributes: { role: "img", "aria-label": label } });
  canvas.height = height;
  canvas.width = width;
  const zoom = SIDE / Math.max(height, width);
  canvas.style.height = `${Math.max(1, Math.round(height * zoom))}px`;
  canvas.style.width = `${Math.max(1, Math.round(width * zoom))}px`;
  canvas.getContext("2d")?.putImageData(new ImageData(heatPixels(part, scale), width, height), 0, 0);
  return canvas;
}

/** The same as bytes: red, green, blue, opacity. */
export function heatPixels(
  { values, padded }: Omit<HeatMapPart, "height" | "width">,
  { colors, least, most }: HeatScale,
): Uint8ClampedArray<ArrayBuffer> {
  const span = most - least;
  const levels = Uint8Array.from(values, (value) => {
    const share = span > 0 ? (value - least) / span : 0.5;
    return Math.round(Math.max(0, Math.min(1, share)) * 255);
  });
  const pixels = levelPixels(levels, colors);
  for (let at = 0; at < levels.length; at++) if (padded?.[at] === 1) pixels[at * 4 + 3] = 0;
  return pixels;
}
