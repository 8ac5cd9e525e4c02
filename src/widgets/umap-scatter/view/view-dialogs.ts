import type { Frame } from "../../chrome/frame.ts";
import { sharedHelp } from "../../chrome/help-panel.ts";
import type { SettingValues } from "../../chrome/settings-fields.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { optionsOf } from "../../map/map-input.ts";
import { type RowDialogs, rowDialogs } from "../../rows/row-dialogs.ts";
import type { RowFacts } from "../../rows/row-facts.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
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

export interface ViewDialogs extends RowDialogs {
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
  const quality = qualitySection(session);
  const dialogs = rowDialogs(
    {
      help: sharedHelp,
      data: session.data,
      count: () => session.count,
      facts,
      table: () => session.layout,
      onPreview,
      onChoose,
      onSelect: (mask) => session.rows.select(mask),
    },
    frame,
    signal,
  );

  const build = (close: () => void): SettingsPanel => {
    const run = (values: SettingValues): void =>
      session.update(changedOptions(values, optionsOf(session.props), session.count));
    const panel = settingsPanel(
      {
        fields: settingFields(session.count),
        values: settingValues(optionsOf(session.props), session.count),
        onChange: () => session.suggestRun(() => run(panel.values)),
        onTry: (values) => session.tryOut(changedOptions(values, optionsOf(session.props), session.count)),
        onRun: run,
        onClose: close,
      },
      signal,
    );
    quality.update();
    panel.element.append(quality.element);
    return panel;
  };
  const onClosed = (): void => {
    if (session.tried) void session.compute();
  };
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed }, signal);

  return {
    ...dialogs,
    toggleSettings: () => drawer.toggle(),
    followQuality() {
      if (drawer.panel) quality.update();
    },
    followOptions: () => drawer.panel?.update(settingValues(optionsOf(session.props), session.count)),
  };
}
