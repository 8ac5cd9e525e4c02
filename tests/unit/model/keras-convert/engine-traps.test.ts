import * as ort from "onnxruntime-web";
import { describe, expect, it } from "vitest";
import { convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import type { KerasObject } from "../../../../src/compute/model/keras/keras-model.ts";
import { answersOf } from "./keras-goldens.ts";

const net = (...layers: readonly (readonly [string, object])[]): KerasObject => ({
  class_name: "Sequential",
  config: {
    name: "net",
    layers: layers.map(([class_name, config], index) => ({ class_name, config: { name: `layer${index}`, ...config } })),
  },
});

describe("a zero padding before a maximum", () => {
  it("counts as pixels of 0, though the engine would make it the pool's own, which counts for nothing", async () => {
    const planes = { data_format: "channels_first" };
    const architecture = net(
      ["InputLayer", { batch_shape: [null, 1, 3, 3] }],
      [
        "ZeroPadding2D",
        {
          padding: [
            [1, 0],
            [1, 0],
          ],
          ...planes,
        },
      ],
      ["MaxPooling2D", { pool_size: [2, 2], ...planes }],
    );
    const converted = convertKeras({ kerasVersion: "3.15.1", architecture, weightsOf: () => [] });
    const pixels = Float32Array.from([-1, -2, -2, -3, -4, -4, -3, -4, -4]);
    const answers = await answersOf(converted, [new ort.Tensor("float32", pixels, [1, 1, 3, 3])]);
    const [output] = answers.values();
    expect(output?.values.length).toBe(4);
    for (const [index, value] of [0, 0, 0, -4].entries()) expect(output?.values[index]).toBeCloseTo(value, 6);
  });
});
