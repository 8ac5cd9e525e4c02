import { describe, expect, it } from "vitest";
import { convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import { answersOf, distance, inputsOf, modelOf, readGoldens } from "./keras-goldens.ts";

const { cases } = readGoldens("keras-layers.json.gz");

describe("a layer answers as Keras' predict does", () => {
  it.each(cases)("$name", async (net) => {
    const converted = convertKeras(modelOf(net));
    const answers = await answersOf(converted, inputsOf(net));
    for (const [index, { tensor }] of converted.outputs.entries()) {
      const answer = answers.get(tensor);
      const golden = net.outputs[index];
      if (!answer || !golden) throw new Error(`no output ${tensor}`);
      expect(answer.dims, tensor).toEqual(golden.shape);
      expect(distance(answer, golden), tensor).toBeLessThan(2e-6);
    }
  });

  it("and so do all of them, none forgotten", () => {
    expect(cases.length).toBeGreaterThan(200);
  });
});

/** Keras says the input's shape of a gated linear unit, whose answer is half as wide. */
const told = (name: string) => name !== "Activation glu";

describe("the layer table", () => {
  it.each(cases.filter(({ name }) => told(name)))("has the rows of Keras' summary: $name", (net) => {
    const { layers } = convertKeras(modelOf(net));
    const rows = layers.map(({ name, module, type, outputs, parameters, trainable }) => [
      module ? `${module}/${name}` : name,
      type,
      outputs.length === 1 ? outputs[0]?.shape : outputs.slice(-1)[0]?.shape,
      parameters,
      trainable,
    ]);
    const last = ([path, type, shape, parameters, trainable]: (typeof net.summary)[number]) => [
      path,
      type,
      Array.isArray(shape) && Array.isArray(shape[0]) ? shape.at(-1) : shape,
      parameters,
      trainable,
    ];
    expect(rows).toEqual(net.summary.map(last));
    expect(layers.reduce((sum, row) => sum + row.parameters, 0)).toBe(net.total);
    expect(layers.reduce((sum, row) => sum + row.trainable, 0)).toBe(net.trainable);
  });

  it("of the lab's network has its 3,453,121 parameters, all of which training changes", () => {
    const lab = cases.find(({ name }) => name === "the lab's network");
    if (!lab) throw new Error("no such case");
    const { layers } = convertKeras(modelOf(lab));
    expect(layers.map(({ name, parameters, outputs }) => [name, outputs[0]?.shape?.slice(1), parameters])).toEqual([
      ["conv2d_1", [148, 148, 32], 896],
      ["max_pooling2d_1", [74, 74, 32], 0],
      ["conv2d_2", [72, 72, 64], 18_496],
      ["max_pooling2d_2", [36, 36, 64], 0],
      ["conv2d_3", [34, 34, 128], 73_856],
      ["max_pooling2d_3", [17, 17, 128], 0],
      ["conv2d_4", [15, 15, 128], 147_584],
      ["max_pooling2d_4", [7, 7, 128], 0],
      ["flatten_1", [6272], 0],
      ["dense_1", [512], 3_211_776],
      ["dense_2", [1], 513],
    ]);
    expect(layers.reduce((sum, row) => sum + row.trainable, 0)).toBe(3_453_121);
    // 148 * 148 places of 3 * 3 * 3 by 32.
    expect(layers.map(({ multiplyAdds }) => multiplyAdds).slice(0, 2)).toEqual([18_925_056, 0]);
    expect(layers.map(({ kernel, stride }) => [kernel, stride]).slice(0, 2)).toEqual([
      [
        [3, 3],
        [1, 1],
      ],
      [
        [2, 2],
        [2, 2],
      ],
    ]);
  });
});
