import { describe, expect, it } from "vitest";
import { type ConvertedKeras, convertKeras } from "../../../../src/compute/model/keras/convert/convert-keras.ts";
import { answersOf, channelsLast, distance, inputsOf, type KerasCase, modelOf, readGoldens } from "./keras-goldens.ts";

const { cases } = readGoldens("keras-applications.json.gz");

/** The layer table is Keras' own, and convolutions stay in their layout among themselves. */
function expectSummary({ layers, onnx }: ConvertedKeras, net: KerasCase): void {
  const rows = layers.map(({ name, module, type, outputs, parameters, trainable }) => [
    module ? `${module}/${name}` : name,
    type,
    outputs.at(-1)?.shape,
    parameters,
    trainable,
  ]);
  expect(rows).toEqual(net.summary);
  expect(layers.reduce((sum, row) => sum + row.parameters, 0)).toBe(net.total);
  expect(layers.reduce((sum, row) => sum + row.trainable, 0)).toBe(net.trainable);
  // The pictures are turned once; where channels are normalized between convolutions, there too.
  const turns = onnx.graph.nodes.filter(({ opType }) => opType === "Transpose").length;
  const normalizes = onnx.graph.nodes.some(({ opType }) => opType === "LayerNormalization");
  if (!normalizes) expect(turns).toBe(1);
}

describe("every family of Keras Applications", () => {
  it.each(cases)("$name answers as Keras' predict does, hidden layers and table included", async (net) => {
    const converted = convertKeras(modelOf(net));
    const rows = net.hidden.map((name) => {
      const [output] = converted.layers.find((row) => row.name === name)?.outputs ?? [];
      if (!output) throw new Error(`no layer ${name}`);
      return output;
    });
    const tapped = [...converted.outputs, ...rows];
    const answers = await answersOf(
      converted,
      inputsOf(net),
      tapped.map(({ tensor }) => tensor),
    );
    for (const [index, { tensor, channels }] of tapped.entries()) {
      const found = answers.get(tensor);
      const golden = net.outputs[index];
      if (!found || !golden) throw new Error(`no tensor ${tensor}`);
      const answer = channels === "first" ? channelsLast(found) : found;
      expect(answer.dims, tensor).toEqual(golden.shape);
      expect(distance(answer, golden), tensor).toBeLessThan(1e-5);
    }
    expectSummary(converted, net);
  });
});
