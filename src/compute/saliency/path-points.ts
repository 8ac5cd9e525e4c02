import { gaussLegendre } from "./gauss-legendre.ts";

/** How an integral along a path becomes a sum. */
export type PathRule = "riemann" | "gausslegendre";

/** Where on the way from the baseline (0) to the picture (1) a gradient is taken, and how much it counts. */
export interface PathPoint {
  readonly alpha: number;
  readonly weight: number;
}

/**
 * The points of a rule. "riemann" is PAIR's: `steps` points from the baseline to the picture, both among them, each counted
 * 1 / `steps`; the sum misses the integral by something of the order of 1 / `steps`. "gausslegendre" is Captum's default,
 * which neither end is a point of.
 */
export function pathPoints(rule: PathRule, steps: number): readonly PathPoint[] {
  if (rule === "gausslegendre")
    return gaussLegendre(steps).map(({ node, weight }) => ({ alpha: (1 + node) / 2, weight: weight / 2 }));
  const last = steps - 1;
  return Array.from({ length: steps }, (_, place) => ({ alpha: last === 0 ? 0 : place / last, weight: 1 / steps }));
}
