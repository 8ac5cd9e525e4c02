import type { RowMask } from "../../compute/selection/row-mask.ts";
import type { Frame } from "../chrome/frame.ts";
import { type HelpEntry, helpPanel } from "../chrome/help-panel.ts";
import type { RowData } from "./row-data.ts";
import type { RowFacts } from "./row-facts.ts";
import { rowSearch } from "./row-search.ts";
import { type RowsOnMap, rowsTable } from "./rows-table.ts";

/** What the dialogs about rows need of the widget, and ask of the view that they belong to. */
export interface RowDialogOptions {
  readonly help: readonly HelpEntry[];
  readonly data: RowData;
  readonly count: () => number;
  readonly facts: () => RowFacts;
  /** Where rows lie, and what else is told of them; null while that is not known. */
  readonly table: () => RowsOnMap | null;
  /** Show a row that was looked up, before it is chosen; -1: none. */
  onPreview(row: number): void;
  /** Select a row, make it the current one and bring it into view. */
  onChoose(row: number): void;
  /** Select everything that was found. */
  onSelect(mask: RowMask): void;
}

export interface RowDialogs {
  openHelp(): void;
  openSearch(): void;
}

/** What opens over the rows of a widget when asked for: help, the table of rows, the search. */
export function rowDialogs(options: RowDialogOptions, frame: Frame, signal: AbortSignal): RowDialogs {
  const { help, data, count, facts, table, onPreview, onChoose, onSelect } = options;
  const onClose = (): void => frame.setDialog(null);
  const onTable = (): void => {
    const placed = table();
    if (placed) frame.setDialog(rowsTable({ ...placed, count: count(), data, facts, onChoose, onClose }, signal));
  };
  const names = () => data.details.names;
  const search = rowSearch({ count, names, facts, onPreview, onChoose, onSelect }, frame, signal);
  return {
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onTable, onClose })),
    openSearch: () => search.open(),
  };
}
