import { numberOf } from "../../../model/layers/attribute-values.ts";
import { times } from "../../emit/arithmetic.ts";
import { unbroadcast } from "../../emit/reduction.ts";
import type { GradientRule } from "../../rule.ts";
import { turnedProduct } from "./turned-product.ts";

/** Gemm, y = alpha a b + beta c with a and b turned about where it says so: as MatMul, and the sum of beta dy for c. */
export const gemm: GradientRule = (node, back) => {
  const [left = "", right = "", bias = ""] = node.inputs;
  const [output = ""] = node.outputs;
  const dy = back.gradientOf(output);
  if (dy === null) return;
  const alpha = { float: numberOf(node, "alpha", 1) };
  const beta = numberOf(node, "beta", 1);
  const transA = numberOf(node, "transA", 0);
  const transB = numberOf(node, "transB", 0);
  if (back.needs(left)) {
    const b = back.read(right);
    const product = transA
      ? turnedProduct(back, b, dy, { alpha, transA: transB, transB: 1 })
      : turnedProduct(back, dy, b, { alpha, transB: 1 - transB });
    back.give(left, product);
  }
  if (back.needs(right)) {
    const a = back.read(left);
    const product = transB
      ? turnedProduct(back, dy, a, { alpha, transA: 1, transB: transA })
      : turnedProduct(back, a, dy, { alpha, transA: 1 - transA });
    back.give(right, product);
  }
  if (back.needs(bias)) {
    const scaled = beta === 1 ? dy : times(back, dy, back.number(beta));
    back.give(bias, unbroadcast(back, scaled, back.shape(output), back.shape(bias)));
  }
};
