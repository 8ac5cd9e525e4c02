import type { Attributes } from "../../../model/onnx/operator.ts";
import type { Backward } from "../../backward.ts";

/** Opset from which Gemm needs no third input. */
const TWO_INPUTS = 11;

/** The product of two matrices, each turned about or not, by Gemm, which reads them the other way and copies none. */
export function turnedProduct(back: Backward, left: string, right: string, attributes: Attributes): string {
  const inputs = back.opset < TWO_INPUTS ? [left, right, back.number(0)] : [left, right];
  return back.emit("Gemm", inputs, attributes);
}
