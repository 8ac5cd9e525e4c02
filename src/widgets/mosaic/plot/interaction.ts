import { maskOf } from "../../../compute/selection/row-mask.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { Corner, GestureTarget, PlaneTool } from "../../plane/input/gesture-target.ts";
import { type KeyTarget, listenPlaneKeys } from "../../plane/input/listen-plane-keys.ts";
import { listenWheel } from "../../plane/input/listen-wheel.ts";
import { PointerGestures } from "../../plane/input/pointer-gestures.ts";
import { WheelHint } from "../../plane/input/wheel-hint.ts";
import { toMap } from "../../plane/view.ts";
import { nearestCell, stepToCell } from "./cells/step-to-cell.ts";
import { type Picked, Picking } from "./picking.ts";
import type { CellOnShow, MosaicPlotOptions } from "./plot-options.ts";
import type { Stage } from "./stage.ts";

const NOTHING_INSIDE = "Nothing inside; selection unchanged.";
/** A cell reached by a key or a search is brought this far inside the body, CSS pixels. */
const INSIDE = 24;
const NOTHING: Picked = { row: -1, index: -1 };

/** Turns gestures and keys on the body into cells, rows and moves of the view. */
export class Interaction {
  readonly picking: Picking;
  readonly #gestures: PointerGestures;
  #tool: PlaneTool = "lasso";
  isFullScreen = false;
  /** What was last told to `onHover`. */
  #told: Picked & { readonly level: number } = { ...NOTHING, level: 0 };
  #isOpen = false;
  /** Where the pointer is that points at a tile; null: none does, or keys do. */
  #pointer: Corner | null = null;

  constructor(
    private readonly body: HTMLElement,
    surface: HTMLElement,
    private readonly stage: Stage,
    private readonly options: MosaicPlotOptions,
  ) {
    const { signal } = options;
    this.picking = new Picking(stage);
    const target = this.#gestureTarget();
    this.#gestures = new PointerGestures(surface, target, signal);
    const hint = new WheelHint(surface, signal);
    listenWheel(surface, target, () => hint.show(), signal);
    listenPlaneKeys(body, this.#keyTarget(), signal);
    stage.followed = () => this.#pointAnew();
    body.addEventListener("blur", () => this.#left(), { signal });
  }

  set tool(tool: PlaneTool) {
    this.#tool = tool;
    this.#gestures.giveUp();
  }

  /** Other cells are on show: what was pointed at or open is no longer there. */
  forget(): void {
    this.#hover(NOTHING, 0, 0);
    this.close();
  }

  close(): void {
    if (this.#isOpen) this.options.onOpen(null);
    this.#isOpen = false;
  }

  choose(row: number): void {
    const map = this.stage.cells;
    if (!map || !this.stage.markOf(row)) return;
    this.#reveal(row);
    this.options.onSelect(maskOf([row], map.positions.length >> 1), "replace");
    this.options.onCurrent(row);
  }

  /** The focus went elsewhere: what keys pointed at is no longer pointed at, and fingers scroll the page. */
  #left(): void {
    this.#gestures.setTapped(false);
    this.#hover(NOTHING, 0, 0);
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
      hoverAt: (x, y) => {
        this.#pointer = [x, y];
        this.#hover(this.picking.at(x, y), x, y);
      },
      leave: () => {
        this.#pointer = null;
        this.#hover(NOTHING, 0, 0);
      },
      clickAt: (x, y, mode) => this.#click(this.picking.at(x, y), mode),
      outline: (outline) => this.stage.mark({ outline }),
      select: (corners, mode) => this.#selectIn(corners, mode),
      panBy: (x, y) => this.#move(() => camera.panBy(x, y)),
      zoomBy: (factor, x, y) => this.#move(() => camera.zoomBy(factor, x, y)),
      fit: () => this.#move(() => camera.fit()),
    };
  }

  #keyTarget(): KeyTarget {
    const { options } = this;
    const { camera } = this.stage;
    return {
      step: (x, y) => this.#step(x, y),
      moveView: (x, y) => this.#move(() => camera.panBy(x, y)),
      zoom: (factor) => this.#move(() => camera.glideBy(factor)),
      fit: () => this.#move(() => camera.fit()),
      choose: () => {
        const picked = this.picking.holding(this.stage.marking.hovered);
        this.#click(picked, "replace");
        return picked.row >= 0;
      },
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

  /** The view has moved under a pointer that rests: the tile that it points at may have gone from there. */
  #pointAnew(): void {
    if (this.#pointer && this.#told.row >= 0) this.#hover(this.picking.at(...this.#pointer), ...this.#pointer);
  }

  /** A sheet beside a cell would stay behind. */
  #move(move: () => void): void {
    this.close();
    move();
  }

  #step(x: number, y: number): void {
    const map = this.stage.cells;
    if (!map) return;
    const { hovered, current } = this.stage.marking;
    const { view } = this.stage;
    const cells = map.cellsIn(view);
    const from = map.indexHolding(cells, hovered >= 0 ? hovered : current);
    const to =
      from >= 0 ? stepToCell(cells, from, x, y) : nearestCell(cells, ...toMap(view, view.width / 2, view.height / 2));
    const row = cells.shown[to] ?? -1;
    if (row < 0) return;
    this.#pointer = null;
    this.#reveal(row);
    const mark = this.stage.markOf(row);
    if (mark) this.#hover(this.picking.holding(row), mark.left + mark.width / 2, mark.top + mark.height / 2);
  }

  #hover(picked: Picked, x: number, y: number): void {
    const { level } = this.stage;
    const told = this.#told;
    if (picked.row === told.row && picked.index === told.index && (level === told.level || picked.row < 0)) return;
    this.#told = { ...picked, level };
    const { left, top } = this.body.getBoundingClientRect();
    const cell: CellOnShow | null = picked.row < 0 ? null : this.picking.cellOf(picked.index);
    this.options.onHover(picked.row, cell, left + x, top + y);
  }

  #click(picked: Picked, mode: SelectionMode): void {
    const mask = this.picking.clicked(picked);
    if (!mask) {
      this.close();
      return;
    }
    this.options.onSelect(mask, mode);
    this.options.onCurrent(picked.row);
    const cell = mode === "replace" && !this.stage.showsPoints ? this.picking.cellOf(picked.index) : null;
    if (cell) {
      this.#isOpen = true;
      this.options.onOpen(cell);
    } else this.close();
  }

  #selectIn(corners: readonly Corner[], mode: SelectionMode): void {
    const mask = this.picking.outlined(corners);
    if (mask?.some((bits) => bits !== 0)) this.options.onSelect(mask, mode);
    else this.options.onNotice(NOTHING_INSIDE);
  }

  /** Move the view as little as brings the row's mark inside the body. */
  #reveal(row: number): void {
    const mark = this.stage.markOf(row);
    if (!mark) return;
    const { width, height } = this.stage.view;
    const missing = (place: number, size: number) => Math.max(0, INSIDE - place) + Math.min(0, size - INSIDE - place);
    const x = missing(mark.left + mark.width / 2, width);
    const y = missing(mark.top + mark.height / 2, height);
    if (x !== 0 || y !== 0) this.#move(() => this.stage.camera.panBy(x, y));
  }
}
