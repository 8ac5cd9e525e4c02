import type { Change, Changed } from "./changes/change.ts";
import { normalizationChange } from "./changes/normalization-change.ts";
import { pointwiseChange } from "./changes/pointwise-change.ts";
import type { LayerRun } from "./layer/layer-run.ts";
import { passedFrom, type TensorSpot } from "./layer/pass-through.ts";
import { placeAt } from "./layer/tensor-places.ts";
import { addUp, type MainStep, productWords, type TakeApart } from "./terms/main-step.ts";
import { takeOne } from "./terms/take-along.ts";
import { takeConvolution, takeTransposedConvolution } from "./terms/take-convolution.ts";
import { takeExtreme, takeScaled, takeSum } from "./terms/take-merge.ts";
import { takeAverage, takeGlobal, takeHighest } from "./terms/take-pooling.ts";
import { takeGemm, takeMatMul } from "./terms/take-product.ts";
import { takeReduction } from "./terms/take-reduction.ts";
import { takeResize } from "./terms/take-resize.ts";

/** What a number was made from, and what was done to it then; or the operator that is not taken apart. */
export type Account =
  | { readonly main: MainStep; readonly changes: readonly Change[] }
  | { readonly main: null; readonly opType: string };

const TAKERS: Readonly<Record<string, TakeApart>> = {
  Conv: takeConvolution,
  ConvTranspose: takeTransposedConvolution,
  MaxPool: takeHighest,
  AveragePool: takeAverage,
  GlobalMaxPool: takeGlobal,
  GlobalAveragePool: takeGlobal,
  ReduceMean: takeReduction,
  ReduceSum: takeReduction,
  ReduceMax: takeReduction,
  ReduceMin: takeReduction,
  Resize: takeResize,
  Upsample: takeResize,
  Gemm: takeGemm,
  MatMul: takeMatMul,
  Add: takeSum,
  Sub: takeSum,
  Sum: takeSum,
  Mean: takeSum,
  Mul: takeScaled,
  Div: takeScaled,
  Max: takeExtreme,
  Min: takeExtreme,
};

/** Go from a number of a layer's answer back through its operators, as far as each makes one number of one. */
export function accountFor(run: LayerRun, start: TensorSpot): Account {
  const { graph } = run;
  const changes: Change[] = [];
  let spot = start;
  let isJoined = false;
  for (let node = graph.maker(spot.tensor); node; node = graph.maker(spot.tensor)) {
    const passed = passedFrom(run, node, spot);
    if (passed && "filling" in passed) return { main: fillingStep(passed.filling), changes };
    const changed: Changed | null = passed
      ? { from: passed, changes: [] }
      : (normalizationChange(run, node, spot) ?? pointwiseChange(run, node, spot));
    if (!changed) {
      const isKnown = node.domain === "" && spot.tensor === node.outputs[0];
      const taker = isKnown ? TAKERS[node.opType] : undefined;
      const main = taker?.(run, node, placeAt(run.values(spot.tensor).dims, spot.index));
      return main ? withBias(main, changes) : { main: null, opType: node.opType };
    }
    if (node.opType === "Concat") isJoined = true;
    changes.unshift(...changed.changes);
    spot = changed.from;
  }
  return { main: handedOn(run, spot, isJoined, changes), changes };
}

/** What is added to a sum of products right away is its bias. */
function withBias(main: MainStep, changes: readonly Change[]): Account {
  const [first, ...others] = changes;
  const isProduct = main.kind === "convolution" || main.kind === "dense";
  if (!isProduct || main.bias !== null || !first || first.shift === null) return { main, changes };
  const sum = addUp(main.terms) + first.shift;
  const count = main.terms.reduce((all, { values }) => all + values.length, 0);
  return { main: { ...main, bias: first.shift, sum, words: productWords(count, true) }, changes: others };
}

function handedOn(run: LayerRun, spot: TensorSpot, isJoined: boolean, changes: readonly Change[]): MainStep {
  const terms = takeOne(run, spot.tensor, spot.index, 1);
  const { type } = run.graph.found.layer;
  const isNormalized = type.endsWith("Normalization") || changes.some(({ kind }) => kind === "normalization");
  const kind = isNormalized ? "normalization" : isJoined ? "merge" : "elementwise";
  return { kind, terms: [terms], bias: null, sum: addUp([terms]), words: `the value of ${terms.source} is` };
}

function fillingStep(value: number): MainStep {
  return { kind: "elementwise", terms: [], bias: null, sum: value, words: "what is put around or between is" };
}
