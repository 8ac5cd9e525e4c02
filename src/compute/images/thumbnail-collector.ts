import type { Thumbnail } from "./thumbnail-maker.ts";
import { type ThumbnailSet, thumbnailStates } from "./thumbnail-set.ts";

/** Puts thumbnails one behind the other, as they are made. */
export class ThumbnailCollector {
  #pixels: Uint8Array<ArrayBuffer>;
  #used = 0;
  #added = 0;
  readonly #offsets: Uint32Array<ArrayBuffer>;
  readonly #widths: Uint16Array<ArrayBuffer>;
  readonly #heights: Uint16Array<ArrayBuffer>;
  readonly #means: Uint8Array<ArrayBuffer>;
  readonly #states: Uint8Array<ArrayBuffer>;

  /**
   * @param count - How many there will be.
   * @param expected - Bytes that their pixels may take; there is room for more.
   */
  constructor(count: number, expected: number) {
    this.#pixels = new Uint8Array(expected);
    this.#offsets = new Uint32Array(count);
    this.#widths = new Uint16Array(count);
    this.#heights = new Uint16Array(count);
    this.#means = new Uint8Array(4 * count);
    this.#states = new Uint8Array(count);
  }

  /** Where the pixels of the next one go. */
  room(bytes: number): Uint8Array<ArrayBuffer> {
    const end = this.#used + bytes;
    if (end > this.#pixels.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#pixels.length));
      larger.set(this.#pixels.subarray(0, this.#used));
      this.#pixels = larger;
    }
    return this.#pixels.subarray(this.#used, end);
  }

  /** Count one whose pixels lie where `room` said. */
  add({ pixels, width, height, mean, state }: Thumbnail): void {
    const place = this.#added++;
    this.#offsets[place] = this.#used;
    this.#widths[place] = width;
    this.#heights[place] = height;
    this.#means.set(mean, 4 * place);
    this.#states[place] = thumbnailStates.indexOf(state);
    this.#used += pixels.length;
  }

  /** All that were added. */
  end(): ThumbnailSet {
    return {
      pixels: this.#used === this.#pixels.length ? this.#pixels : this.#pixels.slice(0, this.#used),
      offsets: this.#offsets,
      widths: this.#widths,
      heights: this.#heights,
      means: this.#means,
      states: this.#states,
    };
  }
}
