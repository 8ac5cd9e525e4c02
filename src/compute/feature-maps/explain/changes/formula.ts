/** A formula in plain text, and how tightly its outermost operation binds: 1 a sum, 2 a product, 3 what stands alone. */
export interface Formula {
  readonly text: string;
  readonly binds: 1 | 2 | 3;
  /** Set where it is a number. */
  readonly number?: number;
}

/** Figures of a number in a formula. */
const DIGITS = 4;

/** "0.9812", "−3.1", "0". */
export function figureText(value: number): string {
  // The least ordinary number stands for 0 where the engine must not see that it is 0.
  const text = Math.abs(value) < 1e-37 ? "0" : String(Number(value.toPrecision(DIGITS)));
  return text.replace("-", "−");
}

/** The number before the operation. */
export const X: Formula = { text: "x", binds: 3 };

export function numberFormula(value: number): Formula {
  return { text: figureText(value), binds: 3, number: value };
}

/** "relu(x)" */
export function functionOf(name: string, ...inner: readonly Formula[]): Formula {
  return { text: `${name}(${inner.map(({ text }) => text).join(", ")})`, binds: 3 };
}

/** "x + 3", "x − 3"; what is 0 is left out. */
export function sumOf(left: Formula, right: Formula): Formula {
  if (left.number !== undefined && right.number === undefined) return sumOf(right, left);
  if (right.number === 0) return left;
  if (right.text.startsWith("−")) return { text: `${left.text} − ${right.text.slice(1)}`, binds: 1 };
  return { text: `${left.text} + ${right.text}`, binds: 1 };
}

/** "x − 3", "x + 3" */
export function differenceOf(left: Formula, right: Formula): Formula {
  if (right.number !== undefined) return sumOf(left, numberFormula(-right.number));
  return { text: `${left.text} − ${within(right, 2)}`, binds: 1 };
}

/** "3·x"; numbers come first. */
export function productOf(left: Formula, right: Formula): Formula {
  if (left.number === undefined && right.number !== undefined) return productOf(right, left);
  if (left.number === 1) return right;
  if (left.number === -1 && right.number === undefined) return { text: `−${within(right, 2)}`, binds: 2 };
  return { text: `${within(left, 2)}·${within(right, 2)}`, binds: 2 };
}

/** "x / 3" */
export function quotientOf(left: Formula, right: Formula): Formula {
  return { text: `${within(left, 2)} / ${within(right, 3)}`, binds: 2 };
}

/** "a·x + b": what scale and shift do. */
export function lineOf(scale: number, shift: number): Formula {
  return sumOf(productOf(numberFormula(scale), X), numberFormula(shift));
}

function within(inner: Formula, least: 1 | 2 | 3): string {
  return inner.binds >= least ? inner.text : `(${inner.text})`;
}
