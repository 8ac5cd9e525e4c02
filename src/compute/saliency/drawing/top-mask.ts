import { selectInPlace } from "../../quantile.ts";

/**
 * The places where a map is greatest.
 *
 * @param map - A number a place.
 * @param percent - 0 to 100 of all places; a part of a place is a whole one.
 * @returns 1 where a place is among them, else 0. Of places that are alike the first are.
 */
export function topMask(map: Float32Array, percent: number): Uint8Array<ArrayBuffer> {
  const mask = new Uint8Array(map.length);
  const count = placesIn(percent, map.length);
  if (count === 0) return mask;
  const least = selectInPlace(Float64Array.from(map), map.length - count);
  let left = count;
  for (let place = 0; place < map.length; place++)
    if ((map[place] ?? 0) > least) {
      mask[place] = 1;
      left--;
    }
  for (let place = 0; left > 0 && place < map.length; place++)
    if (map[place] === least) {
      mask[place] = 1;
      left--;
    }
  return mask;
}

/** So many per cent of them, rounded up, but for what is no more than a rounding: 7 % of 100 are 7.000000000000001. */
function placesIn(percent: number, places: number): number {
  const share = Math.min(1, Math.max(0, percent / 100));
  return Math.min(places, Math.ceil(share * places - places * Number.EPSILON));
}
