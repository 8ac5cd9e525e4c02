// Operators that answer number by number, and those that sum, compare and normalise.

import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import type { Attributes } from "../../../src/compute/model/onnx/operator.ts";
import { type CaseTensor, type GradientCase, integers, node, tensor } from "../gradient-check.ts";

/** How far numbers are kept from where a derivative jumps: beyond two steps of the differences. */
const CLEAR = 0.03;

/** A case with one operator, from "x" and what else it takes to "y". */
function operatorCase(
  name: string,
  opType: string,
  {
    opset = 17,
    inputs = { x: tensor([2, 3, 4], -2, 2) },
    initializers,
    takes = [...Object.keys(inputs), ...Object.keys(initializers ?? {})],
    attributes = {},
    ...rest
  }: Partial<GradientCase> & { readonly takes?: readonly string[]; readonly attributes?: Attributes },
): GradientCase {
  const nodes = [node(opType, takes, ["y"], attributes)];
  return { name, opset, nodes, inputs, ...(initializers && { initializers }), ...rest };
}

/** Numbers of a range, none of them near a place where a derivative jumps. */
function clearOf(jumps: readonly number[], dims: readonly number[], least = -2, most = 2): CaseTensor {
  return apart(jumps, tensor(dims, least, most));
}

function apart(jumps: readonly number[], { dims, values }: CaseTensor): CaseTensor {
  const moved = (number: number) => {
    const jump = jumps.find((each) => Math.abs(number - each) < CLEAR);
    return jump === undefined ? number : jump + (number < jump ? -CLEAR : CLEAR);
  };
  return { dims, values: Array.from(values, moved) };
}

/**
 * Numbers that the weights of the sum which is differentiated know nothing of: what normalises takes away all that goes
 * along with its input, and of the usual numbers nothing would be left.
 */
function unlike(dims: readonly number[]): CaseTensor {
  return { dims, values: Array.from(tensor(dims).values, (number, place) => number * Math.cos(3 * place) + 0.2) };
}

/** Whole numbers and their halves in an order without a pattern: no two are nearer than a half. */
function distinct(dims: readonly number[]): CaseTensor {
  const count = dims.reduce((product, size) => product * size, 1);
  return { dims, values: Array.from({ length: count }, (_, place) => ((place * 7) % count) / 2 - count / 5) };
}

const scalar = (value: number): CaseTensor => ({ dims: [], values: [value] });

const rectifiers: readonly GradientCase[] = [
  operatorCase("Relu", "Relu", { inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("LeakyRelu", "LeakyRelu", { inputs: { x: clearOf([0], [2, 3, 4]) }, attributes: { alpha: 0.2 } }),
  operatorCase("LeakyRelu with a negative slope", "LeakyRelu", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    attributes: { alpha: -0.5 },
  }),
  operatorCase("PRelu with a slope a channel", "PRelu", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    initializers: { slope: tensor([3, 1], -0.5, 0.5) },
  }),
  operatorCase("PRelu with one slope", "PRelu", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    initializers: { slope: tensor([1], 0.1, 0.5) },
  }),
  operatorCase("PRelu with a slope a number", "PRelu", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    initializers: { slope: tensor([2, 3, 4], -0.5, 0.5) },
  }),
  operatorCase("PRelu whose slope is no constant", "PRelu", {
    inputs: { x: clearOf([0], [2, 3, 4]), slope: tensor([3, 1], -0.5, 0.5) },
  }),
  operatorCase("ThresholdedRelu", "ThresholdedRelu", {
    inputs: { x: clearOf([0.7], [2, 3, 4]) },
    attributes: { alpha: 0.7 },
  }),
  operatorCase("Shrink", "Shrink", {
    inputs: { x: clearOf([-0.6, 0.6], [2, 3, 4]) },
    attributes: { lambd: 0.6, bias: 0.3 },
  }),
  operatorCase("Clip between two bounds", "Clip", {
    inputs: { x: clearOf([-0.5, 1], [2, 3, 4]) },
    initializers: { min: scalar(-0.5), max: scalar(1) },
  }),
  operatorCase("Clip with a least number alone", "Clip", {
    inputs: { x: clearOf([-0.5], [2, 3, 4]) },
    initializers: { min: scalar(-0.5) },
  }),
  operatorCase("Clip with a greatest number alone", "Clip", {
    inputs: { x: clearOf([0.5], [2, 3, 4]) },
    initializers: { max: scalar(0.5) },
    takes: ["x", "", "max"],
  }),
  operatorCase("Clip whose bounds are attributes", "Clip", {
    opset: 9,
    inputs: { x: clearOf([-0.5, 1], [2, 3, 4]) },
    attributes: { min: -0.5, max: { float: 1 } },
  }),
];

const activations: readonly GradientCase[] = [
  operatorCase("Elu", "Elu", { inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("Elu with a factor", "Elu", { inputs: { x: clearOf([0], [2, 3, 4]) }, attributes: { alpha: 0.7 } }),
  operatorCase("Selu", "Selu", { inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("Selu with its own factors", "Selu", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    attributes: { alpha: 0.4, gamma: 1.5 },
  }),
  operatorCase("Celu", "Celu", { inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("Celu with a factor", "Celu", { inputs: { x: clearOf([0], [2, 3, 4]) }, attributes: { alpha: 1.5 } }),
  operatorCase("Elu of opset 9", "Elu", { opset: 9, inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("Sigmoid", "Sigmoid", {}),
  operatorCase("HardSigmoid", "HardSigmoid", { inputs: { x: clearOf([-2.5, 2.5], [2, 3, 4], -4, 4) } }),
  operatorCase("HardSigmoid that falls", "HardSigmoid", {
    inputs: { x: clearOf([-0.75, 1.25], [2, 3, 4]) },
    attributes: { alpha: -0.5, beta: 0.625 },
  }),
  operatorCase("HardSwish", "HardSwish", { inputs: { x: clearOf([-3, 3], [2, 3, 4], -4, 4) } }),
  operatorCase("Swish", "Swish", { opset: 24 }),
  operatorCase("Swish with a factor", "Swish", { opset: 24, attributes: { alpha: 1.7 } }),
  operatorCase("Tanh", "Tanh", {}),
  operatorCase("Softplus", "Softplus", {}),
  operatorCase("Softsign", "Softsign", {}),
  operatorCase("Mish", "Mish", { opset: 18, inputs: { x: { dims: [6], values: [-6, -1, 0, 1e-6, 2, 6] } } }),
  operatorCase("Erf", "Erf", {}),
  operatorCase("Gelu", "Gelu", { opset: 20 }),
  operatorCase("Gelu at 0 and far from it", "Gelu", {
    opset: 20,
    inputs: { x: { dims: [5], values: [-7, -1e-6, 0, 1e-6, 7] } },
  }),
  {
    name: "Gelu in half precision",
    opset: 20,
    nodes: [
      node("Cast", ["x"], ["x/half"], { to: TENSOR_TYPES.float16 }),
      node("Gelu", ["x/half"], ["half"], { approximate: "tanh" }),
      node("Cast", ["half"], ["y"], { to: TENSOR_TYPES.float32 }),
    ],
    inputs: { x: tensor([2, 3, 4], -2, 2) },
    step: 0.1,
    tolerance: 0.03,
  },
  operatorCase("Gelu by its tanh", "Gelu", { opset: 20, attributes: { approximate: "tanh" } }),
];

const functions: readonly GradientCase[] = [
  operatorCase("Neg", "Neg", {}),
  operatorCase("Abs", "Abs", { inputs: { x: clearOf([0], [2, 3, 4]) } }),
  operatorCase("Reciprocal", "Reciprocal", { inputs: { x: clearOf([], [2, 3, 4], 0.5, 2) } }),
  operatorCase("Sqrt", "Sqrt", { inputs: { x: tensor([2, 3, 4], 0.5, 2) } }),
  operatorCase("Exp", "Exp", {}),
  operatorCase("Log", "Log", { inputs: { x: tensor([2, 3, 4], 0.5, 2) } }),
  operatorCase("Sin", "Sin", {}),
  operatorCase("Cos", "Cos", {}),
  operatorCase("Tan", "Tan", { inputs: { x: tensor([2, 3, 4], -1, 1) } }),
  operatorCase("Asin", "Asin", { inputs: { x: tensor([2, 3, 4], -0.8, 0.8) } }),
  operatorCase("Acos", "Acos", { inputs: { x: tensor([2, 3, 4], -0.8, 0.8) } }),
  operatorCase("Atan", "Atan", {}),
  operatorCase("Sinh", "Sinh", {}),
  operatorCase("Cosh", "Cosh", {}),
  operatorCase("Asinh", "Asinh", {}),
  operatorCase("Acosh", "Acosh", { inputs: { x: tensor([2, 3, 4], 1.3, 3) } }),
  operatorCase("Atanh", "Atanh", { inputs: { x: tensor([2, 3, 4], -0.8, 0.8) } }),
];

const pair = (left: readonly number[], right: readonly number[], least = -2) => ({
  a: tensor(left, least, 2),
  b: tensor(right, 0.5, 2),
});

const arithmetic: readonly GradientCase[] = [
  operatorCase("Add, either broadcast", "Add", { inputs: pair([2, 1, 4], [3, 1]) }),
  operatorCase("Sub, either broadcast", "Sub", { inputs: pair([2, 1, 4], [3, 1]) }),
  operatorCase("Mul, either broadcast", "Mul", { inputs: pair([2, 1, 4], [3, 1]) }),
  operatorCase("Div, either broadcast", "Div", { inputs: pair([2, 1, 4], [3, 1]) }),
  operatorCase("Mul with a scalar of opset 9", "Mul", { opset: 9, inputs: pair([2, 3], []) }),
  operatorCase("Div by a constant a channel", "Div", {
    inputs: { x: tensor([2, 3, 4]) },
    initializers: { by: tensor([3, 1], 0.5, 2) },
  }),
  operatorCase("Div of a constant", "Div", {
    inputs: { x: tensor([2, 3, 4], 0.5, 2) },
    initializers: { of: tensor([3, 1], 0.5, 2) },
    takes: ["of", "x"],
  }),
  operatorCase("Sum of three, broadcast", "Sum", { inputs: { ...pair([2, 1, 4], [3, 1]), c: tensor([1]) } }),
  operatorCase("Mean of three, broadcast", "Mean", { inputs: { ...pair([2, 1, 4], [3, 1]), c: tensor([1]) } }),
  operatorCase("Mod of fractions", "Mod", {
    inputs: { x: clearOf([-2, -1, 0, 1, 2], [2, 3, 4]) },
    initializers: { by: scalar(1) },
    attributes: { fmod: 1 },
  }),
  ...[2, 3, 0.5, 1, -1, 2.4].map((power) =>
    operatorCase(`Pow with the exponent ${power}`, "Pow", {
      inputs: { x: tensor([2, 3, 4], 0.5, 2) },
      initializers: { power: scalar(power) },
    }),
  ),
  operatorCase("Pow with the exponent 2 of negative numbers too", "Pow", { initializers: { power: scalar(2) } }),
  operatorCase("Pow with a whole number of another type", "Pow", {
    initializers: { power: integers([3], []) },
  }),
  operatorCase("Pow with a constant exponent a channel", "Pow", {
    inputs: { x: tensor([2, 3, 4], 0.5, 2) },
    initializers: { power: { dims: [3, 1], values: [2, -0.5, 1.3] } },
  }),
  operatorCase("Pow, both broadcast and no constants", "Pow", { inputs: pair([2, 1, 4], [3, 1], 0.5) }),
  operatorCase("Max of two", "Max", { inputs: { a: distinct([2, 3, 4]), b: tensor([3, 1], -0.2, 0.2) } }),
  operatorCase("Max of three, the middle one a constant", "Max", {
    inputs: { a: distinct([2, 3, 4]), b: scalar(-1.3) },
    initializers: { c: tensor([3, 1], -0.2, 0.2) },
    takes: ["a", "c", "b"],
  }),
  operatorCase("Max with a constant before it", "Max", {
    inputs: { x: clearOf([0], [2, 3, 4]) },
    initializers: { zero: scalar(0) },
    takes: ["zero", "x"],
  }),
  operatorCase("Max of opset 9", "Max", { opset: 9, inputs: { a: distinct([2, 3, 4]), b: tensor([3, 1], -0.2, 0.2) } }),
  operatorCase("Min of two", "Min", { inputs: { a: distinct([2, 3, 4]), b: tensor([3, 1], -0.2, 0.2) } }),
  operatorCase("Where, both broadcast", "Where", {
    inputs: pair([2, 1, 4], [3, 1]),
    initializers: { condition: { dims: [3, 4], values: [1, 0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0], type: "bool" } },
    takes: ["condition", "a", "b"],
  }),
  {
    name: "Where with a condition that the picture makes",
    opset: 17,
    nodes: [
      node("Greater", ["x", "level"], ["condition"]),
      node("Mul", ["x", "x"], ["square"]),
      node("Where", ["condition", "square", "x"], ["y"]),
    ],
    inputs: { x: clearOf([0.3], [2, 3, 4]) },
    initializers: { level: scalar(0.3) },
  },
];

const unchanged: readonly GradientCase[] = [
  operatorCase("Identity", "Identity", {}),
  operatorCase("Dropout that drops nothing", "Dropout", { opset: 9 }),
  operatorCase("Dropout with a ratio and no training", "Dropout", {
    initializers: { ratio: scalar(0.5), training: { dims: [], values: [0], type: "bool" } },
  }),
  {
    name: "Cast to double precision and back",
    opset: 17,
    nodes: [
      node("Cast", ["x"], ["double"], { to: TENSOR_TYPES.float64 }),
      node("Mul", ["double", "double"], ["square"]),
      node("Cast", ["square"], ["y"], { to: TENSOR_TYPES.float32 }),
    ],
    inputs: { x: tensor([2, 3]) },
  },
  {
    name: "Cast to whole numbers, Floor, Ceil, Round, Sign and comparisons pass nothing",
    opset: 17,
    nodes: [
      node("Cast", ["x"], ["whole"], { to: TENSOR_TYPES.int32 }),
      node("Cast", ["whole"], ["again"], { to: TENSOR_TYPES.float32 }),
      node("Floor", ["x"], ["floor"]),
      node("Ceil", ["x"], ["ceil"]),
      node("Round", ["x"], ["round"]),
      node("Sign", ["x"], ["sign"]),
      node("Less", ["x", "again"], ["less"]),
      node("Not", ["less"], ["not"]),
      node("Cast", ["not"], ["flag"], { to: TENSOR_TYPES.float32 }),
      node("Sum", ["x", "again", "floor", "ceil", "round", "sign", "flag"], ["sum"]),
      node("Mul", ["sum", "x"], ["y"]),
    ],
    inputs: { x: clearOf([-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2], [2, 3, 4]) },
  },
];

const REDUCTIONS = ["Sum", "Mean", "Max", "Min", "L1", "L2", "SumSquare", "LogSum", "LogSumExp", "Prod"];
const numbersFor = (kind: string): CaseTensor => {
  if (kind === "Max" || kind === "Min") return distinct([2, 3, 4]);
  if (kind === "LogSum") return tensor([2, 3, 4], 0.5, 2);
  return kind === "L1" ? clearOf([0], [2, 3, 4]) : tensor([2, 3, 4], -2, 2);
};

const reductions: readonly GradientCase[] = [
  ...REDUCTIONS.flatMap((kind) => [
    operatorCase(`Reduce${kind} over axes that are an attribute`, `Reduce${kind}`, {
      opset: 9,
      inputs: { x: numbersFor(kind) },
      attributes: { axes: [1, 2], keepdims: 0 },
    }),
    operatorCase(`Reduce${kind} over a negative axis that is an input`, `Reduce${kind}`, {
      opset: 18,
      inputs: { x: numbersFor(kind) },
      initializers: { axes: integers([-1]) },
      attributes: { keepdims: 1 },
    }),
  ]),
  ...["Mean", "Max"].map((kind) =>
    operatorCase(`Reduce${kind} over all axes`, `Reduce${kind}`, {
      opset: 18,
      inputs: { x: numbersFor(kind) },
      attributes: { keepdims: 0 },
    }),
  ),
  ...["Sum", "Max", "L1", "SumSquare", "LogSumExp"].map((kind) =>
    operatorCase(`Reduce${kind} over no axis`, `Reduce${kind}`, {
      opset: 18,
      inputs: { x: numbersFor(kind) },
      initializers: { axes: integers([]) },
      attributes: { noop_with_empty_axes: 1 },
    }),
  ),
  operatorCase("ReduceProd with a zero, and with two", "ReduceProd", {
    opset: 18,
    inputs: { x: { dims: [3, 4], values: [1, 2, -1, 0.5, 2, 0, 1.5, -1, 0, 3, 0, 1] } },
    initializers: { axes: integers([1]) },
  }),
  ...[0, 1].flatMap((reverse) =>
    [0, 1].map((exclusive) =>
      operatorCase(
        `CumSum${reverse ? " from the end" : ""}${exclusive ? " without the number itself" : ""}`,
        "CumSum",
        {
          initializers: { axis: integers([-2], []) },
          attributes: { reverse, exclusive },
        },
      ),
    ),
  ),
  operatorCase("Trilu below a diagonal", "Trilu", {
    inputs: { x: tensor([2, 3, 4]) },
    initializers: { diagonal: integers([1], []) },
    attributes: { upper: 0 },
  }),
  operatorCase("Trilu above", "Trilu", { inputs: { x: tensor([2, 3, 4]) } }),
  operatorCase("Softmax of one axis", "Softmax", { attributes: { axis: 1 } }),
  operatorCase("Softmax of the last axis", "Softmax", {}),
  operatorCase("Softmax of all axes from one on", "Softmax", { opset: 11, attributes: { axis: 1 } }),
  operatorCase("LogSoftmax of one axis", "LogSoftmax", { attributes: { axis: 0 } }),
  operatorCase("LogSoftmax of the last axis", "LogSoftmax", {}),
  operatorCase("LogSoftmax of all axes from one on", "LogSoftmax", { opset: 9 }),
];

const batch = (channels: number) => ({
  scale: tensor([channels], 0.5, 2),
  bias: tensor([channels]),
  mean: tensor([channels], -0.5, 0.5),
  variance: tensor([channels], 0.3, 2),
});
const scaled = (dims: readonly number[]) => ({ scale: tensor(dims, 0.5, 2), bias: tensor(dims) });

const normalizations: readonly GradientCase[] = [
  operatorCase("BatchNormalization of pictures", "BatchNormalization", {
    inputs: { x: unlike([2, 3, 2, 2]) },
    initializers: batch(3),
    attributes: { epsilon: 0.01 },
  }),
  operatorCase("BatchNormalization of sequences, opset 9", "BatchNormalization", {
    opset: 9,
    inputs: { x: unlike([2, 3, 4]) },
    initializers: batch(3),
  }),
  operatorCase("BatchNormalization of rows", "BatchNormalization", {
    inputs: { x: unlike([2, 5]) },
    initializers: batch(5),
  }),
  {
    name: "BatchNormalization with a scale that operators make",
    opset: 17,
    nodes: [
      node("Shape", ["x"], ["shape"]),
      node("Cast", ["shape"], ["sizes"], { to: TENSOR_TYPES.float32 }),
      node("BatchNormalization", ["x", "sizes", "bias", "mean", "variance"], ["y"]),
    ],
    inputs: { x: unlike([2, 3, 2]) },
    initializers: batch(3),
  },
  operatorCase("LayerNormalization of the last axis", "LayerNormalization", {
    inputs: { x: unlike([2, 3, 5]) },
    initializers: scaled([5]),
  }),
  operatorCase("LayerNormalization of all axes but the first, without a bias", "LayerNormalization", {
    inputs: { x: unlike([2, 3, 4]) },
    initializers: { scale: tensor([3, 4], 0.5, 2) },
    attributes: { axis: 1, epsilon: 0.01 },
  }),
  operatorCase("LayerNormalization that scales nothing", "LayerNormalization", {
    inputs: { x: unlike([2, 3, 5]) },
    initializers: { scale: { dims: [5], values: [1, 1, 1, 1, 1] } },
    attributes: { axis: -1 },
  }),
  operatorCase("LayerNormalization whose scale and bias are no constants", "LayerNormalization", {
    inputs: { x: unlike([2, 3, 5]), ...scaled([5]) },
  }),
  {
    name: "LayerNormalization in half precision",
    opset: 17,
    nodes: [
      ...["x", "scale", "bias"].map((name) => node("Cast", [name], [`${name}/half`], { to: TENSOR_TYPES.float16 })),
      node("LayerNormalization", ["x/half", "scale/half", "bias/half"], ["half"]),
      node("Cast", ["half"], ["y"], { to: TENSOR_TYPES.float32 }),
    ],
    // Larger steps, for half precision has few digits, on numbers that lie further apart.
    inputs: { x: { dims: [2, 3, 5], values: Array.from(unlike([2, 3, 5]).values, (number) => 8 * number) } },
    initializers: scaled([5]),
    step: 0.3,
    tolerance: 0.03,
  },
  operatorCase("InstanceNormalization", "InstanceNormalization", {
    inputs: { x: unlike([2, 3, 2, 3]) },
    initializers: scaled([3]),
  }),
  operatorCase("InstanceNormalization of opset 13", "InstanceNormalization", {
    opset: 13,
    inputs: { x: unlike([2, 3, 5]) },
    initializers: scaled([3]),
    attributes: { epsilon: 0.001 },
  }),
  operatorCase("GroupNormalization with a scale a group", "GroupNormalization", {
    opset: 18,
    inputs: { x: unlike([2, 6, 2, 2]) },
    initializers: scaled([3]),
    attributes: { num_groups: 3 },
  }),
  operatorCase("GroupNormalization with a scale a channel", "GroupNormalization", {
    opset: 21,
    inputs: { x: unlike([2, 6, 2, 2]) },
    initializers: scaled([6]),
    attributes: { num_groups: 3, epsilon: 0.001 },
  }),
  operatorCase("LRN", "LRN", {
    inputs: { x: unlike([2, 7, 2, 2]) },
    attributes: { size: 5, alpha: 0.5, beta: 0.75, bias: { float: 2 } },
  }),
  operatorCase("LpNormalization of order 2", "LpNormalization", { inputs: { x: unlike([2, 3, 4]) } }),
  operatorCase("LpNormalization of order 1", "LpNormalization", {
    inputs: { x: apart([0], unlike([2, 3, 4])) },
    attributes: { p: 1, axis: 1 },
  }),
  operatorCase("MeanVarianceNormalization", "MeanVarianceNormalization", { inputs: { x: unlike([2, 3, 2, 3]) } }),
  operatorCase("MeanVarianceNormalization of a picture alone", "MeanVarianceNormalization", {
    opset: 13,
    inputs: { x: unlike([2, 3, 2, 3]) },
    attributes: { axes: [1, 2, 3] },
  }),
  operatorCase("RMSNormalization", "RMSNormalization", {
    opset: 23,
    inputs: { x: unlike([2, 3, 5]) },
    initializers: { scale: tensor([5], 0.5, 2) },
  }),
  operatorCase("RMSNormalization of two axes whose scale is no constant", "RMSNormalization", {
    opset: 23,
    inputs: { x: unlike([2, 3, 4]), scale: tensor([3, 4], 0.5, 2) },
    attributes: { axis: 1, epsilon: 0.01 },
  }),
];

/**
 * What is checked on the CPU alone: what no GPU runs forward (double precision, powers of several sizes, half precision
 * in software), a sine, which GPUs have to three digits, and forms of which the rule adds the same operators as of another.
 */
const CPU_ALONE: readonly RegExp[] = [
  /half precision|double precision|Dropout with a ratio|^Cos$/,
  /^Pow.*(channel|no constants|another type|exponent -?1$)/,
  /^PRelu with (one slope|a slope a number)|^Clip with a|^Elu of opset 9|own factors|that falls|^Swish with|at 0 and/,
  /^Reduce(Max|Min|L1|L2|SumSquare|LogSum|LogSumExp|Prod) over axes that are an attribute|over no axis|over all axes/,
  /^CumSum.*without|^(Log)?Softmax of the last|^Max of (opset|three)/,
  /^BatchNormalization (of (sequences|rows)|with)|^LayerNormalization that scales nothing/,
];

const cases = [
  ...rectifiers,
  ...activations,
  ...functions,
  ...arithmetic,
  ...unchanged,
  ...reductions,
  ...normalizations,
];
const isOnCpu = ({ name }: GradientCase) => CPU_ALONE.some((form) => form.test(name));

export const elements = cases.filter((one) => !isOnCpu(one));

export const elementsOnCpu = cases.filter(isOnCpu);
