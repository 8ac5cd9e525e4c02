import { textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";

/** Letters for the axes that "..." stands for: none that the equation has. */
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** An equation of Einsum with a letter for every axis. */
export interface EinsumTerms {
  readonly inputs: readonly string[];
  readonly output: string;
}

/**
 * Read an equation: "..." becomes letters, right-aligned as NumPy has it, and an answer that it leaves out becomes the
 * letters that are there once, in their order.
 *
 * @param ranks - The inputs' numbers of axes.
 */
export function einsumTerms(node: OnnxNode, ranks: readonly number[]): EinsumTerms {
  const equation = textOf(node, "equation", "").replaceAll(" ", "");
  const [left = "", right] = equation.split("->");
  const terms = left.split(",");
  const lengths = terms.map((term, at) => (ranks[at] ?? 0) - term.replace("...", "").length);
  const most = Math.max(0, ...terms.map((term, at) => (term.includes("...") ? (lengths[at] ?? 0) : 0)));
  const free = [...LETTERS]
    .filter((letter) => !equation.includes(letter))
    .slice(0, most)
    .join("");
  const written = (term: string, length: number) => term.replace("...", free.slice(most - length));
  const inputs = terms.map((term, at) => written(term, lengths[at] ?? 0));
  if (right !== undefined) return { inputs, output: written(right, most) };
  const named = [...left.replaceAll(/[.,]/g, "")];
  const once = named.filter((letter) => named.indexOf(letter) === named.lastIndexOf(letter)).sort();
  return { inputs, output: free + once.join("") };
}
