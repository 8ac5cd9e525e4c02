import type { Backward } from "../backward.ts";

/** Opset from which Slice has its places as inputs. */
const SLICE_INPUTS = 10;
/** Opset from which Pad has its amounts as inputs. */
const PAD_INPUTS = 11;
/** Opset from which Split has its lengths as an input. */
const SPLIT_INPUTS = 13;

/**
 * A part of a tensor along axes that are counted from the front; every `step`-th where steps are given, which needs
 * opset 10.
 */
export function slice(
  back: Backward,
  tensor: string,
  starts: readonly number[],
  ends: readonly number[],
  axes: readonly number[],
  steps?: readonly number[],
): string {
  if (back.opset < SLICE_INPUTS) return back.emit("Slice", [tensor], { starts, ends, axes });
  const inputs = [starts, ends, axes, ...(steps ? [steps] : [])].map((each) => back.integers(each));
  return back.emit("Slice", [tensor, ...inputs]);
}

/**
 * With zeros or another number before and after each axis; negative amounts cut off.
 *
 * @param pads - Of every axis what comes before, then of every axis what comes after.
 */
export function pad(back: Backward, tensor: string, pads: readonly number[], value = 0): string {
  if (pads.every((amount) => amount === 0)) return tensor;
  return back.opset < PAD_INPUTS
    ? back.emit("Pad", [tensor], { pads, mode: "constant", value: { float: value } })
    : back.emit("Pad", [tensor, back.integers(pads), back.number(value)], { mode: "constant" });
}

/** Parts of these lengths along an axis. */
export function split(back: Backward, tensor: string, axis: number, lengths: readonly number[]): readonly string[] {
  return back.opset < SPLIT_INPUTS
    ? back.emitAll("Split", [tensor], lengths.length, { axis, split: lengths })
    : back.emitAll("Split", [tensor, back.integers(lengths)], lengths.length, { axis });
}
