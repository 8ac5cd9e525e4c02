import { hasRow } from "../../../compute/selection/row-mask.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { fileName } from "../../export/file-name.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";
import { figureToPdf } from "../../export/to-pdf.ts";
import { figureToPng } from "../../export/to-png.ts";
import { figureToSvg } from "../../export/to-svg.ts";
import type { ScatterSession } from "../session.ts";
import { type Crop, scatterFigure } from "./scatter-figure.ts";

export interface SavedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The map as a file: a figure as PNG, SVG or PDF, or its rows as CSV. */
export async function saveMap(session: ScatterSession, options: FigureOptions, crop: Crop): Promise<SavedFile> {
  const { format } = options;
  const name = fileName("umap-scatter", format);
  const text = (content: string, type: string): SavedFile => ({ name, type, bytes: new TextEncoder().encode(content) });
  if (format === "csv") return text(toCsv(columnsOf(session), { safeForSpreadsheets: true }), "text/csv");
  const figure = await scatterFigure(session, options, crop);
  if (format === "svg") return text(await figureToSvg(figure), "image/svg+xml");
  if (format === "png") return { name, type: "image/png", bytes: await figureToPng(figure, options.dpi) };
  return { name, type: "application/pdf", bytes: await figureToPdf(figure, () => session.host.load("pdf")) };
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
