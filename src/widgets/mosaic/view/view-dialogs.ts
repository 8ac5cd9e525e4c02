import type { Frame } from "../../chrome/frame.ts";
import { sharedHelp } from "../../chrome/help-panel.ts";
import type { TableColumn } from "../../chrome/row-table.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { type RowDialogs, rowDialogs } from "../../rows/row-dialogs.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
import type { TileGrid } from "../data/tile-grids.ts";
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
  /** Stays in sight under the head of the settings while these take the place of the legends. */
  readonly scale: HTMLElement;
}

export interface ViewDialogs extends RowDialogs {
  toggleSettings(): void;
  /** The properties were changed elsewhere. */
  followOptions(): void;
}

/** What keys do here that do something else on the map of points. */
const does: Readonly<Record<string, string>> = {
  Arrows: "go to the next cell",
  Enter: "select the cell, open its tiles",
};
const help = sharedHelp.map((entry) => ({ ...entry, does: does[entry.keys] ?? entry.does }));

/** What opens over or beside the mosaic when asked for: help, the table of rows, the search, the settings. */
export function viewDialogs(
  session: MosaicSession,
  frame: Frame,
  { facts, onPreview, onChoose, onSettings, scale }: DialogEvents,
  signal: AbortSignal,
): ViewDialogs {
  const dialogs = rowDialogs(
    {
      help,
      data: session.data,
      count: () => session.count,
      facts,
      table: () =>
        session.tiles && { positions: session.tiles.positions, dims: 2, columns: [cellColumn(session.tiles)] },
      onPreview,
      onChoose,
      onSelect: (mask) => session.rows.select(mask),
    },
    frame,
    signal,
  );

  const build = (close: () => void): SettingsPanel => {
    const panel = settingsPanel(
      {
        fields: settingFields(session.props),
        values: settingValues(session.props),
        onChange: (key, value) => session.update(changedProps({ [key]: value }, session.props)),
        onTry: ({ numTilesX }) => session.grids.tryColumns(Number(numTilesX)),
        onRun: (values) => session.update(changedProps(values, session.props)),
        onClose: close,
      },
      signal,
    );
    panel.element.firstElementChild?.after(scale);
    return panel;
  };
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed: () => session.update({}) }, signal);

  return {
    ...dialogs,
    toggleSettings: () => drawer.toggle(),
    followOptions: () => drawer.panel?.update(settingValues(session.props)),
  };
}

/** The cell of each row, as the tooltip names it. */
function cellColumn({ grid }: TileGrid): TableColumn {
  const cell = (row: number): string => {
    const at = grid.cellOf[row] ?? -1;
    return at < 0 ? "" : `${at % grid.columns}, ${Math.floor(at / grid.columns)}`;
  };
  return { name: "cell", align: "right", cell };
}
