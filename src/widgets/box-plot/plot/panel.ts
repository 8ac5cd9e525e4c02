import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { UnitBoxes, UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";
import { buildElement, setAttribute, setDataText, setText } from "../../chrome/build-element.ts";
import { buildSvg } from "../../chrome/build-svg.ts";
import { halfWidth, middleOf, type PanelFrame, valueAt } from "./layout/panel-frame.ts";
import { axisMarks, nameMarks } from "./marks/axis-marks.ts";
import { type DrawnGroup, drawGroup, nothingDrawn } from "./marks/group-marks.ts";
import { nearestPoint, noPoints } from "./marks/placed-points.ts";
import { groupLabel, NO_VALUES, outlierNote, outlierWords, panelLabel } from "./panel-label.ts";
import { type GroupLook, type PanelWords, SELECTION, SELECTION_NAME } from "./plot-options.ts";
import { sameGroup } from "./same-group.ts";

/** Everything that one panel shows. */
export interface PanelContent {
  readonly boxes: UnitBoxes;
  readonly words: PanelWords;
  readonly groups: readonly GroupLook[];
  readonly frame: PanelFrame;
  /** Rows whose points keep their colour; null: all. */
  readonly mask: RowMask | null;
  /** Of the same chart. */
  readonly panels: number;
}

/** What the walk by keys and the pointer stop at: a group, the selection's box, or the title. */
export const TITLE = -2;

const FADE_MS = 250;
/** As long as a selection's colours take. */
const ASIDE_MS = 120;
/** More boxes than these, in all panels together, are where they belong at once: their glide would take longer than its time. */
const MOST_GLIDING = 60;
const SLACK = 3;
const RING_AWAY = 3;
const selectionLook: GroupLook = { name: SELECTION_NAME, color: "var(--ls-text-second)", count: 0 };

interface Column {
  readonly element: SVGGElement;
  /** What stands below the marks. */
  readonly names: SVGGElement;
  group: UnitGroup | null;
  drawn: DrawnGroup;
}

/** One unit's groups side by side, and the selection's box at their right; it repaints only what changed. */
export class Panel {
  readonly element: HTMLElement;
  readonly #title: HTMLButtonElement;
  readonly #subtitle: HTMLElement;
  /** How many of the outliers are drawn, where not all are. */
  readonly #note: HTMLElement;
  readonly #drawing = buildSvg("svg", { class: "ls-box-drawing" });
  readonly #axis = buildSvg("g", { attributes: { "aria-hidden": "true" } });
  readonly #under = buildSvg("rect", { class: "ls-box-under" });
  readonly #columns = buildSvg("g");
  readonly #ring = buildSvg("g", { class: "ls-box-ring" });
  readonly #walked = buildSvg("rect", { class: "ls-box-walked", attributes: { rx: 4 } });
  #byPlace: Column[] = [];
  #content: PanelContent | null = null;
  #ringed = -1;

  constructor(readonly unit: number) {
    this.#title = buildElement("button", { class: "ls-box-title", attributes: { type: "button", tabindex: "-1" } });
    this.#subtitle = buildElement("p", { class: "ls-box-subtitle" });
    this.#note = buildElement("p", { class: "ls-box-subtitle ls-box-note" });
    this.element = buildElement("div", {
      class: "ls-box-panel",
      attributes: { role: "group", "data-ls-unit": String(unit) },
      children: [
        buildElement("div", { class: "ls-box-header", children: [this.#title, this.#note, this.#subtitle] }),
        this.#drawing,
      ],
    });
    this.#drawing.append(this.#under, this.#axis, this.#columns, this.#ring, this.#walked);
    this.hover(null);
    this.walk(null);
  }

  show(content: PanelContent): void {
    const before = this.#content;
    this.#content = content;
    const { boxes, words, groups, frame, mask } = content;
    setDataText(this.#title, words.title);
    setDataText(this.#subtitle, words.subtitle);
    setText(this.#note, outlierNote(boxes));
    setAttribute(this.#note, "title", outlierWords(boxes) || null);
    setAttribute(this.element, "aria-label", panelLabel(boxes, words, groups));
    const isNewFrame = before?.frame !== frame || before.groups !== groups;
    const isMoved = isNewFrame && before?.groups === groups && isOnlyMoved(before.frame, frame);
    const isNewDrawing = isNewFrame && !isMoved;
    if (isNewDrawing) this.#layOut(content);
    if (before && before.frame.shape !== frame.shape) this.#fadeIn();
    const isNewMask = frame.shape === "points" && before?.mask !== mask;
    this.#byPlace.forEach((column, place) => {
      const group = this.#groupOf(place);
      const isNewGroup = isNewDrawing || !sameGroup(column.group, group);
      if (isNewGroup) this.#drawColumn(column, place, group);
      else if (isMoved) this.#nameColumn(column, place);
      // The selection's own points are all selected.
      if (isNewGroup || isNewMask) column.drawn.showMask(place < groups.length ? mask : null);
    });
    if (isMoved && before) this.#moveAside(before.frame, content);
    if (isNewFrame || this.#ringed >= 0) this.ring(this.#ringed);
  }

  /** Which place lies at `x`, CSS px of the panel: a group, -1 the selection's, null neither. */
  placeAt(x: number, y: number): number | null {
    const content = this.#content;
    if (!content) return null;
    const { header, height, left, slot } = content.frame;
    if (y < header || y > header + height) return null;
    const place = Math.floor((x - left) / slot);
    if (place < 0 || place > content.groups.length) return null;
    if (place < content.groups.length) return place;
    return content.boxes.selection ? SELECTION : null;
  }

  /** The row of the point at a place of the panel; -1: none. */
  rowAt(x: number, y: number): number {
    const frame = this.#content?.frame;
    if (!frame) return -1;
    const place = Math.floor((x - frame.left) / frame.slot);
    const points = this.#byPlace[place]?.drawn.points ?? noPoints;
    return points.rows[nearestPoint(points, x - middleOf(frame, place), y - frame.header, SLACK)] ?? -1;
  }

  /** The middle of a group's box in the panel, and half its width. */
  markOf(group: number): { readonly x: number; readonly y: number; readonly radius: number } | null {
    const content = this.#content;
    const box = content && this.#groupOf(this.#placeOf(group))?.box;
    if (!content || !box) return null;
    const { frame } = content;
    return {
      x: middleOf(frame, this.#placeOf(group)),
      y: frame.header + (box.n > 0 ? valueAt(frame, box.median) : frame.bottom),
      radius: halfWidth(frame),
    };
  }

  hover(group: number | null): void {
    this.#frameColumn(this.#under, group);
  }

  /** Show where the walk by keys is: a group, the selection, the title; null: not in this panel. */
  walk(stop: number | null): Element | null {
    const isTitle = stop === TITLE;
    this.#title.classList.toggle("ls-box-title-walked", isTitle);
    this.#frameColumn(this.#walked, isTitle ? null : stop);
    if (isTitle) return this.#title;
    return stop === null ? null : (this.#byPlace[this.#placeOf(stop)]?.element ?? null);
  }

  /** Stops of the walk from left to right. */
  get stops(): readonly number[] {
    const content = this.#content;
    if (!content) return [];
    return [TITLE, ...content.groups.keys(), ...(content.boxes.selection ? [SELECTION] : [])];
  }

  /** Ring a row's point wherever it is drawn as one. */
  ring(row: number): void {
    this.#ringed = row;
    const frame = this.#content?.frame;
    if (row < 0 || frame?.shape !== "points") {
      this.#ring.replaceChildren();
      return;
    }
    const rings = this.#byPlace.flatMap(({ drawn: { points } }, place) => {
      const at = points.rows.indexOf(row);
      if (at < 0) return [];
      const attributes = {
        cx: middleOf(frame, place) + (points.x[at] ?? 0),
        cy: points.y[at] ?? 0,
        r: points.diameter / 2 + RING_AWAY,
      };
      return [
        buildSvg("circle", { class: "ls-box-halo", attributes }),
        buildSvg("circle", { class: "ls-box-ring-line", attributes }),
      ];
    });
    this.#ring.replaceChildren(...rings);
  }

  setCurrent(isCurrent: boolean): void {
    this.element.classList.toggle("ls-box-current", isCurrent);
    setAttribute(this.element, "aria-current", isCurrent ? "true" : null);
  }

  /** Grey all groups but one; -1: none. */
  preview(group: number): void {
    this.#byPlace.forEach(({ element }, place) => {
      element.classList.toggle("ls-box-rest", group >= 0 && place !== group);
    });
  }

  isTitle(target: EventTarget | null): boolean {
    return target === this.#title;
  }

  #groupOf(place: number): UnitGroup | null {
    const content = this.#content;
    if (!content) return null;
    return (place < content.groups.length ? content.boxes.groups[place] : content.boxes.selection) ?? null;
  }

  #placeOf(group: number): number {
    return group === SELECTION ? (this.#content?.groups.length ?? 0) : group;
  }

  #layOut({ frame, groups }: PanelContent): void {
    this.#drawing.setAttribute("width", String(frame.width));
    this.#drawing.setAttribute("height", String(frame.height));
    this.#axis.replaceChildren(...(frame.axis.ticks.length > 0 ? axisMarks(frame) : [nothingMark(frame)]));
    this.#byPlace = [...groups, selectionLook].map(({ color }, place) => {
      const element = buildSvg("g", {
        class: place < groups.length ? "ls-box-group" : "ls-box-group ls-box-selection",
        attributes: { role: "img", transform: `translate(${middleOf(frame, place)} 0)` },
      });
      element.dataset.lsGroup = String(place < groups.length ? place : SELECTION);
      element.style.setProperty("--ls-class", color);
      return { element, names: buildSvg("g"), group: null, drawn: nothingDrawn };
    });
    this.#columns.replaceChildren(...this.#byPlace.map(({ element }) => element));
  }

  /** Another shape comes up softly where it may move at all. */
  #fadeIn(): void {
    if (prefersStill()) return;
    this.#columns.animate({ opacity: [0, 1] }, FADE_MS);
  }

  /** Boxes make room for the selection's, and take it back, without a jump. */
  #moveAside(old: PanelFrame, { frame, panels }: PanelContent): void {
    const isStill = panels * this.#byPlace.length > MOST_GLIDING || prefersStill();
    this.#byPlace.forEach(({ element }, place) => {
      element.setAttribute("transform", `translate(${middleOf(frame, place)} 0)`);
      if (isStill) return;
      const transform = [old, frame].map((those) => `translate(${middleOf(those, place)}px)`);
      element.animate({ transform }, { duration: ASIDE_MS, easing: "ease-out" });
    });
  }

  #drawColumn(column: Column, place: number, group: UnitGroup | null): void {
    const content = this.#content;
    if (!content) return;
    const { frame } = content;
    column.group = group;
    column.drawn = group ? drawGroup(frame, group) : nothingDrawn;
    if (!group) {
      column.element.replaceChildren();
      column.element.removeAttribute("aria-label");
      return;
    }
    column.element.replaceChildren(...column.drawn.marks, column.names);
    this.#nameColumn(column, place);
  }

  #nameColumn({ element, names, group }: Column, place: number): void {
    const content = this.#content;
    if (!content || !group) return;
    const { frame, groups } = content;
    const look = groups[place] ?? selectionLook;
    names.replaceChildren(...nameMarks(frame, place, look, group.box.n));
    setAttribute(element, "aria-label", groupLabel(group, place < groups.length ? look.name : "selection"));
  }

  #frameColumn(rect: SVGRectElement, group: number | null): void {
    const frame = this.#content?.frame;
    const isShown = group !== null && frame !== undefined;
    rect.style.display = isShown ? "" : "none";
    if (!isShown) return;
    const x = middleOf(frame, this.#placeOf(group)) - frame.slot / 2;
    for (const [name, value] of Object.entries({ x: x + 1, y: 1, width: frame.slot - 2, height: frame.height - 2 }))
      rect.setAttribute(name, String(value));
  }
}

/** Whether marks are as they were, and only their places and names are others. */
function isOnlyMoved(a: PanelFrame, b: PanelFrame): boolean {
  const [before, after] = [a, b].map(({ slot: _, names: __, ...marks }) => JSON.stringify(marks));
  return a.slot !== b.slot && before === after;
}

const prefersStill = (): boolean => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** Said in the middle of a panel that has nothing to draw. */
function nothingMark({ left, width, top, bottom }: PanelFrame): SVGElement {
  const attributes = { x: (left + width) / 2, y: (top + bottom) / 2, "text-anchor": "middle" };
  return buildSvg("text", { class: "ls-box-none", text: NO_VALUES, attributes });
}
