/**
 * x log(x / expected) - x + expected for x, expected > 0: never negative, and exact also where the two are so close
 * that the terms would cancel each other (C. Loader, 2000).
 *
 * @param difference x - expected, which callers know with more digits than the subtraction would leave.
 */
export function deviance(x: number, expected: number, difference: number): number {
  if (!(Math.abs(difference) < 0.1 * (x + expected))) return x * Math.log(x / expected) - difference;
  const ratio = difference / (x + expected);
  const square = ratio * ratio;
  let sum = difference * ratio;
  let power = 2 * x * ratio;
  for (let odd = 3; ; odd += 2) {
    power *= square;
    const next = sum + power / odd;
    if (next === sum) return sum;
    sum = next;
  }
}
