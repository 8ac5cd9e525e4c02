const MOST_WORKERS = 8;

/** How many work on a job: what the caller asked for, else what the machine has, at most 8. */
export function crewSize(workers: number | null): number {
  return workers ?? Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_WORKERS);
}
