import { hasRow } from "../../../compute/selection/row-mask.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { figureFile, type SavedFile, textFile } from "../../export/saved-file.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";
import type { ScatterSession } from "../session.ts";
import { type Crop, scatterFigure } from "./scatter-figure.ts";

/** The map as a file: a figure as PNG, SVG or PDF, or its rows as CSV. */
export async function saveMap(session: ScatterSession, options: FigureOptions, crop: Crop): Promise<SavedFile> {
  const { format } = options;
  const name = fileName("umap-scatter", format);
  if (format === "csv") return textFile(name, "text/csv", toCsv(columnsOf(session), { safeForSpreadsheets: true }));
  const figure = await scatterFigure(session, options, crop);
  return figureFile(name, figure, { format, dpi: options.dpi }, () => session.host.load("pdf"));
}

function columnsOf(session: ScatterSession): readonly CsvColumn[] {
  const { count, layout, rows } = session;
  const { coloring, details } = session.data;
  const every = Array.from({ length: count }, (_, row) => row);
  const columns: CsvColumn[] = [{ name: "row", values: every }];
  if (details.names) columns.push({ name: "name", values: details.names });
  if (coloring?.kind === "categories")
    columns.push({ name: "class", values: Array.from(coloring.codes, (code) => coloring.names[code] ?? "") });
  if (coloring?.kind === "numbers") columns.push({ name: "color", values: coloring.values });
  if (layout) {
    const { positions, dims } = layout;
    for (const [axis, name] of ["x", "y", "z"].slice(0, dims).entries())
      columns.push({ name, values: every.map((row) => positions[row * dims + axis] ?? Number.NaN) });
  }
  columns.push(...details.columns);
  const { selected } = rows;
  if (selected) columns.push({ name: "selected", values: every.map((row) => (hasRow(selected, row) ? 1 : 0)) });
  return columns;
}
