import type { BoxNumbers, PointSwarm } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { type PanelFrame, valueAt } from "../layout/panel-frame.ts";

/** Points where they are drawn: CSS px, `x` from the group's middle line. */
export interface PlacedPoints {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  readonly rows: Int32Array<ArrayBuffer>;
  readonly diameter: number;
}

const OUTLIER = 2;
const SMALLEST = 1.5;
const LARGEST = 5;
/** Half a slot, less what keeps two swarms apart. */
const SWARM_SHARE = 0.46;
/** Points that touch are one mass; these are told apart. */
const APART = 0.85;

export const noPoints: PlacedPoints = {
  x: new Float32Array(),
  y: new Float32Array(),
  rows: new Int32Array(),
  diameter: OUTLIER,
};

/** Outliers, all on the middle line. */
export function placeOutliers(frame: PanelFrame, { outliers, outlierRows }: BoxNumbers): PlacedPoints {
  return {
    x: new Float32Array(outliers.length),
    y: outliers.map((value) => valueAt(frame, value)),
    rows: outlierRows,
    diameter: OUTLIER,
  };
}

/**
 * A swarm at the size at which its points do not quite touch, within about 1.5 and 5 px; squeezed sideways where its slot is
 * too narrow for that.
 */
export function placeSwarm(frame: PanelFrame, { rows, values, offsets, perValue }: PointSwarm): PlacedPoints {
  const pixelsPerValue = (frame.bottom - frame.top) / (frame.axis.high - frame.axis.low);
  const diameter = Math.min(LARGEST, Math.max(SMALLEST, pixelsPerValue / perValue || LARGEST));
  const widest = offsets.reduce((most, offset) => Math.max(most, Math.abs(offset)), 0);
  const pitch = Math.min(diameter, (frame.slot * SWARM_SHARE - diameter / 2) / (widest || 1));
  return {
    x: offsets.map((offset) => offset * pitch),
    y: values.map((value) => valueAt(frame, value)),
    rows,
    diameter: diameter * APART,
  };
}

/** Points as a path of strokes without length, round because their ends are; `wanted` chooses by index. */
export function pointsPath({ x, y }: PlacedPoints, wanted: (index: number) => boolean = () => true): string {
  let path = "";
  for (let index = 0; index < x.length; index++)
    if (wanted(index)) path += `M${round(x[index] ?? 0)} ${round(y[index] ?? 0)}h0`;
  return path;
}

/** The point nearest to a place, -1: none within its radius and `slack`. */
export function nearestPoint(points: PlacedPoints, x: number, y: number, slack: number): number {
  let nearest = -1;
  let best = points.diameter / 2 + slack;
  for (let index = 0; index < points.x.length; index++) {
    const distance = Math.hypot((points.x[index] ?? 0) - x, (points.y[index] ?? 0) - y);
    if (distance > best) continue;
    best = distance;
    nearest = index;
  }
  return nearest;
}

const round = (value: number): number => Math.round(value * 100) / 100;
