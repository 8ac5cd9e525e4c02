import type { Frame } from "../chrome/frame.ts";
import type { SettingsPanel } from "../chrome/settings-panel.ts";

export interface SettingsDrawer {
  /** The panel while it is open; null while it is not. */
  readonly panel: SettingsPanel | null;
  toggle(): void;
}

export interface DrawerEvents {
  /** Build the panel; `close` is what its button does. */
  build(close: () => void): SettingsPanel;
  onToggle(open: boolean): void;
  /** Closed: nobody will let go of a slider that is gone. */
  onClosed(): void;
}

/** The settings in the legend's column: opened and closed by their button, closed by Esc. */
export function settingsDrawer(frame: Frame, events: DrawerEvents, signal: AbortSignal): SettingsDrawer {
  let panel: SettingsPanel | null = null;
  const toggle = (): void => {
    const isOpen = panel !== null;
    events.onToggle(!isOpen);
    panel = isOpen ? null : events.build(toggle);
    frame.setPanel(panel?.element ?? null);
    if (isOpen) events.onClosed();
  };
  const close = (): boolean => {
    if (!panel) return false;
    toggle();
    return true;
  };
  frame.escape.on("panel", close, signal);
  return {
    get panel() {
      return panel;
    },
    toggle,
  };
}
