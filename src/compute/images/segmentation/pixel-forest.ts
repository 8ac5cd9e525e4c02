/** Pixels in groups that are joined pair by pair; a group goes by its first pixel. */
export class PixelForest {
  readonly #parents: Int32Array;
  readonly #sizes: Int32Array;

  constructor(pixels: number) {
    this.#parents = Int32Array.from({ length: pixels }, (_, pixel) => pixel);
    this.#sizes = new Int32Array(pixels).fill(1);
  }

  /** The first pixel of a pixel's group. */
  find(pixel: number): number {
    const parents = this.#parents;
    let at = pixel;
    let parent = parents[at] ?? 0;
    while (parent !== at) {
      const above = parents[parent] ?? 0;
      parents[at] = above;
      at = above;
      parent = parents[at] ?? 0;
    }
    return at;
  }

  /** How many pixels a group has, by its first pixel. */
  size(first: number): number {
    return this.#sizes[first] ?? 0;
  }

  /**
   * Make two groups one.
   *
   * @returns Its first pixel.
   */
  join(one: number, other: number): number {
    const first = Math.min(one, other);
    this.#parents[Math.max(one, other)] = first;
    this.#sizes[first] = this.size(one) + this.size(other);
    return first;
  }

  /** The groups' numbers, from 0 up in the order of their first pixels, for each pixel. */
  labels(): Int32Array<ArrayBuffer> {
    const labels = new Int32Array(this.#parents.length);
    let next = 0;
    for (let pixel = 0; pixel < labels.length; pixel++) {
      const first = this.find(pixel);
      labels[pixel] = first === pixel ? next++ : (labels[first] ?? 0);
    }
    return labels;
  }
}
