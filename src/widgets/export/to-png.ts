import { ComputeError } from "../../compute/errors.ts";
import { drawFigure } from "./draw-figure.ts";
import type { Figure } from "./figure.ts";
import { figureDpi, figurePixels } from "./figure-size.ts";
import { joinPng, splitPng, textChunks } from "./png-chunks.ts";

/**
 * A figure as a PNG file, drawn anew for its resolution (`dpi`, by default what makes it about 2,100 px wide). The file
 * says its resolution, its title and its caption.
 */
export async function figureToPng(figure: Figure, dpi = figureDpi(figure.width)): Promise<Uint8Array<ArrayBuffer>> {
  const width = figurePixels(figure.width, dpi);
  const height = figurePixels(figure.height, dpi);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context)
    throw new ComputeError("memory", `This page can't draw ${width} × ${height} px.`, "Choose a smaller dpi or size.");
  drawFigure(context, figure, width, height);
  const blob = await canvas.convertToBlob({ type: "image/png" });
  const [header, ...rest] = splitPng(new Uint8Array(await blob.arrayBuffer()));
  if (!header) throw new RangeError("empty PNG: expected at least its header");
  return joinPng([
    header,
    ...textChunks(figure, dpi),
    // Chromium writes a pHYs of its own for some sources; two would make the file wrong.
    ...rest.filter(({ type }) => type !== "pHYs"),
  ]);
}
