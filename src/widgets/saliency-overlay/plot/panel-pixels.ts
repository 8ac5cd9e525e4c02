import { colormapTable } from "../../../compute/saliency/drawing/colormap-tables.ts";
import { fitMap } from "../../../compute/saliency/drawing/fit-map.ts";
import { heatPixels } from "../../../compute/saliency/drawing/heat-pixels.ts";
import { overlayPixels, slideflowOverlay } from "../../../compute/saliency/drawing/overlay-pixels.ts";
import { topMask } from "../../../compute/saliency/drawing/top-mask.ts";
import type { InputPixels } from "../../models/input-pixels.ts";
import { mapValues } from "../data/map-values.ts";
import type { MapColumn, ShownMap } from "../data/shown-saliency.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { isSignedScale, isSlideflow } from "../scale-words.ts";

/** How maps are drawn. */
export type PanelLook = Pick<SaliencyOverlayProps, "colormap" | "under" | "blend" | "opacity" | "percentile" | "top">;

/** The colours that maps have: 256, red, green and blue after one another. */
export function panelColors(look: Pick<PanelLook, "colormap" | "under" | "blend">): Uint8Array<ArrayBuffer> {
  return colormapTable(isSlideflow(look) ? "oranges" : look.colormap);
}

/**
 * A map as it is seen: over its picture, or alone; of the most salient places only where so asked.
 *
 * @returns Red, green, blue and opacity of each of the picture's places.
 */
export function panelPixels(
  picture: InputPixels,
  map: ShownMap,
  column: Pick<MapColumn, "method">,
  look: PanelLook,
): Uint8ClampedArray<ArrayBuffer> {
  const values = fitMap(mapValues(map, column, look), map, picture);
  const mask = look.top === null ? null : topMask(fitMap(salienceOf(map, column, look), map, picture), look.top);
  const colors = panelColors(look);
  if (look.under === "nothing") return without(heatPixels(values, colors), mask);
  if (isSlideflow(look)) return only(slideflowOverlay(picture.data, values), mask, picture);
  return overlayPixels(picture.data, values, colors, look.opacity, { mask, isSigned: isSignedScale(look) });
}

/** How much each place matters, whatever the sign: a map that was given with one has its zero at 0.5. */
export function salienceOf(
  map: ShownMap,
  { method }: Pick<MapColumn, "method">,
  look: Pick<PanelLook, "colormap" | "under" | "blend">,
): Float32Array<ArrayBuffer> {
  if (method === null && isSignedScale(look)) return map.strength.map((value) => Math.abs(2 * value - 1));
  return map.strength;
}

/** Pixels of which those that are not among the most salient can't be seen. */
function without(pixels: Uint8ClampedArray<ArrayBuffer>, mask: Uint8Array | null): Uint8ClampedArray<ArrayBuffer> {
  for (const [place, isTop] of mask?.entries() ?? []) if (!isTop) pixels[place * 4 + 3] = 0;
  return pixels;
}

/** Pixels of which those that are not among the most salient are the picture's. */
function only(
  pixels: Uint8ClampedArray<ArrayBuffer>,
  mask: Uint8Array | null,
  { data }: InputPixels,
): Uint8ClampedArray<ArrayBuffer> {
  for (const [place, isTop] of mask?.entries() ?? [])
    if (!isTop) pixels.set(data.subarray(place * 4, place * 4 + 4), place * 4);
  return pixels;
}
