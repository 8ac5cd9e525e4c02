/**
 * Ten class colours, the same on white and on #212121: at least 3 : 1 on both, at least ΔE2000 11 between any two
 * under protan, deutan and tritan vision (Machado, full severity). In order: blue, orange, magenta, sky, teal, green,
 * brown, rose, violet, slate.
 */
export const classColors = [
  "#0663e7",
  "#ec6700",
  "#c62d6a",
  "#3fa0ba",
  "#21786b",
  "#76a058",
  "#90633b",
  "#c48290",
  "#9681fe",
  "#717191",
] as const;

/** The colour of all classes beyond the nine largest, where there are more than ten. */
export const restColor: string = classColors[9];

const COLORED = 9;

export interface ClassColors {
  /** One `#rrggbb` a class, in the order of the classes. */
  readonly colors: readonly string[];
  /** Classes that share the colour of the rest; empty up to ten classes. */
  readonly rest: readonly number[];
}

/**
 * Colours for classes with these numbers of rows. Up to ten classes each has its own, in order. Above ten the nine
 * largest have one and the rest are slate; a `promoted` class (clicked in the legend, oldest first) takes the colour of
 * the smallest class that was not promoted, so that the others keep theirs.
 */
export function assignClassColors(counts: ArrayLike<number>, promoted: readonly number[] = []): ClassColors {
  const classes = Array.from({ length: counts.length }, (_, index) => index);
  if (classes.length <= classColors.length)
    return { colors: classes.map((index) => classColors[index] ?? restColor), rest: [] };

  const bySize = [...classes].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const holders = bySize.slice(0, COLORED).sort((a, b) => a - b);
  for (const wanted of promoted.slice(-COLORED)) {
    if (holders.includes(wanted) || wanted < 0 || wanted >= classes.length) continue;
    const smallest = [...bySize].reverse().find((index) => holders.includes(index) && !promoted.includes(index));
    if (smallest !== undefined) holders[holders.indexOf(smallest)] = wanted;
  }
  const colors = classes.map((index) => {
    const place = holders.indexOf(index);
    return place < 0 ? restColor : (classColors[place] ?? restColor);
  });
  return { colors, rest: bySize.filter((index) => !holders.includes(index)) };
}
