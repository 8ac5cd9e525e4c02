import type { GroupedRows } from "../../../compute/statistics/grouped-rows.ts";

/** The least finite value of a unit among the rows that are compared; NaN where that is not known. */
export type LeastOf = (unit: number) => number;

/** Of units whose values are at hand; each is looked through once. */
export function leastValues({ values: { data, rows, columns }, groups }: GroupedRows): LeastOf {
  const known = new Map<number, number>();
  const find: LeastOf = (unit) => {
    let least = Number.POSITIVE_INFINITY;
    for (let row = 0; row < rows; row++) {
      const value = data[row * columns + unit] ?? Number.NaN;
      if (value < least && Number.isFinite(value) && (groups.codes[row] ?? -1) >= 0) least = value;
    }
    return Number.isFinite(least) ? least : Number.NaN;
  };
  return (unit) => {
    const least = known.get(unit) ?? find(unit);
    known.set(unit, least);
    return least;
  };
}
