import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";
import { statisticsColumns } from "../data/statistics-columns.ts";

/** What every channel's values are like, a line a channel in the layers' order; single precision in its shortest digits. */
export function statisticsCsv(layers: readonly MapLayer[]): string {
  const columns: readonly (readonly [string, readonly (string | number | boolean)[]])[] = Object.entries(
    statisticsColumns(layers),
  );
  return toCsv(columns.map(csvColumn), { safeForSpreadsheets: true });
}

function csvColumn([name, values]: readonly [string, readonly (string | number | boolean)[]]): CsvColumn {
  const areNumbers = typeof values[0] === "number";
  return { name, values: areNumbers ? Float32Array.from(values, Number) : values.map(String) };
}
