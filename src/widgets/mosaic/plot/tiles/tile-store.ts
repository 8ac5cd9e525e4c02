import { AtlasPage, PAGE_BYTES } from "./atlas-page.ts";
import type { SheetPicture } from "./sheet-picture.ts";
import { LARGEST_SLOT, slotFor } from "./slot-sizes.ts";

/** Bytes of pictures kept for drawing, however many tiles there are. */
export const STORE_BYTES = 64 * 2 ** 20;
/** Of the slots that are given up, so many at once, those drawn longest ago. */
const GIVEN_UP = 1 / 8;
const KINDS = LARGEST_SLOT + 1;
/** A colour that no picture has: the mean of one that is clear all over is 0. */
const UNKNOWN = 0xffffff00;

/** A picture as it lies in the store. */
export interface StoredTile {
  readonly canvas: OffscreenCanvas;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly kind: number;
}

interface Place {
  readonly page: AtlasPage;
  readonly slot: number;
}

/**
 * Small pictures of rows, of several sizes each, in bounded memory: those drawn longest ago are given up for new ones,
 * those of the present frame only where they stand in for another size. Mean colours are kept of every picture that was
 * ever here, and of those that are long on their way.
 */
export class TileStore {
  readonly #pages: AtlasPage[] = [];
  readonly #places = new Map<number, Place>();
  readonly #means: Uint32Array;
  /** The kind of slot that shows all there is of a picture. */
  readonly #largest: Uint8Array;
  #frame = 1;

  constructor(
    readonly rows: number,
    private readonly bound = STORE_BYTES,
  ) {
    this.#means = new Uint32Array(rows).fill(UNKNOWN);
    this.#largest = new Uint8Array(rows).fill(LARGEST_SLOT);
  }

  get bytes(): number {
    return this.#pages.length * PAGE_BYTES;
  }

  /** Give all memory back: browsers free that of a canvas late unless it is emptied. */
  release(): void {
    for (const page of this.#pages.splice(0)) page.release();
    this.#places.clear();
  }

  /** What is drawn from now on belongs to the next frame. */
  beginFrame(): void {
    this.#frame++;
  }

  /** Red, green, blue and opacity in a number (opacity lowest); null until something of the picture has been here. */
  meanOf(row: number): number | null {
    const mean = this.#means[row] ?? UNKNOWN;
    return mean === UNKNOWN ? null : mean;
  }

  /** Keep the colour of a picture that has not been here. */
  learnMean(row: number, mean: number): void {
    if (this.#means[row] === UNKNOWN) this.#means[row] = mean === UNKNOWN ? 0 : mean;
  }

  /** The kind of slot in which a picture is wanted, where `kind` would fit its place. */
  wantedKind(row: number, kind: number): number {
    return Math.min(kind, this.#largest[row] ?? kind);
  }

  has(row: number, kind: number): boolean {
    return this.#places.has(row * KINDS + kind);
  }

  /** The picture that is best drawn where `kind` would fit: of that size, else the next larger one, else the largest. */
  find(row: number, kind: number): StoredTile | null {
    const wanted = this.wantedKind(row, kind);
    for (let larger = kind; larger < KINDS; larger++) {
      const found = this.#draw(row, larger, wanted);
      if (found) return found;
    }
    for (let smaller = kind - 1; smaller >= 0; smaller--) {
      const found = this.#draw(row, smaller, wanted);
      if (found) return found;
    }
    return null;
  }

  /** Keep a picture that was shrunk to fit `kind`; false where everything here is being drawn. */
  put(row: number, kind: number, picture: SheetPicture, mean: number): boolean {
    this.#means[row] = mean === UNKNOWN ? 0 : mean;
    // A smaller picture than was asked for is all there is.
    const own = Math.min(kind, slotFor(Math.max(picture.width, picture.height)));
    if (own < kind) this.#largest[row] = own;
    const key = row * KINDS + own;
    if (this.#places.has(key)) return true;
    const place = this.#takeSlot(own);
    if (!place) return false;
    place.page.put(place.slot, row, picture, this.#frame);
    this.#places.set(key, place);
    return true;
  }

  #draw(row: number, kind: number, wanted: number): StoredTile | null {
    const place = this.#places.get(row * KINDS + kind);
    if (!place) return null;
    const { page, slot } = place;
    page.drawn[slot] = page.lastDrawn = this.#frame;
    if (kind === wanted) page.lastFitting = this.#frame;
    return {
      canvas: page.canvas,
      left: page.leftOf(slot),
      top: page.topOf(slot),
      width: page.widths[slot] ?? 0,
      height: page.heights[slot] ?? 0,
      kind,
    };
  }

  #takeSlot(kind: number): Place | null {
    const page = this.#pageWithRoom(kind);
    const slot = page?.free.pop();
    return page && slot !== undefined ? { page, slot } : null;
  }

  #pageWithRoom(kind: number): AtlasPage | null {
    const own = this.#pages.filter((page) => page.kind === kind);
    const roomy = own.find((page) => page.free.length > 0);
    if (roomy) return roomy;
    if ((this.#pages.length + 1) * PAGE_BYTES <= this.bound) return this.#addPage(kind);
    const stalest = this.#oldest((page) => page.lastDrawn);
    if (stalest) return this.#replace(stalest, kind);
    const room = this.#makeRoom(own);
    if (room) return room;
    // All pages are drawn from, a few pictures of each: those that only stand in for the size that comes now can go.
    const replaceable = this.#oldest((page) => page.lastFitting);
    return replaceable && this.#replace(replaceable, kind);
  }

  /** The page of longest ago; null where all are of the present frame. */
  #oldest(timeOf: (page: AtlasPage) => number): AtlasPage | null {
    const [oldest] = [...this.#pages].sort((a, b) => timeOf(a) - timeOf(b));
    return oldest && timeOf(oldest) < this.#frame ? oldest : null;
  }

  #replace(page: AtlasPage, kind: number): AtlasPage {
    this.#giveUp(page, page.rows.keys());
    this.#pages.splice(this.#pages.indexOf(page), 1);
    page.release();
    return this.#addPage(kind);
  }

  #addPage(kind: number): AtlasPage {
    const page = new AtlasPage(kind);
    this.#pages.push(page);
    return page;
  }

  #makeRoom(pages: readonly AtlasPage[]): AtlasPage | null {
    const idle = pages.flatMap((page) =>
      [...page.drawn.keys()]
        .filter((slot) => (page.drawn[slot] ?? 0) < this.#frame)
        .map((slot) => ({ page, slot, drawn: page.drawn[slot] ?? 0 })),
    );
    idle.sort((a, b) => a.drawn - b.drawn);
    const given = idle.slice(0, Math.ceil(idle.length * GIVEN_UP));
    for (const { page, slot } of given) this.#giveUp(page, [slot]);
    return given[0]?.page ?? null;
  }

  #giveUp(page: AtlasPage, slots: Iterable<number>): void {
    for (const slot of slots) {
      const row = page.rows[slot] ?? -1;
      if (row < 0) continue;
      this.#places.delete(row * KINDS + page.kind);
      page.rows[slot] = -1;
      page.free.push(slot);
    }
  }
}
