import type { FeatureVisualization } from "../../../compute/feature-visualization/visualize-model.ts";
import { version } from "../../../version.ts";
import { encodePng } from "../../export/encode-png.ts";
import { fileName } from "../../export/file-name.ts";
import { textChunk } from "../../export/png-chunks.ts";
import type { SavedFile } from "../../export/saved-file.ts";
import { formatCounted, formatNumber } from "../../theme/numbers.ts";

/** What a saved picture says of itself. */
export interface VisualizedPart {
  /** "conv2d, channel 7". */
  readonly name: string;
  readonly model: string;
  readonly seed: number;
}

/** A picture that was grown, pixel for pixel, as a PNG file that says how it was made. */
export async function visualizationFile(
  { pixels, activation, steps }: FeatureVisualization,
  { name, model, seed }: VisualizedPart,
): Promise<SavedFile> {
  const made = `${formatCounted(steps, "step")} of gradient ascent, seed ${seed}, layerscope ${version}`;
  const caption = `What excites ${name} of ${model} most: activation ${formatNumber(activation)} (${made}).`;
  const texts = [
    textChunk("Title", name),
    textChunk("Description", caption),
    textChunk("Software", `layerscope ${version}`),
  ];
  const bytes = await encodePng(pixels, texts);
  return { name: fileName("feature-visualization", "png"), type: "image/png", bytes };
}
