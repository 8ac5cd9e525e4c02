import { ComputeError } from "../../compute/errors.ts";
import { drawFigure } from "./draw-figure.ts";
import type { FigureItem } from "./figure.ts";
import { figurePixels } from "./figure-size.ts";
import { placeItems } from "./place-items.ts";

/** A part of a figure, millimetres. */
export interface FigureBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Items as pixels on nothing: for marks that are so many that a vector file of them would be heavy and slow to open.
 *
 * @throws {ComputeError} "input" for a size that can't be drawn, "memory" where there is no canvas for it.
 */
export function pixelLayer(items: readonly FigureItem[], box: FigureBox, dpi: number): FigureItem {
  const [width, height] = [figurePixels(box.width, dpi), figurePixels(box.height, dpi)];
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context)
    throw new ComputeError("memory", `This page can't draw ${width} × ${height} px.`, "Choose a smaller dpi or size.");
  const moved = placeItems(items, { x: -box.x, y: -box.y, scale: 1 });
  drawFigure(context, { ...box, items: moved, background: null, caption: "", title: "" }, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { kind: "image", ...box, pixels: { data: new Uint8ClampedArray(data), width, height } };
}
