import type { Job } from "../../job.ts";
import type { Matrix } from "../../matrix.ts";
import { KernelMemory } from "../kernel-memory.ts";
import type { SlideValues } from "../one-way/unit-table.ts";
import type { StatisticsOptions } from "../statistics-options.ts";
import type { RowCells } from "../sums/row-cells.ts";
import { type CellSums, meanFrom } from "../sums/sum-cells.ts";
import { visitCells } from "../sums/visit-cells.ts";
import { slideMedians } from "./slide-medians.ts";

/**
 * Each slide's tiles of a class in one number a unit: their mean, their median, or the share of them strictly above the
 * threshold (both in single precision, as the values are). NaN where a tile's value is not finite.
 *
 * A slide with tiles of several classes is an observation of each. Tests that take observations for independent then
 * overlook that they come in pairs, which errs on the safe side where the values of a slide go together.
 */
export async function summarizeSlides(
  values: Matrix,
  sums: CellSums,
  { method, threshold }: Pick<StatisticsOptions, "method" | "threshold">,
  job: Job = {},
): Promise<SlideValues> {
  if (method === "mean") return onSlides(sums, (cell, unit) => cellMean(sums, cell, unit));
  if (method === "median") {
    const medians = await slideMedians(values, sums.cells, job);
    return onSlides(sums, (cell, unit) => medians[cell * sums.units + unit] ?? Number.NaN);
  }
  const counts = await countTiles(values, sums.cells, threshold, job);
  return onSlides(sums, (cell, unit) => (counts[cell * sums.units + unit] ?? 0) / cellSize(sums.cells, cell));
}

/** The number of each cell whose slide is known, where all its values are finite. */
function onSlides({ cells, units, sums }: CellSums, numberOf: (cell: number, unit: number) => number): SlideValues {
  const known = [...cells.slides.keys()].filter((cell) => (cells.slides[cell] ?? -1) >= 0);
  const values = new Float64Array(known.length * units);
  known.forEach((cell, observation) => {
    for (let unit = 0; unit < units; unit++)
      values[observation * units + unit] = Number.isFinite(sums[cell * units + unit])
        ? numberOf(cell, unit)
        : Number.NaN;
  });
  return {
    values,
    slides: Int32Array.from(known, (cell) => cells.slides[cell] ?? 0),
    groups: Int32Array.from(known, (cell) => cells.groups[cell] ?? 0),
    tiles: Int32Array.from(known, (cell) => cellSize(cells, cell)),
  };
}

function cellMean({ cells, units, pilots, sums }: CellSums, cell: number, unit: number): number {
  const pilot = pilots[(cells.groups[cell] ?? 0) * units + unit] ?? 0;
  return meanFrom(pilot, sums[cell * units + unit] ?? 0, cellSize(cells, cell));
}

const cellSize = ({ starts }: RowCells, cell: number) => (starts[cell + 1] ?? 0) - (starts[cell] ?? 0);

/** cells × units: rows above the threshold. */
async function countTiles(values: Matrix, cells: RowCells, threshold: number, job: Job): Promise<Int32Array> {
  const units = values.columns;
  const counts = new Int32Array(cells.groups.length * units);
  const memory = await KernelMemory.create();
  const countsAt = memory.allocate(4 * units);
  await visitCells(
    values,
    cells,
    memory,
    {
      take: (address, count) => memory.kernels.countAbove(address, count, units, threshold, countsAt),
      finish: (cell) => {
        const counted = memory.ints(countsAt, units);
        counts.set(counted, cell * units);
        counted.fill(0);
      },
    },
    job,
  );
  return counts;
}
