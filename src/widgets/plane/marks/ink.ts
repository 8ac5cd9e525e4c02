import type { Scheme } from "../../theme/tokens.ts";

/** The ink of a lone mark, at least. */
export const LEAST_FLOOR: Readonly<Record<Scheme, number>> = { light: 0.55, dark: 0.7 };

/** How marks that lie on one another become ink: `dense` is the count at which ink is full, `floor` a lone mark's. */
export interface Tone {
  readonly dense: number;
  readonly floor: number;
}

/** @param dense 99th percentile of the count over inked pixels. */
export function toneOf(dense: number, scheme: Scheme): Tone {
  const count = Math.max(1, dense);
  return { dense: count, floor: Math.max(LEAST_FLOOR[scheme], 1 - Math.log2(count) / 10) };
}

/**
 * Opacity of a pixel where `count` marks lie: a lone mark stays visible, a dense core keeps its structure, because ink
 * grows with the logarithm of the count. Below one mark (its soft edge) ink is in proportion.
 */
export function ink(count: number, { dense, floor }: Tone): number {
  if (count < 1) return floor * count;
  if (count >= dense) return 1;
  return floor + ((1 - floor) * Math.log(count)) / Math.log(dense);
}

/** 0 for a lone mark, 1 where ink is full: the place on the scale where density is the colour. */
export function density(count: number, { dense }: Tone): number {
  if (count <= 1) return 0;
  return count >= dense ? 1 : Math.log(count) / Math.log(dense);
}
