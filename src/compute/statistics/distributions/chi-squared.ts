import { continuedFraction } from "./continued-fraction.ts";
import { deviance } from "./deviance.ts";
import { stirlingError } from "./stirling-error.ts";

/**
 * Natural logarithm of the chance that chi squared with these degrees of freedom is at least `x`: finite where the
 * chance itself is too small for a number. The chance is the incomplete gamma function Q(degrees / 2, x / 2).
 */
export function logChiSquaredSurvival(x: number, degrees: number): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const [a, half] = [degrees / 2, x / 2];
  const logDensity = 0.5 * Math.log(a / (2 * Math.PI)) - stirlingError(a) - deviance(a, half, a - half);
  if (half > a + 1) {
    const fraction = continuedFraction(half + 1 - a, (n) => [n * (a - n), half + 2 * n + 1 - a]);
    return logDensity - Math.log(fraction);
  }
  let [sum, term] = [1, 1];
  for (let n = a + 1; term > sum * Number.EPSILON; n++) {
    term *= half / n;
    sum += term;
  }
  return Math.log1p((-Math.exp(logDensity) * sum) / a);
}
