import type { GroupedRows, Grouping } from "../../../src/compute/statistics/grouped-rows.ts";
import { normal, uniform } from "../compute/random.ts";

export interface RowsAsked {
  readonly rows: number;
  readonly units: number;
  readonly groups: number;
  /** 0: slides are not known. */
  readonly slides: number;
  readonly seed: number;
  /** How far the means of neighbouring groups lie apart, in standard deviations; unit 0 alone with a single number. */
  readonly effect?: number;
  /** Each slide in one group, as a patient has one diagnosis; else its rows are in any. */
  readonly slidesAreWhole?: boolean;
  /** Share of rows without a group, and without a slide. */
  readonly without?: number;
}

/** Normal values, unit 0 with an effect of the groups. */
export function unitRows(asked: RowsAsked): GroupedRows {
  const { rows, units, groups, slides, seed, effect = 0, slidesAreWhole = true, without = 0 } = asked;
  const [next, pick] = [normal(seed), uniform(seed + 1)];
  const slideCodes = new Int32Array(rows).map(() => (pick() < without ? -1 : Math.floor(pick() * slides)));
  const groupCodes = slideCodes.map((slide) => {
    if (pick() < without) return -1;
    return slidesAreWhole && slides > 0 && slide >= 0 ? slide % groups : Math.floor(pick() * groups);
  });
  const data = new Float32Array(rows * units).map((_, place) => {
    const shift = place % units === 0 ? effect * (groupCodes[Math.floor(place / units)] ?? 0) : 0;
    return next() + shift;
  });
  const known: Grouping = { codes: slideCodes, count: slides };
  return {
    values: { data, rows, columns: units },
    groups: { codes: groupCodes, count: groups },
    slides: slides > 0 ? known : null,
  };
}

/** One unit's values in one group, in the order of the rows. */
export function groupValues({ values, groups }: GroupedRows, unit: number, group: number): number[] {
  const found: number[] = [];
  groups.codes.forEach((code, row) => {
    if (code === group) found.push(values.data[row * values.columns + unit] ?? 0);
  });
  return found;
}
