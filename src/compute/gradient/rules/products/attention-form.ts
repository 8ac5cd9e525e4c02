import { numberOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { Backward } from "../../backward.ts";
import { unknownForm } from "../../rule.ts";

/** Sizes and settings of an Attention operator. */
export interface AttentionForm {
  readonly batch: number;
  /** Heads of the queries, and of the keys and values: each of these serves as many queries' heads as the quotient. */
  readonly heads: number;
  readonly sharedHeads: number;
  readonly queries: number;
  /** Keys and values in the cache, and those with it. */
  readonly past: number;
  readonly keys: number;
  /** Numbers of a query and of a value, a head. */
  readonly width: number;
  readonly valueWidth: number;
  readonly scale: number;
  /** 0 for none. */
  readonly softcap: number;
  readonly isCausal: boolean;
}

/** @throws ComputeError "input" for what is not known of the operator: unpadded lengths, a mask that is too short. */
export function attentionForm(node: OnnxNode, back: Backward): AttentionForm {
  const [query = "", key = "", value = "", mask = "", pastKey = "", , lengths = ""] = node.inputs;
  if (lengths !== "") throw unknownForm(node, "with lengths of its keys");
  const [q, k, v] = [back.shape(query), back.shape(key), back.shape(value)];
  const heads = q.length === 4 ? (q[1] ?? 1) : numberOf(node, "q_num_heads", 1);
  const sharedHeads = k.length === 4 ? (k[1] ?? 1) : numberOf(node, "kv_num_heads", 1);
  const past = pastKey === "" ? 0 : (back.shape(pastKey)[2] ?? 0);
  const width = (q.at(-1) ?? 1) / (q.length === 4 ? 1 : heads);
  const keys = past + (k.at(-2) ?? 1);
  if (mask !== "" && back.shape(mask).at(-1) !== keys)
    throw unknownForm(node, "with a mask of fewer keys than there are");
  return {
    batch: q[0] ?? 1,
    heads,
    sharedHeads,
    queries: q.at(-2) ?? 1,
    past,
    keys,
    width,
    valueWidth: (v.at(-1) ?? 1) / (v.length === 4 ? 1 : sharedHeads),
    scale: numberOf(node, "scale", 1 / Math.sqrt(width)),
    softcap: numberOf(node, "softcap", 0),
    isCausal: numberOf(node, "is_causal", 0) !== 0,
  };
}
