import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { KernelMemory } from "../kernel-memory.ts";
import { groupSizes, type RowCells } from "./row-cells.ts";
import { visitCells } from "./visit-cells.ts";

/** What one pass over the rows leaves of them. */
export interface CellSums {
  readonly cells: RowCells;
  readonly units: number;
  /**
   * groups × units: a number near each group's mean, and that very value where a group's values are all equal. It has
   * single precision as the values have: distances from it, and sums of them, then are exact for all but values of very
   * different sizes, and equal means come out equal.
   */
  readonly pilots: Float64Array<ArrayBuffer>;
  /** cells × units: the sum of the distances from the pilot of the cell's group; not finite where a value is not. */
  readonly sums: Float64Array<ArrayBuffer>;
  /** groups × units: the sum of the squares of those distances. */
  readonly squares: Float64Array<ArrayBuffer>;
}

/** So few rows of a group decide on its pilot. Squares then lose at most the digits of 1 + rows / 64. */
const PILOT_ROWS = 64;

/** The mean of rows whose distances from the pilot sum up to this. */
export function meanFrom(pilot: number, sum: number, size: number): number {
  return (size * pilot + sum) / size;
}

/**
 * Sums in double precision, taken about pilots: means shifted near zero, so that an offset of a million costs no digits
 * (Chan, Golub and LeVeque 1983, "Algorithms for computing the sample variance").
 */
export async function sumCells(values: Matrix, cells: RowCells, job: Job = {}): Promise<CellSums> {
  const units = values.columns;
  const { groupCount, groups } = cells;
  const pilots = choosePilots(values, cells);
  const sums = new Float64Array(groups.length * units);
  const memory = await KernelMemory.create();
  const pilotsAt = memory.allocate(8 * groupCount * units);
  const squaresAt = memory.allocate(8 * groupCount * units);
  const sumsAt = memory.allocate(8 * units);
  memory.doubles(pilotsAt, pilots.length).set(pilots);
  await visitCells(
    values,
    cells,
    memory,
    {
      take: (address, count, cell) => {
        const group = 8 * units * (groups[cell] ?? 0);
        memory.kernels.addRows(address, count, units, pilotsAt + group, sumsAt, squaresAt + group);
      },
      finish: (cell) => {
        const sum = memory.doubles(sumsAt, units);
        sums.set(sum, cell * units);
        sum.fill(0);
      },
    },
    job,
  );
  return { cells, units, pilots, sums, squares: memory.doubles(squaresAt, groupCount * units).slice() };
}

/** Means of some rows of each group, spread over its cells; values that are not finite left out. */
function choosePilots({ data, columns }: Matrix, cells: RowCells): Float64Array<ArrayBuffer> {
  const pilots = new Float64Array(cells.groupCount * columns);
  pilotRows(cells).forEach((rows, group) => {
    for (let unit = 0; unit < columns; unit++) {
      let sum = 0;
      let finite = 0;
      for (const row of rows) {
        const value = data[row * columns + unit] ?? 0;
        if (!Number.isFinite(value)) continue;
        sum += value;
        finite++;
      }
      pilots[group * columns + unit] = finite > 0 ? Math.fround(sum / finite) : 0;
    }
  });
  return pilots;
}

/** Of each group, at least 64 rows at even distances, or all there are. */
function pilotRows(cells: RowCells): number[][] {
  const steps = [...groupSizes(cells)].map((size) => Math.max(1, Math.floor(size / PILOT_ROWS)));
  const chosen: number[][] = steps.map(() => []);
  const passed = steps.map(() => 0);
  cells.groups.forEach((group, cell) => {
    for (let place = cells.starts[cell] ?? 0; place < (cells.starts[cell + 1] ?? 0); place++) {
      const before = passed[group] ?? 0;
      if (before % (steps[group] ?? 1) === 0) chosen[group]?.push(cells.rows[place] ?? 0);
      passed[group] = before + 1;
    }
  });
  return chosen;
}
