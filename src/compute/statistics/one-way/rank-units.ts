import type { Tested } from "./group-moments.ts";

/**
 * Units, best first: by p ascending, ties (p 0 among them) by statistic descending, then by number; those without a
 * statistic last, by number.
 */
export function rankUnits({ statistic, logP }: Pick<Tested, "statistic" | "logP">): Int32Array<ArrayBuffer> {
  const orderOf = (unit: number): readonly [number, number] => {
    const value = statistic[unit] ?? Number.NaN;
    return Number.isNaN(value) ? [Number.POSITIVE_INFINITY, 0] : [logP[unit] ?? 0, -value];
  };
  const compare = (a: number, b: number): number => {
    const [[pOfA, valueOfA], [pOfB, valueOfB]] = [orderOf(a), orderOf(b)];
    if (pOfA !== pOfB) return pOfA < pOfB ? -1 : 1;
    if (valueOfA !== valueOfB) return valueOfA < valueOfB ? -1 : 1;
    return a - b;
  };
  return Int32Array.from(statistic.keys()).sort(compare);
}
