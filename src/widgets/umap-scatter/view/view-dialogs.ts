import type { Frame } from "../../chrome/frame.ts";
import { helpPanel, sharedHelp } from "../../chrome/help-panel.ts";
import type { SettingValues } from "../../chrome/settings-fields.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { optionsOf } from "../../map/map-input.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import { rowSearch } from "../../rows/row-search.ts";
import { rowsTable } from "../../rows/rows-table.ts";
import type { ScatterSession } from "../session.ts";
import { qualitySection } from "./quality-section.ts";
import { changedOptions, settingFields, settingValues } from "./settings.ts";

/** What the dialogs ask of the view that they belong to. */
export interface DialogEvents {
  readonly facts: () => RowFacts;
  /** Show a row that was looked up, before it is chosen; -1: none. */
  onPreview(row: number): void;
  /** Select a row, make it the current one and bring it into view. */
  onChoose(row: number): void;
  onSettings(open: boolean): void;
}

export interface ViewDialogs {
  openHelp(): void;
  openSearch(): void;
  toggleSettings(): void;
  /** The parameters were changed elsewhere. */
  followOptions(): void;
  /** The map or its quality has changed. */
  followQuality(): void;
}

/** What opens over or beside the map when asked for: help, the table of rows, the search, the settings. */
export function viewDialogs(
  session: ScatterSession,
  frame: Frame,
  { facts, onPreview, onChoose, onSettings }: DialogEvents,
  signal: AbortSignal,
): ViewDialogs {
  let panel: SettingsPanel | null = null;
  const quality = qualitySection(session);
  const closeDialog = (): void => frame.setDialog(null);

  const openTable = (): void => {
    if (!session.layout) return;
    const { positions, dims } = session.layout;
    const { count, data } = session;
    frame.setDialog(rowsTable({ count, data, facts, positions, dims, onChoose, onClose: closeDialog }, signal));
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
      if (session.tried) void session.compute();
      return;
    }
    const before = optionsOf(session.props);
    const run = (values: SettingValues): void =>
      session.update(changedOptions(values, optionsOf(session.props), session.count));
    const opened = settingsPanel(
      {
        fields: settingFields(session.count),
        values: settingValues(before, session.count),
        onChange: () => session.suggestRun(() => run(opened.values)),
        onTry: (values) => session.tryOut(changedOptions(values, optionsOf(session.props), session.count)),
        onRun: run,
        onClose: toggleSettings,
      },
      signal,
    );
    panel = opened;
    quality.update();
    opened.element.append(quality.element);
    frame.setPanel(opened.element);
  };
  const closeSettings = (): boolean => {
    if (!panel) return false;
    toggleSettings();
    return true;
  };
  frame.escape.on("panel", closeSettings, signal);

  return {
    toggleSettings,
    followQuality() {
      if (panel) quality.update();
    },
    followOptions: () => panel?.update(settingValues(optionsOf(session.props), session.count)),
    openHelp: () => frame.setDialog(helpPanel({ entries: sharedHelp, onTable: openTable, onClose: closeDialog })),
    openSearch: () => search.open(),
  };
}
