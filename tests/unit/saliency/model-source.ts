import { captureGraph } from "../../../src/compute/gradient/capture-graph.ts";
import { gradientGraph } from "../../../src/compute/gradient/gradient-graph.ts";
import { GraphSession } from "../../../src/compute/model/engine/graph-session.ts";
import { modelInputs } from "../../../src/compute/model/engine/model-inputs.ts";
import type { FoundLayer } from "../../../src/compute/model/layers/found-layer.ts";
import type { LoadedModel } from "../../../src/compute/model/loaded-model.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import type { SaliencySource } from "../../../src/compute/saliency/attribute.ts";
import type { PictureShape } from "../../../src/compute/saliency/differentiable.ts";
import { layerAnswer } from "../../../src/compute/saliency/target-layer.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

/** A model's gradients of a class by its own backward graph in the engine, at its picture and at a layer. */
export async function modelSource(
  model: LoadedModel,
  layer: FoundLayer,
  shape: PictureShape,
  classIdx: number,
): Promise<SaliencySource> {
  const engine = nodeEngine();
  const inputs = modelInputs(model, null);
  const captured = await captureGraph(engine, model, inputs, 1);
  const name = inputs[0]?.name ?? "";
  const output = model.onnx.graph.outputs[0]?.name ?? "";
  const gradientAt = (at: string) => {
    const seed = new Float32Array(captured.shapes.get(output)?.at(-1) ?? 0);
    seed[classIdx] = 1;
    const built = gradientGraph(model, captured, { output, at, batch: 1, seed, alsoAt: true });
    const session = new GraphSession(engine, built.graph, { processor: "CPU" });
    return async (values: Float32Array<ArrayBuffer>) => {
      const dims = [1, shape.channels, shape.height, shape.width];
      const answers = await session.run([{ name, type: TENSOR_TYPES.float32, dims, values }]);
      const data = (tensor: string) => answers.get(tensor)?.data ?? new Float32Array();
      const score = data(output)[classIdx] ?? Number.NaN;
      return { score, gradient: data(built.gradient), activations: data(built.at), dims: built.atDims };
    };
  };
  const gradient = gradientAt(name);
  const run = gradientAt(layer.output.tensor);
  return {
    differentiable: async () => ({
      shape,
      lanes: 1,
      gradient,
      score: async (values) => (await gradient(values)).score,
    }),
    layer: async () => {
      const answer = async (values: Float32Array<ArrayBuffer>) => {
        const { score, gradient: gradients, activations, dims } = await run(values);
        return layerAnswer(layer, dims, { score, gradients, activations });
      };
      return { shape, lanes: 1, answer };
    },
  };
}
