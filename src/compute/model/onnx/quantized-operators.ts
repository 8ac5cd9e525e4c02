import { allOperators } from "./all-operators.ts";
import type { OnnxModel } from "./onnx-model.ts";

/** Operators on numbers of few bits, ONNX' and Microsoft's. The engine runs them on WebAssembly. */
const QUANTIZED =
  /^(QLinear.*|.*Integer|QuantizeLinear|DequantizeLinear|DynamicQuantize.*|QGemm|QAttention|MatMulNBits|QMoE|QEmbed.*)$/;

/** Kinds of quantised operators in a model, in alphabetical order; none for an ordinary one. */
export function quantizedOperators(model: OnnxModel): readonly string[] {
  const found = new Set<string>();
  for (const { opType } of allOperators(model)) if (QUANTIZED.test(opType)) found.add(opType);
  return [...found].sort();
}
