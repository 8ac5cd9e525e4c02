import { ComputeError } from "../../../errors.ts";
import { emitterOf } from "./emit/emitters.ts";
import type { ModelPlan, PlannedLayer } from "./plan/model-plan.ts";

/** How many names an error lists. */
const LISTED = 12;

/** @throws ComputeError "input" that names every layer that is not converted, before anything is. */
export function checkLayers(plan: ModelPlan): void {
  const unknown = new Map<string, string[]>();
  const quantized: string[] = [];
  visit(plan, (layer) => {
    if (isQuantized(layer.config)) quantized.push(`"${layer.name}"`);
    if (layer.model || (!layer.foreign && emitterOf(layer.className, layer.config))) return;
    unknown.set(layer.className, [...(unknown.get(layer.className) ?? []), `"${layer.name}"`]);
  });
  if (unknown.size > 0) {
    const named = [...unknown].map(([className, names]) => `${className} (${list(names)})`);
    throw new ComputeError(
      "input",
      `${unknown.size === 1 ? "A layer of this class is" : `Layers of these ${unknown.size} classes are`} not converted: ${list(named)}.`,
      'Export the model from Python with model.export(path, format="onnx").',
    );
  }
  checkMasks(plan);
  if (quantized.length > 0)
    throw new ComputeError(
      "input",
      `The model is quantised in ${quantized.length} of its layers: ${list(quantized)}.`,
      "Give the model as it was before it was quantised.",
    );
}

/** Layers that heed the mask of a padded sequence. */
const MASKED = new Set([
  "Attention",
  "GlobalAveragePooling1D",
  "GroupQueryAttention",
  "GroupedQueryAttention",
  "Maximum",
  "Minimum",
  "MultiHeadAttention",
  "Multiply",
  "Softmax",
  "TimeDistributed",
]);

/** Masks are not converted: where one could change an answer, the model is refused. */
function checkMasks(plan: ModelPlan): void {
  let mask = "";
  const heeding: string[] = [];
  visit(plan, ({ name, className, config }) => {
    if (className === "Embedding" && config.mask_zero === true) mask = name;
    if (MASKED.has(className)) heeding.push(`"${name}"`);
  });
  if (mask === "" || heeding.length === 0) return;
  throw new ComputeError(
    "input",
    `Layer "${mask}" masks zeros for the layers behind it (${list(heeding)}), which is not converted.`,
    'Export the model from Python with model.export(path, format="onnx").',
  );
}

function visit(plan: ModelPlan, see: (layer: PlannedLayer) => void): void {
  for (const layer of plan.layers) {
    see(layer);
    if (layer.model) visit(layer.model, see);
  }
}

function list(names: readonly string[]): string {
  const more = names.length - LISTED;
  return more > 0 ? `${names.slice(0, LISTED).join(", ")} and ${more} more` : names.join(", ");
}

function isQuantized({ dtype, quantization_config: quantization }: PlannedLayer["config"]): boolean {
  if (quantization !== undefined && quantization !== null) return true;
  return (
    typeof dtype === "object" && dtype !== null && "class_name" in dtype && dtype.class_name === "QuantizedDTypePolicy"
  );
}
