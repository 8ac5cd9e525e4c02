import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { KernelMemory } from "../kernel-memory.ts";
import type { GroupMoments, GroupRanks } from "../one-way/group-moments.ts";
import type { SlideValues } from "../one-way/unit-table.ts";
import { readColumns } from "./read-columns.ts";
import type { RowCells } from "./row-cells.ts";

/** What the kernel counts digits in. */
const RADIX_COUNTS = 3 * 2048;

type Counted = Pick<GroupMoments, "groups" | "units" | "sizes" | "missing">;

/** Ranks of all rows that have a group, summed a group. */
export async function rankTiles(values: Matrix, cells: RowCells, counted: Counted, job: Job = {}): Promise<GroupRanks> {
  const ranks = emptyRanks(counted);
  const { groups, units } = counted;
  const { rows } = cells;
  const memory = await KernelMemory.create();
  const place = () => memory.allocate(4 * rows.length);
  const column = place();
  const order = place();
  const groupAt = place();
  const scratch = [place(), place(), place(), place()];
  const counts = memory.allocate(4 * RADIX_COUNTS);
  const sumsAt = memory.allocate(8 * groups);
  cells.groups.forEach((group, cell) => {
    memory.ints(groupAt, rows.length).fill(group, cells.starts[cell], cells.starts[cell + 1]);
  });
  const { sortValues, sumRanks } = memory.kernels;
  await readColumns(
    values,
    rows,
    (read, unit) => {
      memory.floats(column, rows.length).set(read);
      const finite = sortValues(column, rows.length, order, ...scratch, counts);
      const sums = memory.doubles(sumsAt, groups).fill(0);
      ranks.ties[unit] = sumRanks(column, order, finite, groupAt, sumsAt);
      sums.forEach((sum, group) => {
        ranks.rankSums[group * units + unit] = sum;
      });
    },
    "Ranking tiles",
    job,
  );
  return ranks;
}

/** Ranks of slides' values, summed a group. */
export function rankSlides({ values, groups }: SlideValues, counted: Counted): GroupRanks {
  const ranks = emptyRanks(counted);
  const { units } = counted;
  for (let unit = 0; unit < units; unit++) {
    const column = unitOf(values, unit, units);
    const order = sortPlaces(column);
    visitRuns(column, order, (from, to) => {
      const tied = to - from;
      ranks.ties[unit] = (ranks.ties[unit] ?? 0) + (tied ** 3 - tied);
      for (let place = from; place < to; place++) {
        const sum = (groups[order[place] ?? 0] ?? 0) * units + unit;
        ranks.rankSums[sum] = (ranks.rankSums[sum] ?? 0) + (from + to + 1) / 2;
      }
    });
  }
  return ranks;
}

/** Each slide's rank among all of a unit, in place of its value; equal values share the mean of their places. */
export function rankedValues({ values }: SlideValues, units: number): Float64Array<ArrayBuffer> {
  const ranked = new Float64Array(values.length);
  for (let unit = 0; unit < units; unit++) {
    const column = unitOf(values, unit, units);
    const order = sortPlaces(column);
    visitRuns(column, order, (from, to) => {
      for (let place = from; place < to; place++) ranked[(order[place] ?? 0) * units + unit] = (from + to + 1) / 2;
    });
  }
  return ranked;
}

function emptyRanks({ groups, units, sizes, missing }: Counted): GroupRanks {
  const rankSums = new Float64Array(groups * units);
  return { groups, units, sizes, missing, rankSums, ties: new Float64Array(units) };
}

/** Each run of equal values among the sorted ones: from a place to before another. */
function visitRuns(column: Float64Array, order: Int32Array, take: (from: number, to: number) => void): void {
  for (let from = 0; from < order.length; ) {
    const value = column[order[from] ?? 0];
    let to = from + 1;
    while (to < order.length && column[order[to] ?? 0] === value) to++;
    take(from, to);
    from = to;
  }
}

const unitOf = (values: Float64Array, unit: number, units: number) =>
  new Float64Array(values.length / units).map((_, observation) => values[observation * units + unit] ?? Number.NaN);

const sortPlaces = (column: Float64Array) =>
  new Int32Array(column.length).map((_, place) => place).sort((a, b) => (column[a] ?? 0) - (column[b] ?? 0));
