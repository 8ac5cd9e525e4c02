import type { UnitBoxes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import { buildElement } from "../../chrome/build-element.ts";
import { formatAlike, formatLogP, formatNumber, formatP } from "../../theme/numbers.ts";
import type { Permuting } from "../data/unit-rankings.ts";
import { degreesOf, formatEffect, statisticLetter, whyNone } from "../data/unit-sentence.ts";
import type { Measure } from "../plot/layout/group-names.ts";

/** Where there is no such number. */
const NONE = "–";
/** What the narrowest card has for a line, and what the gap before a column takes of it, CSS px. */
const LINE = 216;
const BEFORE_COLUMN = 4;

/** What is known of one unit. */
export interface UnitFacts {
  readonly name: string;
  /** Five numbers a group; null while they are on their way. */
  readonly boxes: UnitBoxes | null;
  readonly groups: readonly string[];
  readonly unit: number;
  readonly tables: UnitTables;
  /** Their permutation test comes last, and may be stopped. */
  readonly permuting: Permuting;
  /** Said of the tile level, where slides are known. */
  readonly warning: string;
  /** How wide a text of the card is. */
  readonly measure: Measure;
}

/** The current unit beside the panels: the five numbers of each group, and both levels of the test. */
export function unitCard(facts: UnitFacts | null): HTMLElement {
  const element = buildElement("section", { class: "ls-unit-card", attributes: { "aria-label": "Current unit" } });
  element.hidden = facts === null;
  if (facts) element.append(buildElement("div", { class: "ls-unit-card-name", text: facts.name }), ...tablesOf(facts));
  return element;
}

function tablesOf({ boxes, groups, tables, permuting, unit, warning, measure }: UnitFacts): HTMLElement[] {
  const levels = [...(tables.slide ? [tables.slide] : []), tables.tile];
  const heads = ["", ...levels.map(({ level }) => level)];
  const doubted = tables.slide ? heads.length - 1 : -1;
  const facts = levels.some((level) => isTold(level, unit))
    ? table(heads, factLines(levels, unit, permuting), { doubted, told: warning })
    : buildElement("p", { text: `No statistic: ${whyNone(unit, levels[0] ?? tables.tile)}.` });
  facts.classList.add("ls-unit-facts");
  if (!boxes) return [facts];
  // However many the classes are, the test is seen without scrolling.
  const columns = ["", "min", "q1", "median", "q3", "max"];
  const lines = boxLines(boxes, groups);
  return [facts, table(columns, isCut([columns, ...lines], measure) ? lines.flatMap(belowName) : lines)];
}

/** Whether names have no room beside the numbers. */
function isCut(lines: readonly (readonly string[])[], measure: Measure): boolean {
  const widest = (column: number): number => Math.max(...lines.map((line) => measure(line[column] ?? "")));
  const count = lines[0]?.length ?? 0;
  const numbers = Array.from({ length: count - 1 }, (_, column) => widest(column + 1) + BEFORE_COLUMN);
  return numbers.reduce((sum, width) => sum + width, widest(0)) > LINE;
}

/** A line of numbers below its name. */
function belowName([name = "", ...numbers]: readonly string[]): readonly (readonly string[])[] {
  return [[name], ["", ...numbers]];
}

function boxLines({ groups: drawn, selection }: UnitBoxes, names: readonly string[]): readonly (readonly string[])[] {
  const all = [...drawn.map(({ box }, group) => ({ box, name: names[group] ?? "" }))];
  if (selection) all.push({ box: selection.box, name: "selected" });
  const texts = formatAlike(all.flatMap(({ box }) => [box.min, box.q1, box.median, box.q3, box.max]));
  return all.map(({ box, name }, line) => [
    name,
    ...texts.slice(5 * line, 5 * line + 5).map((text) => (box.n > 0 ? text : NONE)),
  ]);
}

function factLines(levels: readonly UnitTable[], unit: number, permuting: Permuting): readonly (readonly string[])[] {
  const [first] = levels;
  if (!first) return [];
  const line = (name: string, of: (table: UnitTable) => string) => [name, ...levels.map(of)];
  const at = (values: Float64Array | null) => values?.[unit] ?? Number.NaN;
  const when = (table: UnitTable, text: string) => (isTold(table, unit) ? text : NONE);
  const isPending = permuting === "running" || permuting === "stopped";
  const hasPermutations = isPending || levels.some(({ permutationP }) => permutationP !== null);
  const permuted = (table: UnitTable): string => {
    if (table.permutationP) return when(table, formatP(at(table.permutationP)));
    return isPending && table.level === "slide" ? permuting : NONE;
  };
  return [
    line(statisticLetter(first), (table) => when(table, formatNumber(at(table.statistic)))),
    ...(degreesOf(first) ? [line("degrees", (table) => when(table, degreesOf(table)))] : []),
    line("p", (table) => when(table, formatLogP(at(table.logP)))),
    line("q", (table) => when(table, formatLogP(at(table.logQ)))),
    line("Bonferroni", (table) => when(table, formatLogP(logBonferroni(table, unit)))),
    ...(hasPermutations ? [line("permutation p", permuted)] : []),
    line("η²", (table) => when(table, formatEffect(at(table.etaSquared)))),
    line("ω²", (table) => when(table, formatEffect(at(table.omegaSquared)))),
  ];
}

function isTold({ statistic }: UnitTable, unit: number): boolean {
  return !Number.isNaN(statistic[unit]);
}

/** By the logarithm, as its neighbours p and q: the table's own is 0 where a number can't be so small. */
function logBonferroni({ logP, statistic }: UnitTable, unit: number): number {
  const tests = statistic.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  return Math.min(0, (logP[unit] ?? 0) + Math.log(tests));
}

/** @param told Why the `doubted` column is set in the second colour; its number is that of the column. */
function table(
  heads: readonly string[],
  lines: readonly (readonly string[])[],
  { doubted, told }: { readonly doubted: number; readonly told: string } = { doubted: -1, told: "" },
): HTMLElement {
  const cell = (name: "th" | "td", text: string, column: number, scope: string | null) => {
    const element = buildElement(name, { text, attributes: scope ? { scope } : {} });
    element.title = column === doubted && told ? told : text;
    if (column === doubted) element.className = "ls-unit-doubted";
    return element;
  };
  const line = (texts: readonly string[], isHead: boolean) => {
    const cells = texts.map((text, column) =>
      cell(isHead || column === 0 ? "th" : "td", text, column, isHead ? "col" : column === 0 ? "row" : null),
    );
    // A name that its numbers stand below.
    if (cells.length === 1) cells[0]?.setAttribute("colspan", String(heads.length));
    return buildElement("tr", { children: cells });
  };
  return buildElement("table", {
    class: "ls-unit-numbers",
    children: [
      buildElement("thead", { children: [line(heads, true)] }),
      buildElement("tbody", { children: lines.map((texts) => line(texts, false)) }),
    ],
  });
}
