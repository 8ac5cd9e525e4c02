import { describe, expect, it } from "vitest";
import type { LayerRun } from "../../../../src/compute/feature-maps/explain/layer/layer-run.ts";
import type { PixelExplanation } from "../../../../src/compute/feature-maps/explain/pixel-explanation.ts";
import type { OnnxModel } from "../../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { normal, uniform } from "../../compute/random.ts";
import { readGoldens } from "../../model/keras-convert/keras-goldens.ts";
import { filesOf, floatsOf, goldens } from "../../model/onnx/onnx-goldens.ts";
import { oddOperators, oldOperators } from "./odd-operators.ts";
import {
  disagreement,
  explainSomewhere,
  misread,
  ranLayers,
  type Shown,
  shownGraph,
  shownKeras,
} from "./ran-layers.ts";

/** Of the largest number on the way: the engine adds up in single precision. */
const ROUNDING = 1e-5;

/** Pictures whose channels come first though Keras' come last: nothing in a file tells. */
const TURNED = /channels first|planes/;

/** Pixels wherever chance has it, each checked: its parts add up, and are the numbers of the maps that they are said to be. */
function explained(runs: readonly LayerRun[], each: number, isPlaced = true): readonly PixelExplanation[] {
  const random = uniform(5);
  return runs.flatMap((run) =>
    Array.from({ length: each }, () => {
      const found = explainSomewhere(run, random);
      const { layer, type, channel, row, column, sentence } = found;
      const where = `${layer} (${type}) ${channel} ${row} ${column}: ${sentence}`;
      if (found.complete) expect(disagreement(found), where).toBeLessThan(ROUNDING);
      if (isPlaced) for (const terms of found.terms) expect(misread(run, terms), where).toBe(0);
      return found;
    }),
  );
}

/** Types of layers of which a pixel was not taken apart, and why. */
const left = (all: readonly PixelExplanation[]) => [
  ...new Set(all.flatMap(({ type, reason }) => (reason === null ? [] : [`${type}: ${reason}`]))),
];

/** One picture of normal numbers. */
function shown(onnx: OnnxModel): Shown {
  const next = normal(1);
  const values = Float32Array.from({ length: 4 * 9 * 8 }, () => next());
  return shownGraph(onnx, [{ name: "x", type: 1, dims: [1, 4, 9, 8], values }]);
}

describe("the parts of a pixel add up to what the engine answers, and are the numbers of the maps before", () => {
  const { cases } = readGoldens("keras-applications.json.gz");
  const networks = ["MobileNetV2", "ResNet50", "DenseNet121"];
  it.each(cases.filter(({ name }) => networks.includes(name)))("in layers of $name", async (net) => {
    const shown = shownKeras(net);
    // Every third: blocks repeat themselves.
    const tensors = shown.model.layers.flatMap(({ outputs }, at) => (at % 3 === 0 ? (outputs[0]?.tensor ?? []) : []));
    expect(left(explained(await ranLayers(shown, tensors), 3))).toEqual([]);
  });

  it("for every operator that is taken apart, whatever its options", async () => {
    const all = explained(await ranLayers(shown(oddOperators())), 30);
    expect(all.length).toBeGreaterThan(1000);
    expect(left(all)).toEqual(["LRN: What LRN does is not taken apart here."]);
    expect(left(explained(await ranLayers(shown(oldOperators())), 30))).toEqual([]);
  });

  it("in files of PyTorch", async () => {
    const values = floatsOf(goldens.pictures);
    for (const golden of goldens.families) {
      const model = readOnnxFiles(filesOf(golden));
      const [input] = model.onnx.graph.inputs;
      const feeds = [{ name: input?.name ?? "", type: 1, dims: [2, 3, 16, 16], values }];
      expect(left(explained(await ranLayers({ model, feeds }), 5)), golden.name).toEqual([]);
    }
  });

  it("in each kind of Keras layer", async () => {
    const all: PixelExplanation[] = [];
    for (const net of readGoldens("keras-layers.json.gz").cases)
      all.push(...explained(await ranLayers(shownKeras(net)), 3, !TURNED.test(net.name)));
    expect(left(all)).toEqual(
      [
        ["Conv3D", "Conv"],
        ["EinsumDense", "Einsum"],
        ["Embedding", "Gather"],
        ["MaxPooling3D", "MaxPool"],
        ["AveragePooling3D", "AveragePool"],
        ["GlobalAveragePooling3D", "ReduceMean"],
        ["GlobalMaxPooling3D", "ReduceMax"],
        ["UpSampling3D", "Resize"],
        ["Dot", "Einsum"],
      ].map(([type, opType]) => `${type}: What ${opType} does is not taken apart here.`),
    );
  });
});
