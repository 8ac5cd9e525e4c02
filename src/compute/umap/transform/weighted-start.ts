/**
 * Where a new row starts: on the row that it equals, else at the mean of its nearest rows' places by their strengths
 * (umap-learn's init_graph_transform).
 *
 * @param place The coordinates of a row, on one axis.
 */
export function weightedStart(
  indices: Int32Array,
  weights: Float32Array,
  nComponents: number,
  place: (row: number, axis: number) => number,
): number[] {
  const axes = Array.from({ length: nComponents }, (_, axis) => axis);
  const same = weights.indexOf(1);
  if (same >= 0) return axes.map((axis) => place(indices[same] ?? 0, axis));
  return axes.map((axis) => {
    let sum = 0;
    let total = 0;
    for (const [each, weight] of weights.entries()) {
      sum += weight * place(indices[each] ?? 0, axis);
      total += weight;
    }
    return sum / total;
  });
}
