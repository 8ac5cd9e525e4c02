import { allOperators } from "./all-operators.ts";
import type { OnnxModel, OnnxNode } from "./onnx-model.ts";

/** Operators on numbers of few bits, ONNX' and Microsoft's. The engine runs them on WebAssembly. */
const QUANTIZED =
  /^(QLinear.*|.*Integer|QuantizeLinear|DequantizeLinear|DynamicQuantize.*|QGemm|QAttention|MatMulNBits|QMoE|QEmbed.*)$/;

export function isQuantized({ opType }: OnnxNode): boolean {
  return QUANTIZED.test(opType);
}

/** Kinds of quantised operators in a model, in alphabetical order; none for an ordinary one. */
export function quantizedOperators(model: OnnxModel): readonly string[] {
  const found = new Set<string>();
  for (const node of allOperators(model)) if (isQuantized(node)) found.add(node.opType);
  return [...found].sort();
}
