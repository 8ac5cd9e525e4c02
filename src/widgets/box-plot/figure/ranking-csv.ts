import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import { type CsvColumn, toCsv } from "../../export/to-csv.ts";

export interface RankingTable {
  readonly tables: UnitTables;
  /** Units, in the order of the lines. */
  readonly ranking: ArrayLike<number>;
  /** Names of the groups that were compared. */
  readonly groups: readonly string[];
  /** One a unit; null where they are called by their numbers. */
  readonly unitNames: readonly string[] | null;
}

/** A ranking as a table: a line a unit, best first, with what was found at the level of slides and of tiles. */
export function rankingCsv({ tables, ranking, groups, unitNames }: RankingTable): string {
  const units = Array.from(ranking);
  const { tile, slide } = tables;
  const levels = [...(slide ? [slide] : []), tile];
  const inOrder = (values: ArrayLike<number>, from = 0) => units.map((unit) => values[from + unit] ?? Number.NaN);
  const columns: readonly CsvColumn[] = [
    { name: "unit", values: units },
    ...(unitNames ? [{ name: "name", values: units.map((unit) => unitNames[unit] ?? "") }] : []),
    ...levels.flatMap((table) => levelColumns(table, groups, inOrder)),
    { name: "missing", values: inOrder(tile.missing) },
  ];
  return toCsv(columns, { safeForSpreadsheets: true });
}

type InOrder = (values: ArrayLike<number>, from?: number) => readonly number[];

function levelColumns(table: UnitTable, groups: readonly string[], inOrder: InOrder): readonly CsvColumn[] {
  const { level, test, statistic, p, logP, q, logQ, bonferroni, etaSquared, omegaSquared, permutationP, means } = table;
  const found = [
    [test === "kruskal" ? "h" : "f", statistic],
    ["p", p],
    ["log_p", logP],
    ["q", q],
    ["log_q", logQ],
    ["bonferroni", bonferroni],
    ["eta_squared", etaSquared],
    ["omega_squared", omegaSquared],
    ...(permutationP ? ([["permutation_p", permutationP]] as const) : []),
  ] as const;
  return [
    ...found.map(([name, values]) => ({ name: `${level}_${name}`, values: inOrder(values) })),
    ...groups.map((group, place) => ({
      name: `${level}_mean_${group}`,
      values: inOrder(means, place * statistic.length),
    })),
  ];
}
