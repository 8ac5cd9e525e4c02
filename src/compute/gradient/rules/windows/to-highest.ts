import type { SlidingSide } from "../../../model/layers/sliding-sides.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { minus, plus } from "../../emit/arithmetic.ts";
import { keepWhereEqual } from "../../emit/comparison.ts";
import { pad, slice } from "../../emit/part.ts";
import { expandTo, reshapeTo } from "../../emit/shape.ts";

/** Below all numbers of a picture, and above the least that half precision's hardware makes of it. */
const LOWEST = -3.4e38;

/** Opset from which Slice has steps. */
const STEPS_SINCE = 10;

/** Windows along one axis and the highest number of each. */
export interface HighestAlong {
  readonly axis: number;
  readonly side: SlidingSide;
  readonly from: string;
  readonly fromDims: readonly number[];
  readonly to: string;
  readonly toDims: readonly number[];
}

/**
 * The derivative of taking the highest of windows along one axis: each window's gradient at its first place that has it.
 * Places are looked at in order, and what one takes is no more there for the next.
 *
 * @param gradient - Of the dimensions `toDims`.
 * @returns Of the dimensions `fromDims`.
 */
export function toHighest(back: Backward, gradient: string, highest: HighestAlong): string {
  const { axis, side, from, fromDims, to, toDims } = highest;
  const { kernel, stride, dilation, before } = side;
  const size = fromDims[axis] ?? 1;
  const windows = toDims[axis] ?? 1;
  const reached = windows + Math.floor(((kernel - 1) * dilation) / stride);
  const steps = Math.max(reached, Math.ceil((before + size) / stride));
  const [ahead, behind] = [elementCount(fromDims.slice(0, axis)), elementCount(fromDims.slice(axis + 1))];
  // A last axis of length 1 makes comparisons take twenty times as long on the CPU (measured: 9.6 ms, 0.4 ms without it).
  const lying = (length: number) => (behind === 1 ? [ahead, length] : [ahead, length, behind]);
  const around = (first: number, last: number) => (behind === 1 ? [0, first, 0, last] : [0, first, 0, 0, last, 0]);
  const edges = around(before, steps * stride - before - size);
  const padded = pad(back, reshapeTo(back, from, lying(size)), edges, LOWEST);
  const answer = reshapeTo(back, to, lying(windows));
  // Of each place of a step what it gets, in the order of steps.
  const given: (string | undefined)[] = Array.from({ length: stride });
  let rest = reshapeTo(back, gradient, lying(windows));
  for (let place = 0; place < kernel; place++) {
    const [step, within] = [Math.floor((place * dilation) / stride), (place * dilation) % stride];
    let taken = rest;
    // What nothing before has taken is the last one's.
    if (place < kernel - 1) {
      const numbers = everyStep(back, padded, { ahead, behind, first: place * dilation, windows, stride, steps });
      taken = keepWhereEqual(back, reshapeTo(back, numbers, lying(windows)), answer, rest);
      rest = minus(back, rest, taken);
    }
    const moved = pad(back, taken, around(step, steps - step - windows));
    const known = given[within];
    given[within] = known === undefined ? moved : plus(back, known, moved);
  }
  const whole = interleaved(back, given, ahead, steps, behind);
  const cut = slice(back, reshapeTo(back, whole, lying(steps * stride)), [before], [before + size], [1]);
  return reshapeTo(back, cut, fromDims);
}

interface Stepped {
  readonly ahead: number;
  readonly behind: number;
  readonly first: number;
  readonly windows: number;
  readonly stride: number;
  readonly steps: number;
}

/** What each window has at one of its places. */
function everyStep(back: Backward, padded: string, { ahead, behind, first, windows, stride, steps }: Stepped): string {
  const end = first + (windows - 1) * stride + 1;
  if (stride === 1) return slice(back, padded, [first], [end], [1]);
  if (back.opset >= STEPS_SINCE) return slice(back, padded, [first], [end], [1], [stride]);
  const [step, within] = [Math.floor(first / stride), first % stride];
  const stepped = reshapeTo(back, padded, [ahead, steps, stride, behind]);
  return slice(back, stepped, [step, within], [step + windows, within + 1], [1, 2]);
}

/** The places of steps one after the other, zeros where none was given: [ahead, steps, places, behind]. */
function interleaved(
  back: Backward,
  given: readonly (string | undefined)[],
  ahead: number,
  steps: number,
  behind: number,
): string {
  const dims = [ahead, steps, 1, behind];
  const places = given.map((known) =>
    known === undefined ? expandTo(back, back.number(0), dims) : reshapeTo(back, known, dims),
  );
  return places.length === 1 ? (places[0] ?? "") : back.emit("Concat", places, { axis: 2 });
}
