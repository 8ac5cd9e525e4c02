import { drawText, fontOf } from "./draw-figure.ts";
import type { FigurePixels, FigureText } from "./figure.ts";

/** Pixels to a point: 600 dpi. */
const SHARPNESS = 600 / 72;

/** A text as a picture; sizes are points. */
export interface DrawnText {
  readonly pixels: FigurePixels;
  readonly width: number;
  readonly height: number;
  /** From the text's place on its baseline to the picture's left edge, and down to its lower one. */
  readonly left: number;
  readonly below: number;
}

/**
 * A text drawn with the fonts of the machine, for letters that the embedded fonts lack (Chinese, Arabic, emoji); null
 * where there is no canvas to draw on.
 */
export function drawnText(item: FigureText): DrawnText | null {
  const measuring = typeof OffscreenCanvas === "undefined" ? null : new OffscreenCanvas(1, 1).getContext("2d");
  if (!measuring) return null;
  measuring.font = fontOf(item);
  const measured = measuring.measureText(item.text);
  const edge = 1 + (item.halo?.lineWidth ?? 0);
  const start = edge + Math.max(0, measured.actualBoundingBoxLeft);
  const above = edge + measured.actualBoundingBoxAscent;
  const below = edge + Math.max(0, measured.actualBoundingBoxDescent);
  const [columns, rows] = [
    Math.ceil((start + Math.max(measured.width, measured.actualBoundingBoxRight) + edge) * SHARPNESS),
    Math.ceil((above + below) * SHARPNESS),
  ];
  const context = new OffscreenCanvas(columns, rows).getContext("2d");
  if (!context) return null;
  context.setTransform(SHARPNESS, 0, 0, SHARPNESS, start * SHARPNESS, above * SHARPNESS);
  drawText(context, { ...item, x: 0, y: 0, anchor: "start" });
  const { data } = context.getImageData(0, 0, columns, rows);
  const [width, height] = [columns / SHARPNESS, rows / SHARPNESS];
  const shift = { start: 0, middle: measured.width / 2, end: measured.width }[item.anchor];
  return { pixels: { data, width: columns, height: rows }, width, height, left: -shift - start, below: height - above };
}
