/**
 * The error function erf(x), to 1.2e-7 of 1 - erf(x) (Press et al., Numerical Recipes, 2nd edition, section 6.2, `erfcc`).
 */
export function errorFunction(x: number): number {
  const size = Math.abs(x);
  const t = 1 / (1 + size / 2);
  let series = 0;
  for (const coefficient of COEFFICIENTS) series = series * t + coefficient;
  const rest = t * Math.exp(-size * size + series);
  return x >= 0 ? 1 - rest : rest - 1;
}

/** The highest power first. */
const COEFFICIENTS = [
  0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
  -1.26551223,
];
