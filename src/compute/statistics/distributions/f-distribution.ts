import { continuedFraction } from "./continued-fraction.ts";
import { deviance } from "./deviance.ts";
import { stirlingError } from "./stirling-error.ts";

/** Beyond it terms below would be too large for a number. */
const mostF = 1e280;

/**
 * Natural logarithm of the chance that F with these degrees of freedom is at least `f`: finite where the chance itself
 * is too small for a number (below 1e-308). Right to 12 digits of the chance for degrees of freedom from 1 to 1e7.
 *
 * The chance is the incomplete beta function I(x; a, b) at x = d₂ / (d₂ + d₁ f), a = d₂ / 2, b = d₁ / 2.
 *
 * @param between Degrees of freedom of the numerator, above 0; need not be whole (Welch's are not).
 * @param within Those of the denominator.
 */
export function logFSurvival(f: number, between: number, within: number): number {
  if (Number.isNaN(f)) return Number.NaN;
  if (f <= 0) return 0;
  if (f === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const bounded = Math.min(f, mostF);
  const ratio = bounded * (between / within);
  const [x, rest] = [1 / (1 + ratio), ratio < 1 ? ratio / (1 + ratio) : 1 / (1 + 1 / ratio)];
  const [a, b] = [within / 2, between / 2];
  // a - (a + b) x without its cancellation, which is worst where f is near 1.
  const surplus = b * (bounded - 1) * x;
  return surplus > 0
    ? logBetaTail(a, b, x, rest, surplus)
    : Math.log1p(-Math.exp(logBetaTail(b, a, rest, x, -surplus)));
}

/**
 * log I(x; a, b) for x at most a / (a + b), by the continued fraction of DiDonato and Morris (1992, formula 9).
 *
 * @param y 1 - x.
 * @param surplus a - (a + b) x.
 */
function logBetaTail(a: number, b: number, x: number, y: number, surplus: number): number {
  const fraction = continuedFraction((a * (surplus + 1)) / (a + 1), (n) => {
    const wide = a + 2 * n - 1;
    return [
      (((a + n - 1) * (a + b + n - 1) * n * (b - n)) / (wide * wide)) * x * x,
      n + (n * (b - n) * x) / wide + ((a + n) * (surplus + 1 + n * (1 + y))) / (wide + 2),
    ];
  });
  return logBetaDensity(a, b, x, y, surplus) - Math.log(fraction);
}

/** log(xᵃ yᵇ / B(a, b)), written as deviances: two positive terms that cannot cancel each other. */
function logBetaDensity(a: number, b: number, x: number, y: number, surplus: number): number {
  const total = a + b;
  return (
    0.5 * Math.log(((a / total) * b) / (2 * Math.PI)) +
    (stirlingError(total) - stirlingError(a) - stirlingError(b)) -
    deviance(a, total * x, surplus) -
    deviance(b, total * y, -surplus)
  );
}
