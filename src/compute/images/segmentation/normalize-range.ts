import type { Numbers, OwnNumbers } from "../resize/numbers-of.ts";

/**
 * A picture's values stretched over -1 to 1, step by step in the type they come in, as NumPy does it. A picture of one value has
 * nothing to stretch: it becomes -1.
 *
 * @returns A new array.
 */
export function normalizeRange<T extends Numbers>(values: T): OwnNumbers<T>;
export function normalizeRange(values: Numbers): Numbers {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const stretched = values.slice();
  const span = values instanceof Float32Array ? Math.fround(most - least) : most - least;
  // Each step is stored, so that single precision rounds where NumPy's does.
  for (let place = 0; place < stretched.length; place++) {
    stretched[place] = (values[place] ?? 0) - least;
    stretched[place] = span === 0 ? 0 : (stretched[place] ?? 0) / span;
    stretched[place] = (stretched[place] ?? 0) * 2 - 1;
  }
  return stretched;
}
