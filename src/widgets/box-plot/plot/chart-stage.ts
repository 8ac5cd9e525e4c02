import { buildElement, setText } from "../../chrome/build-element.ts";
import { watchSize } from "../../plane/surface.ts";
import { type ChartLayout, layOutChart } from "./layout/chart-layout.ts";
import type { Measure } from "./layout/group-names.ts";
import { textMeasure } from "./layout/measure-text.ts";
import type { PanelFrame } from "./layout/panel-frame.ts";
import { panelCorner } from "./layout/panel-grid.ts";
import { Panel } from "./panel.ts";
import type { BoxPlace, BoxScene, GroupLook } from "./plot-options.ts";

/** What panels are marked with; changes without a new scene. */
export interface ChartMarking {
  hoveredRow: number;
  currentUnit: number;
  preview: number;
}

/** A place of the walk by keys: a panel by its unit, and a stop in it. */
export interface Stop {
  readonly unit: number;
  readonly stop: number;
}

/** All panels on the body: laid out, scrolled, and repainted where something changed. */
export class ChartStage {
  readonly scroller = buildElement("div", { class: "ls-box-scroller" });
  readonly #sheet = buildElement("div", { class: "ls-box-sheet" });
  readonly #panels = new Map<number, Panel>();
  readonly #marking: ChartMarking = { hoveredRow: -1, currentUnit: -1, preview: -1 };
  #gutters: HTMLElement[] = [];
  #measure: Measure;
  #scene: BoxScene | null = null;
  #layout: ChartLayout | null = null;
  #order: readonly Panel[] = [];
  #frames = new Map<string, PanelFrame>();
  #groups: readonly GroupLook[] = [];
  #size = { width: 0, height: 0 };
  #isDue = false;
  #frameAsked = 0;

  constructor(
    private readonly body: HTMLElement,
    private readonly onDrawn: () => void,
    private readonly signal: AbortSignal,
  ) {
    this.scroller.append(this.#sheet);
    body.prepend(this.scroller);
    this.#measure = textMeasure(body);
    signal.addEventListener("abort", () => this.#end(), { once: true });
    watchSize(body, (width, height) => this.#resized(width, height), signal);
  }

  get scene(): BoxScene | null {
    return this.#scene;
  }

  get panels(): readonly Panel[] {
    return this.#order;
  }

  get layout(): ChartLayout | null {
    return this.#layout;
  }

  draw(scene: BoxScene | null): void {
    this.#scene = scene;
    this.#isDue = true;
    if (this.#frameAsked || this.signal.aborted) return;
    this.#frameAsked = requestAnimationFrame(() => this.drawNow());
  }

  /** The fonts may be others. */
  readFonts(): void {
    this.#measure = textMeasure(this.body);
    this.draw(this.#scene);
  }

  mark(changed: Partial<ChartMarking>): void {
    Object.assign(this.#marking, changed);
    for (const panel of this.#order) this.#showMarking(panel, changed);
  }

  panelOf(unit: number): Panel | null {
    return this.#panels.get(unit) ?? null;
  }

  /** A group's box where it is on the body now. */
  placeOf(unit: number, group: number): BoxPlace | null {
    const index = this.#order.findIndex((panel) => panel.unit === unit);
    const mark = this.#order[index]?.markOf(group);
    if (!mark || !this.#layout) return null;
    const corner = panelCorner(this.#layout.grid, index);
    return { unit, group, x: corner.x + mark.x, y: corner.y + mark.y - this.scroller.scrollTop, radius: mark.radius };
  }

  /** Scroll as little as brings a panel wholly into view. */
  reveal(unit: number): void {
    const index = this.#order.findIndex((panel) => panel.unit === unit);
    if (index < 0 || !this.#layout) return;
    const { grid } = this.#layout;
    const { y } = panelCorner(grid, index);
    const { scrollTop, clientHeight } = this.scroller;
    if (y < scrollTop) this.scroller.scrollTop = y;
    else if (y + grid.panelHeight > scrollTop + clientHeight)
      this.scroller.scrollTop = y + grid.panelHeight - clientHeight;
  }

  drawNow(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.#frameAsked = 0;
    if (!this.#isDue || this.signal.aborted) return;
    if (this.#size.width === 0) this.#size = { width: this.body.clientWidth, height: this.body.clientHeight };
    const { width, height } = this.#size;
    if (width === 0) return;
    this.#isDue = false;
    const scene = this.#scene;
    if (!scene || scene.panels.length === 0) this.#clear();
    else this.#show(scene, layOutChart(scene, width, height, this.#measure));
    this.onDrawn();
  }

  #show(scene: BoxScene, layout: ChartLayout): void {
    const before = this.#order;
    const isSameGrid = JSON.stringify(this.#layout?.grid) === JSON.stringify(layout.grid);
    this.#layout = { ...layout, frames: this.#keepFrames(layout.frames) };
    if (!sameLooks(this.#groups, scene.groups)) this.#groups = scene.groups;
    this.#order = scene.panels.map(({ unit }) => this.#panels.get(unit) ?? new Panel(unit));
    const shown = new Set(this.#order);
    for (const panel of before)
      if (!shown.has(panel)) {
        panel.element.remove();
        this.#panels.delete(panel.unit);
      }
    // Panels glide to where another order, or other units, put them; a new size is followed at once.
    this.#sheet.style.setProperty("--ls-box-header", `${layout.grid.header}px`);
    this.#sheet.classList.toggle("ls-box-roomy", layout.grid.isRoomy);
    this.#sheet.classList.toggle("ls-box-gliding", isSameGrid && !sameOrder(before, this.#order));
    this.#sheet.style.height = `${layout.grid.height}px`;
    this.#order.forEach((panel, index) => {
      this.#panels.set(panel.unit, panel);
      this.#place(panel, index);
      const [boxes, words, frame] = [scene.panels[index], scene.words[index], this.#layout?.frames[index]];
      if (boxes && words && frame)
        panel.show({ boxes, words, frame, groups: this.#groups, mask: scene.mask, panels: scene.panels.length });
      this.#showMarking(panel, this.#marking);
    });
    this.#sheet.append(...this.#order.map(({ element }) => element).filter((element) => !element.isConnected));
    this.#nameValues(layout);
  }

  /** A frame that is as it was stays the same object: its panel is not painted anew. */
  #keepFrames(frames: readonly PanelFrame[]): readonly PanelFrame[] {
    const before = this.#frames;
    const kept = frames.map((frame) => {
      const key = JSON.stringify(frame);
      return [key, before.get(key) ?? frame] as const;
    });
    this.#frames = new Map(kept);
    return kept.map(([, frame]) => frame);
  }

  #place({ element }: Panel, index: number): void {
    const grid = this.#layout?.grid;
    if (!grid) return;
    const { x, y } = panelCorner(grid, index);
    element.style.transform = `translate(${x}px, ${y}px)`;
    element.style.width = `${grid.panelWidth}px`;
    element.style.height = `${grid.panelHeight}px`;
  }

  /** What the values are, at the left of each row of panels. */
  #nameValues({ grid, values }: ChartLayout): void {
    while (this.#gutters.length > grid.rows) this.#gutters.pop()?.remove();
    while (this.#gutters.length < grid.rows) {
      const gutter = buildElement("p", { class: "ls-box-values", attributes: { "aria-hidden": "true" } });
      this.#gutters.push(gutter);
      this.#sheet.append(gutter);
    }
    this.#gutters.forEach((gutter, row) => {
      setText(gutter, values.text);
      gutter.style.top = `${panelCorner(grid, row * grid.columns).y + values.middle}px`;
    });
  }

  #showMarking(panel: Panel, { hoveredRow, currentUnit, preview }: Partial<ChartMarking>): void {
    if (hoveredRow !== undefined) panel.ring(hoveredRow);
    if (currentUnit !== undefined) panel.setCurrent(panel.unit === currentUnit);
    if (preview !== undefined) panel.preview(preview);
  }

  #clear(): void {
    this.#sheet.replaceChildren();
    this.#sheet.style.height = "";
    this.#panels.clear();
    this.#order = [];
    this.#gutters = [];
    this.#layout = null;
  }

  #resized(width: number, height: number): void {
    if (width === this.#size.width && height === this.#size.height) return;
    // A host may attach the body only now: before that no style applies.
    this.#measure = textMeasure(this.body);
    this.#size = { width, height };
    this.#isDue = true;
    // Not a frame later, in which panels would stand where there is no longer room.
    this.drawNow();
  }

  #end(): void {
    cancelAnimationFrame(this.#frameAsked);
    this.scroller.remove();
  }
}

const sameOrder = (a: readonly Panel[], b: readonly Panel[]): boolean =>
  a.length === b.length && a.every((panel, index) => panel === b[index]);

const sameLooks = (a: readonly GroupLook[], b: readonly GroupLook[]): boolean =>
  a.length === b.length && a.every(({ name, color }, group) => name === b[group]?.name && color === b[group]?.color);
