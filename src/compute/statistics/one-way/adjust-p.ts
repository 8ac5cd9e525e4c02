/**
 * The share of false discoveries among all tests as good as each (Benjamini and Hochberg 1995), as statsmodels'
 * `multipletests(method="fdr_bh")` has it.
 *
 * @param logP Natural logarithms of p; -Infinity is allowed.
 * @param counted Which of them are tests at all; the others' answer is 0.
 * @returns Natural logarithms of q, at most 0.
 */
export function benjaminiHochberg(logP: Float64Array, counted: Int32Array): Float64Array<ArrayBuffer> {
  const logQ = new Float64Array(logP.length);
  // Of two that are -Infinity the difference is NaN, which sorting takes for equal.
  const best = counted.toSorted((a, b) => (logP[a] ?? 0) - (logP[b] ?? 0));
  let least = 0;
  for (let place = best.length; place > 0; place--) {
    const test = best[place - 1] ?? 0;
    least = Math.min(least, (logP[test] ?? 0) + Math.log(best.length / place));
    logQ[test] = least;
  }
  return logQ;
}

/** p times the number of tests, at most 1 (Bonferroni), as natural logarithm; parameters as above. */
export function bonferroni(logP: Float64Array, counted: Int32Array): Float64Array<ArrayBuffer> {
  const adjusted = new Float64Array(logP.length);
  for (const test of counted) adjusted[test] = Math.min(0, (logP[test] ?? 0) + Math.log(counted.length));
  return adjusted;
}
