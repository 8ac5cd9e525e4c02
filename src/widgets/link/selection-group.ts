import { type RowMask, sameMask } from "../../compute/selection/row-mask.ts";

/** What happened to a group: the selection, the hovered row or the current row. */
export type GroupEvent = "selection" | "hover" | "current";

/** `source` is the id of the widget that made the change, so that it can tell its own from another's. */
export type GroupListener = (source: string) => void;

const UNDO_DEPTH = 50;

/** The rows that linked widgets have selected, hover and look at: one group, any number of widgets, one page. */
export class SelectionGroup {
  /** null: nothing is selected, every row is drawn in full. */
  selected: RowMask | null = null;
  /** -1: none. */
  hovered = -1;
  /** The row last clicked, which pictures and feature maps show; -1: none. */
  current = -1;

  readonly #undo: (RowMask | null)[] = [];
  readonly #redo: (RowMask | null)[] = [];
  readonly #listeners: Record<GroupEvent, Set<GroupListener>> = {
    selection: new Set(),
    hover: new Set(),
    current: new Set(),
  };

  /** More than one widget follows it. */
  get isShared(): boolean {
    return this.#listeners.selection.size > 1;
  }

  select(mask: RowMask | null, source: string): void {
    if (sameMask(mask, this.selected)) return;
    this.#undo.push(this.selected);
    if (this.#undo.length > UNDO_DEPTH) this.#undo.shift();
    this.#redo.length = 0;
    this.#show(mask, source);
  }

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }

  undo(source: string): void {
    const before = this.#undo.pop();
    if (before === undefined) return;
    this.#redo.push(this.selected);
    this.#show(before, source);
  }

  redo(source: string): void {
    const after = this.#redo.pop();
    if (after === undefined) return;
    this.#undo.push(this.selected);
    this.#show(after, source);
  }

  hover(row: number, source: string): void {
    if (row === this.hovered) return;
    this.hovered = row;
    this.#tell("hover", source);
  }

  look(row: number, source: string): void {
    if (row === this.current) return;
    this.current = row;
    this.#tell("current", source);
  }

  listen(event: GroupEvent, listener: GroupListener, signal: AbortSignal): void {
    this.#listeners[event].add(listener);
    signal.addEventListener("abort", () => this.#listeners[event].delete(listener), { once: true });
  }

  #show(mask: RowMask | null, source: string): void {
    this.selected = mask;
    this.#tell("selection", source);
  }

  #tell(event: GroupEvent, source: string): void {
    for (const listener of [...this.#listeners[event]]) listener(source);
  }
}
