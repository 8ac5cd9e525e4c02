import { placesOf } from "../attribution.ts";
import { diverging, normalizeXrai } from "../normalize-map.ts";

/** A map before it is scaled, a number a place. */
export interface UnscaledMap {
  /** How much each place matters: the sum over the channels of the sizes; of XRAI the segments' values. */
  readonly strength: Float32Array;
  /** The sum over the channels, for the class above 0 and against it below. */
  readonly signed: Float32Array;
}

/**
 * A map as it is drawn, 0 to 1: PAIR's `VisualizeImageGrayscale`, strength from its least to a percentile; or, signed, its
 * `VisualizeImageDiverging`, where 0.5 speaks neither for the class nor against it and the percentile is as far from that as
 * its opposite. A map that is the same everywhere, of which PAIR makes NaN, is 0, or 0.5 where it is signed.
 *
 * @param percentile - 0 to 100, as NumPy interpolates it ("linear"); PAIR's is 99.
 * @throws {ComputeError} kind "input" when the percentile is none, or the map has numbers that are none.
 */
export function clippedMap(map: UnscaledMap, percentile: number, isSigned: boolean): Float32Array<ArrayBuffer> {
  const values = isSigned ? map.signed : map.strength;
  const shape = placesOf({ height: 1, width: values.length, channels: 1, channelsLast: true });
  if (!isSigned) return normalizeXrai({ values: new Float32Array(values), shape }, percentile).values;
  const { values: drawn, note } = diverging({ values: new Float32Array(values), shape }, percentile);
  // PAIR lets what lies below the scale go on to -1: its drawing then shows it as 0.
  return note === null ? drawn.map((value) => Math.max(0, value)) : drawn.fill(0.5);
}
