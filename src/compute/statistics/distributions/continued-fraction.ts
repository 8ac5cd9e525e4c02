const least = 1e-300;
const precision = 2 ** -53;

/** Fractions met here end after a few times the square root of their largest parameter; none has more than 1e8. */
const mostTerms = 1_000_000;

/**
 * first + a₁ / (b₁ + a₂ / (b₂ + …)), by the method of Lentz as Thompson and Barnett changed it (1986).
 *
 * @param termAt Gives [aₙ, bₙ] for n from 1.
 */
export function continuedFraction(first: number, termAt: (n: number) => readonly [number, number]): number {
  let value = first || least;
  let [upper, lower] = [value, 0];
  for (let n = 1; n < mostTerms; n++) {
    const [a, b] = termAt(n);
    lower = 1 / (b + a * lower || least);
    upper = b + a / upper || least;
    const step = upper * lower;
    value *= step;
    if (!(Math.abs(step - 1) > precision)) break;
  }
  return value;
}
