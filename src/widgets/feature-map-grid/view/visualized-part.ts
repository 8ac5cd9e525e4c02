import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { VisualizationAsked } from "../../../compute/feature-visualization/visualize-model.ts";
import type { PageModel } from "../../models/page-model.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { PictureMaps } from "../data/shown-maps.ts";
import type { MapPixel } from "../session.ts";
import type { ComparedAnswers } from "./excitement-words.ts";
import type { VisualizationChoice } from "./visualization-fields.ts";

/** The channel that is open, and the picture that it answers to. */
export interface OpenChannel {
  readonly layer: MapLayer;
  readonly channel: number;
  readonly picture: PictureMaps;
}

/** What is asked for where a reader has chosen so. @param pixel The one on show. */
export function askedOf(
  { layer, channel }: OpenChannel,
  { steps, seed, of }: VisualizationChoice,
  { row, column }: MapPixel,
  model: Pick<PageModel, "facts"> | null,
): VisualizationAsked {
  // Its name tells more than its tensor, which another layer may be named after; but it stands for the first answer.
  const isFirst = model?.facts.layers[layer.index]?.outputs[0]?.tensor === layer.tensor;
  const place = of === "pixel" ? { row, column } : {};
  return { target: { layer: isFirst ? layer.name : layer.tensor, channel, ...place }, options: { steps, seed } };
}

/** "conv2d, channel 7", or a pixel of it. */
export function partName({ layer, channel }: OpenChannel, { target }: VisualizationAsked): string {
  const place = "row" in target ? `, row ${target.row}, column ${target.column}` : "";
  return `${layer.name}, channel ${formatCount(channel)}${place}`;
}

/** What the same part answers to the picture on show. @param searched What the whole channel answers to all of them. */
export function comparedAnswers(
  { layer, channel, picture: { name } }: OpenChannel,
  { target }: VisualizationAsked,
  searched: ComparedAnswers["searched"],
): ComparedAnswers {
  const { mean, maximum } = layer.statistics;
  const places = layer.height * layer.width;
  if ("row" in target && target.row !== undefined) {
    const value = layer.data[channel * places + target.row * layer.width + (target.column ?? 0)] ?? Number.NaN;
    return { isOneNumber: true, picture: { name, mean: value, most: value }, searched: null };
  }
  const picture = { name, mean: mean[channel] ?? Number.NaN, most: maximum[channel] ?? Number.NaN };
  return { isOneNumber: places === 1, picture, searched };
}
