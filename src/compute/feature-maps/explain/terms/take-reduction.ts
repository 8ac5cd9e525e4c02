import { fromFront, integersOf, numberOf } from "../../../model/layers/attribute-values.ts";
import { indexAt } from "../layer/tensor-places.ts";
import type { MainStep, TakeApart } from "./main-step.ts";
import { meanValue, pickValue, sumOfValues } from "./pick-value.ts";
import { type OpenTerms, stretchesAlong, takeAlong } from "./take-along.ts";

const REDUCTIONS: Readonly<Record<string, (terms: OpenTerms) => MainStep>> = {
  ReduceMean: (terms) => meanValue(terms, terms.values.length),
  ReduceSum: sumOfValues,
  ReduceMax: (terms) => pickValue([terms], "highest", "pooling"),
  ReduceMin: (terms) => pickValue([terms], "lowest", "pooling"),
};

/** ReduceMean, ReduceSum, ReduceMax and ReduceMin within a picture. */
export const takeReduction: TakeApart = (run, node, place) => {
  const [input = "", along] = node.inputs;
  const { dims } = run.values(input);
  const said = integersOf(node, "axes") ?? run.constantList(along);
  const axes = (said ?? []).map((axis) => fromFront(axis, dims.length)).sort((a, b) => a - b);
  const stretches = axes.length > 0 ? stretchesAlong(run, input, axes) : null;
  if (!stretches || axes.includes(0)) return null;
  const isKept = numberOf(node, "keepdims", 1) !== 0;
  const left = [...place];
  const from = dims.map((_, axis) => (axes.includes(axis) && !isKept ? 0 : (left.shift() ?? 0)));
  return REDUCTIONS[node.opType]?.(takeAlong(run, input, indexAt(dims, from), stretches)) ?? null;
};
