import type { LayoutPictures } from "../../../compute/umap/layout/layout-pictures.ts";
import type { NeighborGraph } from "../../../compute/umap/options.ts";
import { Camera } from "../../plane/camera.ts";
import type { Corner } from "../../plane/input/gesture-target.ts";
import { choosePainter, type Renderer } from "../../plane/marks/choose-painter.ts";
import { isDrawnThere } from "../../plane/marks/layout-viewer.ts";
import { markDiameter, shapeDiameter } from "../../plane/marks/mark-diameter.ts";
import type { PlotColors } from "../../plane/marks/plot-colors.ts";
import {
  FORCED_COLORS,
  MISSING_CODE,
  type PlotTheme,
  readPlotTheme,
  sceneMarks,
  scenePalette,
} from "../../plane/marks/plot-theme.ts";
import { PointsLayer } from "../../plane/marks/points-layer.ts";
import { type Frame, type Scene, sameFrame } from "../../plane/marks/scene.ts";
import type { ClassAnchor } from "../../plane/overlay/class-anchors.ts";
import type { Mark } from "../../plane/overlay/draw-rings.ts";
import { type Surface, watchSize } from "../../plane/surface.ts";
import { affineOf, type Turn, type View } from "../../plane/view.ts";
import { markAt, OverlayLayer } from "./overlay/overlay-layer.ts";

/** A view that has not moved for so long is at rest, ms. */
const REST_MS = 120;
/** A settling map is drawn at most 30 times a second, once a second where motion is to be reduced. */
const SETTLE_MS = 33;
const SETTLE_REDUCED_MS = 1000;
/** While a map settles its tone is measured anew this often, ms. */
const SETTLE_TONE_MS = 400;

/**
 * Rows from which a settling map is drawn by the GPU that lays it out. Places are 8 bytes a row and a picture 4 bytes a
 * pixel: from here on it is less to read back, for up to a million pixels. And the page puts it on its canvas in less
 * than a millisecond, where drawing so many rows takes it 80 (in software, on a busy core); going over them for the fit
 * and the names takes 2 more. With fewer rows it keeps up, and a view moves without waiting for an answer.
 */
const FEWEST_DRAWN_THERE = 500_000;

/** What is drawn above the marks, as far as it can be set. */
export interface Marking {
  hovered: number;
  current: number;
  neighbors: NeighborGraph | null;
  anchors: readonly ClassAnchor[];
  axes: readonly [string, string] | null;
  outline: readonly Corner[];
}

/** Scene, view and canvases: decides what is drawn again, and when. */
export class Stage {
  readonly camera: Camera;
  readonly marking: Marking = {
    hovered: -1,
    current: -1,
    neighbors: null,
    anchors: [],
    axes: ["UMAP 1", "UMAP 2"],
    outline: [],
  };
  readonly #isMotionReduced: () => boolean;
  readonly #points: PointsLayer;
  readonly #overlay: OverlayLayer;
  #theme: PlotTheme;
  #colors: PlotColors = { palette: [], codes: null };
  #scene: Scene;
  #frame: Frame | null = null;
  #isSettling = false;
  /** Who can be asked for pictures of the map as it settles, instead of drawing its positions here. */
  #line: LayoutPictures | null = null;
  #isScheduled = false;
  /** The marks themselves are to be drawn, not only what lies above them. */
  #isStale = true;
  #lastMove = Number.NEGATIVE_INFINITY;
  #restTimer: ReturnType<typeof setTimeout> | undefined;
  #lastSettlingFrame = Number.NEGATIVE_INFINITY;
  #lastRest = Number.NEGATIVE_INFINITY;
  /** The picture that is to come fades in over the one before it. */
  #fades = false;
  #isDrawn = false;
  #isSettled = false;
  readonly #waitingForDrawn: (() => void)[] = [];
  readonly #waitingForSettled: (() => void)[] = [];

  constructor(
    private readonly body: HTMLElement,
    surface: Surface,
    renderer: Renderer,
    onNotice: (sentence: string) => void,
    private readonly signal: AbortSignal,
    private readonly fewestDrawnThere = FEWEST_DRAWN_THERE,
  ) {
    const query = matchMedia("(prefers-reduced-motion: reduce)");
    this.#isMotionReduced = () => query.matches;
    this.#theme = readPlotTheme(body);
    this.#scene = {
      positions: new Float32Array(0),
      codes: null,
      palette: scenePalette(this.#colors, this.#theme),
      missing: MISSING_CODE,
      mask: null,
    };
    this.camera = new Camera(() => this.#moved(), this.#isMotionReduced);
    const painter = choosePainter(renderer, () => this.redraw(), signal);
    const onFailed = (thrown: unknown) =>
      onNotice(`The map could not be drawn: ${thrown instanceof Error ? thrown.message : thrown}. Make it smaller.`);
    const events = {
      onShown: (isFinal: boolean) => this.#shown(isFinal),
      onMissed: () => this.#makeStale(),
      onFailed,
    };
    this.#points = new PointsLayer(surface.points, painter, this.#isMotionReduced, events, signal);
    this.#overlay = new OverlayLayer(surface.overlay);
    matchMedia(FORCED_COLORS).addEventListener("change", () => this.readTheme(), { signal });
    signal.addEventListener("abort", () => clearTimeout(this.#restTimer), { once: true });
    watchSize(surface.element, (width, height) => this.#resized(width, height), signal);
  }

  get view(): View {
    return this.camera.view;
  }

  get scene(): Scene {
    return this.#scene;
  }

  get rows(): number {
    return this.#scene.positions.length >> 1;
  }

  /** Of a mark as a disc, CSS pixels. */
  get discDiameter(): number {
    const { width, height } = this.view;
    return markDiameter(this.rows, width * height, this.camera.zoom);
  }

  /** Of a mark as it is drawn, CSS pixels. */
  get diameter(): number {
    return this.#scene.marks ? shapeDiameter(this.discDiameter) : this.discDiameter;
  }

  show(positions: Float32Array<ArrayBuffer>, turn: Turn, settling: boolean, line: LayoutPictures | null): void {
    this.#isSettling = settling;
    this.#line = line;
    // Other data: where a reader had gone in the old says nothing about the new.
    if (positions.length !== this.#scene.positions.length) this.camera.reset();
    this.change({ positions });
    this.camera.show(positions, turn, settling);
  }

  color(colors: PlotColors): void {
    this.#colors = colors;
    const { codes } = colors;
    this.change({ codes, palette: scenePalette(colors, this.#theme), marks: sceneMarks(colors, this.#theme) });
  }

  change(changed: Partial<Scene>, { fades = false } = {}): void {
    this.#fades = fades;
    this.#scene = { ...this.#scene, ...changed };
    this.#makeStale();
  }

  mark(changed: Partial<Marking>): void {
    Object.assign(this.marking, changed);
    this.#schedule();
  }

  readTheme(): void {
    this.#theme = readPlotTheme(this.body);
    this.color(this.#colors);
  }

  redraw(): void {
    this.#frame = null;
    this.#makeStale();
  }

  markOf(row: number): Mark | null {
    return markAt({ view: this.view, positions: this.#scene.positions, diameter: this.diameter }, row);
  }

  whenDrawn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingForDrawn.push(resolve);
      this.#answerWaiting();
    });
  }

  whenSettled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waitingForSettled.push(resolve);
      this.#answerWaiting();
    });
  }

  #resized(width: number, height: number): void {
    // A host may attach the body only now: before that no style applies.
    if (this.view.width === 0) this.readTheme();
    this.camera.resize(width, height);
    // A canvas of another size is empty until it is drawn: not a frame later, which would flicker.
    this.#isStale = true;
    this.#draw(performance.now());
  }

  #moved(): void {
    this.#lastMove = performance.now();
    this.#makeStale();
  }

  #makeStale(): void {
    this.#isStale = true;
    this.#schedule();
  }

  #schedule(): void {
    if (this.#isStale) this.#isDrawn = this.#isSettled = false;
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
      this.#isStale = false;
      this.#drawPoints(now);
    }
    this.#overlay.draw(
      {
        ...this.marking,
        view: this.view,
        positions: this.#scene.positions,
        diameter: this.diameter,
        tokens: this.#theme.tokens,
        font: getComputedStyle(this.body).fontFamily,
      },
      devicePixelRatio,
    );
    if (this.camera.isMoving) this.#isStale = true;
    if (this.#isStale) this.#schedule();
  }

  #isTooSoon(now: number): boolean {
    if (!this.#isSettling) return false;
    const least = this.#isMotionReduced() ? SETTLE_REDUCED_MS : SETTLE_MS;
    if (now - this.#lastSettlingFrame < least) return true;
    this.#lastSettlingFrame = now;
    return false;
  }

  #drawPoints(now: number): void {
    const ratio = devicePixelRatio;
    const { width, height } = this.view;
    const frame: Frame = {
      affine: affineOf(this.view, ratio),
      width: Math.round(width * ratio),
      height: Math.round(height * ratio),
      diameter: this.diameter * ratio,
    };
    // The same frame as before lets the painter keep its sums.
    if (!this.#frame || !sameFrame(this.#frame, frame)) this.#frame = frame;
    const atRest = this.#isAtRest(now);
    const { scheme, notSelected } = this.#theme;
    const line = this.#lineFor(this.#frame);
    this.#points.draw({
      scene: this.#scene,
      frame: this.#frame,
      scheme,
      notSelected,
      atRest,
      fades: this.#fades,
      line,
    });
    clearTimeout(this.#restTimer);
    if (atRest) this.#lastRest = now;
    else this.#restTimer = setTimeout(() => this.#makeStale(), REST_MS);
  }

  #lineFor(frame: Frame): LayoutPictures | null {
    const line = this.#line?.hasEnded ? null : this.#line;
    return this.rows >= this.fewestDrawnThere && isDrawnThere(this.#scene, frame) ? line : null;
  }

  #isAtRest(now: number): boolean {
    if (this.#isSettling) return now - this.#lastRest >= SETTLE_TONE_MS;
    return !this.camera.isMoving && now - this.#lastMove >= REST_MS;
  }

  #shown(isFinal: boolean): void {
    this.#isDrawn = !this.#isStale && this.#scene.positions.length > 0;
    this.#isSettled = isFinal && !this.#isStale && !this.#isSettling;
    this.#answerWaiting();
    if (!this.#frame || !this.#lineFor(this.#frame)) return;
    this.camera.followOn();
    this.#makeStale();
  }

  #answerWaiting(): void {
    if (this.#isDrawn) for (const resolve of this.#waitingForDrawn.splice(0)) resolve();
    if (this.#isSettled) for (const resolve of this.#waitingForSettled.splice(0)) resolve();
  }
}
