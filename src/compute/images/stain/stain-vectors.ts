import { eigenOfSymmetric } from "../../eigen-of-symmetric.ts";
import { quantile } from "../../quantile.ts";

/** Densities below it in any channel are glass: Macenko's beta. */
const LEAST_DENSITY = 0.15;
/** Share of the angles that is cut off on either side: Macenko's alpha. */
const SHARE_CUT = 0.01;

/**
 * The two stains of a picture (Macenko et al. 2009). Densities of tissue lie in the plane of the two largest eigenvectors of
 * their covariance; the stains are the directions in it of which 1 % and 99 % of the angles are short of.
 *
 * The eigenvectors are turned to where the tissue lies, so that its angles don't break off at 180°; LAPACK leaves their signs
 * to chance, on which the result of other implementations depends where they do.
 *
 * @param densities - Optical densities in red, green, blue, pixel after pixel.
 * @returns Unit vectors, the one with more red first (haematoxylin); null where fewer than three pixels are tissue.
 */
export function stainVectors(densities: Float64Array): readonly [readonly number[], readonly number[]] | null {
  const tissue = tissueOf(densities);
  if (tissue.length < 9) return null;
  const [mean, covariance] = covarianceOf(tissue);
  const { vectors } = eigenOfSymmetric(covariance, 3);
  const second = towards(mean, vectors.subarray(3, 6));
  const largest = towards(mean, vectors.subarray(0, 3));
  const angles = anglesOf(tissue, second, largest);
  const directions = [SHARE_CUT, 1 - SHARE_CUT].map((share) => {
    const angle = quantile(angles, share);
    return [0, 1, 2].map(
      (channel) => Math.cos(angle) * (second[channel] ?? 0) + Math.sin(angle) * (largest[channel] ?? 0),
    );
  });
  const [low = [], high = []] = directions;
  return (low[0] ?? 0) > (high[0] ?? 0) ? [low, high] : [high, low];
}

/** Of each pixel in the plane of two vectors, from the first. */
function anglesOf(tissue: Float64Array, first: Float64Array, other: Float64Array): Float64Array {
  const [firstRed = 0, firstGreen = 0, firstBlue = 0] = first;
  const [otherRed = 0, otherGreen = 0, otherBlue = 0] = other;
  const angles = new Float64Array(tissue.length / 3);
  for (let pixel = 0, i = 0; pixel < angles.length; pixel++, i += 3) {
    const red = tissue[i] ?? 0;
    const green = tissue[i + 1] ?? 0;
    const blue = tissue[i + 2] ?? 0;
    angles[pixel] = Math.atan2(
      otherRed * red + otherGreen * green + otherBlue * blue,
      firstRed * red + firstGreen * green + firstBlue * blue,
    );
  }
  return angles;
}

function tissueOf(densities: Float64Array): Float64Array {
  const tissue = new Float64Array(densities.length);
  let length = 0;
  for (let i = 0; i < densities.length; i += 3) {
    const red = densities[i] ?? 0;
    const green = densities[i + 1] ?? 0;
    const blue = densities[i + 2] ?? 0;
    if (red < LEAST_DENSITY || green < LEAST_DENSITY || blue < LEAST_DENSITY) continue;
    tissue[length] = red;
    tissue[length + 1] = green;
    tissue[length + 2] = blue;
    length += 3;
  }
  return tissue.subarray(0, length);
}

function covarianceOf(tissue: Float64Array): readonly [Float64Array, Float64Array] {
  const count = tissue.length / 3;
  const mean = new Float64Array(3);
  for (let i = 0; i < tissue.length; i++) mean[i % 3] = (mean[i % 3] ?? 0) + (tissue[i] ?? 0) / count;
  const [meanRed = 0, meanGreen = 0, meanBlue = 0] = mean;
  let [rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < tissue.length; i += 3) {
    const red = (tissue[i] ?? 0) - meanRed;
    const green = (tissue[i + 1] ?? 0) - meanGreen;
    const blue = (tissue[i + 2] ?? 0) - meanBlue;
    rr += red * red;
    rg += red * green;
    rb += red * blue;
    gg += green * green;
    gb += green * blue;
    bb += blue * blue;
  }
  return [mean, Float64Array.of(rr, rg, rb, rg, gg, gb, rb, gb, bb).map((sum) => sum / (count - 1))];
}

/** The vector or its opposite, whichever has less than 90° to `mean`. */
const towards = (mean: Float64Array, vector: Float64Array) =>
  dot(mean, vector) < 0 ? vector.map((value) => -value) : vector;

const dot = (a: Float64Array, b: Float64Array) =>
  (a[0] ?? 0) * (b[0] ?? 0) + (a[1] ?? 0) * (b[1] ?? 0) + (a[2] ?? 0) * (b[2] ?? 0);
