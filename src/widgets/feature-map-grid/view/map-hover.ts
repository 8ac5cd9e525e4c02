import { isDead } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { TooltipContent } from "../../chrome/tooltip.ts";
import { formatCount, formatNumber } from "../../theme/numbers.ts";
import type { PictureMaps } from "../data/shown-maps.ts";
import { pixelAt } from "../plot/map-fit.ts";
import type { MapPixel } from "../session.ts";
import type { PointedAt } from "./grid-pane.ts";

/** The pixel that is pointed at; by keys the one where the channel is largest. */
export function pointedPixel(layer: MapLayer, channel: number, { x, y }: PointedAt, cell: number): MapPixel {
  return x === null || y === null ? largestPixel(layer, channel) : pixelAt(layer, cell, { x, y });
}

/** What the tooltip says of a channel, and of the pixel under the pointer. */
export function mapTooltip(
  layer: MapLayer,
  channel: number,
  { row, column }: MapPixel,
  other: PictureMaps | null,
): TooltipContent {
  const { mean, maximum, zeros } = layer.statistics;
  const places = layer.height * layer.width;
  const valueAt = ({ data }: MapLayer) => formatNumber(data[channel * places + row * layer.width + column] ?? 0);
  const beside = other?.maps.layers.find(({ index }) => index === layer.index);
  const where = places > 1 ? `row ${formatCount(row)}, column ${formatCount(column)}` : "value";
  const notes = [
    ...(isDead(layer.statistics, channel, places) ? ["The same everywhere."] : []),
    ...(beside && other ? [`${other.name}: ${valueAt(beside)} ${places > 1 ? "there" : ""}`.trim()] : []),
  ];
  return {
    name: `${layer.name}, channel ${formatCount(channel)}`,
    notes,
    values: [
      { name: where, text: valueAt(layer) },
      { name: "mean", text: formatNumber(mean[channel] ?? 0) },
      { name: "maximum", text: formatNumber(maximum[channel] ?? 0) },
      { name: "zeros", text: `${formatNumber(Math.round((zeros[channel] ?? 0) * 1000) / 10)} %` },
    ],
  };
}

/** The same in a sentence, for those who walk by keys. */
export function mapSentence({ name, values = [], notes = [] }: TooltipContent): string {
  return [name, ...values.map(({ name: what, text }) => `${what} ${text}`), ...notes].join(", ");
}

function largestPixel({ data, height, width }: MapLayer, channel: number): MapPixel {
  const from = channel * height * width;
  let best = 0;
  for (let at = 1; at < height * width; at++) if ((data[from + at] ?? 0) > (data[from + best] ?? 0)) best = at;
  return { row: Math.floor(best / width), column: best % width };
}
