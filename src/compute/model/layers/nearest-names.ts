/** More than this many candidates are not compared letter by letter. */
const MOST_NAMES = 5000;
const LONGEST = 200;

/**
 * The names that are most like what somebody wrote, at most three: those that differ in case alone, else those that
 * few changes of a letter lead to (Levenshtein's distance, at most two fifths of the length), else those it is part of.
 */
export function nearestNames(wanted: string, names: readonly string[]): readonly string[] {
  const text = wanted.toLowerCase().slice(0, LONGEST);
  const all = [...new Set(names)].slice(0, MOST_NAMES);
  const same = all.filter((name) => name.toLowerCase() === text);
  if (same.length > 0) return same.slice(0, 3);
  const near = all
    .map((name) => ({ name, changes: changesBetween(text, name.toLowerCase().slice(0, LONGEST)) }))
    .filter(({ changes }) => changes <= Math.max(1, text.length * 0.4))
    .sort((a, b) => a.changes - b.changes);
  if (near.length > 0) return near.slice(0, 3).map(({ name }) => name);
  return text.length < 2 ? [] : all.filter((name) => name.toLowerCase().includes(text)).slice(0, 3);
}

/** Letters to put in, take out or replace (Levenshtein 1966). */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...from].entries()) {
    const next = [at + 1];
    for (let other = 1; other <= to.length; other++) {
      const replaced = (row[other - 1] ?? 0) + (letter === to[other - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[other] ?? 0) + 1, (next[other - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
