import type { DensityCurve, UnitGroup } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { buildSvg } from "../../../chrome/build-svg.ts";
import { halfWidth, type PanelFrame, valueAt } from "../layout/panel-frame.ts";
import { medianMark, slideMarks } from "./box-marks.ts";
import { densityOutline, densityShareAt } from "./density-outline.ts";
import { placeMeans } from "./place-means.ts";

/** A mirrored density as wide as a box where it is densest, the quartiles as a bar in it, the median across. */
export function violinMarks(frame: PanelFrame, group: UnitGroup): SVGElement[] {
  const { box, density } = group;
  const half = halfWidth(frame);
  if (!density) return [...slideMarks(placeMeans(frame, group)), medianMark(frame, box, half)];
  return [
    densityMark(frame, density),
    buildSvg("line", {
      class: "ls-box-quartiles",
      attributes: { x1: 0, x2: 0, y1: valueAt(frame, box.q1), y2: valueAt(frame, box.q3) },
    }),
    ...slideMarks(placeMeans(frame, group)),
    medianMark(frame, box, half * densityShareAt(density, box.median)),
  ];
}

/** The outline of the density on both sides of the middle line. */
export function densityMark(frame: PanelFrame, density: DensityCurve): SVGElement {
  const outline = densityOutline(frame, density).map(({ x, y }) => `${x.toFixed(2)} ${y.toFixed(2)}`);
  return buildSvg("path", { class: "ls-box-density", attributes: { d: `M${outline.join("L")}Z` } });
}
