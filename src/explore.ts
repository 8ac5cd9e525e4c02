import { type ExploreElement, makeExplore } from "./entries/explore.ts";
import type { ExploreInput } from "./entries/explore-input.ts";
import type { CallOptions } from "./entries/index.ts";
import { loadNpmPart as load, loadPageParts as loadPage } from "./entries/npm-parts.ts";

/**
 * Five linked widgets about a model and pictures in one line: map, mosaic, units, and the feature maps and the saliency of
 * the picture that is clicked. The model runs once for map, mosaic and units.
 *
 * @param input `model`, which `Model.load` has read, and `images`; `labels`, `names`, `slides`, one a picture; `layer`,
 * `height`, `title`. `docs/explore.md` has them all.
 */
export function explore(input: ExploreInput, { invalidation }: CallOptions = {}): ExploreElement {
  return makeExplore(input, { invalidation, load, loadPage });
}
