import { clippedMap } from "../../../compute/saliency/drawing/clip-map.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import { isSignedScale } from "../scale-words.ts";
import type { MapColumn, ShownMap } from "./shown-saliency.ts";

/**
 * What is drawn, read and saved of a map: `height * width` numbers from 0 to 1, up to the percentile. A map that was given is
 * taken as it is.
 */
export function mapValues(
  map: Pick<ShownMap, "strength" | "signed">,
  { method }: Pick<MapColumn, "method">,
  look: Pick<SaliencyOverlayProps, "percentile" | "colormap" | "under" | "blend">,
): Float32Array<ArrayBuffer> {
  if (method === null) return map.strength.map((value) => (value > 0 ? Math.min(1, value) : 0));
  return clippedMap(map, look.percentile, isSignedScale(look));
}
