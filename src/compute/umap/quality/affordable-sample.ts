/** Numbers compared in all: some 4 s on one core. */
const MOST_WORK = 3e10;
/** What ranking a row costs, in columns compared. */
const RANKING = 32;
const FEWEST = 100;

/**
 * Rows to measure quality on, each compared with all: `most`, or of a large table as many as take a few seconds. At 100
 * rows of 15 neighbours a share of one half is known to within 0.03 (95 %, were all independent).
 */
export function affordableSample(rows: number, columns: number, most: number): number {
  const affordable = Math.floor(MOST_WORK / (rows * (columns + RANKING)));
  return Math.min(most, Math.max(FEWEST, affordable));
}
