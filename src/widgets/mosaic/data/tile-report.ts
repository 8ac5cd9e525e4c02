import type { MosaicGrid } from "../../../compute/mosaic/grid.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";

/**
 * The tiles on show as CSV: column and line of their cell, counted from the lower left corner, their row and their name.
 *
 * @param names One a row; null where rows have none: their numbers are their names.
 */
export function tileReport({ columns, shown }: MosaicGrid, names: readonly string[] | null): string {
  const cells = Int32Array.from(shown.keys()).filter((cell) => (shown[cell] ?? -1) >= 0);
  const rows = cells.map((cell) => shown[cell] ?? -1);
  const report: readonly CsvColumn[] = [
    { name: "x", values: cells.map((cell) => cell % columns) },
    { name: "y", values: cells.map((cell) => Math.floor(cell / columns)) },
    { name: "row", values: rows },
    { name: "name", values: Array.from(rows, (row) => names?.[row] ?? String(row)) },
  ];
  return toCsv(report, { safeForSpreadsheets: true });
}
