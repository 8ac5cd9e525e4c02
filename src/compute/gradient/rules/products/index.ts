import type { GradientRules } from "../../rule.ts";
import { attention } from "./attention.ts";
import { einsum } from "./einsum.ts";
import { gemm } from "./gemm.ts";
import { matMul } from "./matmul.ts";
import { rotaryEmbedding } from "./rotary-embedding.ts";

/** Operators that multiply matrices. */
export const products: GradientRules = {
  Attention: attention,
  Einsum: einsum,
  Gemm: gemm,
  MatMul: matMul,
  RotaryEmbedding: rotaryEmbedding,
};
