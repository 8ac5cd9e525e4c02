import type { Backward } from "../backward.ts";
import { pad } from "./part.ts";

/** The gradient of some rows of a tensor, from `start` on along an axis; what it says nothing of gets none. */
export interface GradientPart {
  readonly gradient: string;
  readonly axis: number;
  readonly start: number;
  readonly length: number;
}

/**
 * Gradients of a whole tensor, to be added up, from those of its parts: parts that don't overlap are put one behind the
 * other, with zeros where there are none. Of the three that a ViT's attention takes out of one tensor that is a quarter of
 * the time of padding each and adding them up.
 *
 * @param dims - The whole tensor's.
 */
export function joinedParts(
  back: Backward,
  dims: readonly number[],
  parts: readonly GradientPart[],
): readonly string[] {
  const rows: GradientPart[][] = [];
  for (const part of parts.toSorted((a, b) => a.start - b.start)) {
    const row = rows.find((placed) => placed.every((last) => last.axis === part.axis && endOf(last) <= part.start));
    if (row) row.push(part);
    else rows.push([part]);
  }
  return rows.map((row) => joinedRow(back, dims, row));
}

/** Zeros go with the part that they follow, those in front with the first. */
function joinedRow(back: Backward, dims: readonly number[], row: readonly GradientPart[]): string {
  const axis = row[0]?.axis ?? 0;
  const whole = dims[axis] ?? 0;
  const along = (amount: number) => dims.map((_, at) => (at === axis ? amount : 0));
  const padded = row.map((part, at) => {
    const before = at === 0 ? part.start : 0;
    const after = (row[at + 1]?.start ?? whole) - endOf(part);
    return pad(back, part.gradient, [...along(before), ...along(after)]);
  });
  const [only = ""] = padded;
  return padded.length === 1 ? only : back.emit("Concat", padded, { axis });
}

function endOf({ start, length }: GradientPart): number {
  return start + length;
}
