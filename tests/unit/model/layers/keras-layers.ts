import type { ModelLayer } from "../../../../src/compute/model/model-layer.ts";

/** A layer of a chain, as a Keras file's converter tells of it. */
export interface KerasRow {
  readonly name: string;
  readonly type: string;
  readonly shape: readonly number[];
  readonly parameters?: number;
  readonly multiplyAdds?: number;
}

/** Layers that follow one another; each takes the answer of the one before. */
export function kerasLayers(rows: readonly KerasRow[]): readonly ModelLayer[] {
  return rows.map(({ name, type, shape, parameters = 0, multiplyAdds = 0 }, at) => ({
    name,
    type,
    module: "",
    outputs: [{ tensor: `${name}/answer`, channels: shape.length === 3 ? "first" : null, shape: [null, ...shape] }],
    inbound: at === 0 ? [] : [rows[at - 1]?.name ?? ""],
    parameters,
    trainable: parameters,
    multiplyAdds,
    dtype: "float32",
    kernel: type === "Conv2D" ? [3, 3] : type === "MaxPooling2D" ? [2, 2] : null,
    stride: type === "Conv2D" ? [1, 1] : type === "MaxPooling2D" ? [2, 2] : null,
  }));
}

const convolution = (name: string, side: number, from: number, to: number): KerasRow => ({
  name,
  type: "Conv2D",
  shape: [side, side, to],
  parameters: (9 * from + 1) * to,
  multiplyAdds: side * side * 9 * from * to,
});
const pool = (name: string, side: number, channels: number): KerasRow => ({
  name,
  type: "MaxPooling2D",
  shape: [side, side, channels],
});
const dense = (name: string, from: number, to: number): KerasRow => ({
  name,
  type: "Dense",
  shape: [to],
  parameters: (from + 1) * to,
  multiplyAdds: from * to,
});

/** The network of "Visualizing Activation Functions", a lab on chest X-rays, with the names that Keras 2 gave there. */
export const labLayers = kerasLayers([
  convolution("conv2d_1", 148, 3, 32),
  pool("max_pooling2d_1", 74, 32),
  convolution("conv2d_2", 72, 32, 64),
  pool("max_pooling2d_2", 36, 64),
  convolution("conv2d_3", 34, 64, 128),
  pool("max_pooling2d_3", 17, 128),
  convolution("conv2d_4", 15, 128, 128),
  pool("max_pooling2d_4", 7, 128),
  { name: "flatten_1", type: "Flatten", shape: [6272] },
  dense("dense_1", 6272, 512),
  dense("dense_2", 512, 1),
]);
