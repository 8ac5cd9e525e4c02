import { nodesHolding } from "./nodes-holding.ts";
import type { OnnxModel, OnnxNode } from "./onnx-model.ts";

/** Whose operators onnxruntime-web 1.30 has. */
const DOMAINS = new Set(["", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview.training"]);

/**
 * Operators that come from elsewhere: other runtimes' plugins, encrypted models, custom layers. Those of known domains
 * are the engine's to judge.
 *
 * @returns By the operator of the graph that is or holds it, one that is foreign.
 */
export function foreignOperators(model: OnnxModel): ReadonlyMap<OnnxNode, OnnxNode> {
  const local = new Set((model.functions ?? []).map(({ domain, name }) => `${domain}:${name}`));
  return nodesHolding(model, ({ domain, opType }) => !DOMAINS.has(domain) && !local.has(`${domain}:${opType}`));
}
