import { ComputeError } from "../../compute/errors.ts";
import type { RowMask } from "../../compute/selection/row-mask.ts";
import { differInCount } from "./group-masks.ts";
import type { LinkHow } from "./link-how.ts";
import type { LinkedUnit } from "./linked-unit.ts";
import { type GroupEvent, type GroupListener, groupEvents, SelectionGroup } from "./selection-group.ts";

/** What to do where the numbers of rows differ. */
export const LINK_REMEDY = "Link widgets over the same rows.";

/**
 * A widget's own handle on the selection that it shares. Listeners stay when `join` moves the widget to another
 * group, so a view never needs to know with whom it is linked.
 */
export class LinkedRows {
  #group = new SelectionGroup();
  #membership = new AbortController();
  /** Another for other rows: what was selected of the old ones was selected by another, as it were. */
  #self: { readonly id: string; count: number };
  readonly #listeners: Record<GroupEvent, Set<GroupListener>> = {
    selection: new Set(),
    hover: new Set(),
    current: new Set(),
    unit: new Set(),
    link: new Set(),
  };

  constructor(
    /** Names the widget as the source of what it changes. */
    readonly id: string,
    count = 0,
  ) {
    this.#self = { id, count };
    this.#enter();
  }

  /**
   * Rows of the widget's data; 0 until the data are known. Linked widgets must have the same number: what is selected,
   * hovered and shown in one that has another means nothing here, and is not heard of.
   */
  get count(): number {
    return this.#self.count;
  }
  set count(count: number) {
    const before = this.#self;
    if (count === before.count) return;
    if (before.count === 0) {
      before.count = count;
      this.#group.recount(before);
      return;
    }
    this.#self = { id: this.id, count };
    this.#group.leave(before);
    this.#group.enter(this.#self);
  }
  /** How many rows a linked widget has that has not as many as this one; null: there is none. */
  get otherCount(): number | null {
    return this.#group.otherCount(this.#self);
  }
  /** With whom it is shared. */
  get group(): SelectionGroup {
    return this.#group;
  }
  /** What is shown as selected, the others' part in it included; an empty mask: none is left of it. */
  get selected(): RowMask | null {
    return this.#group.shownTo(this.#self);
  }
  /** What was selected here, which a gesture changes; in "single", what all share. */
  get own(): RowMask | null {
    return this.#group.ownOf(this.#self);
  }
  /** How it is combined with what is selected elsewhere. */
  get how(): LinkHow {
    return this.#group.how;
  }
  get hovered(): number {
    return this.#rowHere(this.#group.hovered);
  }
  get current(): number {
    return this.#rowHere(this.#group.current);
  }
  /** The unit that all show; null: none. */
  get unit(): LinkedUnit | null {
    const { unit } = this.#group;
    return unit && differInCount(unit.values.length, this.count) ? null : unit;
  }
  /** Other widgets follow what is selected here. */
  get isShared(): boolean {
    return this.#group.isShared;
  }
  get canUndo(): boolean {
    return this.#group.canUndo;
  }

  /** Change what is selected here; null: nothing. */
  select(mask: RowMask | null): void {
    this.#group.select(mask, this.#self);
  }
  /** Say what was selected here before, in a page that is gone: no step that could be undone. */
  restore(mask: RowMask): void {
    this.#group.bring(mask, this.#self);
  }
  hover(row: number): void {
    this.#group.hover(row, this.#self);
  }
  look(row: number): void {
    this.#group.look(row, this.#self);
  }
  /** Show a unit, here and in all that are linked; null: none any more. */
  showUnit(unit: LinkedUnit | null): void {
    this.#group.showUnit(unit, this.#self);
  }
  undo(): void {
    this.#group.undo(this.#self);
  }
  redo(): void {
    this.#group.redo(this.#self);
  }
  /** Combine what all who are linked have selected by another rule. */
  combineBy(how: LinkHow): void {
    this.#group.combineBy(how, this.#self);
  }

  listen(event: GroupEvent, listener: GroupListener, signal: AbortSignal): void {
    this.#listeners[event].add(listener);
    signal.addEventListener("abort", () => this.#listeners[event].delete(listener), { once: true });
  }

  /**
   * Share the selection of `group` from now on. What is selected here comes along, unless one selection is for all
   * there and it has one; so does the unit that was shown from here, unless one is shown there.
   *
   * @param how The rule of a group that nobody is in yet.
   */
  join(group: SelectionGroup, how?: LinkHow): void {
    if (group === this.#group) return;
    const { own } = this;
    const unit = this.#group.unitOf(this.#self);
    this.leave();
    this.#membership = new AbortController();
    this.#group = group;
    this.#enter(how);
    if (own) group.bring(own, this.#self);
    if (unit && !group.unit) group.showUnit(unit, this.#self);
    for (const event of groupEvents) this.#tell(event, "");
  }

  /** Stop hearing the group, and take along what was selected and shown from here: the group lives on with the others. */
  leave(): void {
    this.#membership.abort();
    this.#group.leave(this.#self);
  }

  #rowHere(row: number): number {
    return this.count > 0 && row >= this.count ? -1 : row;
  }

  #enter(how?: LinkHow): void {
    this.#group.enter(this.#self, how);
    for (const event of groupEvents)
      this.#group.listen(event, (source) => this.#tell(event, source), this.#membership.signal);
  }

  #tell(event: GroupEvent, source: string): void {
    for (const listener of [...this.#listeners[event]]) listener(source);
  }
}

/**
 * Let widgets over the same rows follow each other.
 *
 * @param how By what rule; as `group` has it unless given.
 * @throws {ComputeError} when their rows differ in number.
 */
export function linkRows(
  members: readonly LinkedRows[],
  group = new SelectionGroup(),
  how: LinkHow = group.how,
): SelectionGroup {
  const known = members.filter((member) => member.count > 0);
  const first = known[0];
  const other = known.find((member) => member.count !== first?.count);
  if (first && other) {
    const [rows, others] = [first, other].map(({ count }) => count.toLocaleString("en-US"));
    throw new ComputeError("input", `These widgets can't be linked: ${rows} rows and ${others} rows.`, LINK_REMEDY);
  }
  for (const member of members) {
    member.join(group, how);
    // A group that was there has a rule of its own; the others' selections come under the new one.
    member.combineBy(how);
  }
  return group;
}
