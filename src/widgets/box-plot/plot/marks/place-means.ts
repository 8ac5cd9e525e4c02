import type { UnitGroup } from "../../../../compute/statistics/boxes/unit-boxes.ts";
import { halfWidth, type PanelFrame, valueAt } from "../layout/panel-frame.ts";

/** The discs of a group's slides, CSS px; `x` from the group's middle line. */
export interface PlacedMeans {
  readonly at: readonly { readonly x: number; readonly y: number }[];
  readonly diameter: number;
  /** So many that they would hide the box they lie on: they lie beneath its lines, without rims, and let them through. */
  readonly isCrowd: boolean;
}

const DIAMETER = 5;
const SMALLEST = 2.5;
/** More discs than this get smaller. */
const FEW = 12;

/** Where the discs of a group's slides stand. */
export function placeMeans(frame: PanelFrame, { slideMeans }: UnitGroup): PlacedMeans {
  const heights = Array.from(slideMeans)
    .filter(Number.isFinite)
    .map((mean) => valueAt(frame, mean));
  const isCrowd = heights.length > FEW;
  const diameter = isCrowd ? Math.max(SMALLEST, DIAMETER * Math.sqrt(FEW / heights.length)) : DIAMETER;
  const pitch = isCrowd ? diameter : diameter + 1;
  const offsets = besideEachOther(heights, pitch, halfWidth(frame));
  return { at: heights.map((y, index) => ({ x: offsets[index] ?? 0, y })), diameter, isCrowd };
}

/**
 * How far from the middle line discs at these heights stand so that none covers another: as near to it as there is room,
 * and on it where there is none within `reach`.
 */
export function besideEachOther(heights: readonly number[], pitch: number, reach: number): readonly number[] {
  const offsets = new Array<number>(heights.length).fill(0);
  const placed: number[] = [];
  const steps = Math.max(0, Math.floor((reach - pitch / 2) / pitch));
  const tried = Array.from(
    { length: 2 * steps + 1 },
    (_, step) => (step % 2 === 0 ? 1 : -1) * Math.ceil(step / 2) * pitch,
  );
  const inOrder = heights.map((_, index) => index).sort((a, b) => (heights[a] ?? 0) - (heights[b] ?? 0));
  for (const index of inOrder) {
    const y = heights[index] ?? 0;
    let first = placed.length;
    while (first > 0 && y - (heights[placed[first - 1] ?? 0] ?? 0) < pitch) first--;
    const near = placed.slice(first);
    offsets[index] =
      tried.find((x) =>
        near.every((other) => Math.hypot((offsets[other] ?? 0) - x, (heights[other] ?? 0) - y) >= pitch),
      ) ?? 0;
    placed.push(index);
  }
  return offsets;
}
