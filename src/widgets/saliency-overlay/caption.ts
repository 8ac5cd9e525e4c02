import { version } from "../../version.ts";
import { formatCounted } from "../theme/numbers.ts";
import type { ShownSaliency } from "./data/shown-saliency.ts";
import type { SaliencyOverlayProps } from "./props.ts";
import { isSlideflow } from "./scale-words.ts";

/** The sentence that goes under a figure and into every file. */
export function caption(
  shown: ShownSaliency | null,
  look: Pick<SaliencyOverlayProps, "percentile" | "colormap" | "under" | "blend">,
): string {
  if (!shown) return "";
  const { model, processor, columns, pictures } = shown;
  const whose = model ? `Saliency of ${model}` : "Saliency maps";
  const named =
    pictures.length > 2 ? formatCounted(pictures.length, "picture") : pictures.map(({ name }) => name).join(" and ");
  const methods = columns.map(({ name }) => name).join("; ");
  const scale = columns.every(({ method }) => method === null) ? "0 to 1" : `up to percentile ${look.percentile}`;
  const drawn = isSlideflow(look) ? "over the picture as Slideflow draws it" : `${scale}, ${look.colormap}`;
  const made = [processor, `layerscope ${version}`].filter(Boolean).join(", ");
  return `${whose} for ${named}: ${methods}, ${drawn} (${made}).`;
}
