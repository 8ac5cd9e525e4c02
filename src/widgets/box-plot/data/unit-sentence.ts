import type { UnitTable } from "../../../compute/statistics/one-way/unit-table.ts";
import type { UnitTest } from "../../../compute/statistics/statistics-options.ts";
import { formatCounted, formatLogP, formatNumber } from "../../theme/numbers.ts";
import { unitName } from "./unit-name.ts";

/** Where q is above it, no difference is claimed. */
const CLAIMED = Math.log(0.05);
/** Of means that are further apart the ratio tells how near the lower one is to 0, not how different they are. */
const MOST_RATIO = 10;

export interface SentenceParts {
  readonly unit: number;
  readonly names: readonly string[] | null;
  readonly table: UnitTable;
  /** Names of the table's groups; null: the selected rows, and the rest. */
  readonly classes: readonly string[] | null;
  /** The unit's least value; NaN: not known. */
  readonly least: number;
}

/** One sentence on one unit for a paper: how it differs, at which level, and how sure that is. */
export function unitSentence({ unit, names, table, classes, least }: SentenceParts): string {
  const named = unitName(unit, names);
  const subject = names?.[unit] ? named : named.replace("unit", "Unit");
  if (Number.isNaN(table.statistic[unit])) return `${subject} has no statistic: ${whyNone(unit, table)}.`;
  return `${subject} ${difference(unit, table, classes, least)} (${evidence(unit, table)}).`;
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
  if (lost > 0)
    return level === "slide"
      ? `${formatCounted(lost, "slide")} ${lost === 1 ? "has" : "have"} missing values`
      : `${formatCounted(lost, "row")} ${lost === 1 ? "has" : "have"} no value`;
  const groups = sizes.filter((size) => size > 0);
  if (groups.length < 2) return "there are no two groups to compare";
  if (groups.every((size) => size < 2)) return `every group is a single ${level}`;
  return "its values are constant";
}

function difference(unit: number, table: UnitTable, classes: readonly string[] | null, least: number): string {
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
  const groups = [first, second].map((group, side) => ({
    name: classes ? (classes[group] ?? "") : ["the selection", "the rest"][side],
    mean: meanOf(unit, group, table),
    size: table.sizes[group] ?? 0,
  }));
  const [high, low] = groups.toSorted((a, b) => b.mean - a.mean);
  if (!high || !low || high.mean === low.mean) return `differs between ${groups.map(({ name }) => name).join(" and ")}`;
  const error = withinDeviation(unit, first, second, table) / Math.sqrt(low.size);
  const more = least >= 0 ? howManyTimes(high.mean, low.mean, error) : null;
  return `is ${more ?? formatDigits(high.mean - low.mean)} higher in ${high.name} than in ${low.name}`;
}

/**
 * "2.3 ×", of means of values that are nowhere below 0. Null where that says little: where the lower mean can't be told
 * from 0, so that the ratio might be anything (Fieller 1954, "Some problems in interval estimation"), where it is next to
 * nothing beside the other, and where they are all but the same.
 *
 * @param error Standard error of the lower mean; NaN: not known.
 */
function howManyTimes(high: number, low: number, error: number): string | null {
  if (low < 2 * error || high > MOST_RATIO * low) return null;
  const ratio = formatDigits(high / low);
  return ratio === "1" ? null : `${ratio} ×`;
}

/** Two digits; of a ratio a third where two would say that there is no difference. */
function formatDigits(value: number): string {
  return formatNumber(Number(value.toPrecision(value >= 1 && value < 1.1 ? 3 : 2)));
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
