import type { Pace } from "../../runtime/pace.ts";
import type { PictureLayout } from "../picture-layout.ts";
import { orderByCost } from "./order-by-cost.ts";

/** Pairs of pixels that touch, by side or corner, each pair once, the most alike first. */
export interface PixelEdges {
  /** How far the two are apart: the Euclidean distance over the channels. */
  readonly costs: Float64Array<ArrayBuffer>;
  /** Pixels count row after row. */
  readonly ones: Int32Array<ArrayBuffer>;
  readonly others: Int32Array<ArrayBuffer>;
}

/** From a pixel to the one that it is paired with: rows down, columns right; in scikit-image's order, which settles ties. */
const STEPS = [
  [0, 1],
  [1, 0],
  [1, 1],
  [1, -1],
] as const;

/**
 * All pairs of neighbouring pixels of a picture.
 *
 * @throws ComputeError "cancelled".
 */
export async function pixelEdges(values: Float64Array, layout: PictureLayout, pace: Pace): Promise<PixelEdges> {
  const { height, width } = layout;
  const count = STEPS.reduce((sum, [down, right]) => sum + (height - down) * (width - Math.abs(right)), 0);
  const costs = new Float64Array(count);
  const ones = new Int32Array(count);
  const others = new Int32Array(count);
  const between = distances(values, layout);
  let edge = 0;
  for (const [down, right] of STEPS) {
    await pace.check();
    for (let row = 0; row < height - down; row++)
      for (let column = Math.max(0, -right); column < width - Math.max(0, right); column++) {
        const one = row * width + column;
        const other = one + down * width + right;
        costs[edge] = between(one, other);
        ones[edge] = one;
        others[edge++] = other;
      }
  }
  const order = await orderByCost(costs, pace);
  const sorted = new Float64Array(count);
  for (let place = 0; place < count; place++) sorted[place] = costs[order[place] ?? 0] ?? 0;
  return { costs: sorted, ones: pick(ones, order), others: pick(others, order) };
}

/** How far two pixels are apart. */
function distances(values: Float64Array, { height, width, channels, channelsLast }: PictureLayout) {
  const pixelStride = channelsLast ? channels : 1;
  const channelStride = channelsLast ? 1 : height * width;
  return (one: number, other: number): number => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      const skip = channel * channelStride;
      const apart = (values[one * pixelStride + skip] ?? 0) - (values[other * pixelStride + skip] ?? 0);
      sum += apart * apart;
    }
    return Math.sqrt(sum);
  };
}

function pick(from: Int32Array, order: Int32Array): Int32Array<ArrayBuffer> {
  const picked = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) picked[place] = from[order[place] ?? 0] ?? 0;
  return picked;
}
