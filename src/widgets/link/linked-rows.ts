import { ComputeError } from "../../compute/errors.ts";
import type { RowMask } from "../../compute/selection/row-mask.ts";
import { type GroupEvent, type GroupListener, SelectionGroup } from "./selection-group.ts";

/**
 * A widget's own handle on the selection that it shares. Listeners stay when `join` moves the widget to another
 * group, so a view never needs to know with whom it is linked.
 */
export class LinkedRows {
  #group = new SelectionGroup();
  #membership = new AbortController();
  readonly #listeners: Record<GroupEvent, Set<GroupListener>> = {
    selection: new Set(),
    hover: new Set(),
    current: new Set(),
  };

  constructor(
    /** Names the widget as the source of what it changes. */
    readonly id: string,
    /** Rows of the widget's data; linked widgets must have the same number. 0 until the data is known. */
    public count = 0,
  ) {
    this.#subscribe();
  }

  /** With whom it is shared. */
  get group(): SelectionGroup {
    return this.#group;
  }
  get selected(): RowMask | null {
    return this.#group.selected;
  }
  get hovered(): number {
    return this.#group.hovered;
  }
  get current(): number {
    return this.#group.current;
  }
  /** Other widgets follow what is selected here. */
  get isShared(): boolean {
    return this.#group.isShared;
  }
  get canUndo(): boolean {
    return this.#group.canUndo;
  }

  select(mask: RowMask | null): void {
    this.#group.select(mask, this.id);
  }
  hover(row: number): void {
    this.#group.hover(row, this.id);
  }
  look(row: number): void {
    this.#group.look(row, this.id);
  }
  undo(): void {
    this.#group.undo(this.id);
  }
  redo(): void {
    this.#group.redo(this.id);
  }

  listen(event: GroupEvent, listener: GroupListener, signal: AbortSignal): void {
    this.#listeners[event].add(listener);
    signal.addEventListener("abort", () => this.#listeners[event].delete(listener), { once: true });
  }

  /** Share the selection of `group` from now on, its present selection included. */
  join(group: SelectionGroup): void {
    if (group === this.#group) return;
    const kept = this.#group.selected;
    this.#membership.abort();
    this.#membership = new AbortController();
    this.#group = group;
    this.#subscribe();
    if (group.selected === null && kept !== null) group.select(kept, this.id);
    for (const event of ["selection", "hover", "current"] as const) this.#tell(event, "");
  }

  /** Stop hearing the group: the widget is gone, the group lives on with the others. */
  leave(): void {
    this.#membership.abort();
  }

  #subscribe(): void {
    for (const event of ["selection", "hover", "current"] as const)
      this.#group.listen(event, (source) => this.#tell(event, source), this.#membership.signal);
  }

  #tell(event: GroupEvent, source: string): void {
    for (const listener of [...this.#listeners[event]]) listener(source);
  }
}

/** Let widgets over the same rows follow each other; throws when their rows differ in number. */
export function linkRows(members: readonly LinkedRows[], group = new SelectionGroup()): SelectionGroup {
  const known = members.filter((member) => member.count > 0);
  const first = known[0];
  const other = known.find((member) => member.count !== first?.count);
  if (first && other)
    throw new ComputeError(
      "input",
      `These widgets can't be linked: ${first.count} rows and ${other.count} rows.`,
      "Link widgets over the same rows.",
    );
  for (const member of members) member.join(group);
  return group;
}
