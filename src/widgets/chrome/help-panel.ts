import { buildElement } from "./build-element.ts";
import { dialog } from "./dialog.ts";

/** What can be done, and by which key or gesture. */
export interface HelpEntry {
  readonly keys: string;
  readonly does: string;
}

/** The keys and gestures that all widgets share (the grammar of selection and input). */
export const sharedHelp: readonly HelpEntry[] = [
  { keys: "Drag", does: "select, or move with Pan" },
  { keys: "Shift + drag or click", does: "add to the selection" },
  { keys: "Alt or Ctrl/⌘ + drag or click", does: "take from the selection" },
  { keys: "Space + drag, middle button", does: "move" },
  { keys: "Ctrl/⌘ + wheel, two fingers", does: "zoom" },
  { keys: "Double-click, 0", does: "fit" },
  { keys: "+ −", does: "zoom in, zoom out" },
  { keys: "Arrows", does: "go to the nearest mark" },
  { keys: "Shift + arrows", does: "move the view, turn it in 3-D" },
  { keys: "Enter", does: "select the mark" },
  { keys: "Esc", does: "close, clear, leave full screen" },
  { keys: "Ctrl/⌘ + Z", does: "undo the selection" },
  { keys: "Ctrl/⌘ + Shift + Z", does: "redo it" },
  { keys: "/", does: "find" },
  { keys: "?", does: "this list" },
];

export interface HelpPanelOptions {
  readonly entries: readonly HelpEntry[];
  /** Left out where there is nothing to list. */
  readonly onTable?: () => void;
  readonly onClose: () => void;
}

/** Keys and gestures, and the way to the table for those who read better than they see. */
export function helpPanel({ entries, onTable, onClose }: HelpPanelOptions): HTMLElement {
  const list = buildElement("dl", {
    class: "ls-help",
    children: entries.flatMap(({ keys, does }) => [
      buildElement("dt", { text: keys }),
      buildElement("dd", { text: does }),
    ]),
  });
  if (!onTable) return dialog("Help", [list], onClose);
  const table = buildElement("button", { class: "ls-action", text: "View as table", attributes: { type: "button" } });
  table.addEventListener("click", onTable);
  return dialog("Help", [table, list], onClose);
}
