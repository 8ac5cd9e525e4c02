import { putPicture, type SheetPicture } from "./sheet-picture.ts";
import { slotSide } from "./slot-sizes.ts";

/** Sides of a page, pixels. */
const SIDE = 1024;

export const PAGE_BYTES = SIDE * SIDE * 4;

/** Many pictures of about a size on one canvas, so that memory is taken and given back in few large pieces. */
export class AtlasPage {
  readonly canvas = new OffscreenCanvas(SIDE, SIDE);
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #across: number;
  /** The row whose picture each slot holds; -1: free. */
  readonly rows: Int32Array;
  readonly widths: Uint16Array;
  readonly heights: Uint16Array;
  /** The frame in which each slot was last drawn. */
  readonly drawn: Uint32Array;
  readonly free: number[];
  lastDrawn = 0;
  /** The frame in which a picture of it was last drawn in a place that it is the right size for. */
  lastFitting = 0;

  constructor(readonly kind: number) {
    // Written often, a few pixels at a time: that is slow where the canvas lies on the GPU.
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    this.#context = context;
    this.#across = SIDE / slotSide(kind);
    const slots = this.#across ** 2;
    this.rows = new Int32Array(slots).fill(-1);
    this.widths = new Uint16Array(slots);
    this.heights = new Uint16Array(slots);
    this.drawn = new Uint32Array(slots);
    this.free = Array.from({ length: slots }, (_, slot) => slots - 1 - slot);
  }

  put(slot: number, row: number, picture: SheetPicture, frame: number): void {
    putPicture(this.#context, picture, this.leftOf(slot), this.topOf(slot));
    this.rows[slot] = row;
    this.widths[slot] = picture.width;
    this.heights[slot] = picture.height;
    this.drawn[slot] = frame;
    this.lastDrawn = this.lastFitting = frame;
  }

  /** Not to be drawn from any more. */
  release(): void {
    this.canvas.width = this.canvas.height = 0;
  }

  leftOf(slot: number): number {
    return (slot % this.#across) * slotSide(this.kind);
  }

  topOf(slot: number): number {
    return Math.floor(slot / this.#across) * slotSide(this.kind);
  }
}
