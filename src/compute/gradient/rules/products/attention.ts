import { TENSOR_TYPES } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { keepWhere, minus, plus, times, where } from "../../emit/arithmetic.ts";
import { slice } from "../../emit/part.ts";
import { reduceSum, unbroadcast } from "../../emit/reduction.ts";
import { reshapeTo, transpose } from "../../emit/shape.ts";
import { type GradientRule, unknownForm } from "../../rule.ts";
import { type AttentionForm, attentionForm } from "./attention-form.ts";

/** What a masked score is: lower than any other, and no infinity even twice, of which differences are no numbers. */
const MASKED = -1.5e38;
/** Heads in front of places, and back: its own inverse. */
const HEADS_FIRST = [0, 2, 1, 3];
const TURNED = [0, 1, 3, 2];

/**
 * Attention of opset 23, y = softmax(cap(scale q kᵀ) + mask) v: its parts are computed once more, since the operator keeps
 * none of them. Heads that share keys and values stand one behind the other as one head with more queries, so nothing is
 * repeated.
 *
 * The softmax' part is dp p - p (Σ dy y), a sum over the values' width where Σ dp p would be one over all keys (Dao et
 * al., FlashAttention, appendix B).
 */
export const attention: GradientRule = (node, back) => {
  const [query = "", key = "", value = "", mask = "", pastKey = "", pastValue = ""] = node.inputs;
  const [output = "", presentKey = "", presentValue = "", scores = ""] = node.outputs;
  if (scores !== "" && back.gradientOf(scores) !== null) throw unknownForm(node, "of which the scores are used");
  const dy = back.gradientOf(output);
  const form = attentionForm(node, back);
  const gradients =
    dy === null ? null : gradientsOf(back, form, { dy, y: output, query, key, value, mask, pastKey, pastValue });
  if (gradients) back.give(query, likeInput(back, gradients.query, query));
  giveWithPast(back, form, { now: key, past: pastKey, present: presentKey, gradient: gradients?.key ?? null });
  giveWithPast(back, form, { now: value, past: pastValue, present: presentValue, gradient: gradients?.value ?? null });
  if (gradients && back.needs(mask)) {
    const { batch, heads, queries, keys } = form;
    back.give(mask, unbroadcast(back, gradients.mask, [batch, heads, queries, keys], back.shape(mask)));
  }
};

interface AttentionTensors {
  readonly dy: string;
  readonly y: string;
  readonly query: string;
  readonly key: string;
  readonly value: string;
  readonly mask: string;
  readonly pastKey: string;
  readonly pastValue: string;
}

/** Of all inputs, each batch x heads x places x width and the keys' and values' with the cache in front. */
function gradientsOf(back: Backward, form: AttentionForm, tensors: AttentionTensors) {
  const { batch, heads, sharedHeads, queries, keys, width, valueWidth, scale, softcap } = form;
  const inGroups = (tensor: string, columns: number) =>
    heads === sharedHeads
      ? tensor
      : reshapeTo(back, tensor, [batch, sharedHeads, (heads / sharedHeads) * queries, columns]);
  const inHeads = (tensor: string, columns: number) =>
    heads === sharedHeads ? tensor : reshapeTo(back, tensor, [batch, heads, queries, columns]);

  const q = times(back, inGroups(headsFirst(back, tensors.query, heads), width), back.number(scale));
  const k = withPast(back, headsFirst(back, tensors.key, sharedHeads), tensors.pastKey);
  const v = withPast(back, headsFirst(back, tensors.value, sharedHeads), tensors.pastValue);
  const raw = inHeads(back.emit("MatMul", [q, transpose(back, k, TURNED)]), keys);
  const bent = softcap === 0 ? "" : back.emit("Tanh", [times(back, raw, back.number(1 / softcap))]);
  const capped = softcap === 0 ? raw : times(back, bent, back.number(softcap));
  const shares = back.emit("Softmax", [masked(back, capped, tensors.mask, form)], { axis: -1 });
  // A query that sees nothing has an answer of zeros, not the mean of all.
  const p = hides(back, tensors.mask) ? keepWhere(back, tensors.mask, shares) : shares;

  const dy = inGroups(gradientHeadsFirst(back, tensors.dy, tensors.y, form), valueWidth);
  const dv = back.emit("MatMul", [transpose(back, inGroups(p, keys), TURNED), dy]);
  const dp = inHeads(back.emit("MatMul", [dy, transpose(back, v, TURNED)]), keys);
  const dScores = times(back, p, minus(back, dp, gradientTimesAnswer(back, tensors, form)));
  const slope = () => minus(back, back.number(1), times(back, bent, bent));
  const dRaw = inGroups(softcap === 0 ? dScores : times(back, dScores, slope()), keys);
  const dq = times(back, back.emit("MatMul", [dRaw, k]), back.number(scale));
  return {
    query: inHeads(dq, width),
    key: back.emit("MatMul", [transpose(back, dRaw, TURNED), q]),
    value: dv,
    mask: dScores,
  };
}

/** From batch x places x (heads x width), or as it is with four axes. */
function headsFirst(back: Backward, name: string, heads: number): string {
  const dims = back.shape(name);
  const [batch = 1, places = 1, all = 1] = dims;
  if (dims.length === 4) return back.read(name);
  return transpose(back, reshapeTo(back, back.read(name), [batch, places, heads, all / heads]), HEADS_FIRST);
}

function gradientHeadsFirst(back: Backward, dy: string, y: string, form: AttentionForm): string {
  const { batch, heads, queries, valueWidth } = form;
  if (back.shape(y).length === 4) return dy;
  return transpose(back, reshapeTo(back, dy, [batch, queries, heads, valueWidth]), HEADS_FIRST);
}

/** Σ dy y over the values' width: batch x heads x queries x 1. */
function gradientTimesAnswer(back: Backward, { dy, y }: AttentionTensors, form: AttentionForm): string {
  const { batch, heads, queries, valueWidth } = form;
  const product = times(back, dy, back.read(y));
  if (back.shape(y).length === 4) return reduceSum(back, product, [3]);
  const sums = reduceSum(back, reshapeTo(back, product, [batch, queries, heads, valueWidth]), [3]);
  return transpose(back, sums, HEADS_FIRST);
}

function withPast(back: Backward, tensor: string, past: string): string {
  return past === "" ? tensor : back.emit("Concat", [back.read(past), tensor], { axis: 2 });
}

/** Whether a mask says what is seen; else it is added. */
function hides(back: Backward, mask: string): boolean {
  return mask !== "" && back.type(mask) === TENSOR_TYPES.bool;
}

/** Scores with what is added to them, and with the lowest number where a key is not to be seen. */
function masked(
  back: Backward,
  scores: string,
  mask: string,
  { isCausal, queries, keys, past }: AttentionForm,
): string {
  let all = scores;
  if (hides(back, mask)) all = where(back, mask, all, back.number(MASKED));
  else if (mask !== "") all = plus(back, all, back.read(mask));
  if (!isCausal) return all;
  const hidden = Float32Array.from({ length: queries * keys }, (_, index) =>
    index % keys > Math.floor(index / keys) + past ? MASKED : 0,
  );
  return plus(back, all, back.floats([queries, keys], hidden));
}

/** A gradient of batch x heads x places x width in the input's own form. */
function likeInput(back: Backward, gradient: string, input: string): string {
  const dims = back.shape(input);
  return dims.length === 4 ? gradient : reshapeTo(back, transpose(back, gradient, HEADS_FIRST), dims);
}

/** The keys' or the values' gradient, and that of the cache with them in it, to where its parts came from. */
function giveWithPast(
  back: Backward,
  form: AttentionForm,
  { now, past, present, gradient }: { now: string; past: string; present: string; gradient: string | null },
): void {
  const kept = present === "" ? null : back.gradientOf(present);
  const all = gradient !== null && kept !== null ? plus(back, gradient, kept) : (gradient ?? kept);
  if (all === null) return;
  if (past === "") back.give(now, likeInput(back, all, now));
  else {
    back.give(past, slice(back, all, [0], [form.past], [2]));
    back.give(now, likeInput(back, slice(back, all, [form.past], [form.keys], [2]), now));
  }
}
