import type { Wire } from "../graph/wire.ts";
import { SliceValue } from "../plan/read-call.ts";
import { cannot, type LayerCall } from "./layer-call.ts";
import { TO_END } from "./reshaping.ts";

/** One part of `x[…]`: a slice, a number, null for a new axis, or the ellipsis. */
function partOf(call: LayerCall, part: unknown): SliceValue | number | null | "ellipsis" {
  if (part === null || part instanceof SliceValue) return part;
  if (typeof part === "number" && Number.isSafeInteger(part)) return part;
  if (typeof part === "object" && part !== null) {
    if ("class_name" in part && part.class_name === "__ellipsis__") return "ellipsis";
    // TensorFlow's Keras writes a slice as a plain object.
    if ("start" in part && "stop" in part) {
      const { start, stop, step } = part as Record<"start" | "stop" | "step", unknown>;
      const bound = (value: unknown) => (typeof value === "number" ? value : null);
      if ([start, stop, step].every((value) => value === null || value === undefined || typeof value === "number"))
        return new SliceValue(bound(start), bound(stop), bound(step));
    }
  }
  if (part === "...") return "ellipsis";
  throw cannot(call, "takes parts by something else than numbers");
}

/** `x[key]` as Python has it, by whole numbers, slices, new axes and the ellipsis. */
export function getItem(call: LayerCall, given: Wire, key: unknown): Wire {
  const { graph } = call;
  const wire = call.layouts.channelsLast(given);
  const parts = (Array.isArray(key) ? key : [key]).map((part) => partOf(call, part));
  const used = parts.filter((part) => part !== null && part !== "ellipsis").length;
  const skipped = Math.max(0, wire.shape.length - used);
  const whole = new SliceValue(null, null, null);
  const filled = parts.flatMap((part) => (part === "ellipsis" ? Array<SliceValue>(skipped).fill(whole) : [part]));
  const starts: number[] = [];
  const ends: number[] = [];
  const axes: number[] = [];
  const steps: number[] = [];
  const dropped: number[] = [];
  const added: number[] = [];
  const shape: (number | null)[] = [];
  let axis = 0;
  for (const part of filled) {
    if (part === null) {
      added.push(shape.length);
      shape.push(1);
      continue;
    }
    if (axis >= wire.shape.length) throw cannot(call, `takes parts of more than ${wire.shape.length} axes`);
    const length = wire.shape[axis] ?? null;
    if (typeof part === "number") {
      starts.push(part);
      ends.push(part === -1 ? TO_END : part + 1);
      axes.push(axis);
      steps.push(1);
      dropped.push(axis);
    } else {
      const step = part.step ?? 1;
      if (part.start !== null || part.stop !== null || step !== 1) {
        if (step === 0) throw cannot(call, "takes steps of 0");
        starts.push(part.start ?? (step > 0 ? 0 : TO_END));
        ends.push(part.stop ?? (step > 0 ? TO_END : -TO_END));
        axes.push(axis);
        steps.push(step);
      }
      shape.push(length === null ? null : countSteps(length, part, step));
    }
    axis++;
  }
  shape.push(...wire.shape.slice(axis));
  let tensor = wire.tensor;
  if (axes.length)
    tensor = graph.add("Slice", [tensor, ...[starts, ends, axes, steps].map((one) => graph.integers(one))]);
  if (dropped.length) tensor = graph.add("Squeeze", [tensor, graph.integers(dropped)]);
  if (added.length) tensor = graph.add("Unsqueeze", [tensor, graph.integers(added)]);
  return { ...wire, tensor, shape };
}

function countSteps(length: number, part: SliceValue, step: number): number {
  const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  const place = (value: number | null, otherwise: number, low: number, high: number) =>
    value === null ? otherwise : clamp(value < 0 ? value + length : value, low, high);
  const start = step > 0 ? place(part.start, 0, 0, length) : place(part.start, length - 1, -1, length - 1);
  const stop = step > 0 ? place(part.stop, length, 0, length) : place(part.stop, -1, -1, length - 1);
  return Math.max(0, Math.ceil((stop - start) / step));
}
