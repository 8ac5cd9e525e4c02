import type { SlidingSide } from "../../../model/layers/sliding-sides.ts";
import type { Mixture } from "./mix-along.ts";

/** A side of a pool's windows with the size of what they slide over. */
export type PooledSide = SlidingSide & { readonly size: number };

/**
 * What a pool that adds up does along each of its axes; none for those that it leaves as they are.
 *
 * @param sizes - Of what it slides over.
 * @param pooled - Number of windows along each side.
 * @param share - What each place within a window counts.
 */
export function pooledMixtures(
  sides: readonly SlidingSide[],
  sizes: readonly number[],
  pooled: readonly number[],
  share: (side: PooledSide, place: number) => number,
): readonly Mixture[] {
  return sides.flatMap((sliding, axis) => {
    const { kernel, stride, before, behind } = sliding;
    if (kernel === 1 && stride === 1 && before === 0 && behind === 0) return [];
    const side = { ...sliding, size: sizes[axis] ?? 1 };
    const to = pooled[axis] ?? 1;
    const shares = new Float32Array(to * side.size);
    for (let place = 0; place < to; place++)
      for (const covered of coveredPlaces(side, place)) shares[place * side.size + covered] = share(side, place);
    return [{ axis: axis + 2, from: side.size, to, shares }];
  });
}

/** Which places a window covers, padding left out. */
export function coveredPlaces(
  { kernel, stride, dilation, before, size }: PooledSide,
  place: number,
): readonly number[] {
  return Array.from({ length: kernel }, (_, at) => place * stride - before + at * dilation).filter(
    (covered) => covered >= 0 && covered < size,
  );
}
