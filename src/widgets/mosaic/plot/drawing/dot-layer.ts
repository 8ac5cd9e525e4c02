import { choosePainter } from "../../../plane/marks/choose-painter.ts";
import { markDiameter } from "../../../plane/marks/mark-diameter.ts";
import { MISSING_CODE, type PlotTheme, sceneMarks, scenePalette } from "../../../plane/marks/plot-theme.ts";
import { PointsLayer } from "../../../plane/marks/points-layer.ts";
import { type Frame, type Scene, sameFrame } from "../../../plane/marks/scene.ts";
import { affineOf, type View } from "../../../plane/view.ts";
import type { CellLooks } from "../cells/cell-looks.ts";

/** The canvas with the points that tiles shrink into; empty while tiles are on show. */
export class DotLayer {
  #layer: PointsLayer | null = null;
  #scene: { readonly looks: CellLooks; readonly theme: PlotTheme; readonly scene: Scene } | null = null;
  #frame: Frame | null = null;
  isDrawn = false;
  isSettled = false;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly events: {
      redraw(): void;
      shown(): void;
      failed(sentence: string): void;
    },
    private readonly isMotionReduced: () => boolean,
    private readonly signal: AbortSignal,
  ) {
    canvas.style.opacity = "0";
  }

  /** Of a point, CSS pixels. */
  diameter(rows: number, { width, height }: View, zoom: number): number {
    return markDiameter(rows, width * height, zoom);
  }

  /** How much of the points is seen, 0 to 1. */
  show(share: number): void {
    this.canvas.style.opacity = String(share);
  }

  draw(
    positions: Float32Array<ArrayBuffer>,
    looks: CellLooks,
    theme: PlotTheme,
    view: View,
    diameter: number,
    { atRest }: { readonly atRest: boolean },
  ): void {
    const ratio = devicePixelRatio;
    const frame: Frame = {
      affine: affineOf(view, ratio),
      width: Math.round(view.width * ratio),
      height: Math.round(view.height * ratio),
      diameter: diameter * ratio,
    };
    // The same frame as before lets the painter keep its sums.
    if (!this.#frame || !sameFrame(this.#frame, frame)) this.#frame = frame;
    this.isDrawn = this.isSettled = false;
    this.#layer ??= this.#createLayer();
    const scene = this.#sceneOf(positions, looks, theme);
    const { scheme, notSelected } = theme;
    this.#layer.draw({ scene, frame: this.#frame, scheme, notSelected, atRest, fades: false, line: null });
  }

  /** Not before points are wanted: a mosaic that never shows them asks for no GPU. */
  #createLayer(): PointsLayer {
    const painter = choosePainter("auto", () => this.events.redraw(), this.signal);
    return new PointsLayer(
      this.canvas,
      painter,
      this.isMotionReduced,
      {
        onShown: (isFinal) => {
          this.isDrawn = true;
          this.isSettled = isFinal;
          this.events.shown();
        },
        onMissed: () => this.events.redraw(),
        onFailed: (thrown) =>
          this.events.failed(`The points could not be drawn: ${thrown instanceof Error ? thrown.message : thrown}.`),
      },
      this.signal,
    );
  }

  #sceneOf(positions: Float32Array<ArrayBuffer>, looks: CellLooks, theme: PlotTheme): Scene {
    const known = this.#scene;
    if (known?.looks === looks && known.theme === theme && known.scene.positions === positions) return known.scene;
    const colors = { palette: looks.paint?.palette ?? [], codes: looks.paint?.codes ?? null };
    const scene: Scene = {
      positions,
      codes: colors.codes,
      palette: scenePalette(colors, theme),
      missing: MISSING_CODE,
      mask: looks.mask ?? looks.focus,
      marks: sceneMarks(colors, theme),
    };
    this.#scene = { looks, theme, scene };
    return scene;
  }
}
