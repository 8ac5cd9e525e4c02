import { layerTotals } from "../../compute/model/layers/layer-totals.ts";
import { version } from "../../version.ts";
import { formatCounted } from "../theme/numbers.ts";
import type { ShownModel } from "./data/shown-model.ts";

/** The sentence that goes under a figure and into every file. */
export function caption(shown: ShownModel | null): string {
  if (!shown) return "";
  const { facts, layers } = shown;
  const { parameters, trainable, multiplyAdds, unknown } = layerTotals(layers);
  const counted = [
    formatCounted(parameters, "parameter"),
    ...(trainable < parameters ? [`of them ${formatCounted(trainable, "trainable", "trainable")}`] : []),
    ...(unknown === 0 ? [`${formatCounted(multiplyAdds, "multiply-add")} a picture`] : []),
  ];
  const from = facts.version ? `${facts.name} (${facts.version})` : facts.name;
  return `Layers of ${from}: ${formatCounted(layers.length, "layer")}, ${counted.join(", ")} (layerscope ${version}).`;
}
