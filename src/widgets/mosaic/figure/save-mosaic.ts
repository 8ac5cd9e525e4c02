import type { Job } from "../../../compute/job.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import { tileReport } from "../data/tile-report.ts";
import type { MosaicSession } from "../session.ts";
import type { Crop } from "./crop.ts";
import { mosaicFigure } from "./mosaic-figure.ts";
import { mosaicToPng } from "./mosaic-to-png.ts";
import { tileItems } from "./tile-items.ts";

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
  if (format === "csv") {
    const report = session.tiles ? tileReport(session.tiles.grid, session.data.details.names) : "";
    return textFile(name, "text/csv", report);
  }
  const mosaic = mosaicFigure(session, options, crop);
  if (format === "png") return { name, type: "image/png", bytes: await mosaicToPng(mosaic, dpi, job) };
  const { under, tiles, figure } = mosaic;
  const drawn = tiles ? await tileItems(tiles, dpi, job) : [];
  const whole = { ...figure, items: [...under, ...drawn, ...figure.items] };
  return figureFile(name, whole, { format, dpi }, () => session.host.load("pdf"));
}
