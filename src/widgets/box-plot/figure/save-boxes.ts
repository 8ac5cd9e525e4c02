import { ComputeError } from "../../../compute/errors.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import type { BoxPlotSession } from "../session.ts";
import { boxFigure } from "./box-figure.ts";
import { rankingCsv } from "./ranking-csv.ts";

/**
 * Box plots as a file: the panels on show as PNG, SVG or PDF, or the ranking on show, of all units, as CSV.
 *
 * @throws {ComputeError} "input" for a size that can't be drawn, and before anything is on show.
 */
export async function saveBoxes(session: BoxPlotSession, options: FigureOptions): Promise<SavedFile> {
  const { format, dpi } = options;
  const name = fileName(format === "csv" ? "unit-ranking" : "box-plot", format);
  if (format === "csv") return textFile(name, "text/csv", rankingOf(session));
  return figureFile(name, boxFigure(session, options), { format, dpi }, () => session.host.load("pdf"));
}

function rankingOf({ active, rankings, read }: BoxPlotSession): string {
  const tables = active?.classes ? rankings.classes : rankings.selection;
  if (!active || !tables) throw new ComputeError("input", "The units are not ranked yet.", "Await the widget first.");
  return rankingCsv({
    tables,
    ranking: active.table.ranking,
    groups: active.classes ?? ["selected", "rest"],
    unitNames: read?.unitNames ?? null,
  });
}
