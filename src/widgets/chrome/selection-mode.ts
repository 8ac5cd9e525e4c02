/** How rows join the selection: the same keys in drags, clicks and the legend. */
export type SelectionMode = "replace" | "add" | "subtract";

/** Shift adds; Alt, Ctrl or ⌘ subtracts. */
export function selectionModeOf(event: MouseEvent | KeyboardEvent): SelectionMode {
  if (event.shiftKey) return "add";
  return event.altKey || event.ctrlKey || event.metaKey ? "subtract" : "replace";
}
