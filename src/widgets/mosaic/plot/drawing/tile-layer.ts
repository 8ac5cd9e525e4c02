import type { ComputeError } from "../../../../compute/errors.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import type { ImageSource } from "../../../host/sources.ts";
import type { View } from "../../../plane/view.ts";
import type { Rgb } from "../../../theme/rgb.ts";
import type { CellBox, CellPlaces } from "../cells/cell-places.ts";
import type { ClassMarks } from "../plot-options.ts";
import { affordableSlot, slotFor } from "../tiles/slot-sizes.ts";
import type { Wish } from "../tiles/tile-loader.ts";
import { STORE_BYTES, type TileStore } from "../tiles/tile-store.ts";
import { TileSupply } from "../tiles/tile-supply.ts";
import { DensityLimit } from "./density-limit.ts";
import type { ShapeColors } from "./draw-class-shape.ts";
import { type DensityPicture, densityPicture, drawDensity } from "./draw-density.ts";
import { drawTiles, redrawTiles, seenTiles, type TileScene } from "./draw-tiles.ts";
import { panBetween } from "./pan-between.ts";
import { RowsTogether } from "./rows-together.ts";
import type { SettlingSight } from "./settling-sight.ts";
import { tilePlaces } from "./tile-places.ts";
import { tileWishes } from "./tile-wishes.ts";

/** What is on show takes at most this share of the store, so that neighbours stay. */
const ON_SHOW = 0.75;

/** One picture of the tiles. */
export interface TilePicture {
  readonly view: View;
  readonly ratio: number;
  readonly cells: WindowCells;
  readonly opacities: Float32Array | null;
  /** Of the cells' classes; asked only where tiles are drawn. */
  colorsOf(cells: WindowCells): readonly (string | null)[] | null;
  readonly marks: ClassMarks;
  /** Classes show as shapes, in these colours; null: as frames and tints in their own. */
  readonly shapes: ShapeColors | null;
  /** What stands for a picture that is not here yet. */
  readonly surface: string;
  /** Densities from one tile to the most. */
  readonly densities: readonly Rgb[];
  /** Finer cells that will be on show once something of them is here; null: none. */
  readonly finer: WindowCells | null;
  /** What is looked at while the map moves still; null: it is at rest. */
  readonly sight: SettlingSight | null;
  /** How far tiles have shrunk into their points, 0 to 1. */
  readonly shrunk: number;
  /** Where a row's point is, pixels of the device. */
  pointOf(row: number): CellBox | null;
}

/** Tiles as they were drawn. */
interface Shown {
  readonly picture: TilePicture;
  readonly scene: TileScene;
  /** The numbers of the cells that are on the canvas. */
  readonly seen: readonly number[];
  /** No finer cells are waited for. */
  readonly isAll: boolean;
}

/** The canvas with the tiles, and the pictures that are kept for it. */
export class TileLayer {
  readonly #context: CanvasRenderingContext2D;
  #pictures: TileSupply | null = null;
  #density: (DensityPicture & { readonly opacities: Float32Array | null; readonly colors: readonly Rgb[] }) | null =
    null;
  /** The tiles drawn last; null where something else is on show. */
  #last: Shown | null = null;
  readonly #come = new RowsTogether((rows) => this.#drawCome(rows));
  readonly #limit = new DensityLimit();
  #isDrawn = false;
  #isSettled = false;
  /** The cells of the last picture were too small for tiles: it is a density map. */
  isDensity = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly events: {
      /** All is to be drawn again. */
      changed(): void;
      /** Pictures have come and are drawn. */
      refreshed(): void;
      failed(error: ComputeError): void;
    },
    private readonly signal: AbortSignal,
  ) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    this.#context = context;
    const restore = () => {
      this.#last = null;
      this.events.changed();
    };
    // What was drawn is gone with a GPU that was lost.
    canvas.addEventListener("contextrestored", restore, { signal });
    signal.addEventListener("abort", () => this.#release(), { once: true });
  }

  /** All of the last picture is drawn: from pictures, from their mean colours until those are here. */
  get isDrawn(): boolean {
    return this.#isDrawn;
  }

  /** All of the last picture is drawn from pictures of the right size. */
  get isSettled(): boolean {
    return this.#isSettled;
  }

  get bytes(): number {
    return this.#pictures?.store.bytes ?? 0;
  }

  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void {
    this.#come.forget();
    this.#last = null;
    this.#pictures?.release();
    const events = { arrived: (rows: readonly number[]) => this.#arrived(rows), failed: this.events.failed };
    this.#pictures = images && new TileSupply(images, stain, events, this.signal);
  }

  /** The largest picture of a row that is kept for drawing; null where none is. */
  pictureOf(row: number): OffscreenCanvas | null {
    return this.#pictures?.pictureOf(row) ?? null;
  }

  draw(picture: TilePicture): void {
    const { view, ratio, cells } = picture;
    const before = this.#last;
    const { sight } = picture;
    const size = sight?.size ?? cells.lattice.cellSize * view.scale;
    this.isDensity = this.#limit.isPassed(cells, size, sight?.key ?? null);
    const places = tilePlaces(cells.lattice, view, ratio);
    if (!this.isDensity && before) {
      const moved = panBetween(before.picture, picture);
      if (moved && this.#pan(before, picture, places, moved)) return;
    }
    this.clear(view, ratio);
    if (this.isDensity) this.#drawDensity(picture);
    else this.#drawTiles(picture, places);
  }

  /** There is something to be seen of the tiles of these cells, as many of them as the view shows. */
  isReady(cells: WindowCells, view: View, ratio: number): boolean {
    const pictures = this.#pictures;
    if (!pictures) return true;
    return this.#seenOf(cells, tilePlaces(cells.lattice, view, ratio)).every((index) =>
      pictures.isKnown(cells.shown[index] ?? -1),
    );
  }

  #seenOf(cells: WindowCells, places: CellPlaces): readonly number[] {
    return seenTiles(cells, places, this.canvas);
  }

  /** Nothing is drawn, and no picture is wanted. */
  clear(view: View, ratio: number): void {
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.#context.clearRect(0, 0, width, height);
    this.#come.forget();
    this.#last = null;
  }

  /** Nothing more is wanted. */
  rest(): void {
    this.#pictures?.wish([]);
    this.#isDrawn = this.#isSettled = true;
  }

  #drawDensity({ view, ratio, cells, opacities, densities, shrunk }: TilePicture): void {
    const known = this.#density;
    if (known?.cells !== cells || known.opacities !== opacities || known.colors !== densities)
      this.#density = { ...densityPicture(cells, opacities, densities), opacities, colors: densities };
    this.#context.globalAlpha = 1 - shrunk;
    if (this.#density) drawDensity(this.#context, this.#density, view, ratio);
    this.#context.globalAlpha = 1;
    this.rest();
  }

  #drawTiles(picture: TilePicture, places: CellPlaces): void {
    this.#pictures?.store.beginFrame();
    const seen = this.#seenOf(picture.cells, places);
    const scene = this.#sceneOf(picture, places, seen.length);
    // What is wished for comes while this is drawn.
    this.#shown({ picture, scene, seen, isAll: !picture.finer });
    drawTiles(this.#context, scene, seen);
  }

  /** What is drawn already is moved, and only what comes into sight drawn; false where more has changed than the place. */
  #pan(before: Shown, picture: TilePicture, places: CellPlaces, [right, down]: readonly [number, number]): boolean {
    const { cells } = picture;
    const { width, height } = this.canvas;
    const seen = this.#seenOf(cells, places);
    const scene = this.#sceneOf(picture, places, seen.length);
    if (scene.kind !== before.scene.kind || scene.colors !== before.scene.colors) return false;
    this.#pictures?.store.beginFrame();
    this.#context.globalCompositeOperation = "copy";
    this.#context.drawImage(this.canvas, right, down);
    this.#context.globalCompositeOperation = "source-over";
    const uncovered: readonly CellBox[] = [
      { left: right > 0 ? 0 : width + right, top: 0, width: Math.abs(right), height },
      { left: 0, top: down > 0 ? 0 : height + down, width, height: Math.abs(down) },
    ].filter((strip) => strip.width > 0 && strip.height > 0);
    const isNew = (index: number) =>
      uncovered.some((strip) => places.touches(cells.column[index] ?? 0, cells.row[index] ?? 0, strip));
    redrawTiles(this.#context, scene, seen.filter(isNew));
    // What stays on show is kept.
    for (const index of seen) this.#pictures?.store.find(cells.shown[index] ?? -1, scene.kind);
    this.#shown({ picture, scene, seen, isAll: true });
    return true;
  }

  #sceneOf(picture: TilePicture, places: CellPlaces, count: number): TileScene {
    const { cells } = picture;
    return {
      ...picture,
      colors: picture.colorsOf(cells),
      places,
      store: this.#pictures?.store ?? null,
      kind: kindOf(places, count, ON_SHOW),
    };
  }

  #shown(shown: Shown): void {
    const { scene, seen } = shown;
    const { finer, view, ratio } = shown.picture;
    this.#last = shown;
    const pictures = this.#pictures;
    if (pictures)
      pictures.wish(
        finer
          ? this.#finerWishes(pictures.store, finer, view, ratio)
          : tileWishes(pictures.store, scene, seen, this.canvas),
      );
    this.#judge();
  }

  #arrived(rows: readonly number[]): void {
    if (!this.#last?.isAll) {
      this.events.changed();
      return;
    }
    this.#come.add(rows, this.#pictures?.isIdle ?? true);
  }

  /** Only what has come is drawn: all of it for each few pictures would be most of the work. */
  #drawCome(rows: ReadonlySet<number>): void {
    if (!this.#last) return;
    const { scene, seen } = this.#last;
    redrawTiles(
      this.#context,
      scene,
      seen.filter((index) => rows.has(scene.cells.shown[index] ?? -1)),
    );
    this.#judge();
    this.events.refreshed();
  }

  #judge(): void {
    const [last, pictures] = [this.#last, this.#pictures];
    if (!last || !pictures) this.#isDrawn = this.#isSettled = true;
    else {
      const { scene, seen } = last;
      const isAll = last.isAll && this.#come.isEmpty;
      this.#isDrawn = isAll && seen.every((index) => pictures.isKnown(scene.cells.shown[index] ?? -1));
      this.#isSettled = isAll && pictures.isIdle;
    }
  }

  /** For cells that will be on show: of the size that fits beside what is on show until then. */
  #finerWishes(store: TileStore, cells: WindowCells, view: View, ratio: number): readonly Wish[] {
    const places = tilePlaces(cells.lattice, view, ratio);
    const seen = this.#seenOf(cells, places);
    const scene = { cells, places, kind: kindOf(places, seen.length, 1 - ON_SHOW) };
    return tileWishes(store, scene, seen, this.canvas);
  }

  /** Browsers free the memory of a canvas late unless it is emptied. */
  #release(): void {
    this.canvas.width = this.canvas.height = 0;
    this.#pictures?.release();
    this.#come.forget();
    this.#last = null;
    this.#pictures = null;
    this.#density = null;
  }
}

/** The kind of slot that fits tiles, or as many of them as are to take no more than a share of the store. */
function kindOf({ size }: CellPlaces, count: number, share: number): number {
  return affordableSlot(slotFor(Math.round(size)), count, share * STORE_BYTES);
}
