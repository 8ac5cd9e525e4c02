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
/** Diameters between two values up to which the points of one are pushed aside by those of the other. */
const TOUCHING = 2;
/** Share of the points beside a row that are not folded. */
const MOST_BESIDE = 0.98;

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

/** A swarm where it is drawn. */
export interface PlacedSwarm extends PlacedPoints {
  /** Values that are all the same and too many to stand side by side: they lie upon each other, and are counted; null: there are none. */
  readonly tally: Tally | null;
}

export interface Tally {
  readonly count: number;
  readonly value: number;
  readonly y: number;
}

/**
 * A swarm at the size at which its points do not quite touch, within about 1.5 and 5 px; squeezed sideways where its slot is
 * too narrow for that. A row of equal values that is wider (the zeros of a ReLU) does not squeeze the others: its points
 * fill the slot, upon each other.
 */
export function placeSwarm(frame: PanelFrame, swarm: PointSwarm): PlacedSwarm {
  const { rows, values, offsets, perValue } = swarm;
  const pixelsPerValue = (frame.bottom - frame.top) / (frame.axis.high - frame.axis.low);
  const diameter = Math.min(LARGEST, Math.max(SMALLEST, pixelsPerValue / perValue || LARGEST));
  const reach = frame.room * SWARM_SHARE - diameter / 2;
  const isWide = widestOf(offsets) * diameter > reach;
  const row = isWide ? longestRow(values) : { value: 0, count: 0 };
  const isTallied = row.count * diameter > 2 * reach;
  const widest = isTallied ? widestBeside(swarm, row.value) : widestOf(offsets);
  const pitch = Math.min(diameter, reach / (widest || 1));
  return {
    x: offsets.map((offset) => foldedInto(reach, offset * pitch)),
    y: values.map((value) => valueAt(frame, value)),
    rows,
    diameter: diameter * APART,
    tally: isTallied ? { ...row, y: valueAt(frame, row.value) } : null,
  };
}

function widestOf(offsets: ArrayLike<number>): number {
  return Array.from(offsets).reduce((most, offset) => Math.max(most, Math.abs(offset)), 0);
}

/** Of the points that do not touch a row of equal values, and so were not pushed aside by it: all but the few widest. */
function widestBeside({ values, offsets, perValue }: PointSwarm, row: number): number {
  const beside = offsets.filter((_, index) => Math.abs((values[index] ?? 0) - row) * perValue > TOUCHING);
  const sorted = beside.map(Math.abs).sort();
  return sorted[Math.floor(MOST_BESIDE * (sorted.length - 1))] ?? 0;
}

/** The value that is there most often, of values in order. */
function longestRow(values: ArrayLike<number>): { readonly value: number; readonly count: number } {
  let longest = { value: 0, count: 0 };
  for (let start = 0, end = 0; start < values.length; start = end) {
    const value = values[start] ?? 0;
    while (end < values.length && values[end] === value) end++;
    if (end - start > longest.count) longest = { value, count: end - start };
  }
  return longest;
}

/** Back and forth between the edges, as often as it is wide. */
function foldedInto(reach: number, x: number): number {
  if (Math.abs(x) <= reach) return x;
  const away = (Math.abs(x) - reach) % (4 * reach);
  return Math.sign(x) * (away <= 2 * reach ? reach - away : away - 3 * reach);
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
