import { describe, expect, it } from "vitest";
import { type FeatureOptions, featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { Features } from "../../../src/compute/features/features.ts";
import { batchesOf } from "../../../src/compute/features/picture-batches.ts";
import { modelFacts } from "../../../src/compute/model/engine/model-facts.ts";
import { pictureInput } from "../../../src/compute/model/engine/model-inputs.ts";
import { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { type OnnxModel, type OnnxNode, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { readOnnxFiles } from "../../../src/compute/model/onnx/read/read-onnx-files.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { callerAlone } from "../../../src/compute/runtime/caller-alone.ts";
import { graphOf, operator } from "../model/layers/small-graphs.ts";
import { nodeEngine } from "./node-engine.ts";

/** x, doubled, then a head that nobody can run, and what is made of it; beside it a branch of its own. */
function netWith(head: OnnxNode, domains: Readonly<Record<string, number>> = {}): OnnxModel {
  const nodes = [
    operator("Add", ["x", "x"], ["twice"]),
    operator("Neg", ["twice"], ["side"]),
    head,
    operator("Relu", ["head"], ["scores"]),
  ];
  const model = graphOf(nodes, { x: ["n", 2, 2, 2] });
  const outputs = ["scores", "side"].map((name) => ({ name, type: TENSOR_TYPES.float32, dims: null }));
  const opsets = new Map([["", 20], ...Object.entries(domains)]);
  return { ...model, irVersion: 8, opsets, graph: { ...model.graph, outputs } };
}

const opened = (model: OnnxModel) =>
  OpenModel.open(nodeEngine(), readOnnxFiles([{ name: "net.onnx", bytes: writeOnnx(model) }]), {
    processor: "cpu",
    shape: null,
  });

const featuresOf = async (open: OpenModel, options: Partial<FeatureOptions>) => {
  const pictures = batchesOf(
    Float32Array.from({ length: 16 }, (_, at) => at),
    pictureInput("net.onnx", open.inputs),
  );
  const files = { glue: new Uint8Array(), wasm: new ArrayBuffer() };
  const { features } = await new Features(callerAlone).of("net", open, { files }, pictures, {
    ...featureDefaults,
    ...options,
  });
  return [...features.data];
};

const foreign = { ...operator("Vault", ["twice"], ["head"]), domain: "com.secret" };
const halved = operator("Relu", ["halves"], ["head"]);
const unregistered = { ...operator("Vault", ["twice"], ["head"]), domain: "com.microsoft" };

describe("a model with an operator that the engine doesn't have", () => {
  it.each([
    ["of nobody that is known", foreign, { "com.secret": 1 }, 'Vault (com.secret) for the node "Vault head"'],
    ["of a known domain", unregistered, { "com.microsoft": 1 }, 'Vault (com.microsoft) for the node "Vault head"'],
    ["that is not ONNX'", operator("Baz", ["twice"], ["head"]), {}, 'Baz for the node "Baz head"'],
    ["without a kernel for its numbers", halved, {}, 'Relu for the node "Relu head"'],
  ])("runs up to it: %s", async (_, head, domains, words) => {
    const isHalved = head === halved;
    const open = await opened(isHalved ? withHalves(netWith(head)) : netWith(head, domains));
    const layers = await open.layers();
    const count = isHalved ? "2 of 5" : "2 of 4";
    expect(modelFacts(open)).toMatchObject({
      notes: [`${count} layers can be run: the engine has no ${words}, which the others stand on.`],
      layers: { length: layers.length },
    });
    expect(layers.map(({ outputs }) => outputs[0]?.shape?.length ?? 0).slice(0, 2)).toEqual([4, 4]);
    expect(await featuresOf(open, { layers: ["twice", "side"] })).toHaveLength(32);
    expect((await featuresOf(open, { layers: ["twice"] })).slice(0, 4)).toEqual([0, 2, 4, 6]);
    expect(open.predicts).toBe(false);
    for (const asked of [{ layers: ["scores"] }, { layers: [], includePredictions: true }])
      await expect(featuresOf(open, asked)).rejects.toMatchObject({
        kind: "input",
        reason: `The layer "Relu scores" of net.onnx can't be run: the engine has no ${words}, which it stands on.`,
        remedy: `Take one before it: ${count} layers can be run, up to "Neg side".`,
      });
  });

  it("is refused where nothing comes before it, as one that has nothing else", async () => {
    const model = netWith(foreign, { "com.secret": 1 });
    const first = { ...foreign, inputs: ["x"] };
    const nodes = [first, operator("Relu", ["head"], ["scores"]), operator("Neg", ["head"], ["side"])];
    await expect(opened({ ...model, graph: { ...model.graph, nodes } })).rejects.toThrow(
      "net.onnx has operators that are neither ONNX' nor ONNX Runtime's: Vault (com.secret). Export the model with standard operators.",
    );
    const unknown = nodes.map((node) => (node === first ? { ...node, opType: "Baz", domain: "" } : node));
    await expect(opened({ ...model, graph: { ...model.graph, nodes: unknown } })).rejects.toThrow(
      "The engine does not know the operator Baz of opset 20, which net.onnx uses.",
    );
  });

  it("and another further on runs up to both", async () => {
    const model = netWith(foreign, { "com.secret": 1 });
    const nodes = model.graph.nodes.map((node) => (node.outputs[0] === "side" ? { ...node, opType: "Baz" } : node));
    const open = await opened({ ...model, graph: { ...model.graph, nodes } });
    expect(open.notes).toEqual([
      '1 of 4 layers can be run: the engine has no Baz for the node "Neg side", no Vault (com.secret) for the node "Vault head", which the others stand on.',
    ]);
    expect((await featuresOf(open, { layers: ["twice"] })).slice(0, 2)).toEqual([0, 2]);
  });
});

/** The same net with numbers of half precision, Google's, before the head: the engine can make them, and no more. */
function withHalves(model: OnnxModel): OnnxModel {
  const cast = operator("Cast", ["twice"], ["halves"], { to: { kind: "int", value: TENSOR_TYPES.bfloat16 } });
  const nodes = model.graph.nodes.flatMap((node) => (node === halved ? [cast, node] : [node]));
  const outputs = model.graph.outputs.map((value) => ({ ...value, type: 0 }));
  return { ...model, graph: { ...model.graph, nodes, outputs } };
}
