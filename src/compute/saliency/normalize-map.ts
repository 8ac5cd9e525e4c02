import { ComputeError } from "../errors.ts";
import { checkNumber } from "../option-checks.ts";
import { quantile } from "../quantile.ts";
import type { PartialAttribution } from "./attribution.ts";

/** What is drawn black and white. */
export interface MapRange {
  readonly vmax: number;
  readonly vmin: number;
}

/** A map for drawing, a number from 0 to 1 for each place. */
export interface NormalizedMap extends MapRange {
  /** `height * width`. */
  readonly values: Float32Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  /** Why there is nothing to see, a sentence; null where there is. */
  readonly note: string | null;
}

/** Of a hundred places the one with the greatest attribution is drawn white, as those above it are. */
const PERCENTILE = 99;

/**
 * The sum over the channels of an attribution's sizes at each place.
 *
 * @returns `height * width` numbers.
 */
export function sizesAtPlaces(attribution: PartialAttribution): Float64Array<ArrayBuffer> {
  return sumAtPlaces(attribution, Math.abs);
}

/** The sum over the channels of an attribution at each place, with its sign. @returns as `sizesAtPlaces`. */
export function sumsAtPlaces(attribution: PartialAttribution): Float64Array<ArrayBuffer> {
  return sumAtPlaces(attribution, (value) => value);
}

/**
 * Slideflow's `max_min`: the percentile and the least of the sizes at places.
 *
 * @param percentile - 0 to 100, as NumPy interpolates it ("linear").
 */
export function maxMin(attribution: PartialAttribution, percentile = PERCENTILE): MapRange {
  return rangeOf(sizesAtPlaces(attribution), percentile);
}

/**
 * Slideflow's and PAIR's grayscale map: sizes at places, from the least to the percentile. A map that is the same
 * everywhere, which both make NaN of, is 0 and noted.
 *
 * @param range - Of several maps that are drawn together; else the map's own.
 */
export function grayscale(
  attribution: PartialAttribution,
  { range, percentile = PERCENTILE }: { readonly range?: MapRange; readonly percentile?: number } = {},
): NormalizedMap {
  const sizes = sizesAtPlaces(attribution);
  return stretched(attribution, sizes, range ?? rangeOf(sizes, percentile));
}

/** Maps drawn together: from the least of all to the greatest of their percentiles. */
export function grayscaleTogether(
  attributions: readonly PartialAttribution[],
  percentile = PERCENTILE,
): readonly NormalizedMap[] {
  const sizes = attributions.map(sizesAtPlaces);
  const ranges = sizes.map((each) => rangeOf(each, percentile));
  const range = {
    vmax: Math.max(...ranges.map(({ vmax }) => vmax)),
    vmin: Math.min(...ranges.map(({ vmin }) => vmin)),
  };
  return attributions.map((each, place) => stretched(each, sizes[place] ?? new Float64Array(), range));
}

/** Slideflow's `normalize_xrai`: as `grayscale`, of what has a sign, which is kept. */
export function normalizeXrai(attribution: PartialAttribution, percentile = PERCENTILE): NormalizedMap {
  const sums = sumsAtPlaces(attribution);
  return stretched(attribution, sums, rangeOf(sums, percentile));
}

/**
 * PAIR's `VisualizeImageDiverging`: 0.5 where nothing speaks for or against the score, above it for, below it against; the
 * percentile of the sums at places is as far from 0.5 as its opposite.
 */
export function diverging(attribution: PartialAttribution, percentile = PERCENTILE): NormalizedMap {
  const sums = sumsAtPlaces(attribution);
  const span = Math.abs(rangeOf(sums, percentile).vmax);
  const map = stretched(attribution, sums, { vmax: span, vmin: -span }, -1);
  return span > 0 ? map : { ...map, values: Float32Array.from(sums, (sum) => (Math.sign(sum) + 1) / 2) };
}

function sumAtPlaces(
  { values, shape: { height, width, channels, channelsLast } }: PartialAttribution,
  of: (value: number) => number,
): Float64Array<ArrayBuffer> {
  const places = height * width;
  const sums = new Float64Array(places);
  for (let place = 0; place < places; place++)
    for (let channel = 0; channel < channels; channel++) {
      const value = values[channelsLast ? place * channels + channel : channel * places + place] ?? 0;
      sums[place] = (sums[place] ?? 0) + of(value);
    }
  return sums;
}

/** @throws ComputeError "input" where the map has numbers that are none. */
function rangeOf(sums: Float64Array, percentile: number): MapRange {
  checkNumber("percentile", percentile, { least: 0, most: 100 });
  let vmin = Number.POSITIVE_INFINITY;
  let wrong = 0;
  for (const sum of sums) {
    vmin = Math.min(vmin, sum);
    if (!Number.isFinite(sum)) wrong++;
  }
  if (wrong > 0)
    throw new ComputeError(
      "input",
      `The map has no number at ${wrong} of ${sums.length} places: the model's gradient is not finite there.`,
      "Check the picture's numbers and the preprocessing.",
    );
  return { vmax: quantile(sums.slice(), percentile / 100), vmin };
}

function stretched(
  { shape: { height, width } }: PartialAttribution,
  sums: Float64Array,
  { vmax, vmin }: MapRange,
  least = 0,
): NormalizedMap {
  const [first = 0] = sums;
  const note = sums.every((sum) => sum === first)
    ? `The map is ${figure(first)} everywhere: there is nothing to see.`
    : null;
  const values = Float32Array.from(sums, (sum) => {
    if (vmax > vmin) return Math.min(1, Math.max(least, (sum - vmin) / (vmax - vmin)));
    // What NumPy makes of a division by 0, but for NaN where it is 0 by 0.
    return sum > vmin ? 1 : 0;
  });
  return { values, height, width, vmax, vmin, note };
}

function figure(value: number): string {
  return String(Number(value.toPrecision(3)));
}
