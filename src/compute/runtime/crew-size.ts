const MOST_WORKERS = 8;
/** Below it, what is said between workers takes as long as what they save. */
const FEWEST_ROWS_TO_SHARE = 4_000;

/** How many work on a job: what the caller asked for, else what the machine has, at most 8; one for few rows. */
export function crewSize(workers: number | null, rows: number): number {
  if (workers !== null) return workers;
  if (rows < FEWEST_ROWS_TO_SHARE) return 1;
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_WORKERS);
}
