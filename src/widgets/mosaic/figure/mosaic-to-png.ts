import { ComputeError } from "../../../compute/errors.ts";
import type { Job } from "../../../compute/job.ts";
import { drawFigure } from "../../export/draw-figure.ts";
import { paintBands } from "../../export/paint-bands.ts";
import { textChunks } from "../../export/png-chunks.ts";
import { PngWriter } from "../../export/png-writer.ts";
import type { MosaicFigure } from "./mosaic-figure.ts";
import { pixelsOf } from "./tile-drawing.ts";
import { TilePainter } from "./tile-painter.ts";

/** Pixels of the largest file: some 2 GB where tiles are noisy, which is what a page can hold. */
const MOST_PIXELS = 6e8;

/**
 * A mosaic as a PNG file of any size: drawn and written band after band, so that no canvas is as large as the picture.
 *
 * @throws {ComputeError} "input" where the file would be too large to hold, "lost" where pictures can't be had,
 * "cancelled".
 */
export async function mosaicToPng(
  { figure, under, tiles }: MosaicFigure,
  dpi: number,
  job: Job,
): Promise<Uint8Array<ArrayBuffer>> {
  const pixels = (mm: number) => Math.round((mm / 25.4) * dpi);
  const [width, height] = [pixels(figure.width), pixels(figure.height)];
  checkSize(width, height);
  const painter =
    tiles && new TilePainter(tiles, pixelsOf(tiles, dpi), { left: pixels(tiles.left), top: pixels(tiles.top) }, job);
  const hasOpacity = figure.background === null;
  const writer = new PngWriter({ width, height, hasOpacity, extra: textChunks(figure, dpi) }, job.signal);
  const beneath = { ...figure, items: under };
  const above = { ...figure, background: null };
  const bands = paintBands(
    { width, height },
    async (context, corner) => {
      drawFigure(context, beneath, width, height, corner);
      await painter?.paint(context, corner);
      drawFigure(context, above, width, height, corner);
    },
    job.signal,
  );
  // The next band is painted, its pictures being made in the worker, while the one before is packed.
  let written = Promise.resolve();
  for await (const band of bands) {
    await written;
    written = writer.write(band.pixels);
    // Heard at the next band, or below.
    written.catch(() => undefined);
  }
  await written;
  return writer.end();
}

function checkSize(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  const count = (value: number) => value.toLocaleString("en-US");
  throw new ComputeError(
    "input",
    `The PNG would have ${count(width)} × ${count(height)} px; a page can hold ${MOST_PIXELS / 1e6} million.`,
    "Choose a smaller dpi or size.",
  );
}
