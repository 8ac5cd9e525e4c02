/** A map as a saved notebook keeps it: 256 levels between its ends, the root of what they stand for, so that faint places keep theirs. */
export interface MapLevels {
  readonly levels: Uint8Array<ArrayBuffer>;
  readonly least: number;
  readonly most: number;
}

/** Levels of a map. */
export function levelsOf(values: Float32Array): MapLevels {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    // Drawn as nothing, it must not be the end of a range.
    if (!Number.isFinite(value)) continue;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  const middle = middleOf(least, most);
  const scale = 1 / (Math.max(most - middle, middle - least) || 1);
  // Levels of either sign where the map has both.
  const [zero, span] = middle > least ? [128, 127] : [0, 255];
  const levels = Uint8Array.from(values, (value) => {
    const share = (value - middle) * scale;
    return Math.round(zero + span * Math.sign(share) * Math.sqrt(Math.abs(share)));
  });
  return { levels, least, most };
}

/** The map of which these are the levels. */
export function valuesOf({ levels, least, most }: MapLevels): Float32Array<ArrayBuffer> {
  const middle = middleOf(least, most);
  const [zero, span] = middle > least ? [128, 127] : [0, 255];
  const scale = Math.max(most - middle, middle - least);
  return Float32Array.from(levels, (level) => {
    const root = (level - zero) / span;
    return middle + scale * Math.sign(root) * root * root;
  });
}

/** Where the root is taken from: zero where the map has both signs, else the end that is nearer to it. */
function middleOf(least: number, most: number): number {
  return least < 0 && most > 0 ? 0 : least;
}
