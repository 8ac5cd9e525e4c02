/** Keys' cubic convolution (1981); `a` is the slope at 1. */
function cubic(distance: number, a: number): number {
  const x = Math.abs(distance);
  if (x < 1) return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0;
}

const triangle = (distance: number) => Math.max(0, 1 - Math.abs(distance));

/**
 * What each pixel of a row counts in each pixel of the row in its other length, as PyTorch's `interpolate` weighs them
 * (`upsample_bicubic2d` and, where shrinking is smoothed, `_upsample_bilinear2d_aa` and `_upsample_bicubic2d_aa`).
 *
 * @returns Row-major, (to, from).
 */
export function resizeWeights(
  from: number,
  to: number,
  how: "bilinear" | "bicubic",
  antialias: boolean,
): Float32Array<ArrayBuffer> {
  const weights = new Float32Array(to * from);
  const step = from / to;
  // Smoothed, the filter widens with the step, and its cubic is another.
  const widen = antialias ? Math.max(step, 1) : 1;
  const reach = (how === "bicubic" ? 2 : 1) * widen;
  const slope = antialias ? -0.5 : -0.75;
  const filter = how === "bicubic" ? (distance: number) => cubic(distance, slope) : triangle;
  for (let row = 0; row < to; row++) {
    const center = (row + 0.5) * step;
    const first = Math.floor(center - reach + 0.5);
    const past = Math.floor(center + reach + 0.5);
    const taps = Array.from({ length: past - first }, (_, tap) => {
      const inside = first + tap >= 0 && first + tap < from;
      return antialias && !inside ? 0 : filter((first + tap + 0.5 - center) / widen);
    });
    const total = taps.reduce((sum, tap) => sum + tap, 0);
    for (const [tap, weight] of taps.entries()) {
      // Unsmoothed, what lies outside is the pixel at the border.
      const source = Math.min(from - 1, Math.max(0, first + tap));
      const at = row * from + source;
      weights[at] = (weights[at] ?? 0) + weight / total;
    }
  }
  return weights;
}
