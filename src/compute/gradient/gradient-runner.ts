import { ComputeError } from "../errors.ts";
import type { GraphSession } from "../model/engine/graph-session.ts";
import { type ModelInput, numbersOf } from "../model/engine/model-inputs.ts";
import type { Feed, TensorValues } from "../model/engine/tensor-values.ts";
import { TENSOR_TYPES } from "../model/onnx/onnx-model.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";
import type { GradientPlan } from "./gradient-plan.ts";

/** Of some pictures, one after the other. */
export interface Gradients {
  /** What was differentiated, a number a picture. */
  readonly scores: Float32Array<ArrayBuffer>;
  /** The tensor that the scores are made of. */
  readonly outputs: Float32Array<ArrayBuffer>;
  /** As the model takes pictures, or as the layer answers; empty where the score alone is wanted. */
  readonly gradients: Float32Array<ArrayBuffer>;
  /** The layer's answers, where the gradient is at a layer. */
  readonly activations?: Float32Array<ArrayBuffer>;
}

/** Scores and differentiates pictures: one session, in this worker. */
export class GradientRunner {
  constructor(
    private readonly session: GraphSession,
    private readonly plan: GradientPlan,
  ) {}

  /**
   * @param pictures - `rows` pictures as the model takes them, one after the other.
   * @throws ComputeError "input" for numbers that are not so many pictures, else as `GraphSession.run`.
   */
  async run(pictures: Float32Array<ArrayBuffer>, rows: number): Promise<Gradients> {
    const { input, batch, gradient, activations, atDims, outputDims } = this.plan;
    const size = numbersOf(input);
    if (pictures.length !== rows * size)
      throw new ComputeError(
        "input",
        `${pictures.length.toLocaleString("en")} numbers are not ${rows === 1 ? "a picture" : `${rows} pictures`} of (${input.dims.join(", ")}), which "${input.name}" takes.`,
        "Prepare the pictures for this model.",
      );
    const [ofOutput, ofAt] = [outputDims, atDims].map((dims) => elementCount(dims) / batch);
    const outputs = new Float32Array(rows * (ofOutput ?? 0));
    const gradients = new Float32Array(gradient === null ? 0 : rows * (ofAt ?? 0));
    const layer = new Float32Array(activations === null ? 0 : rows * (ofAt ?? 0));
    for (let start = 0; start < rows; start += batch) {
      const count = Math.min(batch, rows - start);
      const answers = await this.session.run(this.#feeds(pictures.subarray(start * size, (start + count) * size)));
      const take = (name: string, into: Float32Array, width = 0) =>
        into.set(valuesIn(answers, name).subarray(0, count * width), start * width);
      take(this.plan.output, outputs, ofOutput);
      if (gradient !== null) take(gradient, gradients, ofAt);
      if (activations !== null) take(activations, layer, ofAt);
    }
    const scores = Float32Array.from({ length: rows }, (_, row) => this.#score(outputs, row * (ofOutput ?? 0)));
    return { scores, outputs, gradients, ...(activations !== null && { activations: layer }) };
  }

  #score(outputs: Float32Array, start: number): number {
    return this.plan.weights.reduce((sum, weight, place) => sum + weight * (outputs[start + place] ?? 0), 0);
  }

  #feeds(pictures: Float32Array<ArrayBuffer>): readonly Feed[] {
    const { input, idle, batch, seed, weights, outputDims } = this.plan;
    const feeds = [feed(input, batch, pictures), ...idle.map((each) => feed(each, batch, new Float32Array()))];
    if (seed === null) return feeds;
    const values = new Float32Array(weights.length * batch);
    for (let row = 0; row < batch; row++) values.set(weights, row * weights.length);
    return [...feeds, { name: seed, type: TENSOR_TYPES.float32, dims: outputDims, values }];
  }
}

/** Zeros for what is missing in a batch. */
function feed({ name, type, dims, batch }: ModelInput, pictures: number, given: Float32Array<ArrayBuffer>): Feed {
  const all = [batch ?? pictures, ...dims];
  if (given.length === elementCount(all)) return { name, type, dims: all, values: given };
  const values = new Float32Array(elementCount(all));
  values.set(given);
  return { name, type, dims: all, values };
}

function valuesIn(answers: ReadonlyMap<string, TensorValues>, name: string): Float32Array {
  const found = answers.get(name);
  if (!found) throw new ComputeError("internal", `The engine did not answer with "${name}".`);
  return found.data;
}
