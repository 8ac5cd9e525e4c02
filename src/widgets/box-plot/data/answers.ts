import type { BoxNumbers, UnitBoxes } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { SlideValues, UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { Answer } from "../../host/contract.ts";
import { type NamedArray, packArrays } from "../../work/pack-arrays.ts";

/**
 * What a host is told of units, and in what bytes. The commands of a BoxPlot:
 *
 * | command | options | answer |
 * |---|---|---|
 * | `ranking` | `of` ("classes" or "selection"; none: the one on show) | `rankingAnswer`: both levels |
 * | `stats` | `method` ("mean"), `threshold` (0.5) | `statsAnswer`: Slideflow's `stats` |
 * | `boxes` | `units` (null: those on show), `boxesOf` | `boxesAnswer`: what the boxes are drawn from |
 * | `summary` | `method`, `threshold` | Slideflow's `slide_level_summary.csv`; header `name`, `type` |
 * | `boxPlots` | `units` (null: the six best of each ranking), options of figures | `filesAnswer`: two PNG files a unit |
 * | `save` | options of figures | a figure, or the ranked table as CSV; header `name`, `type` |
 *
 * Every answer made of arrays tells of them in its header's `arrays`: the `name`, `dtype`, `shape` and first byte
 * (`offset`) of each (`packArrays`). What is not a number or infinite is so in the bytes.
 *
 * The current unit: the property `unit` (a number, null: none) sets it; the model's trait `_unit` (bytes: the number in
 * decimal digits, no bytes: none) tells Python which one a reader has made current.
 */
export interface AnswerFacts {
  /** Names of the classes, in the order of their codes. */
  readonly classes: readonly string[];
  /** Names of the slides, in the order of their codes; null where they are unknown. */
  readonly slides: readonly string[] | null;
  readonly units: number;
}

/** Of which questions a ranking is the answer. */
export interface RankingFacts extends AnswerFacts {
  /** The level that the ranking goes by. */
  readonly level: string;
  readonly test: string;
  readonly method: string;
  readonly threshold: number;
  readonly permutations: number;
  readonly seed: number;
  /** Rows selected, where the groups are the selection and the rest; null: the classes. */
  readonly selected: number | null;
}

/**
 * The answer to "ranking". Header: `RankingFacts`. Arrays, each named `tile.…` and, where slides are known, `slide.…` as
 * well: `statistic`, `p`, `logP`, `q`, `logQ`, `bonferroni`, `etaSquared`, `omegaSquared` (float64, a number a unit),
 * `permutationP` (float64, a number a unit; only where there is one), `means` (float64, groups × units), `sizes` (int32, a
 * number a group), `missing` (int32, a number a unit), `ranking` (int32, the units, best first).
 */
export function rankingAnswer({ tile, slide }: UnitTables, facts: RankingFacts): Answer {
  return packed(facts, [...tableArrays(tile), ...(slide ? tableArrays(slide) : [])]);
}

function tableArrays(table: UnitTable): NamedArray[] {
  const { level, means, sizes, permutationP, missing, ranking } = table;
  const aUnit = ["statistic", "p", "logP", "q", "logQ", "bonferroni", "etaSquared", "omegaSquared"] as const;
  const named: readonly NamedArray[] = [
    ...aUnit.map((name) => ({ name, values: table[name] })),
    ...(permutationP ? [{ name: "permutationP", values: permutationP }] : []),
    { name: "means", values: means, shape: [sizes.length, missing.length] },
    { name: "sizes", values: sizes },
    { name: "missing", values: missing },
    { name: "ranking", values: ranking },
  ];
  return named.map((array) => ({ ...array, name: `${level}.${array.name}` }));
}

/**
 * The answer to "stats": analysis of variance at both levels, as Slideflow's `stats` has it. Header: `AnswerFacts`. Arrays:
 * `tile.f`, `tile.p`, `slide.f`, `slide.p` (float64, a number a unit; f -1 and p 1 where there is none), `tile.ranking`,
 * `slide.ranking` (int32: the units, best first), `values` (float64, observations × units), `slides`,
 * `groups` and `tiles` (int32, an observation each: its slide, its class and the tiles behind it).
 */
export function statsAnswer({ tile, slide }: UnitTables, observed: SlideValues, facts: AnswerFacts): Answer {
  const { values, slides, groups, tiles } = observed;
  return packed(facts, [
    ...[tile, ...(slide ? [slide] : [])].flatMap(slideflowArrays),
    { name: "values", values, shape: [slides.length, facts.units] },
    { name: "slides", values: slides },
    { name: "groups", values: groups },
    { name: "tiles", values: tiles },
  ]);
}

function slideflowArrays({ level, statistic, p, ranking }: UnitTable): NamedArray[] {
  const hasNone = (unit: number): boolean => Number.isNaN(statistic[unit]);
  return [
    { name: `${level}.f`, values: statistic.map((value, unit) => (hasNone(unit) ? -1 : value)) },
    { name: `${level}.p`, values: p.map((value, unit) => (hasNone(unit) ? 1 : value)) },
    { name: `${level}.ranking`, values: ranking },
  ];
}

/** What "boxes" tells of a group of a unit, in this order. */
const BOX_NUMBERS = [
  "n",
  "mean",
  "min",
  "q1",
  "median",
  "q3",
  "max",
  "whiskerLow",
  "whiskerHigh",
  "outlierCount",
] as const satisfies readonly (keyof BoxNumbers)[];

/**
 * The answer to "boxes". Header: `AnswerFacts`, `shown` (their numbers), `groups` (class names, then "selected" where
 * rows are) and `columns` (names of the numbers). One array, `boxes`: float64, units × groups × columns.
 */
export function boxesAnswer(panels: readonly UnitBoxes[], facts: AnswerFacts): Answer {
  const hasSelection = panels.some(({ selection }) => selection !== null);
  const groups = [...facts.classes, ...(hasSelection ? ["selected"] : [])];
  const numbers = panels.flatMap((panel) =>
    [...panel.groups, ...(panel.selection ? [panel.selection] : [])].flatMap(({ box }) =>
      BOX_NUMBERS.map((name) => box[name]),
    ),
  );
  const shape = [panels.length, groups.length, BOX_NUMBERS.length];
  const { header, bytes } = packed(facts, [{ name: "boxes", values: Float64Array.from(numbers), shape }]);
  return { header: { ...header, shown: panels.map(({ unit }) => unit), groups, columns: BOX_NUMBERS }, bytes };
}

/** The answer to "boxPlots": several files one after another. Header: `files`, each with `name`, `type` and `length`. */
export function filesAnswer(
  files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }[],
): Answer {
  const bytes = new Uint8Array(files.reduce((sum, file) => sum + file.bytes.length, 0));
  let at = 0;
  for (const file of files) {
    bytes.set(file.bytes, at);
    at += file.bytes.length;
  }
  return { header: { files: files.map(({ name, type, bytes: { length } }) => ({ name, type, length })) }, bytes };
}

function packed(facts: AnswerFacts, named: readonly NamedArray[]): Answer {
  const { arrays, bytes } = packArrays(named);
  return { header: { ...facts, arrays }, bytes };
}
