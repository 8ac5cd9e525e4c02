import type { Job } from "../../job.ts";
import { Pace } from "../../runtime/pace.ts";
import { gaussianBlur } from "../blur/gaussian-blur.ts";
import type { PictureLayout } from "../picture-layout.ts";
import { type PixelEdges, pixelEdges } from "./pixel-edges.ts";
import { PixelForest } from "./pixel-forest.ts";

/** How a picture is cut into segments. */
export interface FelzenszwalbOptions {
  /** How coarse: one picture of labels for each. A larger one gives larger segments. */
  readonly scales: readonly number[];
  /** Of the blur beforehand, in pixels. */
  readonly sigma: number;
  /** Segments of fewer pixels are joined to a neighbour. */
  readonly minSize: number;
}

/** So many pairs are looked at between two turns of the event loop. */
const PAIRS_A_TURN = 1 << 16;

/** What one unit of scikit-image's scale is in the picture's own values. */
const SCALE_UNIT = 1 / 255;

/**
 * A picture cut into segments along its contours (Felzenszwalb and Huttenlocher, Efficient graph-based image segmentation,
 * IJCV 59, 2004): two groups of pixels are joined where they differ at their border by less than within. The labels are those of
 * `skimage.segmentation.felzenszwalb`; several scales stand on one blur and one sorting.
 *
 * @param values - `height * width * channels` numbers in the order that `layout` tells; what is taken as equal depends on their
 * range.
 * @returns For each scale `height * width` labels from 0 up, in the order in which segments begin, row after row.
 * @throws ComputeError "cancelled".
 */
export async function felzenszwalb(
  values: Float32Array | Float64Array,
  layout: PictureLayout,
  { scales, sigma, minSize }: FelzenszwalbOptions,
  job: Job = {},
): Promise<Int32Array<ArrayBuffer>[]> {
  const pace = new Pace(job.signal);
  const told = (done: number) =>
    job.onProgress?.({ stage: "Finding segments", done, total: scales.length, unit: "scales" });
  told(0);
  const blurred = gaussianBlur(new Float64Array(values), layout, sigma, "reflect");
  await pace.check();
  const edges = await pixelEdges(blurred, layout, pace);
  const labels: Int32Array<ArrayBuffer>[] = [];
  for (const scale of scales) {
    const segments = new Segments(edges, layout.height * layout.width, scale * SCALE_UNIT);
    for (let start = 0; start < edges.costs.length; start += PAIRS_A_TURN) {
      await pace.check();
      segments.joinAlike(start, start + PAIRS_A_TURN);
    }
    await pace.check();
    labels.push(segments.joinSmall(minSize));
    told(labels.length);
  }
  return labels;
}

/** Groups of pixels on their way to be the segments of one scale. */
class Segments {
  readonly #forest: PixelForest;
  /** The largest cost within each group, at its first pixel. */
  readonly #inner: Float64Array;
  /** Pairs that were of two groups when it was their turn. */
  readonly #apart: Int32Array;
  #apartCount = 0;

  constructor(
    readonly edges: PixelEdges,
    pixels: number,
    readonly scale: number,
  ) {
    this.#forest = new PixelForest(pixels);
    this.#inner = new Float64Array(pixels);
    this.#apart = new Int32Array(edges.costs.length);
  }

  /** Join the two groups of a pair that differ by less than each within itself, small ones being taken to vary more. */
  joinAlike(from: number, to: number): void {
    const { costs, ones, others } = this.edges;
    const end = Math.min(to, costs.length);
    for (let edge = from; edge < end; edge++) {
      const one = this.#forest.find(ones[edge] ?? 0);
      const other = this.#forest.find(others[edge] ?? 0);
      if (one === other) continue;
      const cost = costs[edge] ?? 0;
      if (cost < Math.min(this.#within(one), this.#within(other))) this.#inner[this.#forest.join(one, other)] = cost;
      else this.#apart[this.#apartCount++] = edge;
    }
  }

  /** Join what has too few pixels to the neighbour that it differs from least; the labels of all pixels. */
  joinSmall(minSize: number): Int32Array<ArrayBuffer> {
    const { ones, others } = this.edges;
    const forest = this.#forest;
    for (let place = 0; place < this.#apartCount; place++) {
      const edge = this.#apart[place] ?? 0;
      const one = forest.find(ones[edge] ?? 0);
      const other = forest.find(others[edge] ?? 0);
      if (one !== other && Math.min(forest.size(one), forest.size(other)) < minSize) forest.join(one, other);
    }
    return forest.labels();
  }

  #within(first: number): number {
    return (this.#inner[first] ?? 0) + this.scale / this.#forest.size(first);
  }
}
