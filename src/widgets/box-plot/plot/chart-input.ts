import { type CommonKeys, did, pressCommonKey } from "../../chrome/common-keys.ts";
import { isPlain, listenKeys } from "../../chrome/listen-keys.ts";
import { type SelectionMode, selectionModeOf } from "../../chrome/selection-mode.ts";
import type { ChartStage, Stop } from "./chart-stage.ts";
import { type Panel, TITLE } from "./panel.ts";
import type { BoxChartOptions } from "./plot-options.ts";

const NO_BOX = "No box there; selection unchanged.";

/** Turns the pointer and keys on the body into boxes, units and rows. */
export class ChartInput {
  /** The box under the pointer, or that the walk by keys is at. */
  #hovered: Stop | null = null;
  #walked: Stop | null = null;
  #row = -1;

  constructor(
    private readonly body: HTMLElement,
    private readonly stage: ChartStage,
    private readonly options: BoxChartOptions,
  ) {
    const { signal } = options;
    const { scroller } = stage;
    scroller.addEventListener("pointermove", (event) => this.#pointAt(event), { signal });
    scroller.addEventListener("pointerleave", () => this.#leave(), { signal });
    scroller.addEventListener("scroll", () => this.#walked || this.#leave(), { signal });
    scroller.addEventListener("click", (event) => this.#click(event), { signal });
    body.addEventListener("blur", () => this.#stopWalking(), { signal });
    listenKeys(body, (event) => event.composedPath()[0] === body && this.#press(event), signal);
  }

  /** Another scene is drawn: what is hovered or walked to may be gone, or elsewhere. */
  follow(): void {
    if (this.#walked && !this.#isThere(this.#walked)) this.#stopWalking();
    else if (this.#walked) this.#showWalk();
    if (this.#hovered && !this.#isThere(this.#hovered)) this.#hover(null);
    else if (this.#hovered) this.stage.panelOf(this.#hovered.unit)?.hover(this.#hovered.stop);
  }

  #isThere({ unit, stop }: Stop): boolean {
    return this.stage.panelOf(unit)?.stops.includes(stop) ?? false;
  }

  #find(event: MouseEvent): { readonly panel: Panel; readonly x: number; readonly y: number } | null {
    for (const panel of this.stage.panels) {
      if (!event.composedPath().includes(panel.element)) continue;
      const { left, top } = panel.element.getBoundingClientRect();
      return { panel, x: event.clientX - left, y: event.clientY - top };
    }
    return null;
  }

  #pointAt(event: PointerEvent): void {
    const found = this.#find(event);
    const group = found?.panel.placeAt(found.x, found.y) ?? null;
    this.#hover(found && group !== null ? { unit: found.panel.unit, stop: group } : null);
    const row = found?.panel.rowAt(found.x, found.y) ?? -1;
    this.stage.scroller.classList.toggle("ls-box-pointing", group !== null);
    this.#tellRow(row);
  }

  #leave(): void {
    this.#tellRow(-1);
    this.#hover(null);
  }

  #tellRow(row: number): void {
    if (row === this.#row) return;
    this.#row = row;
    this.options.onRow(row);
  }

  #hover(to: Stop | null): void {
    const from = this.#hovered;
    if (from?.unit === to?.unit && from?.stop === to?.stop) return;
    this.#hovered = to;
    if (from && from.unit !== to?.unit) this.stage.panelOf(from.unit)?.hover(null);
    if (to) this.stage.panelOf(to.unit)?.hover(to.stop);
    this.options.onHover(to && this.stage.placeOf(to.unit, to.stop));
  }

  #click(event: MouseEvent): void {
    const found = this.#find(event);
    // The title is a button of its own; the focus stays on the body, where the keys are heard.
    this.body.focus({ preventScroll: true });
    if (found && event.composedPath().some((node) => found.panel.isTitle(node))) {
      this.options.onUnit(found.panel.unit);
      return;
    }
    const row = found?.panel.rowAt(found.x, found.y) ?? -1;
    const group = found?.panel.placeAt(found.x, found.y) ?? null;
    if (row >= 0) this.options.onCurrent(row);
    else if (group !== null) this.options.onSelect(group, selectionModeOf(event));
    else this.options.onNotice(NO_BOX);
  }

  #press(event: KeyboardEvent): boolean {
    const { key } = event;
    if (pressCommonKey(event, this.#commonKeys)) return true;
    if (!isPlain(event)) return false;
    if (key === "Enter") return this.#enter(event.shiftKey ? "add" : "replace");
    if (event.shiftKey) return false;
    if (key === "ArrowLeft") return did(() => this.#step(-1));
    if (key === "ArrowRight") return did(() => this.#step(1));
    if (key === "ArrowUp") return did(() => this.#stepRows(-1));
    if (key === "ArrowDown") return did(() => this.#stepRows(1));
    return false;
  }

  get #commonKeys(): CommonKeys {
    const { options } = this;
    return {
      escape: () => options.onEscape(),
      find: () => options.onFind(),
      help: () => options.onHelp(),
      undo: () => options.onUndo(),
      redo: () => options.onRedo(),
    };
  }

  /** Only where something was walked to: else Shift + Enter runs the notebook's cell. */
  #enter(mode: SelectionMode): boolean {
    const at = this.#walked;
    if (!at) return false;
    if (at.stop === TITLE) this.options.onUnit(at.unit);
    else this.options.onSelect(at.stop, mode);
    return true;
  }

  /** To the next stop of the panel, and from its last one into the next panel. */
  #step(by: 1 | -1): void {
    const all = this.stage.panels.flatMap(({ unit, stops }) => stops.map((stop) => ({ unit, stop })));
    const at = all.findIndex(({ unit, stop }) => unit === this.#walked?.unit && stop === this.#walked.stop);
    const first = all.findIndex(({ stop }) => stop !== TITLE);
    this.#walkTo(all[at < 0 ? first : at + by]);
  }

  #stepRows(by: 1 | -1): void {
    if (!this.#walked) {
      this.#step(1);
      return;
    }
    const { unit, stop } = this.#walked;
    const { panels, layout } = this.stage;
    const at = panels.findIndex((panel) => panel.unit === unit);
    const panel = panels[at + by * (layout?.grid.columns ?? 1)];
    if (panel) this.#walkTo({ unit: panel.unit, stop });
  }

  #walkTo(to: Stop | undefined): void {
    if (!to) return;
    this.#endWalk();
    this.#walked = to;
    this.stage.reveal(to.unit);
    this.#showWalk();
    this.options.onHover(to.stop === TITLE ? null : this.stage.placeOf(to.unit, to.stop));
  }

  #showWalk(): void {
    const at = this.#walked;
    const element = at && this.stage.panelOf(at.unit)?.walk(at.stop);
    this.body.ariaActiveDescendantElement = element ?? null;
  }

  #stopWalking(): void {
    if (!this.#walked) return;
    this.#endWalk();
    this.options.onHover(null);
  }

  #endWalk(): void {
    if (this.#walked) this.stage.panelOf(this.#walked.unit)?.walk(null);
    this.#walked = null;
    this.body.ariaActiveDescendantElement = null;
  }
}
