import type { BoxNumbers, UnitGroup } from "../../../compute/statistics/unit-boxes.ts";
import { buildSvg } from "../../chrome/build-svg.ts";
import { halfWidth, type PanelFrame, valueAt } from "./panel-frame.ts";
import { besideEachOther } from "./place-means.ts";
import { type PlacedPoints, pointsPath } from "./placed-points.ts";

const CAP_SHARE = 0.5;
const MEAN_DIAMETER = 5;

/** Tukey's box around the group's middle line: whiskers beneath, the median on top. */
export function boxMarks(frame: PanelFrame, { box }: UnitGroup, outliers: PlacedPoints): SVGElement[] {
  const half = halfWidth(frame);
  const [q1, q3, low, high] = [box.q1, box.q3, box.whiskerLow, box.whiskerHigh].map((value) => valueAt(frame, value));
  if (q1 === undefined || q3 === undefined || low === undefined || high === undefined) return [];
  const cap = half * CAP_SHARE;
  return [
    buildSvg("path", { class: "ls-box-outliers", attributes: { d: pointsPath(outliers) } }),
    buildSvg("path", {
      class: "ls-box-whiskers",
      attributes: { d: `M${-cap} ${low}H${cap}M0 ${low}V${q1}M0 ${q3}V${high}M${-cap} ${high}H${cap}` },
    }),
    buildSvg("rect", {
      class: "ls-box-body",
      attributes: { x: -half, y: q3, width: 2 * half, height: q1 - q3 },
    }),
    medianMark(frame, box, half),
  ];
}

/** The median, across the box or where a violin is cut by it. */
export function medianMark(frame: PanelFrame, { median }: BoxNumbers, half: number): SVGElement {
  const y = valueAt(frame, median);
  return buildSvg("line", { class: "ls-box-median", attributes: { x1: -half, x2: half, y1: y, y2: y } });
}

/** A disc for each slide. */
export function slideMarks(frame: PanelFrame, { slideMeans }: UnitGroup): SVGElement[] {
  const heights = Array.from(slideMeans)
    .filter(Number.isFinite)
    .map((mean) => valueAt(frame, mean));
  const offsets = besideEachOther(heights, MEAN_DIAMETER + 1, halfWidth(frame));
  return heights.map((y, index) =>
    buildSvg("circle", {
      class: "ls-box-slide",
      attributes: { cx: offsets[index] ?? 0, cy: y, r: MEAN_DIAMETER / 2 },
    }),
  );
}
