import { numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import { errorFunction } from "./error-function.ts";
import { differenceOf, type Formula, functionOf, numberFormula, productOf, quotientOf, sumOf } from "./formula.ts";

/** A number, and how it is written. */
export interface Written {
  readonly value: number;
  readonly formula: Formula;
}

/** What an operator makes of the numbers that it takes at one place; undefined for one that is left out. */
export type Pointwise = (taken: readonly (Written | undefined)[], node: OnnxNode) => Written;

const written = (value: number, formula: Formula): Written => ({ value, formula });
const constant = (value: number): Written => written(value, numberFormula(value));
const missing = constant(Number.NaN);

const ofOne =
  (name: string, value: (x: number) => number): Pointwise =>
  ([x = missing]) =>
    written(value(x.value), functionOf(name, x.formula));

const ofTwo =
  (value: (a: number, b: number) => number, formula: (a: Formula, b: Formula) => Formula): Pointwise =>
  ([a = missing, b = missing]) =>
    written(value(a.value, b.value), formula(a.formula, b.formula));

const compared = (sign: string, holds: (a: number, b: number) => boolean): Pointwise =>
  ofTwo(
    (a, b) => (holds(a, b) ? 1 : 0),
    (a, b) => ({ text: `${a.text} ${sign} ${b.text}`, binds: 1 }),
  );

/** Any number of operands, one after the other. */
const folded =
  (pair: Pointwise): Pointwise =>
  (taken, node) =>
    taken.slice(1).reduce<Written>((all, one) => pair([all, one], node), taken[0] ?? missing);

const add = ofTwo((a, b) => a + b, sumOf);
const subtract = ofTwo((a, b) => a - b, differenceOf);
const multiply = ofTwo((a, b) => a * b, productOf);
const divide = ofTwo((a, b) => a / b, quotientOf);
// Numbers first: "max(0, x)".
const firstNumber = (name: string) => (a: Formula, b: Formula) =>
  b.number === undefined ? functionOf(name, a, b) : functionOf(name, b, a);
const highest = ofTwo(Math.max, firstNumber("max"));
const lowest = ofTwo(Math.min, firstNumber("min"));
const exponential = ofOne("exp", Math.exp);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const softplus = (x: number) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));

/** What is below 0 by a slope of its own: "max(0, x) + 0.2·min(0, x)". */
const leaky = (x: Written, slope: Written, node: OnnxNode): Written =>
  add([highest([constant(0), x], node), multiply([slope, lowest([constant(0), x], node)], node)], node);

/** α·(exp(min(0, x)) − 1) below 0, x above. */
const elu = (x: Written, alpha: number, node: OnnxNode): Written => {
  const bent = subtract([exponential([lowest([constant(0), x], node)], node), constant(1)], node);
  return add([highest([constant(0), x], node), multiply([constant(alpha), bent], node)], node);
};

const hardSigmoid = (x: Written, alpha: number, beta: number, node: OnnxNode): Written => {
  const line = add([multiply([constant(alpha), x], node), constant(beta)], node);
  return lowest([constant(1), highest([constant(0), line], node)], node);
};

/** What exporters write for no bound is the largest number in single precision. */
const UNBOUNDED = 3.4e38;

const clip: Pointwise = ([x = missing, low, high], node) => {
  const [least, most] = [numberOf(node, "min", null), numberOf(node, "max", null)];
  const floor = low ?? (least === null ? undefined : constant(least));
  const ceiling = high ?? (most === null ? undefined : constant(most));
  const raised = floor && floor.value > -UNBOUNDED ? highest([floor, x], node) : x;
  return ceiling && ceiling.value < UNBOUNDED ? lowest([ceiling, raised], node) : raised;
};

const gelu: Pointwise = ([x = missing], node) => {
  const isTanh = textOf(node, "approximate", "none") === "tanh";
  const inner = isTanh
    ? Math.tanh(Math.sqrt(2 / Math.PI) * (x.value + 0.044715 * x.value ** 3))
    : errorFunction(x.value / Math.SQRT2);
  return written((x.value / 2) * (1 + inner), functionOf("gelu", x.formula));
};

/** ONNX' operators that work on each number by itself. */
const POINTWISE: Readonly<Record<string, Pointwise>> = {
  Relu: ([x = missing], node) => highest([constant(0), x], node),
  LeakyRelu: ([x = missing], node) => leaky(x, constant(numberOf(node, "alpha", 0.01)), node),
  PRelu: ([x = missing, slope = missing], node) => leaky(x, slope, node),
  Elu: ([x = missing], node) => elu(x, numberOf(node, "alpha", 1), node),
  Selu: ([x = missing], node) =>
    multiply(
      [
        constant(numberOf(node, "gamma", 1.0507009873554805)),
        elu(x, numberOf(node, "alpha", 1.6732632423543772), node),
      ],
      node,
    ),
  Celu: ([x = missing], node) => {
    const alpha = constant(numberOf(node, "alpha", 1));
    const scaled = elu(divide([x, alpha], node), 1, node);
    return multiply([alpha, scaled], node);
  },
  ThresholdedRelu: ([x = missing], node) => {
    const threshold = numberOf(node, "alpha", 1);
    return written(x.value > threshold ? x.value : 0, {
      text: `${x.formula.text} if ${x.formula.text} > ${numberFormula(threshold).text}, else 0`,
      binds: 1,
    });
  },
  Clip: clip,
  Sigmoid: ofOne("sigmoid", sigmoid),
  HardSigmoid: ([x = missing], node) => hardSigmoid(x, numberOf(node, "alpha", 0.2), numberOf(node, "beta", 0.5), node),
  HardSwish: ([x = missing], node) => multiply([x, hardSigmoid(x, 1 / 6, 0.5, node)], node),
  Gelu: gelu,
  Mish: ofOne("mish", (x) => x * Math.tanh(softplus(x))),
  Swish: ofOne("swish", (x) => x * sigmoid(x)),
  Tanh: ofOne("tanh", Math.tanh),
  Softplus: ofOne("softplus", softplus),
  Softsign: ofOne("softsign", (x) => x / (1 + Math.abs(x))),
  Exp: exponential,
  Log: ofOne("log", Math.log),
  Sqrt: ofOne("sqrt", Math.sqrt),
  Erf: ofOne("erf", errorFunction),
  Abs: ofOne("abs", Math.abs),
  Sign: ofOne("sign", Math.sign),
  Floor: ofOne("floor", Math.floor),
  Ceil: ofOne("ceil", Math.ceil),
  Neg: ([x = missing], node) => multiply([constant(-1), x], node),
  Reciprocal: ([x = missing], node) => divide([constant(1), x], node),
  Add: add,
  Sub: subtract,
  Mul: multiply,
  Div: divide,
  Pow: ofTwo(
    (a, b) => a ** b,
    (a, b) => ({
      text: `${a.binds === 3 ? a.text : `(${a.text})`}^${b.binds === 3 ? b.text : `(${b.text})`}`,
      binds: 2,
    }),
  ),
  Max: folded(highest),
  Min: folded(lowest),
  Greater: compared(">", (a, b) => a > b),
  GreaterOrEqual: compared("≥", (a, b) => a >= b),
  Less: compared("<", (a, b) => a < b),
  LessOrEqual: compared("≤", (a, b) => a <= b),
  Where: ([condition = missing, a = missing, b = missing]) =>
    written(condition.value ? a.value : b.value, {
      text: `${a.formula.text} if ${condition.formula.text}, else ${b.formula.text}`,
      binds: 1,
    }),
};

/** undefined for an operator that is none of them. */
export function pointwiseOf({ opType, domain }: OnnxNode): Pointwise | undefined {
  return domain === "" && Object.hasOwn(POINTWISE, opType) ? POINTWISE[opType] : undefined;
}
