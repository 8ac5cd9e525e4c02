import { fromFront, integersOf, numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import type { ResizedSide, ResizeSettings } from "./resized-shares.ts";

/** Opset from which Resize has roi and sizes, counts from the middles of pixels, and says how it rounds. */
const SIZES_SINCE = 11;

/** How an operator resizes, with what its opset has for what it leaves out. */
export function resizeSettings(node: OnnxNode, opset: number): ResizeSettings {
  const isOld = isOldForm(node, opset);
  return {
    mode: textOf(node, "mode", "nearest").replace("bilinear", "linear"),
    coordinates: textOf(node, "coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel"),
    rounding: isOld ? "simple" : textOf(node, "nearest_mode", "round_prefer_floor"),
    bend: numberOf(node, "cubic_coeff_a", -0.75),
    excludesOutside: numberOf(node, "exclude_outside", 0) !== 0,
    antialias: numberOf(node, "antialias", 0) !== 0,
  };
}

/** Each axis with its factor, and the part of it that is resized where that is not all. */
export function resizedSides(node: OnnxNode, back: Backward): readonly ResizedSide[] {
  const from = back.shape(node.inputs[0] ?? "");
  const to = back.shape(node.outputs[0] ?? "");
  const axes = integersOf(node, "axes")?.map((axis) => fromFront(axis, from.length)) ?? from.map((_, axis) => axis);
  const [, second = "", third = "", sizes = ""] = node.inputs;
  const numbers = (name: string) => (name === "" ? [] : back.constant(name));
  const isOld = isOldForm(node, back.opset);
  const factors = isOld ? oldFactors(node, numbers(second)) : numbers(third);
  const policy = textOf(node, "keep_aspect_ratio_policy", "stretch");
  const asked = numbers(sizes);
  const ratios = axes.map((axis, place) => (asked[place] ?? to[axis] ?? 1) / (from[axis] ?? 1));
  const kept = policy === "not_larger" ? Math.min(...ratios) : Math.max(...ratios);
  const region = isOld ? [] : numbers(second);
  return from.map((size, axis) => {
    const place = axes.indexOf(axis);
    const side = { from: size, to: to[axis] ?? 1, scale: 1, start: 0, end: 1 };
    if (place < 0) return side;
    const ratio = policy === "stretch" ? (to[axis] ?? 1) / size : kept;
    const [start, end] = [region[place] ?? 0, region[place + axes.length] ?? 1];
    return { ...side, scale: Math.fround(factors[place] ?? ratio), start, end };
  });
}

function isOldForm({ opType }: OnnxNode, opset: number): boolean {
  return opType === "Upsample" || opset < SIZES_SINCE;
}

/** Upsample had its factors as an attribute at first. */
function oldFactors(node: OnnxNode, input: readonly number[]): readonly number[] {
  const attribute = node.attributes.get("scales");
  return attribute?.kind === "floats" ? attribute.values : input;
}
