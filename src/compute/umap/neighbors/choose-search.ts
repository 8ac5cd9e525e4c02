import type { UmapOptions } from "../options.ts";

/** Below this many rows all pairs are compared in less time than trees take, whatever was asked for. */
const FEWEST_ROWS = 4096;
/**
 * Pairs of rows times columns that comparing all of them may come to under "auto": about a minute on one core; on a
 * laptop's GPU, at 1 TFLOP/s, some 100 s (estimated).
 */
const MOST_EXACT_WORK = { CPU: 5e12, WebGPU: 5e13 } as const;
/** Short rows cost more than their columns: the lists take their time too. */
const LEAST_COLUMNS = 32;
/**
 * Lists of a larger share of the rows take longer than comparing all of them: 57 s against 16 s of processor time for 1,000 among
 * 4,200 rows. Those of nearly all rows might not fill.
 */
const LONGEST_LIST = 1 / 16;

/**
 * Whether neighbours are found by NN-descent rather than by comparing all rows; never below 4,096 rows.
 *
 * @param neighbors How many of each row are wanted.
 */
export function takesDescent(
  rows: number,
  columns: number,
  search: UmapOptions["neighborSearch"],
  backend: keyof typeof MOST_EXACT_WORK = "CPU",
  neighbors = 0,
): boolean {
  if (search === "exact" || rows < FEWEST_ROWS || neighbors > rows * LONGEST_LIST) return false;
  return search === "nn-descent" || rows * rows * Math.max(columns, LEAST_COLUMNS) > MOST_EXACT_WORK[backend];
}
