import { elementCount } from "../../../model/onnx/tensor-size.ts";
import type { Backward } from "../../backward.ts";
import { times } from "../../emit/arithmetic.ts";
import { expandTo, reshapeTo, transpose } from "../../emit/shape.ts";
import type { GradientRule } from "../../rule.ts";
import { einsumTerms } from "./einsum-terms.ts";

/** A factor of the sum: a tensor and the letter of each of its axes. */
interface Factor {
  readonly letters: string;
  readonly dims: readonly number[];
}

/**
 * Einsum: an input's gradient is the sum over the same letters with the gradient in the input's place. What the sum
 * leaves out of an input is broadcast back, and of letters that one input has twice only the diagonal gets anything.
 */
export const einsum: GradientRule = (node, back) => {
  const [output = ""] = node.outputs;
  const gradient = back.gradientOf(output);
  if (gradient === null) return;
  const terms = einsumTerms(
    node,
    node.inputs.map((input) => back.shape(input).length),
  );
  const whole = node.inputs.map((input, at): Factor => ({ letters: terms.inputs[at] ?? "", dims: back.shape(input) }));
  const sizes = new Map<string, number>();
  for (const { letters, dims } of whole)
    for (const [at, letter] of [...letters].entries())
      sizes.set(letter, Math.max(sizes.get(letter) ?? 1, dims[at] ?? 1));
  // An axis of length 1 that is broadcast is no factor: without it all axes of a letter are equally long.
  const factors = whole.map((factor) => withoutBroadcast(factor, sizes));
  for (const [at, input] of node.inputs.entries()) {
    const own = factors[at];
    if (!own || !back.needs(input)) continue;
    const others = factors.flatMap((factor, other) =>
      other === at ? [] : [{ ...factor, name: node.inputs[other] ?? "" }],
    );
    const known = new Set(terms.output + others.map(({ letters }) => letters).join(""));
    const summed = [...new Set(own.letters)].filter((letter) => known.has(letter));
    const sum = product(back, { gradient, letters: terms.output }, others, summed);
    back.give(input, spread(back, sum, summed, own, back.shape(input)));
  }
};

/** The gradient times the other factors, summed over the letters that are not asked for. */
function product(
  back: Backward,
  { gradient, letters }: { gradient: string; letters: string },
  others: readonly (Factor & { readonly name: string })[],
  asked: readonly string[],
): string {
  if (others.length === 0)
    return transpose(
      back,
      gradient,
      asked.map((letter) => letters.indexOf(letter)),
    );
  const tensors = others.map(({ name, dims }) => {
    const single = back.read(name);
    return dims.length === back.shape(name).length ? single : reshapeTo(back, single, dims);
  });
  const terms = others.map((factor) => factor.letters);
  const [names, left] =
    letters === ""
      ? [tensors, terms]
      : [
          [gradient, ...tensors],
          [letters, ...terms],
        ];
  const sum = back.emit("Einsum", names, { equation: `${left.join()}->${asked.join("")}` });
  return letters === "" ? times(back, sum, gradient) : sum;
}

function withoutBroadcast({ letters, dims }: Factor, sizes: ReadonlyMap<string, number>): Factor {
  const stays = [...letters].map((letter, at) => dims[at] === sizes.get(letter));
  return {
    letters: [...letters].filter((_, at) => stays[at]).join(""),
    dims: dims.filter((_, at) => stays[at]),
  };
}

/** From the letters that the sum has, in the order of the factor's own, to the factor's axes and to the input's. */
function spread(
  back: Backward,
  sum: string,
  summed: readonly string[],
  { letters, dims }: Factor,
  whole: readonly number[],
): string {
  const all = [...letters];
  const isFirst = all.map((letter, at) => all.indexOf(letter) === at);
  const isThere = all.map((letter, at) => isFirst[at] === true && summed.includes(letter));
  const shape = dims.map((dim, at) => (isThere[at] ? dim : 1));
  let tensor = shape.length === summed.length && whole.length === shape.length ? sum : reshapeTo(back, sum, shape);
  if (isFirst.includes(false)) tensor = times(back, tensor, diagonals(back, all, dims));
  else if (isThere.includes(false)) tensor = expandTo(back, tensor, dims);
  return whole.length === dims.length ? tensor : reshapeTo(back, tensor, whole);
}

/** 1 where all axes of each letter are at the same place, 0 elsewhere. */
function diagonals(back: Backward, letters: readonly string[], dims: readonly number[]): string {
  const values = Float32Array.from({ length: elementCount(dims) }, (_, index) => {
    const places = new Map<string, number>();
    let rest = index;
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      const dim = dims[axis] ?? 1;
      const letter = letters[axis] ?? "";
      const place = rest % dim;
      if ((places.get(letter) ?? place) !== place) return 0;
      places.set(letter, place);
      rest = Math.floor(rest / dim);
    }
    return 1;
  });
  return back.floats(dims, values);
}
