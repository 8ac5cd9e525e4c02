export interface ShownUnits {
  /** "top": those that the ranking has first. */
  readonly units: "top" | readonly number[];
  /** The ranking, best first. */
  readonly ranking: ArrayLike<number>;
  /** So many panels, where the units are not named one by one. */
  readonly panels: number;
  readonly pinned: ReadonlySet<number>;
  /** -1: none. */
  readonly current: number;
}

/**
 * The units on show: those that are pinned and the current one before the others, unless they are among them; a unit that
 * is on show already stays in its place.
 */
export function shownUnits({ units, ranking, panels, pinned, current }: ShownUnits): readonly number[] {
  const best = Array.from(ranking).slice(0, panels);
  const base = units === "top" ? best : units;
  const isKept = (unit: number): boolean => pinned.has(unit) || unit === current;
  const extra = [...new Set([...pinned, current])].filter((unit) => unit >= 0 && !base.includes(unit));
  const free = base.filter((unit) => !isKept(unit));
  const leaving = new Set(free.slice(Math.max(0, free.length - extra.length)));
  return [...extra, ...base.filter((unit) => !leaving.has(unit))];
}
