import { ComputeError } from "../../errors.ts";
import { allOperators } from "./all-operators.ts";
import type { OnnxModel } from "./onnx-model.ts";

/** Whose operators onnxruntime-web 1.30 has. */
const DOMAINS = new Set(["", "ai.onnx.ml", "com.microsoft", "ai.onnx.preview.training"]);

/**
 * Refuse a model whose operators come from elsewhere: other runtimes' plugins, encrypted models, custom layers.
 * Operators of known domains are the engine's to judge.
 *
 * @throws ComputeError "input" that names them, with their domains.
 */
export function refuseForeignOperators(model: OnnxModel, name: string): void {
  const local = new Set((model.functions ?? []).map(({ domain, name: own }) => `${domain}:${own}`));
  const foreign = new Set<string>();
  for (const { domain, opType } of allOperators(model))
    if (!DOMAINS.has(domain) && !local.has(`${domain}:${opType}`)) foreign.add(`${opType} (${domain})`);
  if (foreign.size === 0) return;
  const shown = [...foreign].slice(0, 5).join(", ");
  const more = foreign.size > 5 ? ` and ${foreign.size - 5} more` : "";
  throw new ComputeError(
    "input",
    `${name} has operators that are neither ONNX' nor ONNX Runtime's: ${shown}${more}.`,
    "Export the model with standard operators.",
  );
}
