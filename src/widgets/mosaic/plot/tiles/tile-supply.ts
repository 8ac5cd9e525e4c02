import type { ComputeError } from "../../../../compute/errors.ts";
import type { StainNormalizer } from "../../../../compute/images/stain/normalizer.ts";
import type { ImageSource } from "../../../host/sources.ts";
import { LARGEST_SLOT } from "./slot-sizes.ts";
import { TileLoader, type Wish } from "./tile-loader.ts";
import { TileStore } from "./tile-store.ts";

export interface TileSupplyEvents {
  /** The pictures of these rows have come, or can't. */
  arrived(rows: readonly number[]): void;
  failed(error: ComputeError): void;
}

/** The pictures of tiles: those that are here, and those on their way, until others take their place. */
export class TileSupply {
  readonly store: TileStore;
  readonly #loader: TileLoader;
  readonly #life = new AbortController();

  /** @param stain What all are normalised to; null: they stay as they are. */
  constructor(images: ImageSource, stain: StainNormalizer | null, events: TileSupplyEvents, signal: AbortSignal) {
    this.store = new TileStore(images.length);
    this.#loader = new TileLoader(images, stain, this.store, events, AbortSignal.any([this.#life.signal, signal]));
  }

  /** Nothing more will come, for now. */
  get isIdle(): boolean {
    return this.#loader.isIdle;
  }

  /** There is something to be seen of the row, or nothing will ever be. */
  isKnown(row: number): boolean {
    return this.store.meanOf(row) !== null || this.#loader.isMissing(row);
  }

  /** What is wished for from now on, the most wanted first. */
  wish(wishes: readonly Wish[]): void {
    this.#loader.wish(wishes);
  }

  /** The largest picture of a row that is here; null where none is. */
  pictureOf(row: number): OffscreenCanvas | null {
    const tile = this.store.find(row, LARGEST_SLOT);
    if (!tile) return null;
    const { left, top, width, height } = tile;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")?.drawImage(tile.canvas, left, top, width, height, 0, 0, width, height);
    return canvas;
  }

  /** Give all memory back; what is on its way is let go. */
  release(): void {
    this.#life.abort();
    this.store.release();
  }
}
