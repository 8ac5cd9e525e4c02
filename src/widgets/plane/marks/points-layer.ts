import type { LayoutPictures } from "../../../compute/umap/layout/layout-pictures.ts";
import type { Rgb } from "../../theme/rgb.ts";
import type { Scheme } from "../../theme/tokens.ts";
import { relativeAffine } from "../view.ts";
import { CpuPainter } from "./cpu-painter.ts";
import { toneOf } from "./ink.ts";
import { LayoutViewer } from "./layout-viewer.ts";
import type { Painter } from "./painter.ts";
import { RecolorFade } from "./recolor-fade.ts";
import type { Frame, Scene } from "./scene.ts";
import { ShapePainter } from "./shape-painter.ts";

/** Summing lets the page get to its other work at least this often, ms. */
const SLICE_MS = 12;
const TONE_MS = 120;

/** One picture of the marks. */
export interface Picture {
  readonly scene: Scene;
  readonly frame: Frame;
  readonly scheme: Scheme;
  readonly notSelected: Rgb;
  /** The view has come to rest: the tone is measured anew. While it moves the tone stays. */
  readonly atRest: boolean;
  /** Other rows were selected: the picture before it fades into this one, where both show the same view. */
  readonly fades: boolean;
  /** Who draws the rows where they stand by now, further than the scene knows; null: they are drawn here. */
  readonly line: LayoutPictures | null;
}

/** What comes of pictures. */
export interface LayerEvents {
  /** A picture is complete; `isFinal` when no other is under way and its tone is final. */
  onShown(isFinal: boolean): void;
  /** The line has ended before the picture came: one of the scene as it is now is to be drawn here. */
  onMissed(): void;
  /** Why a picture could not be drawn at all; the next one is tried again. */
  onFailed(thrown: unknown): void;
}

/**
 * The canvas with the marks. Where summing takes longer than a slice, the picture at hand is shown in its new place
 * until the new one is complete, so that a drag never waits for a million marks.
 */
export class PointsLayer {
  readonly #context: CanvasRenderingContext2D;
  readonly #kept: HTMLCanvasElement;
  readonly #keptContext: CanvasRenderingContext2D;
  #spare: CpuPainter | null = null;
  #shapes: ShapePainter | null = null;
  /** The latest complete picture. */
  #shown: Picture | null = null;
  /** Whether `#kept` is a copy of it. */
  #isKept = false;
  #wanted: Picture | null = null;
  #busy = false;
  /** The painter has failed although its GPU is there: the spare one draws from then on. */
  #isRefused = false;
  readonly #fade: RecolorFade;
  #viewer: LayoutViewer | null = null;
  readonly #tone = { from: 0, to: 0, start: 0 };

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly painter: Painter,
    private readonly isMotionReduced: () => boolean,
    private readonly events: LayerEvents,
    private readonly signal: AbortSignal,
  ) {
    this.#kept = canvas.ownerDocument.createElement("canvas");
    this.#context = contextOf(canvas);
    this.#fade = new RecolorFade(canvas, isMotionReduced, signal);
    this.#keptContext = contextOf(this.#kept);
    signal.addEventListener("abort", () => this.#release(), { once: true });
  }

  draw(picture: Picture): void {
    this.#wanted = picture;
    if (this.#viewer && this.#viewer.line !== picture.line) {
      this.#viewer.withdraw();
      this.#viewer = null;
    }
    if (!this.#busy) void this.#work();
    if (this.#busy) this.#showMoved(picture.frame);
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#wanted && !this.signal.aborted) {
      const picture = this.#wanted;
      const painter = picture.line ? null : this.#readyPainter(picture.scene);
      try {
        if (painter) await this.#paint(painter, picture);
        else if (picture.line) await this.#showFrom(picture.line, picture);
      } catch (thrown) {
        this.#recover(painter, picture, thrown);
      }
    }
    this.#busy = false;
  }

  async #paint(painter: Painter, picture: Picture): Promise<void> {
    const { scene, frame } = picture;
    if (!painter.holds(scene, frame)) {
      const summing = painter.sum(scene, frame);
      // Pausing for a picture that is complete in one slice would only show it later.
      while (!runSlice(summing)) await nextTask();
    }
    if (this.signal.aborted) return;
    if (this.#wanted === picture) this.#wanted = null;
    this.#show(painter, picture);
  }

  /** A GPU that refuses a shader or a target leaves the picture to the spare painter; nothing is left if that fails. */
  #recover(painter: Painter | null, picture: Picture, thrown: unknown): void {
    if (painter && !(painter instanceof CpuPainter)) {
      this.#isRefused ||= painter.isReady;
      this.#wanted ??= picture;
      return;
    }
    if (this.#wanted === picture) this.#wanted = null;
    this.events.onFailed(thrown);
  }

  #readyPainter({ marks }: Scene): Painter {
    if (marks && !this.#isRefused) {
      this.#shapes ??= new ShapePainter();
      return this.#shapes;
    }
    if (this.painter.isReady && !this.#isRefused) return this.painter;
    this.#spare ??= new CpuPainter();
    return this.#spare;
  }

  #show(painter: Painter, picture: Picture): void {
    const now = performance.now();
    const isToneOpen = picture.atRest && picture.scene !== this.#shown?.scene;
    const isViewNew = picture.atRest && picture.frame !== this.#shown?.frame;
    if (this.#tone.to === 0 || isToneOpen || isViewNew || (picture.atRest && !this.#shown?.atRest))
      this.#aimTone(painter.denseCount(), now);
    const dense = this.#toneAt(now);
    const { scene, frame } = picture;
    if (picture.fades && this.#shown?.frame === frame && this.#shown.scene !== scene) this.#fade.begin();
    else if (this.#shown?.frame !== frame) this.#fade.end();
    fitCanvas(this.canvas, frame.width, frame.height);
    painter.show(this.#context, toneOf(dense, picture.scheme), picture.notSelected);
    this.#shown = picture;
    this.#isKept = false;
    const isFinal = dense === this.#tone.to;
    if (!isFinal && !this.#wanted) requestAnimationFrame(() => this.#toneOn(picture));
    this.events.onShown(isFinal && picture.atRest && !this.#wanted);
  }

  /** Show a picture that comes complete, its tone as it was when it was asked for. */
  async #showFrom(line: LayoutPictures, picture: Picture): Promise<void> {
    this.#viewer ??= new LayoutViewer(line);
    const { scene, frame, scheme, notSelected, atRest } = picture;
    const isFirst = this.#tone.to === 0;
    const dense = isFirst ? null : this.#toneAt(performance.now());
    const drawn = await this.#viewer.ask(scene, frame, { scheme, notSelected, dense, measures: atRest || isFirst });
    if (this.signal.aborted) return;
    if (this.#wanted === picture) this.#wanted = null;
    if (!drawn) {
      if (!this.#wanted) this.events.onMissed();
      return;
    }
    if (drawn.measured) this.#aimTone(drawn.measured, performance.now());
    this.#fade.end();
    fitCanvas(this.canvas, frame.width, frame.height);
    this.#context.putImageData(new ImageData(drawn.pixels, frame.width, frame.height), 0, 0);
    this.#shown = picture;
    this.#isKept = false;
    if (this.#wanted) this.#showMoved(this.#wanted.frame);
    this.events.onShown(false);
  }

  /** Full ink at another count: reached by steps, so that nothing jumps. */
  #aimTone(dense: number, now: number): void {
    const isFirst = this.#tone.to === 0 || this.isMotionReduced();
    this.#tone.from = isFirst ? dense : this.#toneAt(now);
    this.#tone.to = dense;
    this.#tone.start = now;
  }

  #toneAt(now: number): number {
    const { from, to, start } = this.#tone;
    return now >= start + TONE_MS || from === to ? to : from * (to / from) ** ((now - start) / TONE_MS);
  }

  #toneOn(picture: Picture): void {
    if (!this.signal.aborted && !this.#wanted && this.#shown === picture) this.draw(picture);
  }

  #showMoved(frame: Frame): void {
    if (!this.#shown) return;
    if (this.#shown.frame !== frame) this.#fade.end();
    const { width, height } = this.#shown.frame;
    if (!this.#isKept) {
      fitCanvas(this.#kept, width, height);
      this.#keptContext.clearRect(0, 0, width, height);
      this.#keptContext.drawImage(this.canvas, 0, 0);
      this.#isKept = true;
    }
    fitCanvas(this.canvas, frame.width, frame.height);
    this.#context.clearRect(0, 0, frame.width, frame.height);
    this.#context.setTransform(...relativeAffine(this.#shown.frame.affine, frame.affine));
    this.#context.drawImage(this.#kept, 0, 0);
    this.#context.resetTransform();
  }

  /** Browsers free the memory of a canvas late unless it is emptied. */
  #release(): void {
    for (const canvas of [this.canvas, this.#kept]) fitCanvas(canvas, 0, 0);
    this.#viewer?.withdraw();
    this.#viewer = null;
    this.#shown = null;
    this.#wanted = null;
    this.#spare = null;
    this.#shapes = null;
  }
}

/** Go on for a slice; true when the work is done. */
function runSlice(work: Generator<void, void>): boolean {
  const until = performance.now() + SLICE_MS;
  do {
    if (work.next().done) return true;
  } while (performance.now() < until);
  return false;
}

/** After what the page has to do: input and painting come first, timers' 4 ms are not waited for. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}

function fitCanvas(canvas: HTMLCanvasElement, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser gave no canvas to draw on.");
  return context;
}
