const MOST_SWEEPS = 50;

/**
 * Eigenvalues, largest first, and eigenvectors (rows of `vectors`) of a small symmetric matrix, by Jacobi rotations.
 * Uses nothing but the four operations and the square root: the same bits on every machine.
 */
export function eigenOfSymmetric(
  matrix: Float64Array,
  size: number,
): { readonly values: readonly number[]; readonly vectors: Float64Array<ArrayBuffer> } {
  const a = matrix.slice();
  const v = new Float64Array(size * size);
  for (let i = 0; i < size; i++) v[i * size + i] = 1;
  const get = (i: number, j: number) => a[i * size + j] ?? 0;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let off = 0;
    let on = 0;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        if (i === j) on += get(i, j) ** 2;
        else off += get(i, j) ** 2;
    if (off <= 1e-30 * on) break;
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(a, v, size, p, q);
  }
  const order = [...Array(size).keys()].sort((i, j) => get(j, j) - get(i, i) || i - j);
  const vectors = new Float64Array(size * size);
  for (const [place, which] of order.entries())
    for (let t = 0; t < size; t++) vectors[place * size + t] = v[which * size + t] ?? 0;
  return { values: order.map((which) => get(which, which)), vectors };
}

/** Turn the plane of axes p and q so that the entry between them becomes 0. */
function rotate(a: Float64Array, v: Float64Array, size: number, p: number, q: number): void {
  const between = a[p * size + q] ?? 0;
  if (between === 0) return;
  const ratio = ((a[q * size + q] ?? 0) - (a[p * size + p] ?? 0)) / (2 * between);
  const tangent = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.sqrt(ratio * ratio + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  const turn = (numbers: Float64Array, first: number, second: number) => {
    const x = numbers[first] ?? 0;
    const y = numbers[second] ?? 0;
    numbers[first] = cosine * x - sine * y;
    numbers[second] = sine * x + cosine * y;
  };
  for (let t = 0; t < size; t++) turn(a, t * size + p, t * size + q);
  for (let t = 0; t < size; t++) turn(a, p * size + t, q * size + t);
  for (let t = 0; t < size; t++) turn(v, p * size + t, q * size + t);
}
