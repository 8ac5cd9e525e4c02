import type { GroupMoments } from "./group-moments.ts";
import type { FRatio } from "./test-units.ts";

/**
 * F of means that need not have equal variances; f is NaN where a group's variance is 0 or not known, as its weight is then.
 *
 * Source: B. L. Welch, "On the comparison of several mean values: an alternative approach", Biometrika 38, 1951.
 */
export function welchF({ groups, units, sizes, means, squares }: GroupMoments, unit: number): FRatio {
  const compared: { readonly size: number; readonly mean: number; readonly weight: number }[] = [];
  for (let group = 0; group < groups; group++) {
    const size = sizes[group] ?? 0;
    const place = group * units + unit;
    if (size > 0) compared.push({ size, mean: means[place] ?? 0, weight: (size * (size - 1)) / (squares[place] ?? 0) });
  }
  const first = compared[0]?.mean ?? 0;
  const total = compared.reduce((sum, { weight }) => sum + weight, 0);
  const grand = compared.reduce((sum, { weight, mean }) => sum + weight * (mean - first), 0) / total;
  const spread = compared.reduce((sum, { weight, mean }) => sum + weight * (mean - first - grand) ** 2, 0);
  const unsure = compared.reduce((sum, { size, weight }) => sum + (1 - weight / total) ** 2 / (size - 1), 0);
  const [between, pairs] = [compared.length - 1, compared.length ** 2 - 1];
  const correction = 1 + (2 * (compared.length - 2) * unsure) / pairs;
  return { f: spread / between / correction, between, within: pairs / (3 * unsure) };
}
