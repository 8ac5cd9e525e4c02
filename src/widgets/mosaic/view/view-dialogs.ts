import type { Frame } from "../../chrome/frame.ts";
import { helpPanel, sharedHelp } from "../../chrome/help-panel.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import { rowSearch } from "../../rows/row-search.ts";
import { rowsTable } from "../../rows/rows-table.ts";
import type { MosaicSession } from "../session.ts";
import { changedProps, settingFields, settingValues } from "./settings.ts";

/** What the dialogs ask of the view that they belong to. */
export interface DialogEvents {
  readonly facts: () => RowFacts;
  /** Show a row that was looked up, before it is chosen; -1: none. */
  onPreview(row: number): void;
  /** Select a row, make it the current one and bring its cell into view. */
  onChoose(row: number): void;
  onSettings(open: boolean): void;
}

export interface ViewDialogs {
  openHelp(): void;
  openSearch(): void;
  toggleSettings(): void;
  /** The properties were changed elsewhere. */
  followOptions(): void;
}

const help = [
  ...sharedHelp.map((entry) => (entry.keys === "Arrows" ? { ...entry, does: "go to the next cell" } : entry)),
].map((entry) => (entry.keys === "Enter" ? { ...entry, does: "select the cell, open its tiles" } : entry));

/** What opens over or beside the mosaic when asked for: help, the table of rows, the search, the settings. */
export function viewDialogs(
  session: MosaicSession,
  frame: Frame,
  { facts, onPreview, onChoose, onSettings }: DialogEvents,
  signal: AbortSignal,
): ViewDialogs {
  let panel: SettingsPanel | null = null;
  const closeDialog = (): void => frame.setDialog(null);

  const openTable = (): void => {
    const { tiles, count, data } = session;
    if (!tiles) return;
    const { grid, positions } = tiles;
    const cell = (row: number): string => {
      const at = grid.cellOf[row] ?? -1;
      return at < 0 ? "" : `${at % grid.columns}, ${Math.floor(at / grid.columns)}`;
    };
    const columns = [{ name: "cell", align: "right", cell } as const];
    frame.setDialog(
      rowsTable({ count, data, facts, positions, dims: 2, columns, onChoose, onClose: closeDialog }, signal),
    );
  };

  const search = rowSearch(
    {
      count: () => session.count,
      names: () => session.data.details.names,
      facts,
      onPreview,
      onChoose,
      onSelect: (mask) => session.rows.select(mask),
    },
    frame,
    signal,
  );

  const toggleSettings = (): void => {
    onSettings(panel === null);
    if (panel) {
      panel = null;
      frame.setPanel(null);
      // Nobody will let go of a slider that is gone.
      session.update({});
      return;
    }
    panel = settingsPanel(
      {
        fields: settingFields(session.props),
        values: settingValues(session.props),
        onChange: (key, value) => session.update(changedProps({ [key]: value }, session.props)),
        onTry: ({ numTilesX }) => session.tryColumns(Number(numTilesX)),
        onRun: (values) => session.update(changedProps(values, session.props)),
        onClose: toggleSettings,
      },
      signal,
    );
    frame.setPanel(panel.element);
  };
  const closeSettings = (): boolean => {
    if (!panel) return false;
    toggleSettings();
    return true;
  };
  frame.escape.on("panel", closeSettings, signal);

  return {
    toggleSettings,
    followOptions: () => panel?.update(settingValues(session.props)),
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onTable: openTable, onClose: closeDialog })),
    openSearch: () => search.open(),
  };
}
