import { ComputeError } from "../errors.ts";
import type { Engine } from "../model/engine/engine.ts";
import type { GraphFile } from "../model/engine/graph-session.ts";
import { type ModelInput, pictureInput } from "../model/engine/model-inputs.ts";
import type { OpenModel } from "../model/engine/open-model.ts";
import { MOST_BYTES, sessionBytes } from "../model/engine/session-bytes.ts";
import { findLayer } from "../model/layers/find-layer.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import type { LoadedModel } from "../model/loaded-model.ts";
import { cutGraph, inputsOf } from "../model/onnx/write/cut-graph.ts";
import { inlineFunctions } from "../model/onnx/write/inline-functions.ts";
import { captureGraph } from "./capture-graph.ts";
import type { CapturedGraph } from "./captured-graph.ts";
import { type GradientGraph, gradientGraph } from "./gradient-graph.ts";
import { gradientPath } from "./gradient-path.ts";
import type { GradientPlan } from "./gradient-plan.ts";
import { findHead } from "./head.ts";
import { classWeights, isLayerTarget, layerWeights, type Target } from "./target.ts";

/** What is to be scored. */
export interface ScoreAsked {
  readonly target: Target;
  /** Of a class: what goes into the final activation ("logits" unless it is said) or what comes out of it. */
  readonly of?: "logits" | "probabilities";
  /** Pictures at a time; what the file has settled, else one. */
  readonly batch?: number;
}

/** What is to be differentiated. */
export interface GradientAsked extends ScoreAsked {
  /** With respect to what: a layer's name or a tensor's, "input" for the picture, which it is unless it is said. */
  readonly at?: string;
}

/** What a target is in the graph. */
interface FoundTarget {
  readonly output: string;
  readonly layer: FoundLayer | null;
  readonly notes: readonly string[];
}

interface MadeGraph {
  readonly captured: CapturedGraph;
  readonly graph: GradientGraph;
}

/** Makes plans for the scores and gradients of one open model. */
export class GradientPlanner {
  /** By batch and tensor. */
  readonly #captured = new Map<string, Promise<CapturedGraph>>();
  /** The last graph is asked for again and again, for other classes. */
  #last: { readonly key: string; readonly graph: GradientGraph } | null = null;

  /** Without calls of local functions: what is in them is differentiated. */
  readonly #model: LoadedModel;

  constructor(
    private readonly engine: Engine,
    private readonly open: OpenModel,
  ) {
    this.#model = inlineFunctions(open.model);
  }

  /**
   * @throws ComputeError "input" for a class, a channel or a layer that there isn't, for operators on the way that have no
   * gradient (before anything runs), and for a model that takes more than pictures; "memory" for more than fits.
   */
  async plan(asked: GradientAsked): Promise<GradientPlan> {
    const found = this.#find(asked);
    const { input, idle } = this.#inputs(found.output);
    const at = this.#place(asked.at, input);
    const batch = batchOf(asked, input);
    if (batch > 1 && input.batch === null) {
      // Of one picture it is known what many take, before they are run.
      const { graph } = await this.#graphFor(found, at, 1, input);
      throwIfTooLarge(this.open.model.name, heldBytes(graph) + graph.kept * batch, batch);
    }
    const { captured, graph } = await this.#graphFor(found, at, batch, input);
    const weights = this.#weights(asked, found, captured, batch);
    const bytes = heldBytes(graph) + graph.kept;
    throwIfTooLarge(this.open.model.name, bytes, batch);
    const activations = at === input.name || at === found.output ? null : at;
    return { ...graph, input, idle, batch, weights, bytes, activations, notes: found.notes };
  }

  /** As `plan`, without a gradient: the part of the model that the score stands on. */
  async scorePlan(asked: ScoreAsked): Promise<GradientPlan> {
    const found = this.#find(asked);
    const { input, idle } = this.#inputs(found.output);
    const batch = batchOf(asked, input);
    const captured = await this.#capture(found.output, null, batch);
    const weights = this.#weights(asked, found, captured, batch);
    const graph = this.#partFor(found.output);
    const answer = { output: found.output, outputDims: captured.shapes.get(found.output) ?? [] };
    const none = { seed: null, gradient: null, activations: null, added: { nodes: 0, bytes: 0 } };
    const place = { at: input.name, atDims: [batch, ...input.dims] };
    return {
      graph,
      input,
      idle,
      batch,
      weights,
      bytes: sessionBytes(graph),
      notes: found.notes,
      ...answer,
      ...none,
      ...place,
    };
  }

  /** The gradient as a graph of its own, with what is differentiated as part of it. @throws as `plan`. */
  async graph(asked: GradientAsked): Promise<GradientGraph> {
    const found = this.#find(asked);
    const { input } = this.#inputs(found.output);
    const at = this.#place(asked.at, input);
    const batch = batchOf(asked, input);
    const captured = await this.#capture(found.output, at, batch);
    const seed = this.#weights(asked, found, captured, batch);
    const { output } = found;
    return gradientGraph(this.#model, captured, { output, at, batch, seed, alsoAt: at !== input.name });
  }

  async #graphFor({ output }: FoundTarget, at: string, batch: number, input: ModelInput): Promise<MadeGraph> {
    const captured = await this.#capture(output, at, batch);
    const winograd = this.open.processor === "CPU";
    const request = { output, at, batch, alsoAt: at !== input.name, winograd };
    const key = JSON.stringify(request);
    if (this.#last?.key !== key) this.#last = { key, graph: gradientGraph(this.#model, captured, request) };
    return { captured, graph: this.#last.graph };
  }

  #find({ target, of = "logits" }: ScoreAsked): FoundTarget {
    const { name, onnx, layers } = this.#model;
    if (isLayerTarget(target)) {
      const layer = findLayer(layers, target.layer);
      return { output: layer.output.tensor, layer, notes: [] };
    }
    const [answer] = onnx.graph.outputs;
    if (!answer) throw new ComputeError("input", `${name} has no outputs.`, "Take a channel of a layer as the target.");
    const { logits, probabilities, activation } = findHead(onnx.graph, answer.name);
    if (of === "probabilities" && probabilities === null)
      throw new ComputeError(
        "input",
        `${name} answers with no probabilities: no Softmax or Sigmoid is at its end.`,
        "Take the logits.",
      );
    if (of === "probabilities") return { output: answer.name, layer: null, notes: [] };
    const notes = activation ? [`The logits are differentiated: the final ${activation.opType} is left out.`] : [];
    return { output: logits, layer: null, notes };
  }

  #inputs(output: string): { readonly input: ModelInput; readonly idle: readonly ModelInput[] } {
    const { inputs } = this.open;
    const model = this.#model;
    this.open.check([output]);
    const input = pictureInput(model.name, inputs);
    const needed = inputsOf(model.onnx.graph, [output]);
    const other = inputs.find((each) => each !== input && needed.has(each.name));
    if (other)
      throw new ComputeError(
        "input",
        `What is differentiated stands on "${other.name}" too, which ${model.name} takes beside each picture.`,
        "Export the part of the model that takes pictures alone.",
      );
    return { input, idle: inputs.filter((each) => each !== input) };
  }

  #place(at: string | undefined, input: ModelInput): string {
    const { layers } = this.open.model;
    if (at === undefined || at === input.name) return input.name;
    if (at === "input" && !layers.some(({ name }) => name === at)) return input.name;
    return findLayer(layers, at).output.tensor;
  }

  #capture(output: string, at: string | null, batch: number): Promise<CapturedGraph> {
    if (at !== null) gradientPath(this.#model, output, at);
    const key = `${batch} ${output}`;
    const known = this.#captured.get(key);
    if (known) return known;
    const captured = captureGraph(this.engine, this.#model, this.open.inputs, batch, [output]);
    this.#captured.set(key, captured);
    captured.catch(() => this.#captured.delete(key));
    return captured;
  }

  /** The part of the model that answers with a tensor, which may be one within a local function. */
  #partFor(output: string): GraphFile {
    const { name, onnx } = this.open.model;
    if (onnx.graph.nodes.some(({ outputs }) => outputs.includes(output))) return this.open.partFor([output]);
    return { name, ...cutGraph(this.#model, [output]), answers: 1 };
  }

  #weights(
    { target }: ScoreAsked,
    { output, layer }: FoundTarget,
    { shapes }: CapturedGraph,
    batch: number,
  ): Float32Array<ArrayBuffer> {
    const dims = shapes.get(output) ?? [];
    if (layer && isLayerTarget(target)) return layerWeights(layer, target, dims, batch);
    if (!isLayerTarget(target)) return classWeights(this.open.model.name, target, dims, batch);
    throw new ComputeError("internal", `The layer "${target.layer}" was not looked for.`);
  }
}

/**
 * What an opened gradient takes but for pictures, of the weights that it reads. What the engine makes of them counts five
 * times: it is made in steps, and WebAssembly gives no memory back.
 */
function heldBytes({ graph: { file }, weights, held }: GradientGraph): number {
  return sessionBytes({ file, beside: new Map() }) + 2 * weights + 5 * held;
}

function batchOf({ batch }: ScoreAsked, input: ModelInput): number {
  const wanted = batch ?? input.batch ?? 1;
  if (Number.isInteger(wanted) && wanted > 0) return wanted;
  throw new ComputeError("input", `A batch has a whole number of pictures, not ${wanted}.`, "Take 1 or more.");
}

function throwIfTooLarge(name: string, bytes: number, batch: number): void {
  if (bytes <= MOST_BYTES) return;
  const gigabytes = (count: number) => `${(count / 1e9).toFixed(1)} GB`;
  throw new ComputeError(
    "memory",
    `The gradient of ${name} for ${batch === 1 ? "one picture" : `${batch} pictures`} at a time needs about ${gigabytes(bytes)}, an engine in a page has ${gigabytes(MOST_BYTES)}.`,
    batch === 1 ? "Take a smaller model or smaller pictures." : "Take fewer pictures at a time.",
  );
}
