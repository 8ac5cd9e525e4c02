import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import type { ImageSource } from "../../host/sources.ts";
import { Camera } from "../../plane/camera.ts";
import type { Corner } from "../../plane/input/gesture-target.ts";
import { FORCED_COLORS, ownTheme, readPlotTheme } from "../../plane/marks/plot-theme.ts";
import type { ClassAnchor } from "../../plane/overlay/class-anchors.ts";
import { type Surface, watchSize } from "../../plane/surface.ts";
import { noTurn, type View } from "../../plane/view.ts";
import type { CellLooks } from "./cells/cell-looks.ts";
import type { CellBox } from "./cells/cell-places.ts";
import type { MapCells } from "./cells/map-cells.ts";
import { boxOfPoint, boxOfRow } from "./cells/row-boxes.ts";
import { TreeOrder } from "./cells/tree-order.ts";
import type { LookFade } from "./look-fade.ts";
import { MapDrawing } from "./map-drawing.ts";
import { axesPlace } from "./overlay/axes-place.ts";
import { OverlayLayer } from "./overlay/overlay-layer.ts";
import type { ClassMarks, MosaicPlotOptions } from "./plot-options.ts";
import { WaitingCalls } from "./waiting-calls.ts";

/** A settling map is drawn at most 30 times a second, once a second where motion is to be reduced. */
const SETTLE_MS = 33;
const SETTLE_REDUCED_MS = 1000;
/** A view that has not moved for so long is at rest, ms: then the tone of points is measured anew. */
const REST_MS = 120;

/** What is drawn above the tiles, as far as it can be set. */
export interface Marking {
  hovered: number;
  current: number;
  /** Classes whose names are written, and where. */
  anchors: readonly ClassAnchor[];
  axes: readonly [string, string] | null;
  outline: readonly Corner[];
}

/** Cells, view and canvases: decides what is drawn again, and when. */
export class Stage {
  readonly camera: Camera;
  readonly marking: Marking = { hovered: -1, current: -1, anchors: [], axes: ["UMAP 1", "UMAP 2"], outline: [] };
  readonly #drawing: MapDrawing;
  readonly #isMotionReduced: () => boolean;
  readonly #measure: () => void;
  readonly #overlay: OverlayLayer;
  /** The page's is read once the body has a size: a host may attach it only then, and before that no style applies. */
  #theme = ownTheme;
  #cells: MapCells | null = null;
  #cellsLife = new AbortController();
  #isSettling = false;
  /** The map has come to rest, and the view glides to it still: it is drawn as while it settled. */
  #isArriving = false;
  #axesAt: readonly [right: number, up: number] = [0, 0];
  #tree: TreeOrder | null = null;
  #frame: number | undefined;
  /** Of the screen when the size was last told. */
  #ratio = 0;
  /** The tiles themselves are to be drawn, not only what lies above them. */
  #isStale = true;
  #lastMove = Number.NEGATIVE_INFINITY;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #lastSettlingFrame = Number.NEGATIVE_INFINITY;
  readonly #waiting = new WaitingCalls();
  /** Told when the map has been drawn anew: what lies under a pointer may be something else. */
  followed: () => void = () => undefined;

  constructor(
    private readonly body: HTMLElement,
    private readonly surface: Surface,
    private readonly told: Pick<MosaicPlotOptions, "onNotice" | "onDensity" | "onSight">,
    private readonly signal: AbortSignal,
  ) {
    const query = matchMedia("(prefers-reduced-motion: reduce)");
    this.#isMotionReduced = () => query.matches;
    this.camera = new Camera(() => this.#moved(), this.#isMotionReduced);
    const canvas = body.ownerDocument.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    surface.element.prepend(canvas);
    this.#drawing = new MapDrawing(
      { tiles: canvas, points: surface.points },
      { ...told, changed: () => this.redraw(), refreshed: () => this.#answerWaiting() },
      this.#isMotionReduced,
      signal,
    );
    this.#overlay = new OverlayLayer(surface.overlay);
    matchMedia(FORCED_COLORS).addEventListener("change", () => this.readTheme(), { signal });
    const end = () => {
      this.#cellsLife.abort();
      clearTimeout(this.#restTimer);
    };
    signal.addEventListener("abort", end, { once: true });
    this.#measure = watchSize(surface.element, (width, height) => this.#resized(width, height), signal);
  }

  get view(): View {
    return this.camera.view;
  }

  get cells(): MapCells | null {
    return this.#cells;
  }

  get level(): number {
    return this.#cells?.level ?? 0;
  }

  get looks(): LookFade {
    return this.#drawing.looks;
  }

  get textureBytes(): number {
    return this.#drawing.textureBytes;
  }

  /** Points are drawn, or about to be. */
  get showsPoints(): boolean {
    return this.#drawing.showsPoints;
  }

  /** Cells show how many tiles they hold, not these. */
  get isDensity(): boolean {
    return this.#drawing.isDensity;
  }

  /** Of a point, CSS pixels. */
  get diameter(): number {
    return this.#cells ? this.#drawing.diameter(this.#cells, this.camera) : 0;
  }

  /** The largest picture of a row that is kept for drawing; null where none is. */
  pictureOf(row: number): OffscreenCanvas | null {
    return this.#drawing.pictureOf(row);
  }

  show(cells: MapCells | null, settling: boolean): void {
    this.#cellsLife.abort();
    this.#cellsLife = new AbortController();
    const before = this.#cells;
    // Other data: where a reader had gone in the old says nothing about the new.
    if (cells?.positions.length !== before?.positions.length) this.camera.reset();
    this.#cells = cells;
    this.#isArriving = !settling && (this.#isSettling || this.#isArriving);
    this.#isSettling = settling && cells !== null;
    const events = { came: () => this.redraw(), failed: this.told.onNotice };
    this.#tree = cells && new TreeOrder(cells, events, this.#cellsLife.signal);
    this.#placeAxes();
    this.camera.show(cells?.corners ?? new Float32Array(), noTurn, settling);
    // The first picture doesn't wait for a frame: what it wishes for has a long way to come.
    if (cells && !before) queueMicrotask(() => this.#begin());
  }

  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void {
    this.#drawing.setPictures(images, stain);
    this.redraw();
  }

  setLooks(changed: Partial<CellLooks>, fades = false): void {
    this.looks.change(changed, fades, performance.now());
    this.redraw();
  }

  setMarks(marks: ClassMarks): void {
    this.#drawing.marks = marks;
    this.redraw();
  }

  setMode(mode: "tiles" | "points"): void {
    this.#drawing.setMode(mode);
    this.redraw();
  }

  setBackground(color: string | null): void {
    this.surface.element.style.backgroundColor = color ?? "";
    this.redraw();
  }

  mark(changed: Partial<Marking>): void {
    const before = this.marking.axes;
    Object.assign(this.marking, changed);
    if (this.marking.axes?.join() !== before?.join()) this.#placeAxes();
    this.#schedule();
  }

  readTheme(): void {
    if (this.view.width > 0) this.#takeTheme();
  }

  #takeTheme(): void {
    this.#theme = readPlotTheme(this.body);
    this.#drawing.setTheme(this.#theme);
    this.redraw();
  }

  redraw(): void {
    this.#isStale = true;
    this.#schedule();
  }

  /** Where a row is marked, CSS pixels of the body: its cell, or its point. */
  markOf(row: number): CellBox | null {
    const map = this.#cells;
    if (!map || row < 0) return null;
    return this.showsPoints ? boxOfPoint(map, this.view, row, this.diameter, 1) : boxOfRow(map, this.view, row);
  }

  whenDrawn(): Promise<void> {
    const drawn = this.#waiting.whenDrawn();
    this.#answerWaiting();
    return drawn;
  }

  whenSettled(): Promise<void> {
    const settled = this.#waiting.whenSettled();
    this.#answerWaiting();
    return settled;
  }

  get #font(): string {
    return getComputedStyle(this.body).fontFamily;
  }

  #begin(): void {
    if (!this.#isStale || this.signal.aborted) return;
    if (this.view.width === 0) this.#measure();
    else this.#draw(performance.now());
  }

  #resized(width: number, height: number): void {
    const { view } = this;
    const isSame = width === view.width && height === view.height && this.#ratio === devicePixelRatio;
    if (isSame) return;
    this.#ratio = devicePixelRatio;
    if (this.view.width === 0) this.#takeTheme();
    this.camera.resize(width, height);
    this.#placeAxes();
    // A canvas of another size is empty until it is drawn: not a frame later, which would flicker.
    this.#isStale = true;
    this.#draw(performance.now());
  }

  /** While the map settles it stays where it is. */
  #placeAxes(): void {
    const { axes } = this.marking;
    if (!this.#cells || !axes || this.#isSettling || this.view.width === 0) return;
    this.#axesAt = axesPlace(this.#cells.base, this.view, this.#overlay.axesSize(axes, this.#font));
  }

  #moved(): void {
    this.#lastMove = performance.now();
    this.redraw();
  }

  #schedule(): void {
    if (this.signal.aborted) return;
    this.#frame ??= requestAnimationFrame((now) => !this.signal.aborted && this.#draw(now));
  }

  #draw(now: number): void {
    // One that comes before the frame that was asked for draws all that this would have.
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    if (this.view.width === 0) return;
    if (this.camera.advance(now)) this.#lastMove = now;
    if (this.#isStale && !this.#isTooSoon(now)) {
      this.#isStale = this.camera.isMoving || this.#drawing.isMoving(now);
      this.#drawMap(now);
      this.followed();
    }
    this.#overlay.draw(
      {
        view: this.view,
        hovered: this.markOf(this.marking.hovered),
        current: this.markOf(this.marking.current),
        isRound: this.showsPoints,
        isBoth: this.marking.hovered === this.marking.current,
        anchors: this.marking.anchors,
        axes: this.#cells ? this.marking.axes : null,
        axesAt: this.#axesAt,
        outline: this.marking.outline,
        tokens: this.#theme.tokens,
        font: this.#font,
      },
      devicePixelRatio,
    );
    if (this.#isStale) this.#schedule();
    this.#answerWaiting();
  }

  #isTooSoon(now: number): boolean {
    if (!this.#isSettling) return false;
    const least = this.#isMotionReduced() ? SETTLE_REDUCED_MS : SETTLE_MS;
    if (now - this.#lastSettlingFrame < least) return true;
    this.#lastSettlingFrame = now;
    return false;
  }

  #drawMap(now: number): void {
    const { isMoving, isFollowing } = this.camera;
    const atRest = !isMoving && now - this.#lastMove >= REST_MS;
    this.#isArriving &&= isMoving && isFollowing;
    const { hasPoints } = this.#drawing.draw(now, {
      cells: this.#cells,
      camera: this.camera,
      isSettling: this.#isSettling || this.#isArriving,
      atRest,
      prepareFiner: (view) => this.#tree?.askFor(view),
    });
    clearTimeout(this.#restTimer);
    if (hasPoints && !atRest) this.#restTimer = setTimeout(() => this.redraw(), REST_MS);
  }

  #answerWaiting(): void {
    if (this.#isStale || this.view.width === 0 || !this.#cells) return;
    const { isDrawn, isSettled } = this.#drawing.progress;
    this.#waiting.answer({ isDrawn, isSettled: isSettled && !this.#tree?.isOnItsWay && !this.#isSettling });
  }
}
