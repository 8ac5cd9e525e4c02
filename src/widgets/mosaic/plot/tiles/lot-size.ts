/** Pictures in a lot as long as nobody knows how large they are: 25 MB of pictures of 512 pixels. */
const UNKNOWN = 32;
/** What a lot takes on its way at most: half of what a message of a notebook may hold. */
const LOT_BYTES = 4 * 2 ** 20;
/** And as long as nobody knows how fast they come: so many such lots are on their way before the first has come. */
const FIRST = { bytes: 384 * 2 ** 10, lots: 3 };
/** The same on a line that is known to be fast: a screen of small pictures is asked for in one turn. */
const FIRST_NEAR = { bytes: 512 * 2 ** 10, lots: 5 };
/** And how long, seconds: on a slow line pictures come in small lots, not in late ones. */
const LOT_SECONDS = 0.25;
/** Fewer would wait for each other more than for the line. */
const FEWEST = 16;
/** More would come late to where they are drawn. */
const MOST = 1024;

/** How many pictures travel together: by how large they are, as far as that is known, and how fast they came. */
export class LotSize {
  #pictures = 0;
  #bytes = 0;
  /** Of the last lot, bytes a second. */
  #speed = 0;
  readonly #first: typeof FIRST;

  /** @param isNear The line is known to be fast. */
  constructor(isNear = false) {
    this.#first = isNear ? FIRST_NEAR : FIRST;
  }

  /** How many lots may be on their way at a time. */
  get onWay(): number {
    return this.#speed === 0 ? this.#first.lots : FIRST.lots;
  }

  /**
   * Pictures of the next lot.
   *
   * @param bytesEach What one takes; left out where only those that came tell.
   */
  pictures(bytesEach = this.#bytes / Math.max(1, this.#pictures)): number {
    if (bytesEach === 0) return UNKNOWN;
    const within = (bytes: number) => Math.round(bytes / bytesEach);
    const soon = Math.max(FEWEST, within(this.#speed === 0 ? this.#first.bytes : LOT_SECONDS * this.#speed));
    return Math.max(1, Math.min(MOST, within(LOT_BYTES), soon));
  }

  /** How long so many pictures are on their way; 0 while nobody knows. */
  secondsFor(pictures: number): number {
    return this.#bytes === 0 ? 0 : (pictures * this.#bytes) / this.#pictures / this.#speed;
  }

  /** So many pictures have come in so many bytes and seconds. */
  learn(pictures: number, bytes: number, seconds: number): void {
    this.#pictures += pictures;
    this.#bytes += bytes;
    this.#speed = bytes / Math.max(seconds, 1e-4);
  }
}
