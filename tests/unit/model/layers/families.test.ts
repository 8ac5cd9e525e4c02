import { describe, expect, test } from "vitest";
import { fillShapes } from "../../../../src/compute/model/layers/fill-shapes.ts";
import { findLayer } from "../../../../src/compute/model/layers/find-layer.ts";
import { layerTotals } from "../../../../src/compute/model/layers/layer-totals.ts";
import { onnxLayers } from "../../../../src/compute/model/layers/onnx-layers.ts";
import type { LoadedModel } from "../../../../src/compute/model/loaded-model.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { cutGraph } from "../../../../src/compute/model/onnx/write/cut-graph.ts";
import {
  type Answer,
  distance,
  filesOf,
  floatsOf,
  type GoldenFamily,
  goldens,
  inputOf,
  run,
} from "../onnx/onnx-goldens.ts";

const read = (golden: GoldenFamily) => readOnnxFiles(filesOf(golden));

/** What a tensor says of each picture: its own numbers, or averages over sides that are left. */
function averaged(answer: Answer | undefined): readonly number[] {
  const [pictures = 0, channels = 0, ...sides] = answer?.dims ?? [];
  const spots = sides.reduce((product, side) => product * side, 1);
  return Array.from({ length: pictures * channels }, (_, at) => {
    const spread = answer?.values.subarray(at * spots, (at + 1) * spots) ?? new Float32Array(0);
    return spread.reduce((sum, value) => sum + value, 0) / spots;
  });
}

async function postconvOf(golden: GoldenFamily, model: LoadedModel): Promise<readonly number[]> {
  const { output } = findLayer(model.layers, "postconv");
  const answers = await run({ ...model, ...cutGraph(model, [output.tensor]) }, inputOf(golden));
  return averaged(answers.get(output.tensor));
}

describe("families of networks in Slideflow's table", () => {
  test.each(goldens.families)("$name: postconv is what PyTorch has there", async (golden) => {
    const found = await postconvOf(golden, read(golden));
    const right = floatsOf(golden.postconv.values);
    expect(found).toHaveLength(right.length);
    expect(distance(found, right)).toBeLessThan(1e-5);
  });

  const alike = ["ResNet", "Inception3", "GoogLeNet", "AlexNet", "MobileNetV2", "MNASNet", "SqueezeNet"];
  test.each(goldens.families.filter(({ name }) => alike.includes(name.split(",")[0] ?? "")))(
    "$name: the graph alone tells the same postconv",
    async (golden) => {
      const model = read(golden);
      const nameless = model.layers.map((layer) => ({ ...layer, module: "" }));
      const right = floatsOf(golden.postconv.values);
      expect(distance(await postconvOf(golden, { ...model, layers: nameless }), right)).toBeLessThan(1e-5);
    },
  );

  test.each(goldens.families)("$name: multiply-adds are PyTorch's once a run told the shapes", async (golden) => {
    const model = read(golden);
    const tensors = model.layers.flatMap(({ outputs }) => outputs.map(({ tensor }) => tensor));
    const input = inputOf({ ...golden, input: { dims: [1, 3, 16, 16] } });
    const answers = await run({ ...model, ...cutGraph(model, tensors) }, input);
    const layers = fillShapes(model, new Map([...answers].map(([name, { dims }]) => [name, dims])));
    expect(layerTotals(layers)).toMatchObject({ multiplyAdds: golden.multiplyAdds, unknown: 0 });
    expect(layers[0]?.outputs[0]?.shape?.[0]).toBeNull();
    expect(layers.at(-1)?.outputs[0]?.shape?.[0]).toBeNull();
  });

  test.each(goldens.families.filter(({ normalized }) => !normalized))("$name: parameters are PyTorch's", (golden) => {
    expect(layerTotals(read(golden).layers).parameters).toBe(golden.parameters);
  });

  test.each(goldens.families.filter(({ name }) => name.includes("ResNet")))(
    "$name: a normalisation that was folded in leaves a weight and a bias to each convolution",
    (golden) => {
      // 3 to 6 channels, twice 6 to 6, 6 to 8, and a dense layer of 8 to 5.
      const convolutions = (3 * 9 + 1) * 6 + 2 * (6 * 9 + 1) * 6 + (6 * 9 + 1) * 8;
      expect(layerTotals(read(golden).layers).parameters).toBe(convolutions + 8 * 5 + 5);
    },
  );

  test.each(goldens.families)(
    "$name: no layer is a constant or arithmetic of shapes, no name comes twice",
    (golden) => {
      const layers = onnxLayers(read(golden).onnx);
      const names = layers.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const arithmetic = ["Constant", "Shape", "ConstantOfShape", "Unsqueeze", "Expand", "Equal", "Where", "Cast"];
      expect(layers.map(({ type }) => type).filter((type) => arithmetic.includes(type))).toEqual([]);
    },
  );
});
