import { type BlurEdges, gaussianBlur } from "../blur/gaussian-blur.ts";
import type { PictureLayout } from "../picture-layout.ts";
import type { Numbers, PictureSize } from "./numbers-of.ts";

/**
 * A picture blurred as scikit-image's `resize` does before it makes it smaller: along each side by half of what one pixel
 * takes in beyond itself. A side that doesn't get shorter stays as it is.
 */
export function againstAliasing<T extends Numbers>(
  values: T,
  layout: PictureLayout,
  { height, width }: PictureSize,
  edges: BlurEdges,
): Numbers {
  const down = Math.max(0, (layout.height / height - 1) / 2);
  const across = Math.max(0, (layout.width / width - 1) / 2);
  if (down === 0 && across === 0) return values;
  // One side after the other: SciPy rounds to the picture's own type in between.
  const blurred: Numbers = gaussianBlur<Numbers>(values, layout, [down, 0], edges);
  return gaussianBlur<Numbers>(blurred, layout, [0, across], edges);
}
