import type { AnswerKind } from "./gradient/answer-kind.ts";
import { softmax } from "./softmax.ts";

/**
 * A model's answers as a share of 1 for each class. Of one number alone, which says yes or no, the share is its sigmoid.
 *
 * @param answers - Picture after picture.
 * @param classes - Numbers for each.
 * @returns A new array in the same order.
 */
export function classShares(answers: Float32Array, classes: number, kind: AnswerKind): Float32Array<ArrayBuffer> {
  const shares = Float32Array.from(answers);
  if (kind === "probabilities") return shares;
  if (classes === 1) return shares.map((logit) => 1 / (1 + Math.exp(-logit)));
  softmax(shares, classes);
  return shares;
}
