import { ComputeError } from "../../../compute/errors.ts";
import type { Frame } from "../../chrome/frame.ts";
import { type HelpEntry, helpPanel } from "../../chrome/help-panel.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
import type { ModelTableSession } from "../session.ts";
import { type AssumedNote, assumedNote } from "./assumed-note.ts";
import { settingFields, settingOf, settingValues } from "./settings.ts";

export interface ViewDialogs {
  openHelp(): void;
  toggleSettings(): void;
  /** Another model: its pictures are prepared by defaults of its own. */
  followModel(): void;
  /** Other settings than the panel shows. */
  followSettings(): void;
}

const help: readonly HelpEntry[] = [
  { keys: "Drop files", does: "open another model" },
  { keys: "Click a column's name", does: "sort by it; again: the other way; again: as they run" },
  { keys: "Arrows, Page, Home, End", does: "go from layer to layer" },
  { keys: "Ctrl/⌘ + C", does: "copy the layer's name" },
  { keys: "Esc", does: "close, leave full screen" },
  { keys: "/", does: "find a layer" },
  { keys: "?", does: "this list" },
];

/** What opens over or beside the table when asked for: help, and how pictures are prepared. */
export function viewDialogs(
  session: ModelTableSession,
  frame: Frame,
  { onSettings, onRefused }: { onSettings(open: boolean): void; onRefused(why: string): void },
  signal: AbortSignal,
): ViewDialogs {
  let note: AssumedNote | undefined;
  const onClose = (): void => frame.setDialog(null);
  const build = (close: () => void): SettingsPanel => {
    const { preprocessing: inForce, shown } = session;
    const proposed = shown?.facts.preprocessing;
    if (!inForce || !proposed) return settingsPanel({ fields: [], values: {}, ...nothing, onClose: close }, signal);
    const panel = settingsPanel(
      {
        fields: settingFields(proposed.preprocessing, inForce),
        values: settingValues(inForce),
        ...nothing,
        onChange: (key, value) => declare(key, String(value)),
        onClose: close,
      },
      signal,
    );
    note = assumedNote(session);
    panel.element.firstElementChild?.after(note.element);
    return panel;
  };
  const declare = (key: string, value: string): void => {
    const { preprocessing } = session;
    if (!preprocessing || settingValues(preprocessing)[key] === value) return;
    try {
      session.declare(settingOf(key, value, preprocessing));
    } catch (thrown) {
      onRefused(ComputeError.from(thrown).message);
      drawer.panel?.update(settingValues(preprocessing));
    }
  };
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed: () => undefined }, signal);
  return {
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onClose })),
    toggleSettings: () => drawer.toggle(),
    followModel() {
      if (!drawer.panel) return;
      drawer.toggle();
      if (session.preprocessing) drawer.toggle();
    },
    followSettings() {
      const { preprocessing } = session;
      if (!drawer.panel || !preprocessing) return;
      drawer.panel.update(settingValues(preprocessing));
      note?.follow();
    },
  };
}

/** All of it takes effect as it is changed. */
const nothing = { onChange: () => undefined, onTry: () => undefined, onRun: () => undefined };
