import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import type { LayerKind, PixelTerms } from "../pixel-explanation.ts";

/** What a number was added up (or picked) from, before anything is done to it alone. */
export interface MainStep {
  readonly kind: LayerKind;
  readonly terms: readonly PixelTerms[];
  readonly bias: number | null;
  readonly sum: number;
  /** What leads to the sum, as a sentence that the figure ends: "the highest of 4 values is". */
  readonly words: string;
}

/**
 * Takes one number of an operator's answer apart, at a place along each axis of it.
 *
 * @returns null where the operator does it in a way that isn't known here: its weights come from the picture, say.
 */
export type TakeApart = (run: LayerRun, node: OnnxNode, place: readonly number[]) => MainStep | null;

/** The products of values and weights, in double precision. */
export function addUp(terms: readonly Pick<PixelTerms, "values" | "weights">[]): number {
  let sum = 0;
  for (const { values, weights } of terms)
    for (let index = 0; index < values.length; index++) sum += (values[index] ?? 0) * (weights?.[index] ?? 0);
  return sum;
}

/** "27 values times their weights and the bias add up to" */
export function productWords(count: number, hasBias: boolean): string {
  const products =
    count === 1 ? "1 value times its weight" : `${count.toLocaleString("en")} values times their weights`;
  if (hasBias) return `${products} and the bias add up to`;
  return count === 1 ? `${products} is` : `${products} add up to`;
}
