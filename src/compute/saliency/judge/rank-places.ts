/**
 * The places of a map from the most salient on; of those that are alike the first comes first. Whatever is no number comes
 * last.
 *
 * @param map - A number a place.
 */
export function rankPlaces(map: Float32Array): Uint32Array<ArrayBuffer> {
  const values = map.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value));
  const valueAt = (place: number) => values[place] ?? 0;
  return Uint32Array.from(values.keys()).sort((one, other) => {
    if (valueAt(one) === valueAt(other)) return one - other;
    return valueAt(one) > valueAt(other) ? -1 : 1;
  });
}
