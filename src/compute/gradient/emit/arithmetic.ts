import type { Backward } from "../backward.ts";

/** The product, with NumPy's broadcasting. */
export function times(back: Backward, left: string, right: string): string {
  return back.emit("Mul", [left, right]);
}

/** The sum, with NumPy's broadcasting. */
export function plus(back: Backward, left: string, right: string): string {
  return back.emit("Add", [left, right]);
}

/** The difference, with NumPy's broadcasting. */
export function minus(back: Backward, left: string, right: string): string {
  return back.emit("Sub", [left, right]);
}

/** The quotient, with NumPy's broadcasting. */
export function over(back: Backward, left: string, right: string): string {
  return back.emit("Div", [left, right]);
}

export function negative(back: Backward, tensor: string): string {
  return back.emit("Neg", [tensor]);
}

/** One tensor where a condition holds, the other where it doesn't, with NumPy's broadcasting. */
export function where(back: Backward, condition: string, then: string, otherwise: string): string {
  return back.emit("Where", [condition, then, otherwise]);
}

/** The gradient where a condition holds, 0 elsewhere. */
export function keepWhere(back: Backward, condition: string, gradient: string): string {
  return where(back, condition, gradient, back.number(0));
}
