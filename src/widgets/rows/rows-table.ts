import { rowTable, type TableColumn } from "../chrome/row-table.ts";
import { formatNumber } from "../theme/numbers.ts";
import type { RowData } from "./row-data.ts";
import type { RowFacts } from "./row-facts.ts";

/** Where rows lie, for their table. */
export interface RowsOnMap {
  /** `dims` numbers a row. */
  readonly positions: Float32Array;
  readonly dims: number;
  /** Told of each row beside its place. */
  readonly columns?: readonly TableColumn[];
}

export interface RowsTableOptions extends RowsOnMap {
  readonly count: number;
  readonly data: RowData;
  readonly facts: () => RowFacts;
  onChoose(row: number): void;
  onClose(): void;
}

/** All rows as a table: number, name, class and place, for those who read better than they see. */
export function rowsTable(options: RowsTableOptions, signal: AbortSignal): HTMLElement {
  const { count, data, facts, positions, dims, columns = [], onChoose, onClose } = options;
  const place = (axis: number) => (row: number) => formatNumber(positions[row * dims + axis] ?? Number.NaN);
  const told: TableColumn[] = [
    { name: "row", align: "right", cell: String },
    ...(data.details.names ? [{ name: "name", cell: (row: number) => facts().name(row) }] : []),
    ...(data.coloring?.kind === "categories"
      ? [{ name: "class", cell: (row: number) => facts().classOf(row)?.name ?? "" }]
      : []),
    ...["x", "y", "z"].slice(0, dims).map((name, axis) => ({ name, align: "right" as const, cell: place(axis) })),
    ...columns,
  ];
  return rowTable({ title: "Rows", columns: told, rows: count, onChoose, onClose }, signal);
}
