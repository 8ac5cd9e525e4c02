import type { Frame } from "../../chrome/frame.ts";
import { type HelpEntry, helpPanel } from "../../chrome/help-panel.ts";
import { type SettingsPanel, settingsPanel } from "../../chrome/settings-panel.ts";
import { settingsDrawer } from "../../work/settings-drawer.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { SaliencyOverlaySession } from "../session.ts";
import { classDialog } from "./class-dialog.ts";
import type { ListedClass } from "./class-picker.ts";
import { mapTable } from "./map-table.ts";
import { changedSettings, settingFields, settingOf, settingValues } from "./settings.ts";

export interface ViewDialogs {
  openHelp(): void;
  openClasses(classes: readonly ListedClass[]): void;
  toggleSettings(): void;
  /** The properties were changed, here or elsewhere. */
  followOptions(): void;
}

export interface DialogEvents {
  onSettings(open: boolean): void;
  /** A slider is being dragged: draw as if this were in force; null: it was let go. */
  onTry(changed: Partial<SaliencyOverlayProps> | null): void;
}

const help: readonly HelpEntry[] = [
  { keys: "Point at a panel", does: "read the map there" },
  { keys: "Arrows, Shift + arrows", does: "move the crosshair by one place, by ten" },
  { keys: "Page Up, Page Down", does: "show the picture before or after" },
  { keys: "Click a panel, Enter", does: "go to this map, to the next map" },
  { keys: "Click a class", does: "make the maps about it; with Shift about it too" },
  { keys: "Erase", does: "blur away the most salient places, see what becomes of the class" },
  { keys: "Drop or paste a picture", does: "show what the model's answer stands on" },
  { keys: "Esc", does: "go back, leave full screen" },
  { keys: "?", does: "this list" },
];

/** What opens over or beside the panels when asked for: help, the maps as a table, all classes, the settings. */
export function viewDialogs(
  session: SaliencyOverlaySession,
  frame: Frame,
  { onSettings, onTry }: DialogEvents,
  signal: AbortSignal,
): ViewDialogs {
  const onClose = (): void => frame.setDialog(null);
  const openTable = (): void => frame.setDialog(mapTable(session, onClose, signal));
  let keys = "";
  const keysOf = (): string =>
    settingFields(session.props)
      .map(({ key }) => key)
      .join();
  const build = (close: () => void): SettingsPanel => {
    keys = keysOf();
    return settingsPanel(
      {
        fields: settingFields(session.props),
        values: settingValues(session.props),
        onChange(key, value) {
          const changed = settingOf(key, value, session.props);
          if (changed) session.choose(changed);
          else drawer.panel?.update(settingValues(session.props));
        },
        onTry: (values) => onTry(drawn(changedSettings(values, session.props))),
        onRun(values) {
          onTry(null);
          session.choose(changedSettings(values, session.props));
        },
        onClose: close,
      },
      signal,
    );
  };
  const drawer = settingsDrawer(frame, { build, onToggle: onSettings, onClosed: () => onTry(null) }, signal);
  return {
    openHelp: () => frame.setDialog(helpPanel({ entries: help, onTable: openTable, onClose })),
    openClasses(classes) {
      const onChoose = (classIdx: number): void => {
        onClose();
        session.chooseClass(classIdx);
      };
      const element = classDialog(classes, { onChoose, onClose });
      frame.setDialog(element);
      element.querySelector("input")?.focus();
    },
    toggleSettings: () => drawer.toggle(),
    followOptions() {
      if (!drawer.panel) return;
      if (keysOf() === keys) drawer.panel.update(settingValues(session.props));
      else rebuild(drawer);
    },
  };
}

/** Other settings count now: the same panel with other fields, scrolled to where it was, the focus where it was. */
function rebuild(drawer: ReturnType<typeof settingsDrawer>): void {
  const fieldOf = (field: Element) => field.querySelector(".ls-field-words")?.textContent;
  const before = drawer.panel?.element;
  const scrollTop = before?.scrollTop ?? 0;
  const focused = before?.querySelector(":focus")?.closest(".ls-field");
  drawer.toggle();
  drawer.toggle();
  const element = drawer.panel?.element;
  if (!element) return;
  element.scrollTop = scrollTop;
  const same = focused && [...element.querySelectorAll(".ls-field")].find((each) => fieldOf(each) === fieldOf(focused));
  same?.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
}

/** What a slider changes while it is dragged; what would have to be computed waits until it is let go. */
function drawn({ opacity, percentile, top }: Partial<SaliencyOverlayProps>): Partial<SaliencyOverlayProps> {
  return {
    ...(opacity !== undefined && { opacity }),
    ...(percentile !== undefined && { percentile }),
    ...(top !== undefined && { top }),
  };
}
