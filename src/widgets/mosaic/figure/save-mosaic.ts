import type { Job } from "../../../compute/job.ts";
import { acceptFigureOptions, type FigureOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureToPdf } from "../../export/to-pdf.ts";
import { figureToSvg } from "../../export/to-svg.ts";
import { tileReport } from "../data/tile-report.ts";
import type { MosaicSession } from "../session.ts";
import type { Crop } from "./crop.ts";
import { mosaicFigure } from "./mosaic-figure.ts";
import { mosaicToPng } from "./mosaic-to-png.ts";
import { tileItems } from "./tile-items.ts";

export interface SavedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Tiles under vector axes are drawn as finely as journals print. */
const VECTOR_DPI = 600;

/** As `acceptFigureOptions`, but a mosaic is as wide as a page unless told otherwise. */
export function acceptMosaicOptions(input: Readonly<Record<string, unknown>>): FigureOptions {
  const isVector = input.format === "svg" || input.format === "pdf";
  const { size = "page", dpi = isVector ? VECTOR_DPI : undefined } = input;
  return acceptFigureOptions({ ...input, size, dpi });
}

/**
 * The mosaic as a file: a figure as PNG, SVG or PDF, or the tiles on show as CSV.
 *
 * @throws {ComputeError} "input" for a size that can't be drawn, "lost" where pictures can't be had, "cancelled".
 */
export async function saveMosaic(
  session: MosaicSession,
  options: FigureOptions,
  crop: Crop,
  job: Job,
): Promise<SavedFile> {
  const { format, dpi } = options;
  const name = fileName(format === "csv" ? "mosaic-tiles" : "mosaic", format);
  const text = (content: string, type: string): SavedFile => ({ name, type, bytes: new TextEncoder().encode(content) });
  if (format === "csv")
    return text(session.tiles ? tileReport(session.tiles.grid, session.data.details.names) : "", "text/csv");
  const mosaic = mosaicFigure(session, options, crop);
  if (format === "png") return { name, type: "image/png", bytes: await mosaicToPng(mosaic, dpi, job) };
  const { under, tiles, figure } = mosaic;
  const drawn = tiles ? await tileItems(tiles, dpi, job) : [];
  const whole = { ...figure, items: [...under, ...drawn, ...figure.items] };
  if (format === "svg") return text(await figureToSvg(whole), "image/svg+xml");
  return { name, type: "application/pdf", bytes: await figureToPdf(whole, () => session.host.load("pdf")) };
}
