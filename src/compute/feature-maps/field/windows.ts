import type { FieldAlongAxis } from "../receptive-field.ts";

/** What places of an answer read along one axis of what an operator takes, counted in places of that. */
export type Window = FieldAlongAxis;

/** Each place reads the place of the same number. */
export const SAME_PLACE: Window = { start: 0, step: 1, size: 1 };

/** What is seen through an operator of the places that it takes. */
export function seenThrough(window: Window, taken: FieldAlongAxis): FieldAlongAxis {
  return {
    start: taken.start + taken.step * window.start,
    step: taken.step * window.step,
    size: taken.size + taken.step * (window.size - 1),
  };
}

/** What two tensors saw together; null where their places lie differently far apart. */
export function seenTogether(a: FieldAlongAxis, b: FieldAlongAxis): FieldAlongAxis | null {
  if (Math.abs(a.step - b.step) > 1e-9) return null;
  const start = Math.min(a.start, b.start);
  return { start, step: a.step, size: Math.max(a.start + a.size, b.start + b.size) - start };
}

/** The tightest window around given first and last places, one pair for each place of the answer in order. */
export function windowAround(ranges: readonly (readonly [first: number, last: number])[]): Window {
  const centre = (at: number) => ((ranges[at]?.[0] ?? 0) + (ranges[at]?.[1] ?? 0)) / 2;
  const step = ranges.length > 1 ? (centre(ranges.length - 1) - centre(0)) / (ranges.length - 1) : 1;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const [place, [first, last]] of ranges.entries()) {
    least = Math.min(least, first - step * place);
    most = Math.max(most, last - step * place);
  }
  return { start: least, step, size: most - least + 1 };
}
