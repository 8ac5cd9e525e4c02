import type { Normalize } from "../../compute/feature-maps/stretch.ts";
import { version } from "../../version.ts";
import { formatCounted } from "../theme/numbers.ts";
import { countChannels, layersOf, picturesWords, type ShownMaps } from "./data/shown-maps.ts";
import type { FeatureMapGridProps } from "./props.ts";

const stretches: Readonly<Record<Normalize, string>> = {
  zscore: "each channel by its mean and deviation",
  minmax: "each channel from its least to its most",
  layer: "each layer from its least to its most",
  signed: "each layer about zero",
};

/** The sentence that goes under a figure and into every file. */
export function caption(
  shown: ShownMaps | null,
  { normalize, colormap }: Pick<FeatureMapGridProps, "normalize" | "colormap">,
): string {
  if (!shown) return "";
  const counted = `${formatCounted(layersOf(shown).length, "layer")}, ${formatCounted(countChannels(shown), "channel")}`;
  const drawn = `${stretches[normalize]}, ${normalize === "signed" ? "puor" : colormap}`;
  return `Feature maps of ${shown.model} for ${picturesWords(shown)}: ${counted}, ${drawn} (${shown.processor}, layerscope ${version}).`;
}
