import { axisOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { times } from "../../emit/arithmetic.ts";
import { reshapeTo } from "../../emit/shape.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";
import { elementPlaces, rowPlaces } from "./element-places.ts";

/** The rows of a tensor that are written, in the order of the writing. */
interface Written {
  readonly rows: readonly number[];
  /** How many rows the tensor has. */
  readonly length: number;
}

/** ScatterElements, and Scatter as it was called before opset 11. */
export const scatterElements: GradientRule = (node, back) => {
  const [data = "", indices = ""] = node.inputs;
  scatter(node, back, () => {
    const whole = back.shape(data);
    const axis = axisOf(node, 0, whole.length);
    const rows = elementPlaces(back.constant(indices), back.shape(indices), whole, axis);
    return { rows, length: elementCount(whole) };
  });
};

export const scatterNd: GradientRule = (node, back) => {
  const [data = "", indices = ""] = node.inputs;
  scatter(node, back, () => rowPlaces(back.constant(indices), back.shape(indices), back.shape(data), 0));
};

/**
 * What is written gets the gradient of its place, and what it was written over gets nothing, or with the reduction "add"
 * its own. Of several that are written to one place the last is taken, as the engine does.
 */
function scatter(node: OnnxNode, back: Backward, written: () => Written): void {
  const [data = "", indices = "", updates = ""] = node.inputs;
  const gradient = back.gradientOf(node.outputs[0] ?? "");
  if (gradient === null || !(back.needs(data) || back.needs(updates))) return;
  const reduction = textOf(node, "reduction", "none");
  if (reduction !== "none" && reduction !== "add") throw unknownForm(node, `with the reduction "${reduction}"`);
  if (!back.isConstant(indices)) throw unknownForm(node, "with indices that change with the picture");
  const { rows, length } = written();
  const whole = back.shape(data);
  const dims = [length, elementCount(whole) / length];
  const flat = reshapeTo(back, gradient, dims);
  const isOver = reduction === "none";
  if (back.needs(data) && !isOver) back.give(data, gradient);
  else if (back.needs(data)) {
    const gone = new Set(rows);
    const stays = back.floats(
      [length, 1],
      Array.from({ length }, (_, row) => (gone.has(row) ? 0 : 1)),
    );
    back.give(data, reshapeTo(back, times(back, flat, stays), whole));
  }
  if (!back.needs(updates)) return;
  const taken = back.emit("Gather", [flat, back.integers(rows)], { axis: 0 });
  const last = new Map(rows.map((row, at) => [row, at]));
  const counts = rows.map((row, at) => (last.get(row) === at ? 1 : 0));
  const kept = isOver && last.size < rows.length ? times(back, taken, back.floats([rows.length, 1], counts)) : taken;
  back.give(updates, reshapeTo(back, kept, back.shape(updates)));
}
