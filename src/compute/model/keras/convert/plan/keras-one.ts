import { isObject, type JsonObject } from "./config-checks.ts";

/** Classes of Keras 1 by what Keras 2 calls them. */
const CLASSES: Readonly<Record<string, string>> = {
  Convolution1D: "Conv1D",
  Convolution2D: "Conv2D",
  AtrousConvolution2D: "Conv2D",
  SeparableConvolution2D: "SeparableConv2D",
  Deconvolution2D: "Conv2DTranspose",
};

/** Options of Keras 1 by what Keras 2 calls them, where only the name changed. */
const NAMES: Readonly<Record<string, string>> = {
  nb_filter: "filters",
  output_dim: "units",
  subsample: "strides",
  subsample_length: "strides",
  atrous_rate: "dilation_rate",
  border_mode: "padding",
  bias: "use_bias",
  p: "rate",
  pool_length: "pool_size",
  stride: "strides",
  length: "size",
};

const CONVOLUTIONS = new Set(["Conv1D", "Conv2D", "SeparableConv2D", "Conv2DTranspose"]);
const MERGES: Readonly<Record<string, string>> = {
  sum: "Add",
  mul: "Multiply",
  ave: "Average",
  max: "Maximum",
  concat: "Concatenate",
};

/** A layer of Keras 1 in Keras 2's words; any other as it is. */
export function modernLayer(object: JsonObject): JsonObject {
  const { config } = object;
  if (!isObject(config) || typeof object.class_name !== "string") return object;
  const old = "nb_filter" in config || "dim_ordering" in config || "border_mode" in config || "output_dim" in config;
  const className = CLASSES[object.class_name] ?? object.class_name;
  if (className === "Merge" && typeof config.mode === "string") {
    const axis = config.concat_axis ?? -1;
    return { ...object, class_name: MERGES[config.mode] ?? "Merge", config: { name: config.name, axis } };
  }
  if (!old && className === object.class_name) return object;
  const renamed = Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (key === "output_dim" && className === "Embedding") return [key, value];
      return [NAMES[key] ?? key, value];
    }),
  );
  if (CONVOLUTIONS.has(className) && "nb_row" in config) renamed.kernel_size = [config.nb_row, config.nb_col];
  if (CONVOLUTIONS.has(className) && "filter_length" in config) renamed.kernel_size = [config.filter_length];
  if ("dim_ordering" in config) renamed.data_format = config.dim_ordering === "th" ? "channels_first" : "channels_last";
  return { ...object, class_name: className, config: renamed };
}
