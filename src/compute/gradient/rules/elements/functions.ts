import type { Backward } from "../../backward.ts";
import { minus, negative, over, plus, times } from "../../emit/arithmetic.ts";
import { withSignOf } from "../../emit/comparison.ts";
import { numberByNumber, type Place } from "./number-by-number.ts";

/** ln(2 / sqrt(pi)): the factor before Erf's derivative, put into its exponent to spare a pass. */
const LOG_ERF_SLOPE = Math.log(2 / Math.sqrt(Math.PI));

export const neg = numberByNumber(({ back, dy }) => negative(back, dy));

/** Abs: 0 at 0, as PyTorch has it. */
export const abs = numberByNumber(({ back, dy, x }) => withSignOf(back, x, dy));

/** Reciprocal: -y^2. */
export const reciprocal = numberByNumber(({ back, dy, y }) => times(back, times(back, dy, y), negative(back, y)));

/** Sqrt: 1 / (2y). */
export const sqrt = numberByNumber(({ back, dy, y }) => over(back, times(back, dy, back.number(0.5)), y));

export const exp = numberByNumber(({ back, dy, y }) => times(back, dy, y));

export const log = numberByNumber(({ back, dy, x }) => over(back, dy, x));

/** Erf: 2 / sqrt(pi) e^(-x^2). */
export const erf = numberByNumber(({ back, dy, x }) =>
  times(back, dy, back.emit("Exp", [minus(back, back.number(LOG_ERF_SLOPE), square(back, x))])),
);

export const sin = numberByNumber(({ back, dy, x }) => times(back, dy, back.emit("Cos", [x])));

export const cos = numberByNumber(({ back, dy, x }) => negative(back, times(back, dy, back.emit("Sin", [x]))));

/** Tan: 1 + y^2. */
export const tan = numberByNumber(({ back, dy, y }) => times(back, dy, plus(back, square(back, y), back.number(1))));

/** Asin: 1 / sqrt(1 - x^2). */
export const asin = numberByNumber((place) => over(place.back, place.dy, ofCircle(place)));

/** Acos: Asin's with the other sign. */
export const acos = numberByNumber((place) => negative(place.back, over(place.back, place.dy, ofCircle(place))));

/** Atan: 1 / (1 + x^2). */
export const atan = numberByNumber(({ back, dy, x }) => over(back, dy, plus(back, square(back, x), back.number(1))));

export const sinh = numberByNumber(({ back, dy, x }) => times(back, dy, back.emit("Cosh", [x])));

export const cosh = numberByNumber(({ back, dy, x }) => times(back, dy, back.emit("Sinh", [x])));

/** Asinh: 1 / sqrt(x^2 + 1). */
export const asinh = numberByNumber(({ back, dy, x }) =>
  over(back, dy, back.emit("Sqrt", [plus(back, square(back, x), back.number(1))])),
);

/** Acosh: 1 / sqrt(x^2 - 1). */
export const acosh = numberByNumber(({ back, dy, x }) =>
  over(back, dy, back.emit("Sqrt", [minus(back, square(back, x), back.number(1))])),
);

/** Atanh: 1 / (1 - x^2). */
export const atanh = numberByNumber(({ back, dy, x }) => over(back, dy, minus(back, back.number(1), square(back, x))));

function square(back: Backward, tensor: string): string {
  return times(back, tensor, tensor);
}

/** sqrt(1 - x^2). */
function ofCircle({ back, x }: Place): string {
  return back.emit("Sqrt", [minus(back, back.number(1), square(back, x))]);
}
