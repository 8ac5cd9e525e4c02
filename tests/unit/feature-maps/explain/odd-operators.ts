import { float, int, ints, text } from "../../../../src/compute/model/keras/convert/graph/attributes.ts";
import {
  type OnnxAttribute,
  type OnnxModel,
  type OnnxNode,
  type OnnxTensor,
  TENSOR_TYPES,
} from "../../../../src/compute/model/onnx/onnx-model.ts";
import { normal } from "../../compute/random.ts";
import { graphOf, operator } from "../../model/layers/small-graphs.ts";

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/** Weights that are no zeros, those called "positive" above 0; the same at every call. */
export function withNumbers(model: OnnxModel, opset: number): OnnxModel {
  const next = normal(opset);
  const initializers = model.graph.initializers.map((tensor): OnnxTensor => {
    if (tensor.data.kind !== "here") return tensor;
    const numbers = Float32Array.from({ length: tensor.data.bytes.length / 4 }, () =>
      tensor.name.startsWith("positive") ? 0.5 + Math.abs(next()) : next(),
    );
    return { ...tensor, data: { kind: "here", bytes: new Uint8Array(numbers.buffer) } };
  });
  return { ...model, opsets: new Map([["", opset]]), graph: { ...model.graph, initializers } };
}

function floats(name: string, values: readonly number[]): OnnxNode {
  const bytes = new Uint8Array(Float32Array.from(values).buffer);
  const tensor: OnnxTensor = { name, type: TENSOR_TYPES.float32, dims: [values.length], data: { kind: "here", bytes } };
  return operator("Constant", [], [name], { value: { kind: "tensor", tensor } });
}

function integers(name: string, values: readonly number[]): OnnxNode {
  const bytes = new Uint8Array(BigInt64Array.from(values, BigInt).buffer);
  const tensor: OnnxTensor = { name, type: TENSOR_TYPES.int64, dims: [values.length], data: { kind: "here", bytes } };
  return operator("Constant", [], [name], { value: { kind: "tensor", tensor } });
}

/** Each a layer of its own over one picture of four channels, 9 by 8. */
export function oddOperators(): OnnxModel {
  const weights: Record<string, readonly number[]> = {};
  const nodes: OnnxNode[] = [];
  const weight = (name: string, ...dims: number[]) => {
    weights[name] = dims;
    return name;
  };
  const layer = (name: string, opType: string, inputs: readonly string[], attributes: Attributes = {}) =>
    nodes.push(operator(opType, inputs, [name], attributes));
  const list = (name: string, ...values: number[]) => {
    nodes.push(integers(name, values));
    return name;
  };

  layer("plain", "Conv", ["x", weight("w0", 6, 4, 3, 3), weight("b0", 6)]);
  layer("grouped", "Conv", ["x", weight("w1", 6, 2, 3, 2), weight("b1", 6)], {
    group: int(2),
    pads: ints([1, 0, 0, 1]),
  });
  layer("depthwise", "Conv", ["x", weight("w2", 8, 1, 3, 3)], { group: int(4), pads: ints([1, 1, 1, 1]) });
  layer("dilated", "Conv", ["x", weight("w3", 5, 4, 3, 2)], { dilations: ints([2, 3]), pads: ints([2, 1, 0, 3]) });
  layer("strided", "Conv", ["x", weight("w4", 5, 4, 4, 3)], { strides: ints([3, 2]), pads: ints([0, 2, 3, 1]) });
  for (const how of ["SAME_UPPER", "SAME_LOWER", "VALID"])
    layer(how, "Conv", ["x", weight(`w ${how}`, 3, 4, 4, 2)], { auto_pad: text(how), strides: ints([2, 1]) });
  layer("spread", "ConvTranspose", ["x", weight("w5", 4, 3, 3, 2), weight("b5", 3)], { strides: ints([2, 3]) });
  layer("spread in groups", "ConvTranspose", ["x", weight("w6", 4, 3, 3, 3)], {
    group: int(2),
    strides: ints([2, 2]),
    pads: ints([1, 0, 0, 1]),
    output_padding: ints([1, 1]),
  });
  layer("spread and dilated", "ConvTranspose", ["x", weight("w7", 4, 2, 3, 2)], {
    dilations: ints([2, 2]),
    strides: ints([3, 1]),
  });
  layer("spread to a size", "ConvTranspose", ["x", weight("w8", 4, 2, 4, 4)], {
    output_shape: ints([17, 15]),
    strides: ints([2, 2]),
  });
  for (const how of ["SAME_UPPER", "SAME_LOWER"])
    layer(`spread ${how}`, "ConvTranspose", ["x", weight(`v ${how}`, 4, 2, 4, 3)], {
      auto_pad: text(how),
      strides: ints([2, 2]),
    });

  layer("highest", "MaxPool", ["x"], {
    kernel_shape: ints([3, 2]),
    strides: ints([2, 3]),
    ceil_mode: int(1),
    pads: ints([1, 0, 1, 1]),
  });
  layer("highest dilated", "MaxPool", ["x"], { kernel_shape: ints([3, 2]), dilations: ints([2, 3]) });
  for (const counted of [0, 1])
    layer(`average ${counted}`, "AveragePool", ["x"], {
      kernel_shape: ints([3, 3]),
      strides: ints([2, 2]),
      pads: ints([1, 1, 0, 1]),
      ceil_mode: int(1),
      count_include_pad: int(counted),
    });
  layer("average SAME_UPPER", "AveragePool", ["x"], { kernel_shape: ints([2, 3]), auto_pad: text("SAME_UPPER") });
  layer("all's mean", "GlobalAveragePool", ["x"]);
  layer("all's highest", "GlobalMaxPool", ["x"]);
  layer("mean of rows", "ReduceMean", ["x", list("rows", 2)]);
  layer("sum of places", "ReduceSum", ["x", list("places", 3, 2)], { keepdims: int(0) });
  layer("highest channel", "ReduceMax", ["x", list("channels", 1)], { keepdims: int(0) });
  layer("lowest of all", "ReduceMin", ["x", list("everything", 1, 2, -1)]);

  layer("normalised", "BatchNormalization", [
    "x",
    weight("scale", 4),
    weight("offset", 4),
    weight("means", 4),
    weight("positive variances", 4),
  ]);
  layer("by instance", "InstanceNormalization", ["x", weight("scale i", 4), weight("offset i", 4)]);
  layer("by layer", "LayerNormalization", ["x", weight("scale l", 9, 8), weight("offset l", 9, 8)], { axis: int(-2) });
  layer("share", "Softmax", ["x"], { axis: int(1) });
  layer("share of rows", "Softmax", ["x"], { axis: int(2) });
  layer("log of share", "LogSoftmax", ["x"]);

  for (const opType of [
    "Relu",
    "Elu",
    "Selu",
    "Celu",
    "ThresholdedRelu",
    "Sigmoid",
    "HardSigmoid",
    "HardSwish",
    "Gelu",
    "Mish",
    "Tanh",
    "Softplus",
    "Softsign",
    "Exp",
    "Erf",
    "Abs",
    "Neg",
    "Reciprocal",
    "Floor",
    "Ceil",
    "Sign",
  ])
    layer(opType, opType, ["x"]);
  layer("leaky", "LeakyRelu", ["x"], { alpha: float(0.3) });
  layer("steep", "Elu", ["x"], { alpha: float(2) });
  layer("PRelu", "PRelu", ["x", weight("slopes", 4, 1, 1)]);
  layer("gelu by tanh", "Gelu", ["x"], { approximate: text("tanh") });
  layer("limits", "Clip", ["x", "", weight("positive limit")]);
  layer("root", "Sqrt", ["Abs"]);
  layer("logarithm", "Log", ["Exp"]);
  layer("power", "Pow", ["Abs", weight("positive power")]);
  layer("shifted", "Sub", [weight("from", 4, 1, 1), "x"]);
  layer("scaled", "Mul", ["x", weight("by", 1, 4, 1, 1)]);
  layer("divided", "Div", [weight("over"), "Exp"]);
  layer("twice", "Add", ["x", "x"]);

  layer("difference", "Sub", ["Relu", "x"]);
  layer("sum of three", "Sum", ["Relu", "x", "Abs"]);
  layer("mean of three", "Mean", ["Relu", "x", "Abs"]);
  layer("product", "Mul", ["x", "all's mean"]);
  layer("quotient", "Div", ["x", "Exp"]);
  layer("largest", "Max", ["x", "Neg", "scaled"]);
  layer("smallest", "Min", ["x", "Neg"]);
  layer("joined", "Concat", ["x", weight("between", 1, 2, 9, 8), "Relu"], { axis: int(1) });
  layer("lying", "Transpose", ["x"], { perm: ints([0, 1, 3, 2]) });
  layer("turned", "Transpose", ["x"], { perm: ints([0, 2, 3, 1]) });
  layer("cut", "Slice", [
    "x",
    list("starts", -2, 6),
    list("ends", -100, 100),
    list("axes", 3, 2),
    list("steps", -2, 1),
  ]);
  layer("padded", "Pad", ["x", list("pads", 0, 0, 1, 2, 0, 0, 3, -1)]);
  layer("chosen", "Gather", ["x", list("which", 3, -4, 0)], { axis: int(1) });
  nodes.push(operator("Split", ["x", list("parts", 1, 3)], ["first", "others"], { axis: int(1) }));
  layer("more", "Relu", ["others"]);

  layer("flat", "Flatten", ["x"]);
  layer("dense", "Gemm", ["flat", weight("w20", 7, 288), weight("b20", 7)], {
    transB: int(1),
    alpha: float(0.5),
    beta: float(2),
  });
  layer("dense of one bias", "Gemm", ["flat", weight("w21", 288, 5), weight("b21", 1)]);
  layer("matrix", "MatMul", ["turned", weight("w22", 4, 6)]);
  layer("matrix in front", "MatMul", [weight("w23", 5, 9), "x"]);
  layer("of two", "MatMul", ["lying", "x"]);
  nodes.push(floats("twice as large", [1, 1, 2, 2]), floats("otherwise large", [1, 1, 1.5, 0.7]));
  for (const where of ["half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel", "half_pixel_symmetric"])
    for (const factors of ["twice as large", "otherwise large"])
      for (const mode of ["nearest", "linear"])
        layer(`${mode}, ${where}, ${factors}`, "Resize", ["x", "", factors], {
          mode: text(mode),
          coordinate_transformation_mode: text(where),
        });
  for (const how of ["floor", "ceil", "round_prefer_ceil"])
    layer(`nearest by ${how}`, "Resize", ["x", "", "", list(`sizes ${how}`, 1, 4, 13, 6)], { nearest_mode: text(how) });
  layer("not taken apart", "LRN", ["x"], { size: int(3) });
  return withNumbers(graphOf(nodes, { x: [1, 4, 9, 8] }, weights), 23);
}

/** As opset 9 has them: settings that came to be inputs later, and a softmax over all axes from its own on. */
export function oldOperators(): OnnxModel {
  const nodes = [
    operator("Pad", ["x"], ["padded"], { pads: ints([0, 0, 1, 0, 0, 0, 0, 2]), value: float(0.25) }),
    operator("Slice", ["x"], ["cut"], { starts: ints([1, 2]), ends: ints([3, 9]), axes: ints([1, 3]) }),
    operator("ReduceMean", ["x"], ["mean"], { axes: ints([2, 3]) }),
    operator("Clip", ["x"], ["limits"], { min: float(-0.25), max: float(0.25) }),
    operator("Softmax", ["x"], ["share"], { axis: int(2) }),
    operator("Split", ["x"], ["first", "second"], { axis: int(1), split: ints([1, 3]) }),
    operator("Relu", ["second"], ["rest"]),
  ];
  return withNumbers(graphOf(nodes, { x: [1, 4, 9, 8] }), 9);
}
