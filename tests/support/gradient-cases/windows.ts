import type { Attributes } from "../../../src/compute/model/onnx/operator.ts";
import { type CaseTensor, type GradientCase, integers, node, tensor } from "../gradient-check.ts";

/** Numbers that all lie so far apart that no step makes another one the highest of a window. */
function apart(dims: readonly number[]): CaseTensor {
  const { values } = tensor(dims);
  const order = Array.from(values, (value, place) => ({ value, place })).sort((one, other) => one.value - other.value);
  const ranked = new Float32Array(values.length);
  order.forEach(({ place }, rank) => {
    ranked[place] = (rank - values.length / 2) / 16;
  });
  return { dims, values: ranked };
}

function slides(
  name: string,
  opType: string,
  x: CaseTensor,
  attributes: Attributes,
  { opset = 17, kernels }: { readonly opset?: number; readonly kernels?: CaseTensor } = {},
): GradientCase {
  return {
    name: `${opType} ${name}`,
    opset,
    nodes: [node(opType, kernels ? ["x", "w"] : ["x"], ["y"], attributes)],
    inputs: { x },
    ...(kernels && { initializers: { w: kernels } }),
  };
}

const picture = tensor([1, 2, 7, 6]);
const kernels = tensor([4, 2, 3, 3]);

const convolutions: readonly GradientCase[] = [
  slides("at every place", "Conv", picture, { pads: [1, 1, 1, 1] }, { kernels }),
  slides("with more padding before than behind", "Conv", picture, { pads: [2, 0, 1, 1] }, { kernels }),
  slides("with more padding than a window reaches", "Conv", picture, { pads: [3, 0, 4, 1] }, { kernels }),
  slides("of gaps", "Conv", picture, { dilations: [2, 2], pads: [2, 1, 0, 2] }, { kernels }),
  slides("in groups", "Conv", tensor([1, 4, 5, 5]), { group: 2, pads: [1, 1, 1, 1] }, { kernels }),
  slides("channel by channel", "Conv", tensor([1, 3, 5, 5]), { group: 3 }, { kernels: tensor([3, 1, 3, 2]) }),
  slides(
    "channel by channel, two of one",
    "Conv",
    tensor([1, 2, 5, 5]),
    { group: 2 },
    { kernels: tensor([4, 1, 3, 3]) },
  ),
  slides("by single numbers", "Conv", picture, {}, { kernels: tensor([4, 2, 1, 1]) }),
  slides("in steps", "Conv", picture, { strides: [2, 2], pads: [1, 1, 1, 1] }, { kernels }),
  slides("in steps that leave a rest", "Conv", picture, { strides: [3, 2], pads: [0, 1, 0, 0] }, { kernels }),
  slides("in steps and gaps", "Conv", tensor([1, 2, 9, 8]), { strides: [2, 3], dilations: [2, 1] }, { kernels }),
  slides("in steps by single numbers", "Conv", picture, { strides: [2, 2] }, { kernels: tensor([4, 2, 1, 1]) }),
  slides(
    "in steps in groups",
    "Conv",
    tensor([1, 4, 7, 6]),
    { group: 2, strides: [2, 2], pads: [1, 1, 1, 1] },
    { kernels },
  ),
  slides(
    "in steps channel by channel",
    "Conv",
    tensor([1, 3, 7, 6]),
    { group: 3, strides: [2, 2], pads: [0, 0, 1, 1] },
    { kernels: tensor([3, 1, 3, 3]) },
  ),
  slides(
    "padded to the same size, more behind",
    "Conv",
    picture,
    { strides: [2, 2], auto_pad: "SAME_UPPER" },
    { kernels },
  ),
  slides(
    "padded to the same size, more before",
    "Conv",
    picture,
    { strides: [2, 1], auto_pad: "SAME_LOWER" },
    { kernels: tensor([4, 2, 3, 2]) },
  ),
  slides("without padding", "Conv", picture, { auto_pad: "VALID", kernel_shape: [3, 3] }, { kernels }),
  slides("over a row", "Conv", tensor([1, 2, 9]), { strides: [2], pads: [1, 0] }, { kernels: tensor([3, 2, 3]) }),
  slides("over a row at every place", "Conv", tensor([1, 2, 9]), { pads: [1, 0] }, { kernels: tensor([3, 2, 3]) }),
  {
    ...slides(
      "over a volume",
      "Conv",
      tensor([1, 1, 4, 5, 4]),
      { strides: [1, 2, 1], pads: [1, 1, 1, 1, 1, 1] },
      { kernels: tensor([2, 1, 3, 3, 3]) },
    ),
    cpuAlone: true,
  },
  slides("over a volume at every place", "Conv", tensor([1, 1, 4, 4, 4]), {}, { kernels: tensor([2, 1, 2, 3, 2]) }),
  slides("before opset 10", "Conv", picture, { pads: [1, 1, 1, 1] }, { kernels, opset: 9 }),
  {
    name: "Conv with kernels and a bias that are made of the picture",
    opset: 17,
    nodes: [node("Conv", ["x", "w", "b"], ["y"], { strides: [2, 1], dilations: [1, 2], pads: [1, 1, 0, 1] })],
    inputs: { x: tensor([2, 2, 6, 7]), w: kernels, b: tensor([4]) },
  },
  {
    name: "Conv in groups with kernels that are made of the picture",
    opset: 17,
    nodes: [node("Conv", ["x", "w"], ["y"], { group: 2, strides: [2, 2] })],
    inputs: { x: tensor([2, 4, 6, 6]), w: kernels },
  },
];

const small = tensor([1, 4, 3, 4]);

const transposed: readonly GradientCase[] = [
  slides("at every place", "ConvTranspose", small, { pads: [1, 1, 1, 1] }, { kernels }),
  slides("in steps", "ConvTranspose", small, { strides: [2, 2], pads: [1, 0, 0, 1] }, { kernels }),
  slides(
    "with numbers behind",
    "ConvTranspose",
    small,
    { strides: [2, 3], output_padding: [1, 2], pads: [1, 1, 1, 1] },
    { kernels },
  ),
  slides("to a given size", "ConvTranspose", small, { strides: [2, 2], output_shape: [6, 8] }, { kernels }),
  slides(
    "to the same size, more behind",
    "ConvTranspose",
    small,
    { strides: [2, 2], auto_pad: "SAME_UPPER" },
    { kernels },
  ),
  slides(
    "to the same size, more before",
    "ConvTranspose",
    small,
    { strides: [2, 2], auto_pad: "SAME_LOWER" },
    { kernels },
  ),
  slides(
    "of gaps, in groups",
    "ConvTranspose",
    small,
    { dilations: [2, 2], group: 2 },
    { kernels: tensor([4, 3, 2, 2]) },
  ),
  slides(
    "channel by channel",
    "ConvTranspose",
    small,
    { strides: [2, 2], group: 4 },
    { kernels: tensor([4, 1, 2, 2]) },
  ),
  slides(
    "over a row",
    "ConvTranspose",
    tensor([1, 2, 5]),
    { strides: [2], output_padding: [1] },
    { kernels: tensor([2, 3, 3]) },
  ),
  {
    name: "ConvTranspose with kernels and a bias that are made of the picture",
    opset: 17,
    nodes: [node("ConvTranspose", ["x", "w", "b"], ["y"], { strides: [2, 1], pads: [1, 0, 0, 1] })],
    inputs: { x: tensor([2, 4, 3, 4]), w: kernels, b: tensor([2]) },
  },
];

const wide = apart([1, 2, 7, 6]);

const pools: readonly GradientCase[] = [
  slides("of windows side by side", "MaxPool", wide, { kernel_shape: [2, 2], strides: [2, 2] }),
  slides("of windows that overlap", "MaxPool", wide, { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] }),
  slides("at every place", "MaxPool", wide, { kernel_shape: [3, 2], pads: [1, 0, 1, 1] }),
  slides("with a last window that reaches past the end", "MaxPool", wide, {
    kernel_shape: [3, 3],
    strides: [2, 3],
    ceil_mode: 1,
  }),
  slides("of gaps", "MaxPool", wide, { kernel_shape: [2, 3], dilations: [3, 2], strides: [2, 1] }),
  slides("of windows with places between them", "MaxPool", wide, { kernel_shape: [1, 2], strides: [2, 3] }),
  slides("padded to the same size", "MaxPool", wide, { kernel_shape: [3, 3], strides: [2, 2], auto_pad: "SAME_UPPER" }),
  slides("over a row", "MaxPool", apart([1, 2, 9]), { kernel_shape: [3], strides: [2], pads: [0, 1] }),
  slides("over a volume", "MaxPool", apart([1, 1, 4, 5, 4]), { kernel_shape: [2, 3, 2], strides: [2, 2, 1] }),
  slides("before opset 10", "MaxPool", wide, { kernel_shape: [3, 3], strides: [2, 2] }, { opset: 9 }),

  slides("of windows side by side", "AveragePool", picture, { kernel_shape: [2, 2], strides: [2, 2] }),
  slides("of windows that overlap, their padding left out", "AveragePool", picture, {
    kernel_shape: [3, 3],
    strides: [2, 1],
    pads: [1, 1, 1, 0],
  }),
  slides("of windows that overlap, their padding counted", "AveragePool", picture, {
    kernel_shape: [3, 3],
    strides: [2, 1],
    pads: [1, 1, 1, 0],
    count_include_pad: 1,
  }),
  slides("with a last window that reaches past the end", "AveragePool", picture, {
    kernel_shape: [3, 3],
    strides: [3, 2],
    ceil_mode: 1,
  }),
  slides(
    "of gaps",
    "AveragePool",
    picture,
    { kernel_shape: [2, 2], dilations: [2, 3], pads: [1, 0, 0, 1] },
    { opset: 19 },
  ),
  slides(
    "of gaps, their padding counted, past the end",
    "AveragePool",
    picture,
    {
      kernel_shape: [3, 2],
      dilations: [2, 1],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      ceil_mode: 1,
      count_include_pad: 1,
    },
    { opset: 19 },
  ),
  slides("padded to the same size", "AveragePool", picture, { kernel_shape: [3, 2], auto_pad: "SAME_LOWER" }),
  slides("over a row", "AveragePool", tensor([1, 2, 7]), { kernel_shape: [3], strides: [2] }),
  slides("over a volume", "AveragePool", tensor([1, 1, 4, 5, 4]), { kernel_shape: [2, 3, 2], strides: [2, 2, 1] }),

  slides("of pictures", "GlobalAveragePool", picture, {}),
  slides("of rows", "GlobalAveragePool", tensor([1, 2, 7]), {}),
  slides("of pictures", "GlobalMaxPool", wide, {}),
  slides("of rows", "GlobalMaxPool", apart([1, 2, 7]), {}),
  slides("of squares", "LpPool", picture, { kernel_shape: [3, 2], strides: [2, 2] }),
  slides("of distances", "LpPool", tensor([1, 2, 5, 5], 0.1, 1), { kernel_shape: [2, 2], p: 1 }),
  slides("of cubes", "LpPool", tensor([1, 2, 5, 5], -1, -0.1), { kernel_shape: [2, 2], p: 3 }),
  slides("of squares", "GlobalLpPool", picture, {}),
];

function pads(
  mode: string,
  amounts: readonly number[],
  { opset = 17, axes, of = picture }: { opset?: number; axes?: readonly number[]; of?: CaseTensor } = {},
): GradientCase {
  return {
    name: `Pad ${mode} ${amounts.join(" ")}${axes ? ` along ${axes.join(" ")}` : ""} in opset ${opset}`,
    opset,
    nodes: [
      opset < 11
        ? node("Pad", ["x"], ["y"], { mode, pads: amounts, value: { float: 2 } })
        : node("Pad", ["x", "pads", "value", ...(axes ? ["axes"] : [])], ["y"], { mode }),
    ],
    inputs: { x: of },
    ...(opset >= 11 && {
      initializers: {
        pads: integers(amounts),
        value: { dims: [], values: [2] },
        ...(axes && { axes: integers(axes) }),
      },
    }),
  };
}

const paddings: readonly GradientCase[] = [
  pads("constant", [0, 0, 1, 2, 0, 0, 0, 1]),
  pads("constant", [0, 0, -1, 2, 0, 1, -2, -1]),
  pads("constant", [0, 0, 1, 2, 0, 0, 0, 1], { opset: 9 }),
  pads("constant", [1, 2, 0, 1], { opset: 18, axes: [-1, 1] }),
  pads("edge", [0, 0, 1, 2, 0, 0, 3, 1]),
  pads("reflect", [0, 0, 3, 1, 0, 0, 0, 4]),
  pads("reflect", [0, 0, 3, 1, 0, 0, 0, 4], { opset: 9 }),
  pads("edge", [9, 0], { opset: 18, axes: [3] }),
  pads("wrap", [0, 0, 3, 1, 0, 0, 2, 4], { opset: 19 }),
];

function resizes(
  name: string,
  attributes: Attributes,
  {
    opset = 19,
    from = [1, 2, 5, 4],
    scales,
    sizes,
    roi,
  }: {
    opset?: number;
    from?: readonly number[];
    scales?: readonly number[];
    sizes?: readonly number[];
    roi?: readonly number[];
  },
): GradientCase {
  const given = {
    ...(roi && { roi: { dims: [roi.length], values: roi } }),
    ...(scales && { scales: { dims: [scales.length], values: scales } }),
    ...(sizes && { sizes: integers(sizes) }),
  };
  const inputs =
    opset < 11 ? ["x", "scales"] : ["x", roi ? "roi" : "", scales ? "scales" : "", ...(sizes ? ["sizes"] : [])];
  return {
    name: `Resize ${name}`,
    opset,
    nodes: [node("Resize", inputs, ["y"], attributes)],
    inputs: { x: tensor(from) },
    initializers: given,
  };
}

const COORDINATES = ["half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric"];
const more = [1, 1, 2.2, 1.7];
const fewer = [1, 1, 0.7, 0.55];

const resizings: readonly GradientCase[] = [
  ...COORDINATES.flatMap((mode) =>
    ["nearest", "linear", "cubic"].map((kind) =>
      resizes(`${kind} by ${mode} to more`, { mode: kind, coordinate_transformation_mode: mode }, { scales: more }),
    ),
  ),
  ...["nearest", "linear", "cubic"].map((mode) => resizes(`${mode} to fewer`, { mode }, { scales: fewer })),
  ...["floor", "ceil", "round_prefer_ceil", "round_prefer_floor"].map((nearest_mode) =>
    resizes(
      `to the nearest by ${nearest_mode}`,
      { mode: "nearest", nearest_mode, coordinate_transformation_mode: "asymmetric" },
      { sizes: [1, 2, 10, 3] },
    ),
  ),
  resizes(
    "to the nearest by TensorFlow's first rule",
    { mode: "nearest", coordinate_transformation_mode: "tf_half_pixel_for_nn" },
    { scales: more, roi: [0, 0, 0, 0, 1, 1, 1, 1], opset: 11 },
  ),
  resizes(
    "linear of a part",
    { mode: "linear", coordinate_transformation_mode: "tf_crop_and_resize", extrapolation_value: { float: 3 } },
    { sizes: [1, 2, 6, 5], roi: [0, 0, 0.2, -0.3, 1, 1, 0.7, 1.2] },
  ),
  resizes("linear to given sizes", { mode: "linear" }, { sizes: [1, 2, 8, 3] }),
  resizes("linear along two axes", { mode: "linear", axes: [3, 2] }, { sizes: [8, 3] }),
  resizes(
    "linear, no larger than given",
    { mode: "linear", axes: [2, 3], keep_aspect_ratio_policy: "not_larger" },
    { sizes: [8, 9] },
  ),
  resizes(
    "linear, no smaller than given",
    { mode: "linear", axes: [2, 3], keep_aspect_ratio_policy: "not_smaller" },
    { sizes: [8, 9] },
  ),
  resizes(
    "cubic without what lies outside",
    { mode: "cubic", exclude_outside: 1, cubic_coeff_a: -0.5 },
    { scales: more },
  ),
  {
    ...resizes("linear of fewer, smoothed", { mode: "linear", antialias: 1 }, { scales: fewer, from: [1, 2, 9, 8] }),
    cpuAlone: true,
  },
  {
    ...resizes("cubic of fewer, smoothed", { mode: "cubic", antialias: 1 }, { scales: fewer, from: [1, 2, 9, 8] }),
    cpuAlone: true,
  },
  resizes("to the nearest by whole factors", { mode: "nearest" }, { scales: [1, 1, 2, 3] }),
  resizes("linear of a volume", { mode: "linear" }, { scales: [1, 1, 2, 1.5, 2], from: [1, 1, 2, 3, 3] }),
  resizes("linear of a row", { mode: "linear" }, { scales: [1, 1, 1.6], from: [1, 2, 6] }),
  resizes("to the nearest before opset 11", { mode: "nearest" }, { scales: more, opset: 10 }),
  resizes("to the nearest of fewer before opset 11", { mode: "nearest" }, { scales: fewer, opset: 10 }),
  resizes("linear before opset 11", { mode: "linear" }, { scales: [1, 1, 2, 2], opset: 10 }),
  {
    name: "Upsample to the nearest",
    opset: 9,
    nodes: [node("Upsample", ["x", "scales"], ["y"], { mode: "nearest" })],
    inputs: { x: tensor([1, 2, 3, 3]) },
    initializers: { scales: { dims: [4], values: [1, 1, 2, 3] } },
  },
  {
    name: "Upsample linear, its factors an attribute",
    opset: 7,
    nodes: [node("Upsample", ["x"], ["y"], { mode: "linear", scales: { floats: [1, 1, 2, 2] } })],
    inputs: { x: tensor([1, 2, 3, 3]) },
  },
];

const blocks: readonly GradientCase[] = [
  slides("depth first", "DepthToSpace", tensor([1, 8, 2, 3]), { blocksize: 2 }),
  slides("columns first", "DepthToSpace", tensor([1, 8, 2, 3]), { blocksize: 2, mode: "CRD" }),
  slides("of blocks", "SpaceToDepth", tensor([1, 2, 4, 6]), { blocksize: 2 }),
];

export const windows: readonly GradientCase[] = [
  ...convolutions,
  ...transposed,
  ...pools,
  ...paddings,
  ...resizings,
  ...blocks,
];
