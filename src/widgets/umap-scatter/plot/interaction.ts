import { addRow, emptyMask } from "../../../compute/selection/row-mask.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { GestureTarget, PlaneTool } from "../../plane/input/gesture-target.ts";
import { type KeyTarget, listenPlaneKeys, type ViewKeys } from "../../plane/input/listen-plane-keys.ts";
import { listenWheel } from "../../plane/input/listen-wheel.ts";
import { PointerGestures } from "../../plane/input/pointer-gestures.ts";
import { WheelHint } from "../../plane/input/wheel-hint.ts";
import { Picking, rowsInOutline } from "./picking.ts";
import type { PlotOptions } from "./plot-options.ts";
import type { Stage } from "./stage.ts";

const NOTHING_INSIDE = "Nothing inside; selection unchanged.";
const NOTHING_TO_POINT_AT = "The map could not be indexed: rows can be lassoed, not pointed at.";
/** A row reached by a key or a search is brought this far inside the body, CSS pixels. */
const INSIDE = 24;

/** Turns gestures and keys on the body into rows and moves of the view. */
export class Interaction {
  readonly #picking: Picking;
  readonly #gestures: PointerGestures;
  #tool: PlaneTool = "lasso";
  isFullScreen = false;
  /** The row last told to `onHover`. */
  #told = -1;
  #indexed: Promise<void> = Promise.resolve();

  constructor(
    private readonly body: HTMLElement,
    surface: HTMLElement,
    private readonly stage: Stage,
    private readonly options: PlotOptions,
  ) {
    const { signal } = options;
    this.#picking = new Picking(options.buildIndex, signal);
    const target = this.#gestureTarget();
    this.#gestures = new PointerGestures(surface, target, signal);
    const hint = new WheelHint(surface, signal);
    listenWheel(surface, target, () => hint.show(), signal);
    listenPlaneKeys(body, this.#keyTarget(), signal);
    body.addEventListener("blur", () => this.#left(), { signal });
  }

  set tool(tool: PlaneTool) {
    this.#tool = tool;
    this.#gestures.giveUp();
  }

  /** Positions have come; while they settle nothing can be pointed at. */
  follow(positions: Float32Array<ArrayBuffer>, settling: boolean): void {
    this.#hover(-1, 0, 0);
    if (settling) this.#picking.forget();
    else
      this.#indexed = this.#picking.index(positions).catch(() => {
        if (!this.options.signal.aborted) this.options.onNotice(NOTHING_TO_POINT_AT);
      });
  }

  /** Resolves once rows can be found under the pointer. */
  whenReady(): Promise<void> {
    return this.#indexed;
  }

  choose(row: number): void {
    if (row < 0 || row >= this.stage.rows) return;
    this.#reveal(row);
    this.#select(row, "replace");
  }

  /** The focus went elsewhere: what keys pointed at is no longer pointed at, and fingers scroll the page. */
  #left(): void {
    this.#gestures.setTapped(false);
    this.#hover(-1, 0, 0);
  }

  #gestureTarget(): GestureTarget {
    const { camera } = this.stage;
    const interaction = this;
    return {
      get tool() {
        return interaction.#tool;
      },
      get isFullScreen() {
        return interaction.isFullScreen;
      },
      hoverAt: (x, y) => this.#hover(this.#rowAt(x, y), x, y),
      leave: () => this.#hover(-1, 0, 0),
      clickAt: (x, y, mode) => {
        const row = this.#rowAt(x, y);
        if (row >= 0) this.#select(row, mode);
      },
      outline: (outline) => this.stage.mark({ outline }),
      select: (corners, mode) => {
        const { scene, view } = this.stage;
        const mask = rowsInOutline(scene.positions, view, corners, this.#tool === "rectangle");
        if (mask.some((bits) => bits !== 0)) this.options.onSelect(mask, mode);
        else this.options.onNotice(NOTHING_INSIDE);
      },
      panBy: (x, y) => camera.panBy(x, y),
      zoomBy: (factor, x, y) => camera.zoomBy(factor, x, y),
      fit: () => camera.fit(),
    };
  }

  #keyTarget(): KeyTarget {
    const { options } = this;
    const keys = this.#viewKeys();
    const shown = (): ViewKeys => options.otherKeys?.() ?? keys;
    return {
      step: (x, y) => shown().step(x, y),
      moveView: (x, y) => shown().moveView(x, y),
      zoom: (factor) => shown().zoom(factor),
      fit: () => shown().fit(),
      choose: () => shown().choose(),
      escape: () => {
        if (!this.#gestures.isDragging) return options.onEscape();
        this.#gestures.giveUp();
        return true;
      },
      find: () => options.onFind(),
      help: () => options.onHelp(),
      undo: () => options.onUndo(),
      redo: () => options.onRedo(),
      holdSpace: (isHeld) => {
        this.#gestures.isSpaceHeld = isHeld;
        this.#gestures.showCursor();
      },
    };
  }

  #viewKeys(): ViewKeys {
    const { camera } = this.stage;
    return {
      step: (x, y) => this.#step(x, y),
      moveView: (x, y) => camera.panBy(x, y),
      zoom: (factor) => camera.glideBy(factor),
      fit: () => camera.fit(),
      choose: () => {
        const { hovered } = this.stage.marking;
        if (hovered >= 0) this.#select(hovered, "replace");
        return hovered >= 0;
      },
    };
  }

  #rowAt(x: number, y: number): number {
    return this.#picking.rowAt(this.stage.view, x, y, this.stage.diameter);
  }

  #step(x: number, y: number): void {
    const { hovered, current } = this.stage.marking;
    const from = hovered >= 0 ? hovered : current;
    const { view } = this.stage;
    const to = from >= 0 ? this.#picking.rowBeside(view, from, x, y) : this.#picking.middleRow(view);
    if (to < 0) return;
    this.#reveal(to);
    const mark = this.stage.markOf(to);
    if (mark) this.#hover(to, mark.x, mark.y);
  }

  #hover(row: number, x: number, y: number): void {
    if (row === this.#told) return;
    this.#told = row;
    const { left, top } = this.body.getBoundingClientRect();
    this.options.onHover(row, left + x, top + y);
  }

  #select(row: number, mode: SelectionMode): void {
    const mask = emptyMask(this.stage.rows);
    addRow(mask, row);
    this.options.onSelect(mask, mode);
    this.options.onCurrent(row);
  }

  /** Move the view as little as brings the row's mark inside the body. */
  #reveal(row: number): void {
    const mark = this.stage.markOf(row);
    if (!mark) return;
    const { width, height } = this.stage.view;
    const missing = (place: number, size: number) => Math.max(0, INSIDE - place) + Math.min(0, size - INSIDE - place);
    const [x, y] = [missing(mark.x, width), missing(mark.y, height)];
    if (x !== 0 || y !== 0) this.stage.camera.panBy(x, y);
  }
}
