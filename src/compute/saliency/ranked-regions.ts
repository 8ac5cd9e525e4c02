import { eachRun, type PixelRuns } from "../images/segmentation/pixel-runs.ts";

/** A part of a picture that is of one importance. */
export interface RankedRegion {
  /** Pixels. */
  readonly area: number;
  /** The mean of their attributions. */
  readonly value: number;
}

/** A picture's pixels by the importance of the region that they are in. */
export interface RankedPicture {
  /** Each pixel's region's mean. */
  readonly values: Float64Array<ArrayBuffer>;
  /** 1 for pixels of the most important region, and so on; what no segment took is the last one. */
  readonly ranks: Int32Array<ArrayBuffer>;
  /** In the order of their ranks. */
  readonly regions: readonly RankedRegion[];
}

/** Regions of a picture as they are taken, each the pixels of a segment that no other took before. */
export class TakenRegions {
  /** The number of the region that a pixel is in, in the order in which they were taken; -1 where it is in none. */
  readonly #regionOf: Int32Array<ArrayBuffer>;
  readonly #regions: RankedRegion[] = [];
  #taken = 0;

  constructor(readonly attributions: Float64Array) {
    this.#regionOf = new Int32Array(attributions.length).fill(-1);
  }

  /** Of all pixels, from 0 to 1. */
  get share(): number {
    return this.#taken / this.attributions.length;
  }

  get count(): number {
    return this.#regions.length;
  }

  /** What taking a segment would add. */
  weigh(segment: PixelRuns): RankedRegion {
    let area = 0;
    let sum = 0;
    eachRun(segment, (start, end) => {
      for (let pixel = start; pixel < end; pixel++) {
        if (this.#regionOf[pixel] !== -1) continue;
        area++;
        sum += this.attributions[pixel] ?? 0;
      }
    });
    return { area, value: sum / area };
  }

  /** Take what is left of a segment as a region, and call with each of its pixels. */
  take(segment: PixelRuns, onPixel: (pixel: number) => void = () => undefined): void {
    const region = this.weigh(segment);
    const index = this.#regions.push(region) - 1;
    this.#taken += region.area;
    eachRun(segment, (start, end) => {
      for (let pixel = start; pixel < end; pixel++) {
        if (this.#regionOf[pixel] !== -1) continue;
        this.#regionOf[pixel] = index;
        onPixel(pixel);
      }
    });
  }

  /** Make what nobody took the last region, so that all values add up to the attributions, and rank the others by their means. */
  rank(): RankedPicture {
    const order = this.#regions.map((_, index) => index);
    order.sort((one, other) => (this.#regions[other]?.value ?? 0) - (this.#regions[one]?.value ?? 0));
    if (this.#taken < this.attributions.length)
      order.push(this.#regions.push(this.weigh({ bounds: Int32Array.of(0, this.#regionOf.length), area: 0 })) - 1);
    const rankOf = new Int32Array(order.length);
    for (const [place, index] of order.entries()) rankOf[index] = place + 1;
    const regions = order.map((index) => this.#regions[index] ?? { area: 0, value: 0 });
    const ranks = this.#regionOf.map((index) => rankOf[index < 0 ? order.length - 1 : index] ?? 0);
    const values = Float64Array.from(ranks, (rank) => regions[rank - 1]?.value ?? 0);
    return { values, ranks, regions };
  }
}
