import type { Differentiable, PictureShape } from "../../../src/compute/saliency/differentiable.ts";

/** A score with a formula, and how often it was asked. */
export interface FormulaScore extends Differentiable {
  readonly asked: { gradients: number; scores: number; most: number };
}

export function lineOf(length: number): PictureShape {
  return { height: 1, width: length, channels: 1, channelsLast: true };
}

/** Ends in an order of its own when there are several lanes: the first asked last. */
export function formulaScore(
  shape: PictureShape,
  score: (x: Float32Array) => number,
  gradient: (x: Float32Array) => ArrayLike<number>,
  lanes = 1,
): FormulaScore {
  const asked = { gradients: 0, scores: 0, most: 0 };
  let open = 0;
  const turns = async () => {
    open++;
    asked.most = Math.max(asked.most, open);
    for (let turn = open % lanes; turn < lanes; turn++) await Promise.resolve();
    open--;
  };
  return {
    shape,
    lanes,
    asked,
    gradient: async (x) => {
      asked.gradients++;
      await turns();
      return { score: score(x), gradient: Float32Array.from(gradient(x)) };
    },
    score: async (x) => {
      asked.scores++;
      await turns();
      return score(x);
    },
  };
}
