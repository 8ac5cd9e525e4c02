import type { DensityCurve, UnitGroup } from "../../../compute/statistics/unit-boxes.ts";
import { buildSvg } from "../../chrome/build-svg.ts";
import { medianMark, slideMarks } from "./box-marks.ts";
import { halfWidth, type PanelFrame, valueAt } from "./panel-frame.ts";

/** A mirrored density as wide as a box where it is densest, the quartiles as a bar in it, the median across. */
export function violinMarks(frame: PanelFrame, group: UnitGroup): SVGElement[] {
  const { box, density } = group;
  const half = halfWidth(frame);
  if (!density) return [...slideMarks(frame, group), medianMark(frame, box, half)];
  return [
    densityMark(frame, density),
    buildSvg("line", {
      class: "ls-box-quartiles",
      attributes: { x1: 0, x2: 0, y1: valueAt(frame, box.q1), y2: valueAt(frame, box.q3) },
    }),
    ...slideMarks(frame, group),
    medianMark(frame, box, half * shareAt(density, box.median)),
  ];
}

/** The outline of the density on both sides of the middle line. */
export function densityMark(frame: PanelFrame, density: DensityCurve): SVGElement {
  const { heights, from, to } = density;
  const half = halfWidth(frame);
  const highest = highestOf(density);
  const last = heights.length - 1;
  const sides = Array.from(heights, (height, index) => {
    const y = valueAt(frame, from + ((to - from) * index) / last).toFixed(2);
    const x = (half * height) / highest;
    return { left: `${(-x).toFixed(2)} ${y}`, right: `${x.toFixed(2)} ${y}` };
  });
  const outline = [...sides.map(({ left }) => left), ...sides.map(({ right }) => right).reverse()];
  return buildSvg("path", { class: "ls-box-density", attributes: { d: `M${outline.join("L")}Z` } });
}

const highestOf = ({ heights }: DensityCurve): number =>
  heights.reduce((most, height) => Math.max(most, height), 0) || 1;

/** How wide the density is at a value, 1 where it is widest. */
function shareAt(density: DensityCurve, value: number): number {
  const { from, to, heights } = density;
  const at = ((value - from) / (to - from || 1)) * (heights.length - 1);
  const below = Math.min(heights.length - 1, Math.max(0, Math.floor(at)));
  const low = heights[below] ?? 0;
  const high = heights[below + 1] ?? low;
  return (low + (high - low) * (at - below)) / highestOf(density);
}
