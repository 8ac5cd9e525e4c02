import type { UnitTable } from "../../../compute/statistics/one-way/unit-table.ts";
import type { UnitTest } from "../../../compute/statistics/statistics-options.ts";
import { formatCounted, formatLogP, formatNumber } from "../../theme/numbers.ts";
import { unitName } from "./unit-name.ts";

/** Where q is above it, no difference is claimed. */
const CLAIMED = Math.log(0.05);

export interface SentenceParts {
  readonly unit: number;
  readonly names: readonly string[] | null;
  readonly table: UnitTable;
  /** Names of the table's groups; null: the selected rows, and the rest. */
  readonly classes: readonly string[] | null;
}

/** One sentence on one unit for a paper: how it differs, at which level, and how sure that is. */
export function unitSentence({ unit, names, table, classes }: SentenceParts): string {
  const named = unitName(unit, names);
  const subject = names?.[unit] ? named : named.replace("unit", "Unit");
  if (Number.isNaN(table.statistic[unit])) return `${subject} has no statistic: ${whyNone(unit, table)}.`;
  return `${subject} ${difference(unit, table, classes)} (${evidence(unit, table)}).`;
}

/** "slide level, F(2, 3) = 35.8, p = 0.008, q = 0.04, η² 0.96". */
function evidence(unit: number, table: UnitTable): string {
  const { level, statistic, logP, logQ, etaSquared } = table;
  const known = [
    `${level} level`,
    `${statisticName(table)} = ${formatNumber(statistic[unit] ?? Number.NaN)}`,
    `p = ${formatLogP(logP[unit] ?? 0)}`,
    `q = ${formatLogP(logQ[unit] ?? 0)}`,
    `η² ${formatEffect(etaSquared[unit] ?? Number.NaN)}`,
  ];
  return known.join(", ");
}

const letters: Readonly<Record<UnitTest, string>> = { anova: "F", welch: "Welch's F", kruskal: "H" };

/** "F(2, 3)": the test's letter, with the degrees of freedom where they are the same for all units. */
export function statisticName(table: Pick<UnitTable, "test" | "sizes">): string {
  const degrees = degreesOf(table);
  return degrees === "" ? letters[table.test] : `${letters[table.test]}(${degrees})`;
}

/** What the statistic is called, without its degrees of freedom. */
export function statisticLetter({ test }: Pick<UnitTable, "test">): string {
  return letters[test];
}

/** "2, 3": the degrees of freedom, their thousands without commas, which stand between the two; empty for Welch's, which every unit has of its own. */
export function degreesOf({ test, sizes }: Pick<UnitTable, "test" | "sizes">): string {
  const present = sizes.filter((size) => size > 0);
  const between = present.length - 1;
  const within = present.reduce((sum, size) => sum + size, 0) - present.length;
  if (test === "anova") return `${between}, ${within}`;
  return test === "kruskal" ? String(between) : "";
}

/** A share of the variance with two decimals: 0.96. */
export function formatEffect(effect: number): string {
  return Number.isFinite(effect) ? effect.toFixed(2).replace("-0.00", "0.00").replace("-", "−") : "";
}

/** Why a unit has no statistic, for the end of a sentence. */
export function whyNone(unit: number, { missing, sizes, level }: UnitTable): string {
  const lost = missing[unit] ?? 0;
  if (lost > 0) return `${formatCounted(lost, "value")} ${lost === 1 ? "is" : "are"} missing`;
  const groups = sizes.filter((size) => size > 0);
  if (groups.length < 2) return "there are no two groups to compare";
  if (groups.every((size) => size < 2)) return `every group is a single ${level}`;
  return "its values are constant";
}

function difference(unit: number, table: UnitTable, classes: readonly string[] | null): string {
  const isClear = (table.logQ[unit] ?? 0) < CLAIMED;
  const present = Array.from(table.sizes.keys()).filter((group) => (table.sizes[group] ?? 0) > 0);
  if (!isClear) {
    const between = classes
      ? `between ${formatCounted(present.length, "class", "classes")}`
      : "between selection and rest";
    return `shows no clear difference ${between}`;
  }
  const [first = 0, second = 1] = present;
  if (classes && present.length > 2) return `differs between ${formatCounted(present.length, "class", "classes")}`;
  const [higher, lower] = classes ? [classes[first] ?? "", classes[second] ?? ""] : ["the selection", "the rest"];
  const [a, b] = [first, second].map((group) => meanOf(unit, group, table)) as [number, number];
  return `is ${comparison(a, b, withinDeviation(unit, first, second, table))} in ${higher} than in ${lower}`;
}

/** "2.3 × higher" where both means are above 0 and that is to be seen, else "1.4 standard deviations higher". */
function comparison(a: number, b: number, deviation: number): string {
  const way = a >= b ? "higher" : "lower";
  const ratio = a > 0 && b > 0 ? formatRatio(Math.max(a, b) / Math.min(a, b)) : "1";
  if (ratio !== "1") return `${ratio} × ${way}`;
  const distance = Math.abs(a - b) / deviation;
  return Number.isFinite(distance) ? `${formatRatio(distance)} standard deviations ${way}` : way;
}

/** Two digits; a third where two would say that there is no difference. */
function formatRatio(ratio: number): string {
  return formatNumber(Number(ratio.toPrecision(ratio < 1.1 ? 3 : 2)));
}

function meanOf(unit: number, group: number, { means, missing }: UnitTable): number {
  return means[group * missing.length + unit] ?? Number.NaN;
}

/**
 * The standard deviation within two groups, from what they explain of the variance; NaN for ranks, which tell of no
 * variance.
 */
function withinDeviation(unit: number, first: number, second: number, table: UnitTable): number {
  const { sizes, etaSquared, test } = table;
  if (test === "kruskal") return Number.NaN;
  const explained = etaSquared[unit] ?? Number.NaN;
  const [n, m] = [sizes[first] ?? 0, sizes[second] ?? 0];
  const distance = meanOf(unit, first, table) - meanOf(unit, second, table);
  const between = ((n * m) / (n + m)) * distance ** 2;
  return Math.sqrt((between * (1 - explained)) / explained / (n + m - 2));
}
