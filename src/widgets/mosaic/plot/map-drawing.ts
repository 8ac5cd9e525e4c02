import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import type { WindowCells } from "../../../compute/mosaic/index.ts";
import type { ImageSource } from "../../host/sources.ts";
import type { Camera } from "../../plane/camera.ts";
import { ownTheme, type PlotTheme } from "../../plane/marks/plot-theme.ts";
import type { View } from "../../plane/view.ts";
import type { Rgb } from "../../theme/rgb.ts";
import type { MapCells } from "./cells/map-cells.ts";
import { boxOfPoint } from "./cells/row-boxes.ts";
import { DotLayer } from "./drawing/dot-layer.ts";
import type { ShapeColors } from "./drawing/draw-class-shape.ts";
import { densityColors } from "./drawing/draw-density.ts";
import { isTileSeen } from "./drawing/draw-tiles.ts";
import { settlingSight } from "./drawing/settling-sight.ts";
import { TileLayer } from "./drawing/tile-layer.ts";
import { LookFade } from "./look-fade.ts";
import { ModeGlide } from "./mode-glide.ts";
import type { ClassMarks, MosaicPlotOptions } from "./plot-options.ts";

const LOST = "Python has stopped; tiles that are not here yet stay blank. Run the cell to see them.";

export interface DrawingEvents extends Pick<MosaicPlotOptions, "onNotice" | "onDensity" | "onSight"> {
  /** All is to be drawn again. */
  changed(): void;
  /** What was on its way is here and drawn. */
  refreshed(): void;
}

/** What is to be drawn, and how it is looked at. */
export interface MapScene {
  /** null: there is nothing. */
  readonly cells: MapCells | null;
  readonly camera: Camera;
  readonly isSettling: boolean;
  /** Nothing has moved for a while. */
  readonly atRest: boolean;
  /** Cells are about to be split: what that needs is to be had. */
  prepareFiner(view: View): void;
}

/** The map itself: tiles, the points that they shrink into, or a density map; and what a reader is told of these. */
export class MapDrawing {
  readonly looks: LookFade;
  readonly #tiles: TileLayer;
  readonly #dots: DotLayer;
  readonly #mode: ModeGlide;
  #theme = ownTheme;
  #densities: readonly Rgb[] = [];
  #shapes: ShapeColors | null = null;
  marks: ClassMarks = "auto";
  /** The cells that are on show as a density map, as was told. */
  #dense: WindowCells | null = null;
  #isInSight = true;

  constructor(
    canvases: { readonly tiles: HTMLCanvasElement; readonly points: HTMLCanvasElement },
    private readonly told: DrawingEvents,
    isMotionReduced: () => boolean,
    signal: AbortSignal,
  ) {
    this.looks = new LookFade(isMotionReduced);
    this.#mode = new ModeGlide(isMotionReduced);
    const failed = (error: { readonly kind: string; readonly message: string }) =>
      told.onNotice(error.kind === "lost" ? LOST : `Some tiles could not be had: ${error.message}`);
    const { changed, refreshed } = told;
    this.#tiles = new TileLayer(canvases.tiles, { changed, refreshed, failed }, signal);
    const dots = { redraw: changed, shown: refreshed, failed: told.onNotice };
    this.#dots = new DotLayer(canvases.points, dots, isMotionReduced, signal);
  }

  /** Points are drawn, or about to be. */
  get showsPoints(): boolean {
    return this.#mode.isToPoints;
  }

  /** Cells show how many tiles they hold, not these. */
  get isDensity(): boolean {
    return this.#tiles.isDensity;
  }

  get textureBytes(): number {
    return this.#tiles.bytes;
  }

  /** Whether the picture is there, and whether it is complete. */
  get progress(): { readonly isDrawn: boolean; readonly isSettled: boolean } {
    return this.#mode.isToPoints ? this.#dots : this.#tiles;
  }

  /** The largest picture of a row that is kept for drawing; null where none is. */
  pictureOf(row: number): OffscreenCanvas | null {
    return this.#tiles.pictureOf(row);
  }

  /** Of a point, CSS pixels. */
  diameter({ positions }: MapCells, { view, zoom }: Pick<Camera, "view" | "zoom">): number {
    return this.#dots.diameter(positions.length >> 1, view, zoom);
  }

  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void {
    this.#tiles.setPictures(images, stain);
  }

  setMode(mode: "tiles" | "points"): void {
    this.#mode.go(mode, performance.now());
  }

  setTheme(theme: PlotTheme): void {
    this.#theme = theme;
    const { isForced, scheme, tokens } = theme;
    this.#densities = densityColors(scheme);
    this.#shapes = isForced ? { ink: tokens.text, page: tokens.page } : null;
  }

  /** Something fades or glides still. */
  isMoving(now: number): boolean {
    return this.looks.isMoving(now) || this.#mode.isMoving(now);
  }

  draw(now: number, scene: MapScene): { readonly hasPoints: boolean } {
    const { cells: map, camera } = scene;
    const { view } = camera;
    const shrunk = this.#mode.at(now);
    this.#dots.show(shrunk);
    if (map && shrunk < 1) this.#drawTiles(now, shrunk, map, scene);
    else {
      map?.follow(view, () => true);
      this.#tiles.clear(view, devicePixelRatio);
      this.#tiles.rest();
    }
    const hasPoints = map !== null && shrunk > 0;
    if (hasPoints) {
      const diameter = this.diameter(map, camera);
      this.#dots.draw(map.positions, this.looks.looks, this.#theme, view, diameter, scene);
    }
    this.#tellDensity(map && !this.showsPoints && this.#tiles.isDensity ? map.cellsIn(view) : null);
    this.#tellSight(!map || camera.isFollowing || isTileSeen(map.cellsIn(view), view));
    return { hasPoints };
  }

  #drawTiles(now: number, shrunk: number, map: MapCells, { camera, isSettling, prepareFiner }: MapScene): void {
    const [{ view }, ratio] = [camera, devicePixelRatio];
    if (!isSettling) prepareFiner(view);
    const finer = map.follow(view, (cells) => this.#tiles.isReady(cells, view, ratio));
    const cells = map.cellsIn(view);
    const diameter = this.diameter(map, camera);
    this.#tiles.draw({
      view,
      ratio,
      cells,
      finer,
      opacities: this.looks.opacitiesOf(cells, now),
      colorsOf: (these) => this.looks.colorsOf(these),
      marks: this.marks,
      shapes: this.#shapes,
      surface: this.#theme.tokens.surface,
      densities: this.#densities,
      sight: isSettling ? settlingSight(map, camera) : null,
      shrunk,
      pointOf: (row) => boxOfPoint(map, view, row, diameter, ratio),
    });
  }

  #tellDensity(cells: WindowCells | null): void {
    if (cells === this.#dense) return;
    this.#dense = cells;
    this.told.onDensity?.(cells);
  }

  #tellSight(isInSight: boolean): void {
    if (isInSight === this.#isInSight) return;
    this.#isInSight = isInSight;
    this.told.onSight?.(isInSight);
  }
}
