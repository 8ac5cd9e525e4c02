import { layerTotals } from "../../../compute/model/layers/layer-totals.ts";
import { formatCount, formatCounted } from "../../theme/numbers.ts";
import type { ShownModel } from "../data/shown-model.ts";

const figures = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });

/** "lab.h5, Keras 2.15.0, 13.9 MB, 3,453,121 parameters, 236 million multiply-adds": what stands beside the title. */
export function modelSubtitle({ facts, layers, bytes }: ShownModel): string {
  const { parameters, multiplyAdds } = layerTotals(layers);
  const parts = [
    facts.name,
    facts.version,
    bytes > 0 ? sizeInWords(bytes) : "",
    formatCounted(parameters, "parameter"),
    multiplyAdds > 0 ? `${inWords(multiplyAdds)} multiply-adds` : "",
  ];
  return parts.filter(Boolean).join(", ");
}

/** "24 layers of lab.h5, 3,453,121 parameters": the table for those who don't see it. */
export function modelLabel(shown: ShownModel | null): string {
  if (!shown) return "No model is open";
  const { parameters } = layerTotals(shown.layers);
  return `${formatCounted(shown.layers.length, "layer")} of ${shown.facts.name}, ${formatCounted(parameters, "parameter")}`;
}

function inWords(count: number): string {
  if (count < 1e6) return formatCount(count);
  return count < 1e9 ? `${figures.format(count / 1e6)} million` : `${figures.format(count / 1e9)} billion`;
}

/** As operating systems have it: a megabyte is a million bytes. */
function sizeInWords(bytes: number): string {
  const [unit, size] = bytes < 1e6 ? ["kB", 1e3] : bytes < 1e9 ? ["MB", 1e6] : ["GB", 1e9];
  return `${figures.format(bytes / size)} ${unit}`;
}
