import type { BoxNumbers, UnitGroup } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { buildSvg } from "../../../chrome/build-svg.ts";
import { halfWidth, type PanelFrame, valueAt } from "../layout/panel-frame.ts";
import { type PlacedMeans, placeMeans } from "./place-means.ts";
import { type PlacedPoints, pointsPath } from "./placed-points.ts";

/** Of a whisker's end, against its box. */
export const CAP_SHARE = 0.5;
/** What a disc's rim and the disc itself differ from its size by, CSS px. */
const RIM = 1;

/** Tukey's box around the group's middle line: whiskers beneath, the slides on it, the median on top, and its edge too where slides are many. */
export function boxMarks(frame: PanelFrame, group: UnitGroup, outliers: PlacedPoints): SVGElement[] {
  const { box } = group;
  const half = halfWidth(frame);
  const cap = half * CAP_SHARE;
  const place = (value: number): number => valueAt(frame, value);
  const [low, high] = [place(box.whiskerLow), place(box.whiskerHigh)];
  const body = { x: -half, y: place(box.q3), width: 2 * half, height: place(box.q1) - place(box.q3) };
  const slides = placeMeans(frame, group);
  return [
    buildSvg("path", { class: "ls-box-outliers", attributes: { d: pointsPath(outliers) } }),
    buildSvg("path", {
      class: "ls-box-whiskers",
      attributes: {
        d: `M${-cap} ${low}H${cap}M0 ${low}V${place(box.q1)}M0 ${place(box.q3)}V${high}M${-cap} ${high}H${cap}`,
      },
    }),
    buildSvg("rect", { class: "ls-box-body", attributes: body }),
    ...slideMarks(slides),
    ...(slides.isCrowd ? [buildSvg("rect", { class: "ls-box-edge", attributes: body })] : []),
    medianMark(frame, box, half),
  ];
}

/** The median, across the box or where a violin is cut by it. */
export function medianMark(frame: PanelFrame, { median }: BoxNumbers, half: number): SVGElement {
  const y = valueAt(frame, median);
  return buildSvg("line", { class: "ls-box-median", attributes: { x1: -half, x2: half, y1: y, y2: y } });
}

/** A disc for each slide, all in one or two strokes however many they are: their rims beneath them. */
export function slideMarks({ at, diameter, isCrowd }: PlacedMeans): SVGElement[] {
  if (at.length === 0) return [];
  const d = at.map(({ x, y }) => `M${x.toFixed(2)} ${y.toFixed(2)}h0`).join("");
  const stroke = (name: string, width: number) =>
    buildSvg("path", { class: name, attributes: { d, "stroke-width": width } });
  if (isCrowd) return [stroke("ls-box-slides ls-box-crowd", diameter)];
  return [stroke("ls-box-slide-rims", diameter + RIM), stroke("ls-box-slides", diameter - RIM)];
}
