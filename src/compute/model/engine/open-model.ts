import type { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import { fillShapes } from "../layers/fill-shapes.ts";
import type { LoadedModel } from "../loaded-model.ts";
import type { ModelLayer } from "../model-layer.ts";
import { cutGraph } from "../onnx/write/cut-graph.ts";
import type { WantedProcessor } from "./choose-processor.ts";
import type { Engine } from "./engine.ts";
import { type GraphFile, GraphSession, type Processor } from "./graph-session.ts";
import { measureShapes } from "./measure-shapes.ts";
import { type ModelInput, modelInputs, sampleFeed } from "./model-inputs.ts";
import { openPart } from "./open-part.ts";
import { pooledName, type TensorPool, withPools } from "./pool-tensors.ts";
import { notesOfPart, type RunnablePart, throwIfMissing } from "./runnable-part.ts";
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
  #isOpenedOptimised = true;

  private constructor(
    private readonly engine: Engine,
    readonly model: LoadedModel,
    readonly inputs: readonly ModelInput[],
    private readonly part: RunnablePart,
    private running: { readonly processor: Processor; readonly reason: string },
    /** What a picture took when the model was opened. */
    readonly secondsPerPicture: number,
  ) {}

  /**
   * Open a model where it runs right and quickest. It is run once or more for that. Of one with operators that the engine
   * doesn't have that part is opened which stands on none of them.
   *
   * @throws ComputeError "input" for what is wrong with the file or its input's shape, and where no layer can be run;
   * "memory", "cancelled".
   */
  static async open(engine: Engine, model: LoadedModel, options: OpenOptions, job: Job = {}): Promise<OpenModel> {
    throwIfTooLarge(model);
    const inputs = modelInputs(model, options.shape);
    const { part, chosen } = await openPart(engine, model, inputs, options.processor, job);
    const open = new OpenModel(engine, model, inputs, part, chosen, chosen.seconds);
    open.#isOpenedOptimised = chosen.session.isOptimised;
    open.#sessions.set(keyOf(part.outputs), chosen.session);
    return open;
  }

  get processor(): Processor {
    return this.running.processor;
  }

  /** Why this processor, in a sentence for the status line. */
  get reason(): string {
    return this.running.reason;
  }

  /** What a reader should know of it, a sentence each. */
  get notes(): readonly string[] {
    return [...this.model.notes, ...notesOfPart(this.part, this.model)];
  }

  /** What a session takes, in bytes. */
  get bytes(): number {
    return sessionBytes(this.model);
  }

  /** Whether a tensor can be had: the engine has all operators that it stands on. */
  has(tensor: string): boolean {
    return !this.part.missing.has(tensor);
  }

  /** Whether the model's own answer can be had. */
  get predicts(): boolean {
    const [answer] = this.model.onnx.graph.outputs;
    return answer !== undefined && this.has(answer.name);
  }

  /** @throws ComputeError "input" for a tensor that can't be had, with the layers that can. */
  check(tensors: readonly string[]): void {
    throwIfMissing(this.part, this.model, tensors);
  }

  /**
   * The part of the model that answers with these tensors, as a graph that can be run here or in another worker.
   *
   * @param pools - What it answers with besides, each under its `pooledName`.
   * @throws ComputeError "input" for a tensor that there isn't, or that can't be had.
   */
  partFor(tensors: readonly string[], pools: readonly TensorPool[] = []): GraphFile {
    this.check([...tensors, ...pools.map(({ tensor }) => tensor)]);
    const { graph, outputs } = this.part;
    if (pools.length === 0 && keyOf(tensors) === keyOf(outputs)) return { ...graph, answers: outputs.length };
    const { name, file, beside } = this.model;
    const whole = pools.length === 0 ? file : withPools(file, this.model.onnx, pools);
    const answers = [...tensors, ...pools.map(pooledName)];
    return { name, ...cutGraph({ file: whole, beside }, answers), answers: answers.length };
  }

  /**
   * Whether a session for these is optimised: but for that of the whole model where it was opened without, and is run for
   * seconds at most.
   */
  isOptimised(tensors: readonly string[], pools: readonly TensorPool[], isShort: boolean): boolean {
    const isWhole = pools.length === 0 && keyOf(tensors) === keyOf(this.part.outputs);
    return !isShort || !isWhole || this.processor !== "CPU" || this.#isOpenedOptimised;
  }

  /**
   * What answers with these tensors and nothing else. Kept for the next time.
   *
   * @param isShort - It is run for seconds at most: what the engine makes of the graph beforehand would not pay.
   * @throws as `partFor` does.
   */
  async session(tensors: readonly string[], pools: readonly TensorPool[] = [], isShort = false): Promise<GraphSession> {
    const key = keyOf([...tensors, ...pools.map(pooledName)]);
    const optimised = this.isOptimised(tensors, pools, isShort);
    const known = this.#sessions.get(key);
    const isKept = known?.isOptimised === optimised;
    const settings = { processor: this.processor, optimised };
    const session = isKept ? known : new GraphSession(this.engine, this.partFor(tensors, pools), settings);
    this.#sessions.delete(key);
    // Before the new one is opened: both may not fit.
    const oldest = [...this.#sessions].slice(0, Math.max(0, this.#sessions.size + 1 - MOST_SESSIONS));
    for (const [name] of oldest) this.#sessions.delete(name);
    this.#sessions.set(key, session);
    const gone = oldest.map(([, each]) => each);
    for (const each of known && !isKept ? [known, ...gone] : gone) await each.release();
    return session;
  }

  /**
   * The layer table with every shape in it, from a run with one picture; the same answer ever after. Of layers that can't
   * be run it has what the file tells.
   */
  async layers(): Promise<readonly ModelLayer[]> {
    if (this.#layers) return this.#layers;
    const { graph, layers } = this.part;
    const tensors = [...new Set(layers.flatMap(({ outputs }) => outputs.map(({ tensor }) => tensor)))];
    this.#layers = fillShapes(
      this.model,
      await measureShapes(this.engine, graph, tensors, this.inputs.map(sampleFeed)),
    );
    return this.#layers;
  }

  /** The GPU has failed: from now on the CPU does it. */
  fallBack(failure: ComputeError): void {
    const what = (failure.details || failure.reason).split("\n")[0]?.slice(0, 160).replace(/\.$/, "");
    this.running = { processor: "CPU", reason: `CPU: WebGPU failed (${what}).` };
    this.#sessions.clear();
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
