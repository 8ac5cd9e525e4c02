import { ComputeError } from "../../../compute/errors.ts";
import { acceptPageOptions, type FigureOptions } from "../../export/figure-options.ts";
import { figurePixels } from "../../export/figure-size.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, pdfFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import { layersOf } from "../data/shown-maps.ts";
import type { FeatureMapGridSession } from "../session.ts";
import { mapsFigure, mapsPages } from "./maps-figure.ts";
import { statisticsCsv } from "./statistics-csv.ts";

/**
 * Feature maps as a file: all channels as PNG or SVG, on as many pages as it takes as PDF, or their statistics as CSV.
 *
 * @param asked As a caller writes it (`acceptPageOptions`).
 * @throws {ComputeError} "input" for a size that can't be drawn, and before anything is on show.
 */
export async function saveMaps(
  session: Pick<FeatureMapGridSession, "shown" | "props" | "caption" | "host">,
  asked: Readonly<Record<string, unknown>>,
): Promise<SavedFile> {
  const { shown, props, caption, host } = session;
  const options = acceptPageOptions(asked);
  const { format, dpi } = options;
  if (!shown) throw new ComputeError("input", "There are no feature maps yet.", "Await the widget first.");
  const name = fileName(format === "csv" ? "channel-statistics" : "feature-maps", format);
  if (format === "csv") return textFile(name, "text/csv", statisticsCsv(layersOf(shown)));
  const grid = { shown, props, caption };
  const load = () => host.load("pdf");
  if (format === "pdf") return pdfFile(name, mapsPages(grid, options), load);
  const figure = mapsFigure(grid, options);
  if (format === "png") refuseTooHigh(figure.height, options);
  return figureFile(name, figure, { format, dpi }, load);
}

/** @throws {ComputeError} "input" where no canvas is so high. */
function refuseTooHigh(height: number, { dpi }: FigureOptions): void {
  try {
    figurePixels(height, dpi);
  } catch (thrown) {
    const { reason } = ComputeError.from(thrown);
    const remedy = "Save a PDF, which has pages, or choose more columns, a smaller dpi or fewer layers.";
    throw new ComputeError("input", reason, remedy);
  }
}
