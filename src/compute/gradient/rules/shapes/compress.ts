import { fromFront, numberOf } from "../../../model/layers/attribute-values.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { unknownForm } from "../../rule.ts";
import { atFirstInput } from "../at-first-input.ts";
import { addRows } from "./add-rows.ts";

/** Compress: what was kept gets the gradient of its place, the rest nothing. Without an axis it is one list. */
export const compress = atFirstInput(({ node, back, gradient, data, output }) => {
  const [, condition = ""] = node.inputs;
  if (!back.isConstant(condition)) throw unknownForm(node, "with a condition that changes with the picture");
  const whole = back.shape(data);
  const given = numberOf(node, "axis", null);
  const axis = given === null ? 0 : fromFront(given, whole.length);
  const length = given === null ? elementCount(whole) : (whole[axis] ?? 0);
  const rows = back.constant(condition).flatMap((keep, row) => (keep === 0 ? [] : [row]));
  const sum = addRows(back, gradient, { dims: back.shape(output), axis, rows, length });
  return given === null ? reshapeTo(back, sum, whole) : sum;
});
