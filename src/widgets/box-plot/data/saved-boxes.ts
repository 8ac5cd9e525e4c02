import { ComputeError } from "../../../compute/errors.ts";
import type { DensityCurve, PointSwarm, UnitBoxes, UnitGroup } from "../../../compute/statistics/boxes/unit-boxes.ts";
import type { UnitTable, UnitTables } from "../../../compute/statistics/one-way/unit-table.ts";
import type { StatisticsOptions } from "../../../compute/statistics/statistics-options.ts";
import type { ChosenSettings } from "../../work/chosen-settings.ts";
import { type ArrayPlace, type NamedArray, packArrays, unpackArrays } from "../../work/pack-arrays.ts";
import type { ReadUnits } from "./read-units.ts";
import type { BoxRules } from "./unit-panels.ts";

/** What a reopened notebook shows of units without their values. */
export interface SavedBoxes {
  /** Without values, and without the class of any row. */
  readonly read: ReadUnits;
  readonly tables: UnitTables;
  /** How these were tested. */
  readonly ranked: StatisticsOptions;
  /** Without the selection's. */
  readonly boxes: readonly UnitBoxes[];
  /** How these were drawn up. */
  readonly drawn: BoxRules;
  readonly chosen: ChosenUnits;
}

/** What a reader has chosen by hand. */
export interface ChosenUnits {
  readonly pinned: readonly number[];
  /** The current unit; -1: none. */
  readonly unit: number;
  /** The current unit that was asked for by then: where another is asked for since, it goes before the reader's. */
  readonly asked: number | null;
  readonly settings: ChosenSettings;
}

interface Header {
  readonly version: 3;
  readonly rows: number;
  readonly units: number;
  readonly classes: readonly string[];
  readonly counts: readonly number[];
  /** null: unknown. */
  readonly slides: readonly string[] | null;
  readonly unitNames: readonly string[] | null;
  readonly ranked: StatisticsOptions;
  readonly drawn: BoxRules;
  readonly chosen: ChosenUnits;
  readonly shown: readonly number[];
  /** The least value of each of these; null: not known. */
  readonly least: readonly (number | null)[];
  readonly arrays: readonly ArrayPlace[];
}

const TABLE = ["statistic", "logP", "logQ", "etaSquared", "omegaSquared", "permutationP", "means"] as const;
const BOX = ["n", "mean", "min", "q1", "median", "q3", "max", "whiskerLow", "whiskerHigh", "outlierCount"] as const;

type Arrays = ReturnType<typeof unpackArrays>;

/**
 * Units as they are on show, small enough for a saved notebook: uint32 (little-endian) length of the JSON header, the
 * header, then its arrays (`packArrays`), in single precision but for what that would take for 0.
 */
export function packBoxes({ read, tables, ranked, boxes, drawn, chosen }: SavedBoxes): Uint8Array<ArrayBuffer> {
  const { values } = read.rows;
  const { arrays, bytes } = packArrays([
    ...tableArrays(tables.tile),
    ...(tables.slide ? tableArrays(tables.slide) : []),
    ...boxes.flatMap((panel) => panelArrays(panel)),
  ]);
  const header: Header = {
    version: 3,
    rows: values.rows,
    units: values.columns,
    classes: read.classes.names,
    counts: [...read.classes.counts],
    slides: read.slides?.names ?? null,
    unitNames: read.unitNames,
    ranked,
    drawn,
    chosen,
    shown: boxes.map(({ unit }) => unit),
    least: boxes.map(({ unit }) => read.leastOf(unit)),
    arrays,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const packed = new Uint8Array(4 + text.length + bytes.length);
  new DataView(packed.buffer).setUint32(0, text.length, true);
  packed.set(text, 4);
  packed.set(bytes, 4 + text.length);
  return packed;
}

/** @throws {ComputeError} when it is an older version's, or cut off. */
export function unpackBoxes(packed: Uint8Array<ArrayBuffer>): SavedBoxes {
  try {
    const length = new DataView(packed.buffer, packed.byteOffset, packed.byteLength).getUint32(0, true);
    const header = JSON.parse(
      new TextDecoder("utf-8", { fatal: true }).decode(packed.subarray(4, 4 + length)),
    ) as Header;
    if (header.version !== 3) throw new RangeError("another version");
    const arrays = unpackArrays({ arrays: header.arrays, bytes: packed.slice(4 + length) });
    const tile = tableOf(header, arrays, "tile");
    if (!tile) throw new RangeError("no table");
    return {
      read: readOf(header),
      tables: { tile, slide: tableOf(header, arrays, "slide") },
      ranked: header.ranked,
      boxes: header.shown.map((unit) => panelOf(unit, header.classes.length, arrays)),
      drawn: header.drawn,
      chosen: header.chosen,
    };
  } catch {
    throw new ComputeError("input", "The saved picture can't be read.", "Run the cell to compute it again.");
  }
}

function readOf({ rows, units, classes, counts, slides, unitNames, shown, least }: Header): ReadUnits {
  const codes = new Int32Array();
  const categories = (names: readonly string[], sizes: readonly number[]) =>
    ({ kind: "categories", codes, names, counts: Int32Array.from(sizes), missing: 0 }) as const;
  return {
    rows: {
      values: { data: new Float32Array(), rows, columns: units },
      groups: { codes, count: classes.length },
      slides: slides && { codes, count: slides.length },
    },
    classes: categories(classes, counts),
    slides: slides && categories(slides, []),
    names: null,
    unitNames,
    leastOf: (unit) => least[shown.indexOf(unit)] ?? Number.NaN,
  };
}

function tableArrays(table: UnitTable): NamedArray[] {
  const { level, sizes, missing, ranking, bonferroni } = table;
  const singles = TABLE.flatMap((name) => {
    const values = table[name];
    return values ? [{ name: `${level}.${name}`, values: Float32Array.from(values) }] : [];
  });
  const whole = Object.entries({ sizes, missing, ranking });
  const probabilities = { name: `${level}.bonferroni`, values: bonferroni };
  return [...singles, probabilities, ...whole.map(([name, values]) => ({ name: `${level}.${name}`, values }))];
}

function tableOf({ ranked: { test } }: Header, arrays: Arrays, level: UnitTable["level"]): UnitTable | null {
  if (!arrays.has(`${level}.statistic`)) return null;
  const doubles = (name: string) => Float64Array.from(arrays.get(`${level}.${name}`) ?? []);
  const whole = (name: string) => Int32Array.from(arrays.get(`${level}.${name}`) ?? []);
  const [logP, logQ] = [doubles("logP"), doubles("logQ")];
  return {
    level,
    test,
    statistic: doubles("statistic"),
    p: logP.map(Math.exp),
    logP,
    q: logQ.map(Math.exp),
    logQ,
    bonferroni: doubles("bonferroni"),
    etaSquared: doubles("etaSquared"),
    omegaSquared: doubles("omegaSquared"),
    permutationP: arrays.has(`${level}.permutationP`) ? doubles("permutationP") : null,
    means: doubles("means"),
    sizes: whole("sizes"),
    missing: whole("missing"),
    ranking: whole("ranking"),
  };
}

function panelArrays({ unit, groups, range }: UnitBoxes): NamedArray[] {
  const ofGroups = groups.flatMap(({ box, density, swarm, slideMeans, slides }, group): NamedArray[] => {
    const name = (part: string) => `${unit}.${group}.${part}`;
    return [
      { name: name("box"), values: Float64Array.from(BOX, (number) => box[number]) },
      { name: name("outliers"), values: box.outliers },
      { name: name("outlierRows"), values: box.outlierRows },
      { name: name("slideMeans"), values: Float32Array.from(slideMeans) },
      { name: name("slides"), values: slides },
      ...(density
        ? [
            { name: name("ends"), values: Float64Array.of(density.from, density.to) },
            { name: name("heights"), values: density.heights },
          ]
        : []),
      ...(swarm
        ? [
            { name: name("swarmRows"), values: swarm.rows },
            { name: name("swarmValues"), values: swarm.values },
            { name: name("offsets"), values: swarm.offsets },
            { name: name("perValue"), values: Float64Array.of(swarm.perValue) },
          ]
        : []),
    ];
  });
  return [{ name: `${unit}.range`, values: Float64Array.from(range) }, ...ofGroups];
}

function panelOf(unit: number, groups: number, arrays: Arrays): UnitBoxes {
  const [low = 0, high = 0] = arrays.get(`${unit}.range`) ?? [];
  return {
    unit,
    groups: Array.from({ length: groups }, (_, group) => groupOf(`${unit}.${group}`, arrays)),
    selection: null,
    range: [low, high],
  };
}

function groupOf(place: string, arrays: Arrays): UnitGroup {
  const singles = (part: string) => Float32Array.from(arrays.get(`${place}.${part}`) ?? []);
  const whole = (part: string) => Int32Array.from(arrays.get(`${place}.${part}`) ?? []);
  const numbers = arrays.get(`${place}.box`) ?? [];
  const box = Object.fromEntries(BOX.map((name, at) => [name, numbers[at] ?? 0])) as Record<
    (typeof BOX)[number],
    number
  >;
  return {
    box: { ...box, outliers: singles("outliers"), outlierRows: whole("outlierRows") },
    density: densityOf(place, arrays),
    swarm: swarmOf(place, arrays),
    slideMeans: Float64Array.from(singles("slideMeans")),
    slides: whole("slides"),
  };
}

function densityOf(place: string, arrays: Arrays): DensityCurve | null {
  const [from, to] = arrays.get(`${place}.ends`) ?? [];
  if (from === undefined || to === undefined) return null;
  return { from, to, heights: Float32Array.from(arrays.get(`${place}.heights`) ?? []) };
}

function swarmOf(place: string, arrays: Arrays): PointSwarm | null {
  const rows = arrays.get(`${place}.swarmRows`);
  if (!rows) return null;
  return {
    rows: Int32Array.from(rows),
    values: Float32Array.from(arrays.get(`${place}.swarmValues`) ?? []),
    offsets: Float32Array.from(arrays.get(`${place}.offsets`) ?? []),
    perValue: arrays.get(`${place}.perValue`)?.[0] ?? 1,
  };
}
