import { ComputeError } from "../compute/errors.ts";
import type { Answer } from "../widgets/host/contract.ts";
import { type ArrayPlace, unpackArrays } from "../widgets/work/pack-arrays.ts";

/** One test of one unit. */
export interface UnitTestResult {
  /** F, or Kruskal-Wallis' H; NaN where there is none. */
  readonly statistic: number;
  readonly p: number;
  /** Natural logarithm of p, which does not underflow. */
  readonly logP: number;
  /** p after Benjamini and Hochberg. */
  readonly q: number;
  readonly bonferroni: number;
  readonly etaSquared: number;
  readonly omegaSquared: number;
  /** null at tile level, and where no rearrangements are drawn. */
  readonly permutationP: number | null;
}

/** A unit in the ranking: the test that ranks it, and the one of tiles beside it. */
export interface RankedUnit extends UnitTestResult {
  readonly unit: number;
  readonly tile: UnitTestResult;
}

/** F and p of every unit; -1 and 1 where there is none. */
export interface FsAndPs {
  readonly f: Float64Array;
  readonly p: Float64Array;
}

/** What Slideflow's `stats` answers. */
export interface SlideflowStats {
  readonly tile: FsAndPs;
  readonly slide: FsAndPs;
  /** For each class the value of every unit of each of its slides. */
  readonly categories: Readonly<Record<string, readonly Float64Array[]>>;
}

/** The answer to "ranking" as objects, best first. */
export function rankedUnits(answer: Answer): readonly RankedUnit[] {
  const arrays = arraysOf(answer);
  const level = answer.header.level === "slide" && arrays.has("slide.statistic") ? "slide" : "tile";
  const ranking = Array.from(arrays.get(`${level}.ranking`) ?? []);
  return ranking.map((unit) => ({ unit, ...resultOf(arrays, level, unit), tile: resultOf(arrays, "tile", unit) }));
}

/** The answer to "stats". */
export function slideflowStats(answer: Answer): SlideflowStats {
  const arrays = arraysOf(answer);
  const level = (name: string): FsAndPs => ({ f: doubles(arrays, `${name}.f`), p: doubles(arrays, `${name}.p`) });
  const units = Number(answer.header.units);
  const values = doubles(arrays, "values");
  const groups = Array.from(arrays.get("groups") ?? []);
  const classes = answer.header.classes as readonly string[];
  const ofClass = (wanted: number): readonly Float64Array[] =>
    groups.flatMap((group, at) => (group === wanted ? [values.slice(at * units, (at + 1) * units)] : []));
  const categories = Object.fromEntries(classes.map((name, group) => [name, ofClass(group)]));
  return { tile: level("tile"), slide: level("slide"), categories };
}

/**
 * Units by the p of a level, from the answer to "ranking".
 *
 * @throws {ComputeError} where slides are asked for and unknown.
 */
export function topNodes(answer: Answer, level: "tile" | "slide"): readonly number[] {
  const ranking = arraysOf(answer).get(`${level}.ranking`);
  if (!ranking) throw new ComputeError("input", "The slides are not known.", "Pass slides, one a row.");
  return Array.from(ranking);
}

type Arrays = ReturnType<typeof unpackArrays>;

function arraysOf({ header, bytes }: Answer): Arrays {
  return unpackArrays({ arrays: header.arrays as readonly ArrayPlace[], bytes });
}

function doubles(arrays: Arrays, name: string): Float64Array {
  return Float64Array.from(arrays.get(name) ?? []);
}

function resultOf(arrays: Arrays, level: "tile" | "slide", unit: number): UnitTestResult {
  const at = (name: string): number => arrays.get(`${level}.${name}`)?.[unit] ?? Number.NaN;
  return {
    statistic: at("statistic"),
    p: at("p"),
    logP: at("logP"),
    q: at("q"),
    bonferroni: at("bonferroni"),
    etaSquared: at("etaSquared"),
    omegaSquared: at("omegaSquared"),
    permutationP: arrays.has(`${level}.permutationP`) ? at("permutationP") : null,
  };
}
