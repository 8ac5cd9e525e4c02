/** How far a number is from what it should be, as a share of the latter; NaN, which no test passes, where it is NaN. */
export function relativeError(actual: number | undefined, expected: number): number {
  if (actual === expected) return 0;
  return Math.abs((actual ?? Number.NaN) - expected) / Math.abs(expected);
}
