import type { KerasObject } from "../keras-model.ts";

/** A weight that a layer of a known class creates. */
export interface ExpectedWeight {
  /** As Keras 3 names it. */
  readonly name: string;
  /** What it was called before: "depthwise_kernel" of a DepthwiseConv2D in Keras 2, "W" in Keras 1. */
  readonly oldNames: readonly string[];
  /** Changed by training where the layer is: .h5 files of nested models have these first. */
  readonly isTrained: boolean;
  /** null where only the input's shape can tell. */
  readonly dims: readonly (number | null)[] | null;
}

/** A layer inside a layer, as an attention has four. */
export interface LayerPart {
  /** Its name, before its weights' own: "query". */
  readonly name: string;
  /** Keras' attribute for it, by which a .keras file keeps it. */
  readonly attribute: string;
  readonly layer: KerasObject;
}

/** What a layer of a known class has, in the order in which Keras creates it. */
export interface LayerWeights {
  readonly own: readonly ExpectedWeight[];
  readonly parts: readonly LayerPart[];
}

type Config = Readonly<Record<string, unknown>>;
type Dims = readonly (number | null)[] | null;

const weight = (name: string, dims: Dims, ...oldNames: string[]): ExpectedWeight => ({
  name,
  dims,
  oldNames,
  isTrained: true,
});
const kept = (name: string, dims: Dims, ...oldNames: string[]): ExpectedWeight => ({
  ...weight(name, dims, ...oldNames),
  isTrained: false,
});
const numberIn = (config: Config, key: string): number | null => {
  const value = config[key];
  return typeof value === "number" ? value : null;
};
const only = (...own: ExpectedWeight[]): LayerWeights => ({ own, parts: [] });
const NONE = only();

/** Kernels of a convolution over as many dimensions: `kernel_size` may be one number for all. */
function kernelSize(config: Config, rank: number): (number | null)[] {
  const size = config.kernel_size;
  return Array.from({ length: rank }, (_, along) => {
    const length = Array.isArray(size) ? size[along] : size;
    return typeof length === "number" ? length : null;
  });
}

const biasOf = (config: Config, length: number | null): ExpectedWeight[] =>
  config.use_bias === false || config.bias === false ? [] : [weight("bias", [length], "b")];

function convolution(rank: number, isTransposed: boolean) {
  return (config: Config): LayerWeights => {
    const filters = numberIn(config, "filters");
    const channels = isTransposed ? [filters, null] : [null, filters];
    const kernel = weight("kernel", [...kernelSize(config, rank), ...channels], "W");
    return only(kernel, ...biasOf(config, filters));
  };
}

function depthwise(rank: number) {
  return (config: Config): LayerWeights => {
    const dims = [...kernelSize(config, rank), null, numberIn(config, "depth_multiplier")];
    return only(weight("kernel", dims, "depthwise_kernel"), ...biasOf(config, null));
  };
}

function separable(rank: number) {
  return (config: Config): LayerWeights => {
    const filters = numberIn(config, "filters");
    const dims = [...kernelSize(config, rank), null, numberIn(config, "depth_multiplier")];
    const ones = Array.from({ length: rank }, () => 1);
    return only(
      weight("depthwise_kernel", dims),
      weight("pointwise_kernel", [...ones, null, filters]),
      ...biasOf(config, filters),
    );
  };
}

/** Scale and shift, either of which may be left out. */
function scaled(config: Config, dims: Dims): ExpectedWeight[] {
  const gamma = config.scale === false ? [] : [weight("gamma", dims)];
  const beta = config.center === false ? [] : [weight("beta", dims)];
  return [...gamma, ...beta];
}

function batchNormalization(config: Config): LayerWeights {
  const renorm = config.renorm === true ? ["moving_stddev", "renorm_mean", "renorm_stddev"] : [];
  return only(
    ...scaled(config, [null]),
    kept("moving_mean", [null], "running_mean"),
    kept("moving_variance", [null], "running_std"),
    ...renorm.map((name) => kept(name, [null])),
  );
}

function layerNormalization(config: Config): LayerWeights {
  return config.rms_scaling === true ? only(weight("gamma", null)) : only(...scaled(config, null));
}

/** Statistics of the data, unless they were given. */
function normalization(config: Config): LayerWeights {
  const isGiven = config.mean !== null && config.mean !== undefined;
  return isGiven ? NONE : only(kept("mean", null), kept("variance", null), kept("count", []));
}

function dense(config: Config): LayerWeights {
  const units = numberIn(config, "units");
  return only(weight("kernel", [null, units], "W"), ...biasOf(config, units));
}

function einsumDense(config: Config): LayerWeights {
  const hasBias = config.bias_axes !== null && config.bias_axes !== undefined;
  return only(weight("kernel", null), ...(hasBias ? [weight("bias", null)] : []));
}

function attention(config: Config): LayerWeights {
  const projection = { class_name: "EinsumDense", config: { bias_axes: config.use_bias === false ? null : "" } };
  const names = ["query", "key", ...(config.use_gate === true ? ["gate"] : []), "value", "attention_output"];
  const attributeOf = (name: string) => (name === "attention_output" ? "output_dense" : `${name}_dense`);
  return { own: [], parts: names.map((name) => ({ name, attribute: attributeOf(name), layer: projection })) };
}

function timeDistributed(config: Config): LayerWeights | null {
  const layer = config.layer;
  if (!isKerasObject(layer)) return null;
  return { own: [], parts: [{ name: nameOf(layer), attribute: "layer", layer }] };
}

/** Convolutions of Keras 1, whose kernels lie in several ways. */
const oldConvolution = (config: Config): LayerWeights => only(weight("kernel", null, "W"), ...biasOf(config, null));
const oldSeparable = (config: Config): LayerWeights =>
  only(weight("depthwise_kernel", null), weight("pointwise_kernel", null), ...biasOf(config, null));

const WEIGHTS: Readonly<Record<string, (config: Config) => LayerWeights | null>> = {
  Dense: dense,
  EinsumDense: einsumDense,
  Conv1D: convolution(1, false),
  Conv2D: convolution(2, false),
  Conv3D: convolution(3, false),
  Conv1DTranspose: convolution(1, true),
  Conv2DTranspose: convolution(2, true),
  Conv3DTranspose: convolution(3, true),
  DepthwiseConv1D: depthwise(1),
  DepthwiseConv2D: depthwise(2),
  SeparableConv1D: separable(1),
  SeparableConv2D: separable(2),
  Convolution1D: oldConvolution,
  Convolution2D: oldConvolution,
  AtrousConvolution1D: oldConvolution,
  AtrousConvolution2D: oldConvolution,
  Deconvolution2D: oldConvolution,
  SeparableConvolution2D: oldSeparable,
  BatchNormalization: batchNormalization,
  SyncBatchNormalization: batchNormalization,
  LayerNormalization: layerNormalization,
  GroupNormalization: (config) => only(...scaled(config, [null])),
  RMSNormalization: () => only(weight("scale", null)),
  Normalization: normalization,
  LayerScale: () => only(weight("gamma", [null])),
  PReLU: () => only(weight("alpha", null, "alphas")),
  Embedding: (config) =>
    only(weight("embeddings", [numberIn(config, "input_dim"), numberIn(config, "output_dim")], "W")),
  MultiHeadAttention: attention,
  GroupedQueryAttention: attention,
  GroupQueryAttention: attention,
  TimeDistributed: timeDistributed,
};

/** What a layer's weights should be; null for a class that is not known here, whose weights have numbers for names. */
export function weightsOfLayer({ class_name, config }: KerasObject): LayerWeights | null {
  return Object.hasOwn(WEIGHTS, class_name) ? (WEIGHTS[class_name]?.(config) ?? null) : null;
}

/** A layer's weights and those of its parts, in order, by their names from the layer inwards: "query/kernel". */
export function allWeightsOf(layer: KerasObject): readonly ExpectedWeight[] | null {
  const known = weightsOfLayer(layer);
  if (known === null) return null;
  const found = [...known.own];
  for (const part of known.parts) {
    const inner = allWeightsOf(part.layer);
    if (inner === null) return null;
    found.push(...inner.map((one) => ({ ...one, name: `${part.name}/${one.name}` })));
  }
  return found;
}

/** True for what Keras writes of a layer or model. */
export function isKerasObject(value: unknown): value is KerasObject {
  if (typeof value !== "object" || value === null) return false;
  const { class_name, config } = value as { class_name?: unknown; config?: unknown };
  return typeof class_name === "string" && typeof config === "object" && config !== null && !Array.isArray(config);
}

/** The layer's own name. */
export function nameOf({ config, name }: KerasObject): string {
  return typeof config.name === "string" ? config.name : (name ?? "");
}

/** The layers of a model; null of a layer that is none. */
export function layersOf({ config }: KerasObject): readonly KerasObject[] | null {
  return Array.isArray(config.layers) ? config.layers.filter(isKerasObject) : null;
}
