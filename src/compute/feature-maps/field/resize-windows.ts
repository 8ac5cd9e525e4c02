import { numberOf, textOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import type { TensorFacts } from "./operator-facts.ts";
import type { Window } from "./windows.ts";

/** How far from the place that it falls on a pixel is read, by mode. */
const RADIUS: Readonly<Record<string, number>> = { nearest: 1, linear: 1, cubic: 2 };

/**
 * What Resize and Upsample read along an axis, rounded outward: in ONNX' words "linear" reads the two places around the
 * one that a pixel falls on, "cubic" four.
 *
 * @returns null where the factor is not known, and for crops.
 */
export function resizeWindow(node: OnnxNode, axis: number, facts: TensorFacts): Window | null {
  const mode = textOf(node, "mode", "nearest");
  const isOld = node.opType === "Upsample" || facts.opset < 11;
  const where = textOf(node, "coordinate_transformation_mode", isOld ? "asymmetric" : "half_pixel");
  const [from, to] = [facts.dims(node.inputs[0])?.[axis], facts.dims(node.outputs[0])?.[axis]];
  const factor = factorAlong(node, axis, facts) ?? (from && to ? to / from : null);
  const widest = RADIUS[mode];
  if (!factor || widest === undefined || where === "tf_crop_and_resize") return null;
  if (where === "align_corners") {
    if (!from || !to) return null;
    return around(0, to > 1 ? (from - 1) / (to - 1) : 1, widest);
  }
  const step = 1 / factor;
  const isWhole = mode === "nearest" && Number.isInteger(factor) && where === "asymmetric";
  if (isWhole && (isOld || textOf(node, "nearest_mode", "round_prefer_floor") === "floor"))
    return { start: step - 1, step, size: 2 - step };
  const radius = numberOf(node, "antialias", 0) === 1 ? widest * Math.max(1, step) : widest;
  if (where === "asymmetric") return around(0, step, radius);
  // The symmetric kind moves by what rounding the size cut off.
  return around(step / 2 - 0.5, step, where === "half_pixel_symmetric" ? radius + 1 : radius);
}

function around(centre: number, step: number, radius: number): Window {
  return { start: centre - radius, step, size: 2 * radius + 1 };
}

function factorAlong(node: OnnxNode, axis: number, facts: TensorFacts): number | null {
  const attribute = node.attributes.get("scales");
  if (attribute?.kind === "floats") return attribute.values[axis] ?? null;
  if (node.attributes.has("axes")) return null;
  const given = node.opType === "Upsample" || facts.opset < 11 ? 1 : 2;
  return facts.constant(node.inputs[given])?.[axis] ?? null;
}
