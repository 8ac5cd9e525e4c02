import type { PixelTerms } from "../pixel-explanation.ts";
import { addUp, type MainStep } from "./main-step.ts";
import type { OpenTerms } from "./take-along.ts";

/** The highest of the terms' values, or the lowest; padding is left out. */
export function pickValue(terms: readonly PixelTerms[], which: "highest" | "lowest", kind: MainStep["kind"]): MainStep {
  const sign = which === "highest" ? 1 : -1;
  let best = Number.NEGATIVE_INFINITY;
  let count = 0;
  for (const { values, padded } of terms)
    for (const [index, value] of values.entries()) {
      if (padded[index]) continue;
      count++;
      if (sign * value > best || Number.isNaN(value)) best = sign * value;
    }
  const words = `the ${which} of ${count.toLocaleString("en")} values is`;
  return { kind, terms: terms.map((one) => ({ ...one, weights: null })), bias: null, sum: sign * best, words };
}

/** The mean of the terms' values, padding counted as zeros where `counted` is more than the others. */
export function meanValue(terms: OpenTerms, counted: number): MainStep {
  for (const [index, isPadded] of terms.padded.entries()) terms.weights[index] = isPadded ? 0 : 1 / counted;
  const words = `the mean of ${counted.toLocaleString("en")} values is`;
  return { kind: "pooling", terms: [terms], bias: null, sum: addUp([terms]), words };
}

/** All of the terms' values. */
export function sumOfValues(terms: OpenTerms): MainStep {
  terms.weights.fill(1);
  const words = `the sum of ${terms.values.length.toLocaleString("en")} values is`;
  return { kind: "pooling", terms: [terms], bias: null, sum: addUp([terms]), words };
}
