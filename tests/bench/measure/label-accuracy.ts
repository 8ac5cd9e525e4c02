import type { Matrix } from "../../../src/compute/matrix.ts";

const NEIGHBORS = 15;

/**
 * Share of the rows from `fitted` on whose label is the commonest among the 15 nearest of the rows before, in a map of
 * two dimensions.
 */
export function labelAccuracy({ data, rows }: Matrix, labels: Uint8Array, fitted: number): number {
  const squaredDistance = (a: number, b: number) =>
    ((data[2 * a] ?? 0) - (data[2 * b] ?? 0)) ** 2 + ((data[2 * a + 1] ?? 0) - (data[2 * b + 1] ?? 0)) ** 2;
  let right = 0;
  for (let row = fitted; row < rows; row++) {
    const nearest = Array.from({ length: fitted }, (_, other) => other)
      .sort((a, b) => squaredDistance(row, a) - squaredDistance(row, b))
      .slice(0, NEIGHBORS);
    const votes = new Map<number, number>();
    for (const near of nearest) votes.set(labels[near] ?? 0, (votes.get(labels[near] ?? 0) ?? 0) + 1);
    const [commonest] = [...votes].sort(([, a], [, b]) => b - a)[0] ?? [];
    if (commonest === labels[row]) right++;
  }
  return right / (rows - fitted);
}
