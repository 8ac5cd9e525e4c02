import { integersOf } from "../../../model/layers/attribute-values.ts";
import { countsPadding, type SlidingSide, slidingSides } from "../../../model/layers/sliding-sides.ts";
import { atFirstInput } from "../at-first-input.ts";
import { unmix } from "./mix-along.ts";
import { coveredPlaces, type PooledSide, pooledMixtures } from "./pooled-mixtures.ts";

/**
 * AveragePool: what a window covers gets equal parts of its gradient. A window's count is the product of its sides' counts,
 * padding counted or not, so that the parts are mixed along one axis after the other.
 */
export const averagePool = atFirstInput(({ node, back, gradient, data, output }) => {
  const counts = countsPadding(node);
  const sizes = back.shape(data).slice(2);
  const pooled = back.shape(output);
  const sides = slidingSides(node, integersOf(node, "kernel_shape") ?? [], sizes);
  const share = (side: PooledSide, place: number) =>
    1 / (counts ? padded(side, place) : coveredPlaces(side, place).length);
  return unmix(back, gradient, pooled, pooledMixtures(sides, sizes, pooled.slice(2), share));
});

/** How many places of a window lie within the padded side: with `ceil_mode` the last one may reach past it. */
function padded(
  { stride, before, behind, dilation, kernel, size }: SlidingSide & { size: number },
  place: number,
): number {
  const left = size + behind - (place * stride - before);
  return Math.min(kernel, Math.ceil(left / dilation));
}
