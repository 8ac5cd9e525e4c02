/** What an operator does, for a profile: of ONNX' names, and of PyTorch's. */
const KINDS: readonly (readonly [kind: string, operators: RegExp])[] = [
  ["convolutions", /^(Fused)?Conv(Transpose)?$|conv(?!ert)/i],
  ["products", /^(Fused)?(MatMul|Gemm)$|aten::(addmm|mm|bmm)/],
  ["normalisation", /BatchNormalization|batch_norm/],
  ["pools", /pool/i],
  ["moving numbers", /^(Pad|Slice|Concat|Split|Transpose|Reshape|Expand|Gather)/],
  [
    "number by number",
    /^(Add|Sub|Mul|Div|Neg|Clip|Relu|HardSigmoid|Where|Equal|Identity|Cast)$|relu|threshold|hardtanh|aten::(add_?|mul)$/i,
  ],
];

/** "convolutions", "products"; "other" for what is none of them. */
export function kindOf(operator: string): string {
  return KINDS.find(([, operators]) => operators.test(operator))?.[0] ?? "other";
}
