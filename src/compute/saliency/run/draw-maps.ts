import type { Attribution, PartialAttribution } from "../attribution.ts";
import { grayscale, grayscaleTogether, type NormalizedMap, normalizeXrai } from "../normalize-map.ts";
import type { SaliencyMethod } from "../saliency-method.ts";
import type { SaliencyMap } from "./saliency-request.ts";

const isXrai = (method: SaliencyMethod) => method === "xrai" || method === "xrai_fast";

/** Maps as Slideflow draws them, those of several pictures on one scale but for XRAI's; and what is to be said of them. */
export function drawMaps(
  method: SaliencyMethod,
  attributions: readonly Attribution[],
  raw: boolean,
): { readonly maps: readonly SaliencyMap[]; readonly notes: readonly string[] } {
  const drawn = isXrai(method)
    ? attributions.map((attribution) => normalizeXrai(attribution))
    : grayscaleTogether(attributions);
  const maps = attributions.map(({ values, shape, score, baselineScore, completeness }, row): SaliencyMap => {
    const { values: map = new Float32Array(), height = 0, width = 0 } = drawn[row] ?? {};
    return {
      values: map,
      height,
      width,
      raw: raw ? { values, shape } : null,
      score,
      ...(baselineScore !== undefined && { baselineScore }),
      ...(completeness && { completeness }),
    };
  });
  const notes = drawn.flatMap(({ note }, row) => {
    if (note === null) return [];
    return drawn.length > 1 ? [`Picture ${row}: ${note}`] : [note];
  });
  return { maps, notes };
}

/** A map as far as it is. */
export function drawPartial(method: SaliencyMethod, partial: PartialAttribution): NormalizedMap {
  return isXrai(method) ? normalizeXrai(partial) : grayscale(partial);
}
