const SAMPLES = 300;
const MOST_STEPS = 200;

/** The curve 1 / (1 + a d^(2b)) that says how near two marks must be for a membership strength. */
export interface Curve {
  readonly a: number;
  readonly b: number;
}

/**
 * Fit a and b to "1 up to minDist, then falling as exp(-(d - minDist) / spread)" on 300 points up to 3 spreads, by
 * least squares (Levenberg-Marquardt) from a = b = 1: umap-learn's find_ab_params. Seven digits are kept, so that
 * engines whose exponential differs in the last bit still draw the same map.
 */
export function fitCurve(spread: number, minDist: number): Curve {
  const x = Float64Array.from({ length: SAMPLES }, (_, sample) => (3 * spread * sample) / (SAMPLES - 1));
  const y = x.map((d) => (d < minDist ? 1 : Math.exp(-(d - minDist) / spread)));
  let a = 1;
  let b = 1;
  let damping = 1e-3;
  let error = squaredError(x, y, a, b);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { aa, ab, bb, ga, gb } = normalEquations(x, y, a, b);
    const daa = aa * (1 + damping);
    const dbb = bb * (1 + damping);
    const determinant = daa * dbb - ab * ab;
    const stepA = (dbb * ga - ab * gb) / determinant;
    const stepB = (daa * gb - ab * ga) / determinant;
    const next = squaredError(x, y, a + stepA, b + stepB);
    if (!(next <= error)) {
      damping *= 8;
      if (damping > 1e12) break;
      continue;
    }
    const settled = Math.abs(stepA) < 1e-12 * Math.abs(a) && Math.abs(stepB) < 1e-12 * Math.abs(b);
    a += stepA;
    b += stepB;
    error = next;
    damping /= 8;
    if (settled) break;
  }
  return { a: Number(a.toPrecision(7)), b: Number(b.toPrecision(7)) };
}

function squaredError(x: Float64Array, y: Float64Array, a: number, b: number): number {
  if (!(a > 0)) return Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let sample = 0; sample < x.length; sample++)
    sum += (1 / (1 + a * (x[sample] ?? 0) ** (2 * b)) - (y[sample] ?? 0)) ** 2;
  return sum;
}

function normalEquations(x: Float64Array, y: Float64Array, a: number, b: number) {
  let [aa, ab, bb, ga, gb] = [0, 0, 0, 0, 0];
  for (let sample = 1; sample < x.length; sample++) {
    const d = x[sample] ?? 0;
    const power = d ** (2 * b);
    const value = 1 / (1 + a * power);
    const rest = (y[sample] ?? 0) - value;
    const byA = -power * value * value;
    const byB = 2 * a * Math.log(d) * byA;
    aa += byA * byA;
    ab += byA * byB;
    bb += byB * byB;
    ga += byA * rest;
    gb += byB * rest;
  }
  return { aa, ab, bb, ga, gb };
}
