import { version } from "../../version.ts";
import { formatCounted } from "../theme/numbers.ts";
import type { ShownSaliency } from "./data/shown-saliency.ts";
import type { SaliencyOverlayProps } from "./props.ts";

/** The sentence that goes under a figure and into every file. */
export function caption(
  shown: ShownSaliency | null,
  { percentile, colormap, blend }: Pick<SaliencyOverlayProps, "percentile" | "colormap" | "blend">,
): string {
  if (!shown) return "";
  const { model, processor, columns, pictures } = shown;
  const whose = model ? `Saliency of ${model}` : "Saliency maps";
  const named =
    pictures.length > 2 ? formatCounted(pictures.length, "picture") : pictures.map(({ name }) => name).join(" and ");
  const methods = columns.map(({ name }) => name).join("; ");
  const drawn =
    blend === "slideflow" ? "over the picture as Slideflow draws it" : `up to percentile ${percentile}, ${colormap}`;
  const made = [processor, `layerscope ${version}`].filter(Boolean).join(", ");
  return `${whose} for ${named}: ${methods}, ${drawn} (${made}).`;
}
