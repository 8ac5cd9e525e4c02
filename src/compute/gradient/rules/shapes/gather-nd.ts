import { numberOf } from "../../../model/layers/attribute-values.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { unknownForm } from "../../rule.ts";
import { atFirstInput } from "../at-first-input.ts";
import { addRows } from "./add-rows.ts";
import { rowPlaces } from "./element-places.ts";

/** GatherND: each row gets the sum of the gradients of all places that it was taken to. */
export const gatherNd = atFirstInput(({ node, back, gradient, data }) => {
  const [, indices = ""] = node.inputs;
  if (!back.isConstant(indices)) throw unknownForm(node, "with indices that change with the picture");
  const whole = back.shape(data);
  const { rows, length } = rowPlaces(
    back.constant(indices),
    back.shape(indices),
    whole,
    numberOf(node, "batch_dims", 0),
  );
  const dims = [rows.length, elementCount(whole) / length];
  const sum = addRows(back, reshapeTo(back, gradient, dims), { dims, axis: 0, rows, length });
  return reshapeTo(back, sum, whole);
});
