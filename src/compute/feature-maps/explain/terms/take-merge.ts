import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import { passedFrom, type TensorSpot } from "../layer/pass-through.ts";
import { broadcastIndex, placeAt } from "../layer/tensor-places.ts";
import { addUp, type TakeApart } from "./main-step.ts";
import { pickValue } from "./pick-value.ts";
import { type OpenTerms, takeOne } from "./take-along.ts";

/** Numbers that are added up: of tensors, and constants. */
interface Added {
  readonly terms: OpenTerms[];
  constant: number;
}

/** Add, Sub, Sum and Mean of several tensors, also one after the other in the same layer. */
export const takeSum: TakeApart = (run, node, place) => {
  const added: Added = { terms: [], constant: 0 };
  addOperands(run, node, place, 1, added);
  const { terms, constant } = added;
  const bias = constant === 0 ? null : constant;
  const words = `the sum of ${terms.length} values is`;
  return { kind: "merge", terms, bias, sum: addUp(terms) + constant, words };
};

/** Max and Min of several tensors. */
export const takeExtreme: TakeApart = (run, node, place) => {
  const spots = node.inputs.map((name) => spotOf(run, name, place));
  const found: TensorSpot[] = [];
  for (const spot of spots) if (spot && "tensor" in spot) found.push(spot);
  if (found.length < spots.length) return null;
  const terms = found.flatMap((spot) => {
    const maker = run.graph.maker(spot.tensor);
    const inner = maker?.opType === node.opType ? takeExtreme(run, maker, placeOf(run, spot)) : null;
    return inner?.terms ?? [takeOne(run, spot.tensor, spot.index, 1)];
  });
  return pickValue(terms, node.opType === "Max" ? "highest" : "lowest", "merge");
};

/** Mul and Div of two tensors: the second's number is the first's weight, or divides it. */
export const takeScaled: TakeApart = (run, node, place) => {
  const [first, second] = node.inputs.map((name) => spotOf(run, name, place));
  if (!first || !second || !("tensor" in first) || !("tensor" in second)) return null;
  const other = run.values(second.tensor).at(second.index);
  const isProduct = node.opType === "Mul";
  const terms = takeOne(run, first.tensor, first.index, isProduct ? other : 1 / other);
  const words = `1 value ${isProduct ? "times" : "divided by"} that of ${run.graph.sourceOf(second.tensor)} is`;
  return { kind: "merge", terms: [terms], bias: null, sum: addUp([terms]), words };
};

const ADDITIONS = new Set(["Add", "Sub", "Sum", "Mean"]);

function addOperands(run: LayerRun, node: OnnxNode, place: readonly number[], weight: number, into: Added): void {
  const share = node.opType === "Mean" ? weight / node.inputs.length : weight;
  for (const [operand, name] of node.inputs.entries()) {
    const own = node.opType === "Sub" && operand === 1 ? -share : share;
    const spot = spotOf(run, name, place);
    if (!spot || "filling" in spot) {
      into.constant += own * (spot ? spot.filling : Number.NaN);
      continue;
    }
    const maker = run.graph.maker(spot.tensor);
    if (maker && ADDITIONS.has(maker.opType)) addOperands(run, maker, placeOf(run, spot), own, into);
    else into.terms.push(takeOne(run, spot.tensor, spot.index, own));
  }
}

/** Where the number comes from that an operand of this name has at a place of the answer; null where that isn't known. */
function spotOf(run: LayerRun, name: string, place: readonly number[]): ReturnType<typeof passedFrom> {
  if (!run.graph.isDependent(name)) {
    const constant = run.constant(name);
    return constant && { filling: constant.at(broadcastIndex(constant.dims, place)) };
  }
  let spot: TensorSpot = { tensor: name, index: broadcastIndex(run.values(name).dims, place) };
  for (let maker = run.graph.maker(name); maker; maker = run.graph.maker(spot.tensor)) {
    const passed = passedFrom(run, maker, spot);
    if (!passed) return spot;
    if ("filling" in passed) return passed;
    spot = passed;
  }
  return spot;
}

function placeOf(run: LayerRun, { tensor, index }: TensorSpot): number[] {
  return placeAt(run.values(tensor).dims, index);
}
