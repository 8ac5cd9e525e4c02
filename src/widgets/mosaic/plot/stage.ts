import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import type { WindowCells } from "../../../compute/mosaic/index.ts";
import type { ImageSource } from "../../host/sources.ts";
import { Camera } from "../../plane/camera.ts";
import type { Corner } from "../../plane/input/gesture-target.ts";
import { FORCED_COLORS, type PlotTheme, readPlotTheme } from "../../plane/marks/plot-theme.ts";
import type { ClassAnchor } from "../../plane/overlay/class-anchors.ts";
import { type Surface, watchSize } from "../../plane/surface.ts";
import { noTurn, type View } from "../../plane/view.ts";
import type { Rgb } from "../../theme/rgb.ts";
import type { CellLooks } from "./cells/cell-looks.ts";
import type { CellBox } from "./cells/cell-places.ts";
import type { MapCells } from "./cells/map-cells.ts";
import { boxOfPoint, boxOfRow } from "./cells/row-boxes.ts";
import { TreeOrder } from "./cells/tree-order.ts";
import { DotLayer } from "./drawing/dot-layer.ts";
import type { ShapeColors } from "./drawing/draw-class-shape.ts";
import { densityColors } from "./drawing/draw-density.ts";
import { isTileSeen } from "./drawing/draw-tiles.ts";
import { settlingSight } from "./drawing/settling-sight.ts";
import { TileLayer } from "./drawing/tile-layer.ts";
import { LookFade } from "./look-fade.ts";
import { ModeGlide } from "./mode-glide.ts";
import { axesPlace } from "./overlay/axes-place.ts";
import { OverlayLayer } from "./overlay/overlay-layer.ts";
import type { ClassMarks, MosaicPlotOptions } from "./plot-options.ts";
import { WaitingCalls } from "./waiting-calls.ts";

/** A settling map is drawn at most 30 times a second, once a second where motion is to be reduced. */
const SETTLE_MS = 33;
const SETTLE_REDUCED_MS = 1000;
/** A view that has not moved for so long is at rest, ms: then the tone of points is measured anew. */
const REST_MS = 120;
/** The corner arrow with its names, CSS pixels. */
const ARROW = { width: 110, height: 72 };
const LOST = "Python has stopped; tiles that are not here yet stay blank. Run the cell to see them.";

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
  readonly looks: LookFade;
  readonly #isMotionReduced: () => boolean;
  readonly #tiles: TileLayer;
  readonly #dots: DotLayer;
  readonly #overlay: OverlayLayer;
  readonly #mode: ModeGlide;
  #theme: PlotTheme;
  #densities: readonly Rgb[] = [];
  #shapes: ShapeColors | null = null;
  #marks: ClassMarks = "auto";
  #cells: MapCells | null = null;
  #cellsLife = new AbortController();
  #isSettling = false;
  #axesAt: readonly [right: number, up: number] = [0, 0];
  #tree: TreeOrder | null = null;
  /** The cells that are on show as a density map, as was told. */
  #dense: WindowCells | null = null;
  #isScheduled = false;
  /** The tiles themselves are to be drawn, not only what lies above them. */
  #isStale = true;
  #lastMove = Number.NEGATIVE_INFINITY;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #lastSettlingFrame = Number.NEGATIVE_INFINITY;
  readonly #waiting = new WaitingCalls();
  #isInSight = true;
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
    this.#theme = readPlotTheme(body);
    this.looks = new LookFade(this.#isMotionReduced);
    this.#mode = new ModeGlide(this.#isMotionReduced);
    this.camera = new Camera(() => this.#moved(), this.#isMotionReduced);
    const canvas = body.ownerDocument.createElement("canvas");
    canvas.setAttribute("aria-hidden", "true");
    surface.element.prepend(canvas);
    const events = {
      changed: () => this.redraw(),
      refreshed: () => this.#answerWaiting(),
      failed: (error: { readonly kind: string; readonly message: string }) =>
        told.onNotice(error.kind === "lost" ? LOST : `Some tiles could not be had: ${error.message}`),
    };
    this.#tiles = new TileLayer(canvas, events, signal);
    this.#dots = new DotLayer(
      surface.points,
      {
        redraw: () => this.redraw(),
        shown: () => this.#answerWaiting(),
        failed: told.onNotice,
      },
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
    watchSize(surface.element, (width, height) => this.#resized(width, height), signal);
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

  get textureBytes(): number {
    return this.#tiles.bytes;
  }

  /** Points are drawn, or about to be. */
  get showsPoints(): boolean {
    return this.#mode.isToPoints;
  }

  /** Cells show how many tiles they hold, not these. */
  get isDensity(): boolean {
    return this.#tiles.isDensity;
  }

  /** Of a point, CSS pixels. */
  get diameter(): number {
    return this.#cells ? this.#dots.diameter(this.#cells.positions.length >> 1, this.view, this.camera.zoom) : 0;
  }

  show(cells: MapCells | null, settling: boolean): void {
    this.#cellsLife.abort();
    this.#cellsLife = new AbortController();
    // Other data: where a reader had gone in the old says nothing about the new.
    if (cells?.positions.length !== this.#cells?.positions.length) this.camera.reset();
    this.#cells = cells;
    this.#isSettling = settling && cells !== null;
    const events = { came: () => this.redraw(), failed: this.told.onNotice };
    this.#tree = cells && new TreeOrder(cells, events, this.#cellsLife.signal);
    this.#placeAxes();
    this.camera.show(cells?.corners ?? new Float32Array(), noTurn, settling);
  }

  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void {
    this.#tiles.setPictures(images, stain);
    this.redraw();
  }

  setLooks(changed: Partial<CellLooks>, fades = false): void {
    this.looks.change(changed, fades, performance.now());
    this.redraw();
  }

  setMarks(marks: ClassMarks): void {
    this.#marks = marks;
    this.redraw();
  }

  setMode(mode: "tiles" | "points"): void {
    this.#mode.go(mode, performance.now());
    this.redraw();
  }

  setBackground(color: string | null): void {
    this.surface.element.style.backgroundColor = color ?? "";
    this.redraw();
  }

  mark(changed: Partial<Marking>): void {
    Object.assign(this.marking, changed);
    this.#schedule();
  }

  readTheme(): void {
    this.#theme = readPlotTheme(this.body);
    this.#densities = densityColors(this.#theme.scheme);
    const { isForced, tokens } = this.#theme;
    this.#shapes = isForced ? { ink: tokens.text, page: tokens.page } : null;
    this.redraw();
  }

  redraw(): void {
    this.#isStale = true;
    this.#schedule();
  }

  /** Where a row is marked, CSS pixels of the body: its cell, or its point. */
  markOf(row: number): CellBox | null {
    const map = this.#cells;
    if (!map) return null;
    return this.#mode.isToPoints ? boxOfPoint(map, this.view, row, this.diameter, 1) : boxOfRow(map, this.view, row);
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

  #resized(width: number, height: number): void {
    // A host may attach the body only now: before that no style applies.
    if (this.view.width === 0) this.readTheme();
    this.camera.resize(width, height);
    this.#placeAxes();
    // A canvas of another size is empty until it is drawn: not a frame later, which would flicker.
    this.#isStale = true;
    this.#draw(performance.now());
  }

  /** While the map settles it stays where it is. */
  #placeAxes(): void {
    if (this.#cells && !this.#isSettling && this.view.width > 0)
      this.#axesAt = axesPlace(this.#cells.base, this.view, ARROW);
  }

  #moved(): void {
    this.#lastMove = performance.now();
    this.redraw();
  }

  #schedule(): void {
    if (this.#isScheduled || this.signal.aborted) return;
    this.#isScheduled = true;
    requestAnimationFrame((now) => {
      this.#isScheduled = false;
      if (!this.signal.aborted) this.#draw(now);
    });
  }

  #draw(now: number): void {
    if (this.view.width === 0) return;
    if (this.camera.advance(now)) this.#lastMove = now;
    if (this.#isStale && !this.#isTooSoon(now)) {
      this.#isStale = this.camera.isMoving || this.looks.isMoving(now) || this.#mode.isMoving(now);
      this.#drawMap(now);
      this.#tellSight();
      this.followed();
    }
    this.#overlay.draw(
      {
        view: this.view,
        hovered: this.markOf(this.marking.hovered),
        current: this.markOf(this.marking.current),
        isRound: this.#mode.isToPoints,
        isBoth: this.marking.hovered === this.marking.current,
        anchors: this.marking.anchors,
        axes: this.#cells ? this.marking.axes : null,
        axesAt: this.#axesAt,
        outline: this.marking.outline,
        tokens: this.#theme.tokens,
        font: getComputedStyle(this.body).fontFamily,
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
    const [view, ratio, map] = [this.view, devicePixelRatio, this.#cells];
    const shrunk = this.#mode.at(now);
    this.#dots.show(shrunk);
    if (!map || shrunk === 1) {
      map?.follow(view, () => true);
      this.#tiles.clear(view, ratio);
      this.#tiles.rest();
    } else {
      if (!this.#isSettling) this.#tree?.askFor(view);
      const finer = map.follow(view, (cells) => this.#tiles.isReady(cells, view, ratio));
      const cells = map.cellsIn(view);
      const diameter = this.diameter;
      this.#tiles.draw({
        view,
        ratio,
        cells,
        finer,
        opacities: this.looks.opacitiesOf(cells, now),
        colorsOf: (these) => this.looks.colorsOf(these),
        marks: this.#marks,
        shapes: this.#shapes,
        surface: this.#theme.tokens.surface,
        densities: this.#densities,
        sight: this.#isSettling ? settlingSight(map, this.camera) : null,
        shrunk,
        pointOf: (row) => boxOfPoint(map, view, row, diameter, ratio),
      });
    }
    if (map && shrunk > 0) this.#drawDots(map, view, now);
    this.#tellDensity(map && !this.showsPoints && this.#tiles.isDensity ? map.cellsIn(view) : null);
  }

  #tellSight(): void {
    const map = this.#cells;
    const isInSight = !map || this.camera.isFollowing || isTileSeen(map.cellsIn(this.view), this.view);
    if (isInSight === this.#isInSight) return;
    this.#isInSight = isInSight;
    this.told.onSight?.(isInSight);
  }

  #tellDensity(cells: WindowCells | null): void {
    if (cells === this.#dense) return;
    this.#dense = cells;
    this.told.onDensity?.(cells);
  }

  #drawDots({ positions }: MapCells, view: View, now: number): void {
    const atRest = !this.camera.isMoving && now - this.#lastMove >= REST_MS;
    this.#dots.draw(positions, this.looks.looks, this.#theme, view, this.diameter, { atRest });
    clearTimeout(this.#restTimer);
    if (!atRest) this.#restTimer = setTimeout(() => this.redraw(), REST_MS);
  }

  #answerWaiting(): void {
    if (this.#isStale || this.view.width === 0 || !this.#cells) return;
    const { isDrawn, isSettled } = this.#mode.isToPoints ? this.#dots : this.#tiles;
    this.#waiting.answer({ isDrawn, isSettled: isSettled && !this.#tree?.isOnItsWay && !this.#isSettling });
  }
}
