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
});
