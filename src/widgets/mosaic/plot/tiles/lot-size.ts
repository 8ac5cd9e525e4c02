/** Pictures in a lot as long as nobody knows how large they are: 25 MB of pictures of 512 pixels. */
const UNKNOWN = 32;
/** What a lot is to take on its way: half of what a message of a notebook may hold, an eighth of a second on a fast line. */
const LOT_BYTES = 4 * 2 ** 20;
/** More would come late to where they are drawn. */
const MOST = 512;

/** How many pictures travel together: by what those that came have taken. */
export class LotSize {
  #pictures = 0;
  #bytes = 0;

  get pictures(): number {
    if (this.#bytes === 0) return UNKNOWN;
    return Math.min(MOST, Math.max(1, Math.round((LOT_BYTES * this.#pictures) / this.#bytes)));
  }

  /** So many pictures have come in so many bytes. */
  learn(pictures: number, bytes: number): void {
    this.#pictures += pictures;
    this.#bytes += bytes;
  }
}
