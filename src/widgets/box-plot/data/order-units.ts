import type { UnitTable } from "../../../compute/statistics/one-way/unit-table.ts";

export const unitColumns = ["unit", "effect", "q"] as const;
/** What a list of units is sorted by. */
export type UnitColumn = (typeof unitColumns)[number];

export interface UnitOrder {
  readonly column: UnitColumn;
  readonly isDescending: boolean;
}

/** The best unit first. */
export const bestFirst: UnitOrder = { column: "q", isDescending: false };

/** How a column is sorted when it is first asked for: large effects are looked for, small numbers and probabilities. */
export function firstOrder(column: UnitColumn): UnitOrder {
  return { column, isDescending: column === "effect" };
}

/**
 * Units in an order; those without a statistic last whichever way they are sorted, except by number. Sorted by `q`
 * they have the order of the ranking, which tells apart what q does not.
 */
export function orderUnits({ ranking, etaSquared, statistic }: UnitTable, order: UnitOrder): Int32Array<ArrayBuffer> {
  const { column, isDescending } = order;
  const sign = isDescending ? -1 : 1;
  if (column === "unit") return ranking.slice().sort((a, b) => sign * (a - b));
  const hasOne = (unit: number): boolean => !Number.isNaN(statistic[unit]);
  const found = ranking.filter(hasOne);
  if (column === "effect") found.sort((a, b) => sign * ((etaSquared[a] ?? 0) - (etaSquared[b] ?? 0)) || a - b);
  else if (isDescending) found.reverse();
  const units = new Int32Array(ranking.length);
  units.set(found);
  units.set(
    ranking.filter((unit) => !hasOne(unit)),
    found.length,
  );
  return units;
}

/** Units whose number is, or begins with, what was typed, or whose name has it in it; the order stays. */
export function findUnits(
  units: Int32Array<ArrayBuffer>,
  query: string,
  names: readonly string[] | null,
): Int32Array<ArrayBuffer> {
  const wanted = query
    .trim()
    .toLowerCase()
    .replace(/^unit\s*/, "");
  if (wanted === "") return units;
  // Numbers are written with commas in texts.
  const number = wanted.replaceAll(",", "");
  const found = units.filter(
    (unit) =>
      (number !== "" && String(unit).startsWith(number)) || names?.[unit]?.toLowerCase().includes(wanted) === true,
  );
  // The unit of just this number comes first: "3" finds 3, then 30.
  const exact = found.indexOf(Number(number));
  if (exact > 0 && String(found[exact]) === number) {
    const unit = found[exact] ?? 0;
    found.copyWithin(1, 0, exact);
    found[0] = unit;
  }
  return found;
}
