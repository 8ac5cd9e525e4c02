import { type RowMask, sameMask } from "../../compute/selection/row-mask.ts";
import {
  type Chooser,
  combineMasks,
  differInCount,
  fittingMasks,
  type GroupMasks,
  latestMask,
  masksOfMembers,
  sameMasks,
  withMask,
  withoutChooser,
} from "./group-masks.ts";
import type { LinkHow } from "./link-how.ts";
import type { LinkedUnit } from "./linked-unit.ts";

export const groupEvents = ["selection", "hover", "current", "unit", "link"] as const;

/** What happened to a group: the selection, the hovered row, the current row or unit, or who is linked and how. */
export type GroupEvent = (typeof groupEvents)[number];

/** `source` is the id of the widget that made the change, so that it can tell its own from another's. */
export type GroupListener = (source: string) => void;

const UNDO_DEPTH = 50;
const NOBODY: Chooser = { id: "", count: 0 };

/** What linked widgets have selected, hover, look at and show of their rows: one group, any number of widgets, one page. */
export class SelectionGroup {
  /** -1: none. */
  hovered = -1;
  /** The row last clicked, which pictures and feature maps show; -1: none. */
  current = -1;

  #unit: { readonly shown: LinkedUnit; readonly by: Chooser } | null = null;
  #how: LinkHow = "single";
  #masks: GroupMasks;
  /** What was combined since the masks changed, by viewer, or number of rows: it is asked for at every frame. */
  readonly #combined = new Map<Chooser | number, RowMask | null>();
  readonly #members = new Set<Chooser>();
  #undo: readonly GroupMasks[] = [];
  #redo: readonly GroupMasks[] = [];
  readonly #listeners: Readonly<Record<GroupEvent, Set<GroupListener>>> = {
    selection: new Set(),
    hover: new Set(),
    current: new Set(),
    unit: new Set(),
    link: new Set(),
  };

  /** @param selected What is selected at first. */
  constructor(selected: RowMask | null = null) {
    this.#masks = new Map(selected ? [[NOBODY, selected]] : []);
  }

  /** How the selections of its widgets become one. */
  get how(): LinkHow {
    return this.#how;
  }

  /** More than one widget follows it. */
  get isShared(): boolean {
    return this.#members.size > 1;
  }

  /** Rows of a widget that has not as many as `viewer`; null where all that are known have. */
  otherCount(viewer: Chooser): number | null {
    return [...this.#members].find(({ count }) => differInCount(count, viewer.count))?.count ?? null;
  }

  /** It is known from now on how many rows `member` has. */
  recount(member: Chooser): void {
    this.#combined.clear();
    this.#tell("link", member.id);
  }

  /** What `viewer` has selected itself; in "single", what all share. */
  ownOf(viewer: Chooser): RowMask | null {
    const masks = fittingMasks(this.#masks, viewer);
    return this.#how === "single" ? latestMask(masks) : (masks.get(viewer) ?? null);
  }

  /** What `viewer` shows as selected of its rows; null: nothing is selected, every row is drawn in full. */
  shownTo(viewer: Chooser): RowMask | null {
    const key = this.#how === "exclude" ? viewer : viewer.count;
    const known = this.#combined.get(key);
    if (known !== undefined) return known;
    const shown = combineMasks(this.#how, fittingMasks(this.#masks, viewer), viewer);
    this.#combined.set(key, shown);
    return shown;
  }

  /** @param mask What `by` has selected from now on; null: nothing. */
  select(mask: RowMask | null, by: Chooser): void {
    if (sameMask(mask, this.ownOf(by))) return;
    this.#undo = [...this.#undo, this.#masks].slice(-UNDO_DEPTH);
    this.#redo = [];
    this.#masks = withMask(this.#how, this.#masks, by, mask);
    this.#tellSelection(by.id);
  }

  /** Say what `by` had selected before it came: no step that could be undone. What all share goes before it. */
  bring(mask: RowMask, by: Chooser): void {
    if (this.#how !== "single") this.#rewrite((masks) => withMask(this.#how, masks, by, mask));
    else if (latestMask(this.#masks)) return;
    else this.#masks = new Map([[by, mask]]);
    this.#tellSelection(by.id);
  }

  get canUndo(): boolean {
    return this.#undo.length > 0;
  }

  /** Take back the last change, whoever made it. */
  undo(by: Chooser): void {
    const before = this.#undo.at(-1);
    if (!before) return;
    this.#undo = this.#undo.slice(0, -1);
    this.#redo = [...this.#redo, this.#masks];
    this.#masks = before;
    this.#tellSelection(by.id);
  }

  redo(by: Chooser): void {
    const after = this.#redo.at(-1);
    if (!after) return;
    this.#redo = this.#redo.slice(0, -1);
    this.#undo = [...this.#undo, this.#masks];
    this.#masks = after;
    this.#tellSelection(by.id);
  }

  hover(row: number, by: Chooser): void {
    if (row === this.hovered) return;
    this.hovered = row;
    this.#tell("hover", by.id);
  }

  look(row: number, by: Chooser): void {
    if (row === this.current) return;
    this.current = row;
    this.#tell("current", by.id);
  }

  /** The unit that all show; null: none. */
  get unit(): LinkedUnit | null {
    return this.#unit?.shown ?? null;
  }

  /** The unit on show, where it was `shower` that put it there. */
  unitOf(shower: Chooser): LinkedUnit | null {
    return this.#unit?.by === shower ? this.#unit.shown : null;
  }

  /** Show a unit in all, or none any more: no step that could be undone. It goes when `by` does. */
  showUnit(unit: LinkedUnit | null, by: Chooser): void {
    if (unit === this.unit) return;
    this.#unit = unit && { shown: unit, by };
    this.#tell("unit", by.id);
  }

  /** Combine by another rule from now on, what is selected and what can be undone kept. */
  combineBy(how: LinkHow, by: Chooser): void {
    if (how === this.#how) return;
    if (this.#how === "single") this.#rewrite((masks) => masksOfMembers(masks, this.#members, by));
    this.#how = how;
    this.#tell("link", by.id);
    this.#tellSelection(by.id);
  }

  /** @param how The rule where nobody is in it yet; those who are there keep theirs. */
  enter(member: Chooser, how: LinkHow = this.#how): void {
    if (this.#members.size === 0 && how !== this.#how) {
      this.#rewrite(() => new Map());
      this.#how = how;
    }
    this.#members.add(member);
    this.#tell("link", member.id);
  }

  /** What `member` has selected goes with it, also out of what can be undone; the unit that it showed, too. */
  leave(member: Chooser): void {
    if (!this.#members.delete(member)) return;
    const [masks, steps] = [this.#masks, this.#undo.length];
    this.#rewrite((before) => withoutChooser(this.#how, before, member));
    this.#tell("link", member.id);
    if (this.unitOf(member)) this.showUnit(null, member);
    if (steps !== this.#undo.length || !sameMasks(masks, this.#masks)) this.#tellSelection(member.id);
  }

  listen(event: GroupEvent, listener: GroupListener, signal: AbortSignal): void {
    this.#listeners[event].add(listener);
    signal.addEventListener("abort", () => this.#listeners[event].delete(listener), { once: true });
  }

  #rewrite(change: (masks: GroupMasks) => GroupMasks): void {
    this.#combined.clear();
    this.#masks = change(this.#masks);
    this.#undo = distinct(this.#undo.map(change), this.#masks);
    this.#redo = distinct(this.#redo.map(change), this.#masks);
  }

  #tellSelection(source: string): void {
    this.#combined.clear();
    this.#tell("selection", source);
  }

  #tell(event: GroupEvent, source: string): void {
    for (const listener of [...this.#listeners[event]]) listener(source);
  }
}

/** Steps that lead to `now`, without those that would change nothing. */
function distinct(steps: readonly GroupMasks[], now: GroupMasks): readonly GroupMasks[] {
  return steps.filter((step, at) => !sameMasks(step, steps[at + 1] ?? now));
}
