import type { DensityCurve } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { halfWidth, type PanelFrame, valueAt } from "../layout/panel-frame.ts";

/** A density mirrored about its group's middle line, as wide as a box where it is densest: a closed line, CSS px. */
export function densityOutline(
  frame: PanelFrame,
  density: DensityCurve,
): readonly { readonly x: number; readonly y: number }[] {
  const { heights, from, to } = density;
  const half = halfWidth(frame);
  const highest = highestOf(density);
  const last = heights.length - 1;
  const right = Array.from(heights, (height, index) => ({
    x: (half * height) / highest,
    y: valueAt(frame, from + ((to - from) * index) / last),
  }));
  return [...right.map(({ x, y }) => ({ x: -x, y })), ...right.reverse()];
}

/** How wide the density is at a value, 1 where it is widest. */
export function densityShareAt(density: DensityCurve, value: number): number {
  const { from, to, heights } = density;
  const at = ((value - from) / (to - from || 1)) * (heights.length - 1);
  const below = Math.min(heights.length - 1, Math.max(0, Math.floor(at)));
  const low = heights[below] ?? 0;
  const high = heights[below + 1] ?? low;
  return (low + (high - low) * (at - below)) / highestOf(density);
}

const highestOf = ({ heights }: DensityCurve): number =>
  heights.reduce((most, height) => Math.max(most, height), 0) || 1;
