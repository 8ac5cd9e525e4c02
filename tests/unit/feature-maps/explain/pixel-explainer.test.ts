import { describe, expect, it } from "vitest";
import { explainPixel } from "../../../../src/compute/feature-maps/explain/explain-pixel.ts";
import { LayerRun } from "../../../../src/compute/feature-maps/explain/layer/layer-run.ts";
import { layerKernels } from "../../../../src/compute/feature-maps/explain/layer-kernels.ts";
import { PixelExplainer } from "../../../../src/compute/feature-maps/explain/pixel-explainer.ts";
import { Engine } from "../../../../src/compute/model/engine/engine.ts";
import { OpenModel } from "../../../../src/compute/model/engine/open-model.ts";
import { sampleNumbers } from "../../../../src/compute/model/engine/sample-numbers.ts";
import { int } from "../../../../src/compute/model/keras/convert/graph/attributes.ts";
import { readOnnxFiles } from "../../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { goldenFile } from "../../../support/engine-goldens.ts";
import { readGoldens } from "../../model/keras-convert/keras-goldens.ts";
import { graphOf, operator } from "../../model/layers/small-graphs.ts";
import { filesOf, goldenModel, inputOf } from "../../model/onnx/onnx-goldens.ts";
import { nodeOrt } from "../../model-engine/node-engine.ts";
import { mapsFor, openOperators } from "../open-networks.ts";
import { oddOperators, withNumbers } from "./odd-operators.ts";
import { disagreement, explainSomewhere, ranLayers, shownGraph, shownKeras } from "./ran-layers.ts";

/** An engine that counts the sessions that are opened. */
function countingEngine() {
  const counted = { opened: 0 };
  const create = (...all: Parameters<typeof nodeOrt.InferenceSession.create>) => {
    counted.opened++;
    return nodeOrt.InferenceSession.create(...all);
  };
  const engine = new Engine(() => ({ ...nodeOrt, InferenceSession: { create } }) as unknown as typeof nodeOrt);
  return { engine, counted };
}

async function openLenet() {
  const { engine, counted } = countingEngine();
  const model = readOnnxFiles([{ name: "lenet.onnx", bytes: goldenFile("lenet") }]);
  const open = await OpenModel.open(engine, model, { processor: "cpu", shape: null });
  const explainer = new PixelExplainer();
  const picture = sampleNumbers(144);
  const explain = (layer: string, channel = 0, row = 0, column = 0, shown = picture) =>
    explainer.explain("lenet", engine, open, { picture: shown, layer, channel, row, column });
  return { counted, explain, explainer, picture, open };
}

const lenet = await openLenet();
const noField = [null, { height: 1, width: 1 }] as const;

describe("how a pixel came about", () => {
  it("is told by the numbers that a convolution read, its weights, its bias and what it saw of the picture", async () => {
    const { picture, explain, open } = lenet;
    const found = await explain("conv1", 2, 3, 4);
    const [terms] = found.terms;
    const seen = [3, 4, 5].flatMap((row) => [...picture.subarray(row * 12 + 4, row * 12 + 7)]);
    expect(terms).toMatchObject({
      source: "input",
      firstChannel: 0,
      channels: 1,
      rows: { first: 3, count: 3, step: 1 },
    });
    expect([...(terms?.values ?? [])]).toEqual(seen);
    const kernels = layerKernels(open.model, "conv1");
    expect(kernels).toMatchObject({ out: 6, in: 1, height: 3, width: 3 });
    expect(terms?.weights).toEqual(kernels?.data.subarray(18, 27));
    expect(found).toMatchObject({ kind: "convolution", type: "Conv", channel: 2, row: 3, column: 4, complete: true });
    expect(found.patch).toEqual({ top: 3, left: 4, height: 3, width: 3 });
    expect(found.sentence).toMatch(
      /^Channel 2 of conv1 at row 3, column 4: 9 values times their weights and the bias add up to −?[\d.]+\.$/,
    );
  });

  it("names what a layer does to one number as a formula, from one number to the next", async () => {
    const { explain } = lenet;
    const [before, after] = [await explain("conv2", 1, 0, 5), await explain("relu2", 1, 0, 5)];
    expect(after.terms[0]).toMatchObject({
      source: "conv2",
      firstChannel: 1,
      rows: { first: 0 },
      columns: { first: 5 },
    });
    expect(after.steps).toEqual([
      { operation: "ReLU", formula: "max(0, x)", before: expect.closeTo(before.value, 5), after: after.value },
    ]);
    expect(after).toMatchObject({ kind: "elementwise", sum: after.terms[0]?.values[0], bias: null });
  });

  it("is one of the values for the highest of a window, and all of a vector for a dense layer", async () => {
    const pooled = await lenet.explain("pool2", 4, 2, 3);
    expect(pooled.terms[0]).toMatchObject({
      weights: null,
      rows: { first: 4, count: 2 },
      columns: { first: 6, count: 2 },
    });
    expect(pooled.sum).toBe(Math.max(...(pooled.terms[0]?.values ?? [])));
    const scored = await lenet.explain("scores", 3);
    expect(scored.terms[0]).toMatchObject({ source: "flat", channels: 256, rows: { count: 1 } });
    expect(scored).toMatchObject({ kind: "dense", steps: [], patch: null });
    expect(disagreement(scored)).toBeLessThan(1e-6);
  });

  it("costs no run for further pixels of a layer, nor for going back to it", async () => {
    const { counted, explain, explainer, picture, open } = await openLenet();
    // The shapes of all layers are measured once a model.
    await open.layers();
    const { opened } = counted;
    await Promise.all([explain("conv1"), explain("conv1", 1), explain("conv1", 5, 9, 9)]);
    expect(counted.opened - opened).toBe(1);
    await explain("relu1");
    await explain("conv1", 0, 1, 1, picture.slice());
    expect(counted.opened - opened).toBe(2);
    await explain(
      "conv1",
      0,
      1,
      1,
      picture.map((value) => 1 - value),
    );
    expect(counted.opened - opened).toBe(3);
    explainer.forget("another");
    await explain("relu1");
    expect(counted.opened - opened).toBe(3);
    explainer.forget("lenet");
    await explain("relu1");
    expect(counted.opened - opened).toBe(4);
  });

  it("is of the answer that its map is of, where a layer has several", async () => {
    const halves = operator("Split", ["x"], ["left", "right"], { axis: int(1), num_outputs: int(2) });
    const open = await openOperators([halves], [], ["n", 4, 2, 2]);
    const picture = sampleNumbers(16);
    const { layers } = await mapsFor(open, picture, ["right"]);
    const { name = "", tensor = "", data } = layers[0] ?? {};
    const { engine } = countingEngine();
    const explainer = new PixelExplainer();
    const asked = { picture, layer: name, channel: 1, row: 1, column: 0 };
    const [first, second] = [
      await explainer.explain("halves", engine, open, asked),
      await explainer.explain("halves", engine, open, { ...asked, tensor }),
    ];
    expect([first.value, second.value]).toEqual([picture[6], picture[14]]);
    expect(data?.[6]).toBe(second.value);
  });

  it("is refused for a place that there isn't, a layer that there isn't and another model's picture", async () => {
    const { explain } = lenet;
    await expect(explain("conv1", 6)).rejects.toThrow("conv1 has 6 channels of 10 × 10.");
    await expect(explain("conv9")).rejects.toThrow('The model has no layer "conv9".');
    await expect(explain("conv1", 0, 0, 0, new Float32Array(9))).rejects.toMatchObject({ kind: "input" });
  });

  it("is not told where the parts don't add up to what the engine answers, nor for what isn't taken apart", async () => {
    const x = { name: "x", type: 1, dims: [1, 2, 3, 3], values: sampleNumbers(18).map((value) => value - 0.5) };
    const nodes = [operator("Relu", ["x"], ["y"]), operator("LRN", ["x"], ["z"], { size: int(3) })];
    const [relu, other] = await ranLayers(shownGraph(graphOf(nodes, { x: x.dims }), [x]));
    if (!relu || !other) throw new Error("no layers");
    const place = { channel: 1, row: 2, column: 2 };
    const wrong = new Map([
      ["x", { dims: x.dims, data: x.values }],
      ["y", { dims: x.dims, data: x.values.map((value) => value + 0.01) }],
    ]);
    expect(explainPixel(relu, place, ...noField)).toMatchObject({ complete: true, reason: null });
    const doubted = explainPixel(new LayerRun(relu.graph, wrong, new Map(), 1), place, ...noField);
    expect(doubted).toMatchObject({ complete: false, kind: "other", terms: [], sum: null, steps: [] });
    expect(doubted.reason).toMatch(/^Taken apart it would be .*, so that its parts are not shown\.$/);
    expect(explainPixel(other, place, ...noField)).toMatchObject({
      complete: false,
      value: other.values("z").at(17),
      reason: "What LRN does is not taken apart here.",
    });
  });

  it.each(["half precision", "weights in half precision", "quantised, with pairs around each step"])(
    "adds up as well as its precision lets it: %s",
    async (name) => {
      const golden = goldenModel(name);
      const model = readOnnxFiles(filesOf(golden));
      const [input] = model.onnx.graph.inputs;
      const { data } = inputOf(golden);
      const values = Float32Array.from(data as ArrayLike<number>);
      const feeds = [{ name: input?.name ?? "", type: input?.type ?? 1, dims: golden.input.dims, values }];
      const runs = await ranLayers({ model, feeds });
      const all = runs.map((run) => explainSomewhere(run, () => 0.4));
      const open = all.flatMap(({ complete, type }) => (complete ? [] : [type]));
      expect([...new Set(open)]).toEqual(name.startsWith("quantised") ? ["QuantizeLinear", "DequantizeLinear"] : []);
    },
  );
});

describe("formulas", () => {
  it.each([
    ["leaky", "max(0, x) + 0.3·min(0, x)"],
    ["steep", "max(0, x) + 2·(exp(min(0, x)) − 1)"],
    ["HardSwish", "x·min(1, max(0, 0.1667·x + 0.5))"],
    ["Neg", "−x"],
    ["Reciprocal", "1 / x"],
    ["twice", "x + x"],
  ])("are written as they are read: %s", async (layer, formula) => {
    const values = sampleNumbers(288);
    const feeds = [{ name: "x", type: 1, dims: [1, 4, 9, 8], values }];
    const [run] = await ranLayers(shownGraph(oddOperators(), feeds), [`${layer}`]);
    if (!run) throw new Error(`no layer ${layer}`);
    expect(explainPixel(run, { channel: 1, row: 2, column: 3 }, ...noField).steps[0]?.formula).toBe(formula);
  });

  it.each([
    ["Activation silu", "activation", /^x·sigmoid\(x\)$/],
    ["Activation relu6", "limits", /^min\(6, max\(0, x\)\)$/],
    ["BatchNormalization after a convolution", "batch normalisation", /^−?[\d.]+·x [+−] [\d.]+$/],
    ["Softmax", "exponential", /^exp\(x [+−] [\d.]+\)$/],
  ])("of Keras layers too: %s", async (name, operation, formula) => {
    const net = readGoldens("keras-layers.json.gz").cases.find((each) => each.name === name);
    if (!net) throw new Error(`no case ${name}`);
    const run = (await ranLayers(shownKeras(net))).at(-1);
    const [step] = run ? explainSomewhere(run, () => 0.3).steps : [];
    expect(step).toMatchObject({ operation, formula: expect.stringMatching(formula) });
  });
});

describe("the kernels of a layer", () => {
  it("are the weights of a pixel's window, channel for channel, also of transposed convolutions in groups", async () => {
    const nodes = [operator("ConvTranspose", ["x", "w"], ["y"], { group: int(2) })];
    const model = withNumbers(graphOf(nodes, { x: [1, 4, 3, 3] }, { w: [4, 3, 1, 1] }), 23);
    const shown = shownGraph(model, [{ name: "x", type: 1, dims: [1, 4, 3, 3], values: sampleNumbers(36) }]);
    const [run] = await ranLayers(shown);
    const kernels = layerKernels(shown.model, shown.model.layers[0]?.name ?? "");
    expect(kernels).toMatchObject({ out: 6, in: 2, height: 1, width: 1 });
    for (let channel = 0; channel < 6; channel++) {
      const [terms] = run ? explainPixel(run, { channel, row: 1, column: 2 }, ...noField).terms : [];
      expect(kernels?.data.subarray(2 * channel, 2 * channel + 2)).toEqual(terms?.weights);
    }
  });

  it("are none of layers that have none", () => {
    expect(layerKernels(lenet.open.model, "pool2")).toBeNull();
    expect(layerKernels(lenet.open.model, "scores")).toBeNull();
  });
});
