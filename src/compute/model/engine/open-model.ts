import type { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { fillShapes } from "../layers/fill-shapes.ts";
import type { LoadedModel } from "../loaded-model.ts";
import type { ModelLayer } from "../model-layer.ts";
import { cutGraph } from "../onnx/write/cut-graph.ts";
import { chooseProcessor, type WantedProcessor } from "./choose-processor.ts";
import type { Engine } from "./engine.ts";
import { type GraphFile, GraphSession, type Processor } from "./graph-session.ts";
import { layerShapes } from "./layer-shapes.ts";
import { type ModelInput, modelInputs, sampleFeed } from "./model-inputs.ts";
import { sessionBytes, throwIfTooLarge } from "./session-bytes.ts";

export interface OpenOptions {
  readonly processor: WantedProcessor;
  /** One picture's, where the file leaves it open. */
  readonly shape: readonly number[] | null;
}

/** Each holds the weights once more. */
const MOST_SESSIONS = 2;

/** A model in the engine, with a session for each set of tensors that was asked for. */
export class OpenModel {
  /** By the tensors that they answer with; the last used is last. */
  readonly #sessions = new Map<string, GraphSession>();
  #layers: readonly ModelLayer[] | null = null;

  private constructor(
    private readonly engine: Engine,
    readonly model: LoadedModel,
    readonly inputs: readonly ModelInput[],
    private running: { readonly processor: Processor; readonly reason: string },
    /** What a picture took when the model was opened. */
    readonly secondsPerPicture: number,
  ) {}

  /**
   * Open a model where it runs right and quickest. It is run once or more for that.
   *
   * @throws ComputeError "input" for what is wrong with the file or its input's shape, "memory", "cancelled".
   */
  static async open(engine: Engine, model: LoadedModel, options: OpenOptions, job: Job = {}): Promise<OpenModel> {
    throwIfTooLarge(model);
    const inputs = modelInputs(model, options.shape);
    const chosen = await chooseProcessor(engine, model, inputs.map(sampleFeed), options.processor, job);
    const open = new OpenModel(engine, model, inputs, chosen, chosen.seconds);
    open.#sessions.set(keyOf(open.#outputs), chosen.session);
    return open;
  }

  get processor(): Processor {
    return this.running.processor;
  }

  /** Why this processor, in a sentence for the status line. */
  get reason(): string {
    return this.running.reason;
  }

  /** What a session takes, in bytes. */
  get bytes(): number {
    return sessionBytes(this.model);
  }

  /** The part of the model that answers with these tensors, as a graph that can be run here or in another worker. */
  partFor(tensors: readonly string[]): GraphFile {
    const { name, file, beside } = this.model;
    const isWhole = keyOf(tensors) === keyOf(this.#outputs);
    return { name, ...(isWhole ? { file, beside } : cutGraph({ file, beside }, tensors)) };
  }

  /** What answers with these tensors and nothing else. Kept for the next time. */
  async session(tensors: readonly string[]): Promise<GraphSession> {
    const key = keyOf(tensors);
    const session =
      this.#sessions.get(key) ?? new GraphSession(this.engine, this.partFor(tensors), { processor: this.processor });
    this.#sessions.delete(key);
    // Before the new one is opened: both may not fit.
    const gone = [...this.#sessions].slice(0, Math.max(0, this.#sessions.size + 1 - MOST_SESSIONS));
    for (const [oldest] of gone) this.#sessions.delete(oldest);
    this.#sessions.set(key, session);
    for (const [, oldest] of gone) await oldest.release();
    return session;
  }

  /** The layer table with every shape in it, from a run with one picture; the same answer ever after. */
  async layers(): Promise<readonly ModelLayer[]> {
    this.#layers ??= fillShapes(this.model, await layerShapes(this.engine, this.model, this.inputs));
    return this.#layers;
  }

  /** The GPU has failed: from now on the CPU does it. */
  fallBack(failure: ComputeError): void {
    const what = (failure.details || failure.reason).split("\n")[0]?.slice(0, 160).replace(/\.$/, "");
    this.running = { processor: "CPU", reason: `CPU: WebGPU failed (${what}).` };
    this.#sessions.clear();
  }

  get #outputs(): readonly string[] {
    return this.model.onnx.graph.outputs.map(({ name }) => name);
  }

  async release(): Promise<void> {
    const sessions = [...this.#sessions.values()];
    this.#sessions.clear();
    for (const session of sessions) await session.release();
  }
}

function keyOf(tensors: readonly string[]): string {
  return [...new Set(tensors)].sort().join("\n");
}
