/** Bernoulli numbers over 2k (2k - 1): from 16 on, the next term of the asymptotic series is below 2e-16. */
const series = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188] as const;
const farEnough = 16;
const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/**
 * What Stirling's formula leaves out: log Γ(z + 1) - ((z + 1/2) log z - z + log(2π) / 2), for z > 0.
 *
 * With it the densities of the gamma and beta distributions need no difference of large logarithms of Γ, which at a
 * million degrees of freedom would cost eight digits (C. Loader, "Fast and accurate computation of binomial
 * probabilities", 2000).
 */
export function stirlingError(z: number): number {
  if (z >= farEnough) return sumSeries(z);
  let [far, product] = [z, 1];
  while (far < farEnough) {
    far++;
    product *= far;
  }
  const logGamma = (far + 0.5) * Math.log(far) - far + halfLogTwoPi + sumSeries(far) - Math.log(product);
  return logGamma - ((z + 0.5) * Math.log(z) - z + halfLogTwoPi);
}

function sumSeries(z: number): number {
  const square = z * z;
  return series.reduceRight((sum, term) => sum / square + term, 0) / z;
}
