import { type GradientRules, passesNothing } from "../../rule.ts";
import { div, mean, mod, mul, sub, sum, whereRule } from "./arithmetic.ts";
import { batchNormalization } from "./batch-normalization.ts";
import { clip } from "./clip.ts";
import { cumulativeSum } from "./cumulative-sum.ts";
import { celu, elu, selu } from "./exponential-units.ts";
import { extreme } from "./extremes.ts";
import * as functions from "./functions.ts";
import { gelu, hardSwish, mish, swish } from "./gates.ts";
import { groupNormalization, instanceNormalization } from "./group-normalization.ts";
import { layerNormalization } from "./layer-normalization.ts";
import { localResponseNormalization } from "./local-response-normalization.ts";
import { lpNormalization, meanVarianceNormalization, rmsNormalization } from "./other-normalizations.ts";
import { pow } from "./power.ts";
import { leakyRelu, pRelu, relu, shrink, thresholdedRelu } from "./rectifiers.ts";
import * as reductions from "./reductions.ts";
import { hardSigmoid, sigmoid, softplus, softsign, tanh } from "./sigmoids.ts";
import { logSoftmax, softmax } from "./softmax.ts";
import { triangle } from "./triangle.ts";
import { dropout, identity } from "./unchanged.ts";

/** Operators that answer number by number, and those that sum, compare and normalise. */
export const elements: GradientRules = {
  Relu: relu,
  LeakyRelu: leakyRelu,
  PRelu: pRelu,
  ThresholdedRelu: thresholdedRelu,
  Shrink: shrink,
  Clip: clip,
  Elu: elu,
  Selu: selu,
  Celu: celu,
  Sigmoid: sigmoid,
  HardSigmoid: hardSigmoid,
  Tanh: tanh,
  Softplus: softplus,
  Softsign: softsign,
  Swish: swish,
  HardSwish: hardSwish,
  Mish: mish,
  Gelu: gelu,

  Add: sum,
  Sum: sum,
  Mean: mean,
  Sub: sub,
  Mul: mul,
  Div: div,
  Mod: mod,
  Pow: pow,
  Max: extreme,
  Min: extreme,
  Where: whereRule,

  Neg: functions.neg,
  Abs: functions.abs,
  Reciprocal: functions.reciprocal,
  Sqrt: functions.sqrt,
  Exp: functions.exp,
  Log: functions.log,
  Erf: functions.erf,
  Sin: functions.sin,
  Cos: functions.cos,
  Tan: functions.tan,
  Asin: functions.asin,
  Acos: functions.acos,
  Atan: functions.atan,
  Sinh: functions.sinh,
  Cosh: functions.cosh,
  Asinh: functions.asinh,
  Acosh: functions.acosh,
  Atanh: functions.atanh,

  Identity: identity,
  Cast: identity,
  CastLike: identity,
  Dropout: dropout,

  ReduceSum: reductions.reduceSumRule,
  ReduceMean: reductions.reduceMeanRule,
  ReduceMax: reductions.reduceExtreme,
  ReduceMin: reductions.reduceExtreme,
  ReduceL1: reductions.reduceL1,
  ReduceL2: reductions.reduceL2,
  ReduceSumSquare: reductions.reduceSumSquare,
  ReduceLogSum: reductions.reduceLogSum,
  ReduceLogSumExp: reductions.reduceLogSumExp,
  ReduceProd: reductions.reduceProd,
  CumSum: cumulativeSum,
  Trilu: triangle,

  Softmax: softmax,
  LogSoftmax: logSoftmax,
  BatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  InstanceNormalization: instanceNormalization,
  GroupNormalization: groupNormalization,
  LRN: localResponseNormalization,
  LpNormalization: lpNormalization,
  MeanVarianceNormalization: meanVarianceNormalization,
  RMSNormalization: rmsNormalization,

  Floor: passesNothing,
  Ceil: passesNothing,
  Round: passesNothing,
  Sign: passesNothing,
  Hardmax: passesNothing,
  Equal: passesNothing,
  Greater: passesNothing,
  GreaterOrEqual: passesNothing,
  Less: passesNothing,
  LessOrEqual: passesNothing,
  And: passesNothing,
  Or: passesNothing,
  Xor: passesNothing,
  Not: passesNothing,
  IsNaN: passesNothing,
  IsInf: passesNothing,
};
