import { layerTable } from "../../../compute/model/layers/layer-table.ts";
import type { ModelLayer } from "../../../compute/model/model-layer.ts";
import { toCsv } from "../../export/to-csv.ts";

/** The layer table as a file of comma-separated values, a line a layer; what is unknown is an empty field. */
export function layersCsv(layers: readonly ModelLayer[]): string {
  const columns = layerTable(layers).map(({ name, values }) => ({
    name,
    values: values.map((value) => (value === null ? "" : String(value))),
  }));
  return toCsv(columns, { safeForSpreadsheets: true });
}
