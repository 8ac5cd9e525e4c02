import type { ComputeError } from "../../../../compute/errors.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import type { WindowCells } from "../../../../compute/mosaic/index.ts";
import type { ImageSource } from "../../../host/sources.ts";
import type { View } from "../../../plane/view.ts";
import type { Rgb } from "../../../theme/rgb.ts";
import { type CellBox, type CellPlaces, cellPlaces } from "../cells/cell-places.ts";
import type { ClassMarks } from "../plot-options.ts";
import { affordableSlot, slotFor } from "../tiles/slot-sizes.ts";
import { TileLoader, type Wish } from "../tiles/tile-loader.ts";
import { STORE_BYTES, TileStore } from "../tiles/tile-store.ts";
import { DENSITY_BELOW, type DensityPicture, densityPicture, drawDensity } from "./draw-density.ts";
import { drawTiles } from "./draw-tiles.ts";

/** What is on show takes at most this share of the store, so that neighbours stay. */
const ON_SHOW = 0.75;

/** One picture of the tiles. */
export interface TilePicture {
  readonly view: View;
  readonly ratio: number;
  readonly cells: WindowCells;
  readonly opacities: Float32Array | null;
  readonly colors: readonly (string | null)[] | null;
  readonly marks: ClassMarks;
  /** What stands for a picture that is not here yet. */
  readonly surface: string;
  /** Between a frame and its picture. */
  readonly page: string;
  /** Densities from one tile to the most. */
  readonly densities: readonly Rgb[];
  /** How far tiles have shrunk into their points, 0 to 1. */
  readonly shrunk: number;
  /** Where a row's point is, pixels of the device. */
  pointOf(row: number): CellBox | null;
}

/** The canvas with the tiles, and the pictures that are kept for it. */
export class TileLayer {
  readonly #context: CanvasRenderingContext2D;
  #store: TileStore | null = null;
  #loader: TileLoader | null = null;
  #life = new AbortController();
  #density: (DensityPicture & { readonly opacities: Float32Array | null; readonly colors: readonly Rgb[] }) | null =
    null;
  #seen: readonly number[] = [];
  #isDrawn = false;
  #isSettled = false;

  constructor(
    readonly canvas: HTMLCanvasElement,
    private readonly events: {
      /** Other pictures are here: draw again. */
      changed(): void;
      failed(error: ComputeError): void;
    },
    private readonly signal: AbortSignal,
  ) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    this.#context = context;
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
    return this.#store?.bytes ?? 0;
  }

  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#store = images && new TileStore(images.length);
    const signal = AbortSignal.any([this.#life.signal, this.signal]);
    this.#loader = images && this.#store && new TileLoader(images, stain, this.#store, this.events, signal);
  }

  draw(picture: TilePicture): void {
    const { view, ratio, cells } = picture;
    this.clear(view, ratio);
    const places = cellPlaces(cells.lattice, view, ratio);
    if (places.size < DENSITY_BELOW * ratio) this.#drawDensity(picture);
    else this.#drawTiles(picture, places);
  }

  /** Nothing is drawn, and no picture is wanted. */
  clear(view: View, ratio: number): void {
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.#context.clearRect(0, 0, width, height);
  }

  /** Nothing more is wanted. */
  rest(): void {
    this.#loader?.wish([]);
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
    const kind = slotFor(Math.round(places.size));
    const store = this.#store;
    store?.beginFrame();
    this.#seen = drawTiles(this.#context, { ...picture, places, store, kind });
    const { cells } = picture;
    const rows = this.#seen.map((index) => cells.shown[index] ?? -1);
    if (!store || !this.#loader) {
      this.#isDrawn = this.#isSettled = true;
      return;
    }
    const affordable = affordableSlot(kind, rows.length, ON_SHOW * STORE_BYTES);
    this.#loader.wish(this.#wishes(store, cells, places, affordable));
    const loader = this.#loader;
    this.#isDrawn = rows.every((row) => store.meanOf(row) !== null || loader.isMissing(row));
    this.#isSettled = loader.isIdle;
  }

  /** What is on show and not here in its size, from the middle of the view outwards. */
  #wishes(store: TileStore, cells: WindowCells, places: CellPlaces, kind: number): readonly Wish[] {
    const { width, height } = this.canvas;
    const open: (Wish & { readonly away: number })[] = [];
    for (const index of this.#seen) {
      const row = cells.shown[index] ?? -1;
      const wanted = store.wantedKind(row, kind);
      if (store.has(row, wanted)) continue;
      const box = places.boxOf(cells.column[index] ?? 0, cells.row[index] ?? 0);
      const away = (box.left + box.width / 2 - width / 2) ** 2 + (box.top + box.height / 2 - height / 2) ** 2;
      open.push({ row, kind: wanted, away });
    }
    return open.sort((a, b) => a.away - b.away);
  }

  /** Browsers free the memory of a canvas late unless it is emptied. */
  #release(): void {
    this.#life.abort();
    this.canvas.width = this.canvas.height = 0;
    this.#store = null;
    this.#loader = null;
    this.#density = null;
  }
}
