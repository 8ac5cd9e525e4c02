import { numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import { minus, over, plus, times } from "../../emit/arithmetic.ts";
import { clipTo, keepWhereEqual } from "../../emit/comparison.ts";
import { numberByNumber, type Place } from "./number-by-number.ts";

/** ln(1 / sqrt(2 pi)). */
const LOG_DENSITY = -0.5 * Math.log(2 * Math.PI);
/** Of Gelu's approximation: tanh(sqrt(2 / pi) (x + 0.044715 x^3)) (Hendrycks and Gimpel, 2016). */
const TANH = { slope: Math.sqrt(2 / Math.PI), cubic: 0.044715 };
/** No sum with a number of any size is changed by it. */
const NOTHING = 1e-20;
/** HardSwish is x times the line x / 6 + 1 / 2, which is kept between 0 and 1 that far from 0. */
const HARD = { reach: 3, alpha: 1 / 6, beta: 0.5 };

/** Swish, x times s = sigmoid(alpha x): s + alpha y (1 - s), which is s (1 - alpha y) + alpha y. */
export const swish = numberByNumber((place) => {
  const { node, back, dy, y } = place;
  const alpha = numberOf(node, "alpha", 1);
  const rest = alpha === 1 ? y : times(back, y, back.number(alpha));
  const share = times(back, gateOf(place, 0.5), minus(back, back.number(1), rest));
  return times(back, dy, plus(back, share, rest));
});

/** HardSwish, x times h = HardSigmoid(x): h + x / 6 within 3 of 0, h beyond. */
export const hardSwish = numberByNumber(({ back, dy, x }) => {
  const gate = back.emit("HardSigmoid", [x], { alpha: { float: HARD.alpha }, beta: { float: HARD.beta } });
  const within = keepWhereEqual(back, x, clipTo(back, x, -HARD.reach, HARD.reach), x);
  return times(back, dy, plus(back, gate, times(back, within, back.number(HARD.alpha))));
});

/** Mish, x times t = tanh(softplus(x)): t + x (1 - t^2) sigmoid(x), which is t + (x - y t) sigmoid(x). */
export const mish = numberByNumber((place) => {
  const { back, dy, x, y } = place;
  const gate = gateOf(place, Math.tanh(Math.LN2));
  const slope = times(back, minus(back, x, times(back, y, gate)), back.emit("Sigmoid", [x]));
  return times(back, dy, plus(back, gate, slope));
});

/** Gelu, exact or by its tanh. */
export const gelu = numberByNumber((place) =>
  textOf(place.node, "approximate", "none") === "tanh" ? byTanh(place) : exact(place),
);

/** The normal distribution's P(x) + x p(x). */
function exact(place: Place): string {
  const { back, dy, x } = place;
  const root = times(back, x, back.number(Math.SQRT1_2));
  const density = back.emit("Exp", [minus(back, back.number(LOG_DENSITY), times(back, root, root))]);
  return times(back, dy, plus(back, gateOf(place, 0.5), times(back, density, x)));
}

/** (1 + tanh(v)) / 2 = s = sigmoid(2v), so Gelu is x s, and its derivative s + y (1 - s) 2v'. */
function byTanh(place: Place): string {
  const { back, dy, x, y } = place;
  const gate = gateOf(place, 0.5);
  const square = times(back, times(back, x, x), back.number(6 * TANH.slope * TANH.cubic));
  const slope = plus(back, square, back.number(2 * TANH.slope));
  const rest = times(back, times(back, y, minus(back, back.number(1), gate)), slope);
  return times(back, dy, plus(back, gate, rest));
}

/**
 * What x was multiplied by, y / x: a seventh of the time that it takes to compute it again. At 0 it is given; what is
 * added to get there is lost in every number that is not nothing itself.
 */
function gateOf({ back, x, y }: Place, atZero: number): string {
  return over(back, plus(back, y, back.number(atZero * NOTHING)), plus(back, x, back.number(NOTHING)));
}
