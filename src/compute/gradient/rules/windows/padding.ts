import { fromFront, integersOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { pad, slice } from "../../emit/part.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";
import { addRows } from "../shapes/add-rows.ts";

/** Opset from which the amounts are an input. */
const INPUTS_SINCE = 11;

/**
 * Pad: what was put around is cut off, and what was cut off gets zeros; of the edge, of a reflection and of a repetition
 * each number gets what all its copies have.
 */
export const padding: GradientRule = (node, back) => {
  const [data = "", , value = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  if (back.needs(value)) throw unknownForm(node, "around which numbers are put that depend on the picture");
  if (!back.needs(data)) return;
  const from = back.shape(data);
  const amounts = amountsOf(node, back, from.length);
  const mode = textOf(node, "mode", "constant");
  if (mode === "constant") back.give(data, unpad(back, gradient, back.shape(output), amounts));
  else back.give(data, gatherCopies(back, gradient, { mode, from, to: back.shape(output), amounts }));
};

/** Of every axis what comes before, then of every axis what comes after. */
function amountsOf(node: OnnxNode, back: Backward, rank: number): readonly number[] {
  const [, pads = "", , axes = ""] = node.inputs;
  if (back.opset < INPUTS_SINCE) return integersOf(node, "pads") ?? [];
  const given = back.constant(pads);
  if (axes === "") return given;
  const amounts = new Array<number>(2 * rank).fill(0);
  const padded = back.constant(axes).map((axis) => fromFront(axis, rank));
  padded.forEach((axis, place) => {
    amounts[axis] = given[place] ?? 0;
    amounts[axis + rank] = given[place + padded.length] ?? 0;
  });
  return amounts;
}

function unpad(back: Backward, gradient: string, dims: readonly number[], amounts: readonly number[]): string {
  const rank = dims.length;
  const added = (place: number) => Math.max(0, amounts[place] ?? 0);
  const axes = dims.flatMap((_, axis) => (added(axis) + added(axis + rank) > 0 ? [axis] : []));
  const ends = axes.map((axis) => (dims[axis] ?? 0) - added(axis + rank));
  const cut = axes.length > 0 ? slice(back, gradient, axes.map(added), ends, axes) : gradient;
  return pad(
    back,
    cut,
    amounts.map((amount) => Math.max(0, -amount)),
  );
}

function gatherCopies(
  back: Backward,
  gradient: string,
  padded: { mode: string; from: readonly number[]; to: readonly number[]; amounts: readonly number[] },
): string {
  const { mode, from, to, amounts } = padded;
  const dims = [...to];
  return from.reduce((now, length, axis) => {
    const before = amounts[axis] ?? 0;
    if (before === 0 && (amounts[axis + from.length] ?? 0) === 0) return now;
    const rows = Array.from({ length: dims[axis] ?? 0 }, (_, place) => copiedPlace(mode, place - before, length));
    const gathered = addRows(back, now, { dims: [...dims], axis, rows, length });
    dims[axis] = length;
    return gathered;
  }, gradient);
}

/** Which place is put where none is, before the first or behind the last of `length`. */
function copiedPlace(mode: string, place: number, length: number): number {
  if (mode === "edge") return Math.max(0, Math.min(length - 1, place));
  if (mode === "wrap") return ((place % length) + length) % length;
  const period = Math.max(1, 2 * (length - 1));
  const within = ((place % period) + period) % period;
  return Math.min(within, period - within);
}
