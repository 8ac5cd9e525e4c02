import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { Normalize } from "../../../compute/feature-maps/stretch.ts";
import type { FigurePixels } from "../../export/figure.ts";
import { levelPixels } from "../detail/color-levels.ts";
import { scaleLevels } from "../plot/scale-levels.ts";
import { levelsOf } from "../view/grid-look.ts";

/** A channel in colour, pixel for pixel; shrunk where its longer side has more than `most` pixels. */
export function channelPixels(
  layer: MapLayer,
  channel: number,
  { normalize, colors, most }: { readonly normalize: Normalize; readonly colors: Uint8Array; readonly most: number },
): FigurePixels {
  const { height, width } = layer;
  const levels = levelsOf(layer, channel, normalize);
  const zoom = most / Math.max(height, width);
  if (zoom >= 1) return { data: levelPixels(levels, colors), height, width };
  const to = { height: Math.max(1, Math.round(height * zoom)), width: Math.max(1, Math.round(width * zoom)) };
  const shrunk = new Uint8Array(to.height * to.width);
  scaleLevels(levels, { height, width }, shrunk, to);
  return { data: levelPixels(shrunk, colors), ...to };
}
