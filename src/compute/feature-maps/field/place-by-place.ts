import { axisOf } from "../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../model/onnx/onnx-model.ts";
import type { SpatialAxes } from "./moved-axes.ts";
import type { TensorFacts } from "./operator-facts.ts";

/** Each number of their answer is made of those at its own place, of all channels at most. */
const ELEMENTWISE = new Set(
  `Abs Acos Acosh Add And Asin Asinh Atan Atanh BatchNormalization BiasGelu BitShift Cast CastLike Ceil Celu Clip Cos Cosh
  DequantizeLinear Div Dropout Elu Equal Erf Exp FastGelu Floor Gelu Greater GreaterOrEqual HardSigmoid HardSwish Identity
  IsInf IsNaN LRN LeakyRelu Less LessOrEqual Log Max Mean Min Mish Mod Mul Neg Not Or PRelu Pow QLinearAdd
  QLinearLeakyRelu QLinearMul QLinearSigmoid QuantizeLinear QuickGelu Reciprocal Relu Round Selu Shrink Sigmoid Sign Sin
  Sinh Softplus Softsign Sqrt Sub Sum Swish Tan Tanh ThresholdedRelu Where Xor`.split(/\s+/),
);

/** Whether an operator makes each place's numbers of that place's alone. */
export function isPlaceByPlace(node: OnnxNode, { rank, rows, columns }: SpatialAxes, facts: TensorFacts): boolean {
  if (ELEMENTWISE.has(node.opType)) return true;
  const isSpatial = (axis: number) => axis === rows || axis === columns;
  switch (node.opType) {
    case "Softmax":
    case "LogSoftmax":
    case "Hardmax":
      if (facts.opset >= 13) return !isSpatial(axisOf(node, -1, rank));
      // All axes from this one on.
      return Math.max(rows, columns) < axisOf(node, 1, rank);
    case "LayerNormalization":
    case "RMSNormalization":
    case "SimplifiedLayerNormalization":
      return Math.max(rows, columns) < axisOf(node, -1, rank);
    case "LpNormalization":
      return !isSpatial(axisOf(node, -1, rank));
    case "MatMul":
      // With a constant: a dense layer at each place, of the last axis, or of the one before where the constant is left.
      return !isSpatial(facts.isConstant(node.inputs[1]) ? rank - 1 : rank - 2);
  }
  return false;
}
