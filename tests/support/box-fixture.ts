import type {
  BoxNumbers,
  DensityCurve,
  PointSwarm,
  UnitBoxes,
  UnitGroup,
} from "../../src/compute/statistics/boxes/unit-boxes.ts";

/** Made-up units: values a group, and what is drawn of them, worked out the plain way. */
export interface BoxFixtureOptions {
  readonly units: readonly number[];
  readonly groups: number;
  /** Rows of each group. */
  readonly rows: number;
  readonly slides?: number;
  /** Rows that are selected: those of one group, from this one on. */
  readonly selectedFrom?: { readonly group: number; readonly first: number } | null;
  /** A few values of each group lie this far out. */
  readonly farOut?: number;
}

/** Rows of a slide lie so many apart, and slides differ. */
const SLIDES = 4;
const GRID = 64;
const MOST_OUTLIERS = 200;
const MOST_POINTS = 500;

/** Values from 0 to about 1, more of them low than high, as activations are; the same at every call. */
export function groupValues(unit: number, group: number, rows: number, farOut = 0): Float64Array {
  const random = randomNumbers(1000 * unit + group + 1);
  const middle = 0.15 + 0.6 * random();
  const spread = 0.05 + 0.1 * random();
  return Float64Array.from({ length: rows }, (_, row) => {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const slide = 0.25 * ((row % SLIDES) / (SLIDES - 1) - 0.5) * random();
    return row < farOut ? middle + spread * (3.2 + 2 * random()) : Math.abs(middle + slide + spread * normal);
  });
}

export function boxFixture(options: BoxFixtureOptions): UnitBoxes[] {
  const { units, groups, rows, slides = 0, selectedFrom = null, farOut = 0 } = options;
  return units.map((unit) => {
    const values = Array.from({ length: groups }, (_, group) => groupValues(unit, group, rows, farOut));
    const all = values.flatMap((those) => Array.from(those));
    const range = [Math.min(...all), Math.max(...all)] as const;
    const of = (those: Float64Array, firstRow: number): UnitGroup => unitGroup(those, firstRow, slides, range);
    const chosen = selectedFrom && values[selectedFrom.group]?.slice(selectedFrom.first);
    return {
      unit,
      groups: values.map((those, group) => of(those, group * rows)),
      selection: chosen ? of(chosen, selectedFrom.group * rows + selectedFrom.first) : null,
      range,
    };
  });
}

function unitGroup(
  values: Float64Array,
  firstRow: number,
  slides: number,
  range: readonly [number, number],
): UnitGroup {
  const order = Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const sorted = Float64Array.from(order, (row) => values[row] ?? 0);
  const rows = order.map((row) => firstRow + row);
  return {
    box: boxOf(sorted, rows),
    density: densityOf(sorted),
    swarm: sorted.length <= MOST_POINTS ? swarmOf(sorted, rows, range) : null,
    slideMeans: Float64Array.from({ length: slides }, (_, slide) =>
      meanOf(values.filter((_, row) => row % slides === slide)),
    ),
    slides: Int32Array.from({ length: slides }, (_, slide) => slide),
  };
}

export function boxOf(sorted: Float64Array, rows: Int32Array<ArrayBuffer>): BoxNumbers {
  const quantile = (share: number): number => {
    const at = share * (sorted.length - 1);
    const low = sorted[Math.floor(at)] ?? Number.NaN;
    return low + ((sorted[Math.ceil(at)] ?? Number.NaN) - low) * (at % 1);
  };
  const [q1, median, q3] = [quantile(0.25), quantile(0.5), quantile(0.75)];
  const reach = 1.5 * (q3 - q1);
  const inside = sorted.filter((value) => value >= q1 - reach && value <= q3 + reach);
  const beyond = [...sorted.keys()].filter((at) => Math.abs((sorted[at] ?? 0) - (q1 + q3) / 2) > reach + (q3 - q1) / 2);
  const step = Math.max(1, beyond.length / MOST_OUTLIERS);
  const drawn = Array.from(
    { length: Math.min(MOST_OUTLIERS, beyond.length) },
    (_, at) => beyond[Math.floor(at * step)] ?? 0,
  );
  return {
    n: sorted.length,
    mean: meanOf(sorted),
    min: quantile(0),
    q1,
    median,
    q3,
    max: quantile(1),
    whiskerLow: inside[0] ?? q1,
    whiskerHigh: inside.at(-1) ?? q3,
    outlierCount: beyond.length,
    outliers: Float32Array.from(drawn, (at) => sorted[at] ?? 0),
    outlierRows: Int32Array.from(drawn, (at) => rows[at] ?? 0),
  };
}

function densityOf(sorted: Float64Array): DensityCurve {
  const [from, to] = [sorted[0] ?? 0, sorted.at(-1) ?? 0];
  const mean = meanOf(sorted);
  const deviation = Math.sqrt(meanOf(sorted.map((value) => (value - mean) ** 2)));
  const width = deviation * sorted.length ** -0.2;
  const heights = Float32Array.from({ length: GRID }, (_, step) => {
    const at = from + ((to - from) * step) / (GRID - 1);
    return (
      meanOf(sorted.map((value) => Math.exp(-0.5 * ((value - at) / width) ** 2))) / (width * Math.sqrt(2 * Math.PI))
    );
  });
  return { from, to, heights };
}

/** Each point as near to the middle as it touches none of those below it. */
function swarmOf(
  sorted: Float64Array,
  rows: Int32Array<ArrayBuffer>,
  [least, greatest]: readonly [number, number],
): PointSwarm {
  const perValue = 30 / (greatest - least);
  const offsets = new Float32Array(sorted.length);
  for (let point = 0; point < sorted.length; point++) {
    const near = [...offsets.keys()].filter((other) => other < point && height(point) - height(other) < 1);
    const isFree = (x: number): boolean =>
      near.every((other) => Math.hypot((offsets[other] ?? 0) - x, height(point) - height(other)) >= 1);
    let away = 0;
    while (!isFree(away) && !isFree(-away)) away += 0.1;
    offsets[point] = isFree(away) ? away : -away;
  }
  return { rows, values: Float32Array.from(sorted), offsets, perValue };

  function height(point: number): number {
    return (sorted[point] ?? 0) * perValue;
  }
}

const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Numbers from 0 to 1 (Mulberry32, Ettinger 2017). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}
