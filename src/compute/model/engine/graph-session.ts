import { ComputeError } from "../../errors.ts";
import type { Engine } from "./engine.ts";
import { engineError } from "./engine-error.ts";
import { type KernelTiles, makeTiles } from "./kernel-tiles.ts";
import { OPTIMISATION, OPTIMISATION_OF_ONE } from "./optimisation.ts";
import type { Ort, OrtOptions, OrtSession } from "./ort.ts";
import { type Feed, type TensorValues, tensorOf, valuesOf } from "./tensor-values.ts";

/** What runs a graph. */
export type Processor = "WebGPU" | "CPU";

/** A graph as a file, with the weights that lie beside it. */
export interface GraphFile {
  /** For errors: the file that the reader gave. */
  readonly name: string;
  readonly file: Uint8Array<ArrayBuffer>;
  readonly beside: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Weights that are made when it is opened. */
  readonly tiles?: readonly KernelTiles[];
  /** How many tensors it answers with, where that is known. */
  readonly answers?: number;
}

export interface SessionSettings {
  readonly processor: Processor;
  /** False where it is run a few times: to open it takes less then, and each run some tenths more. */
  readonly optimised?: boolean;
  /** WebGPU's layout; for tests of what goes wrong with the other. */
  readonly layout?: "NCHW" | "NHWC";
}

/** Else each matrix lies there once more, in the order in which products read it, and is opened for as long again. */
const WITHOUT_COPIES: OrtOptions = { extra: { session: { disable_prepacking: "1" } } };

/** A graph in the engine: opened when it is first run, and once more after the engine was started anew. */
export class GraphSession {
  #open: { readonly session: OrtSession; readonly instance: number } | null = null;

  constructor(
    private readonly engine: Engine,
    private readonly graph: GraphFile,
    private readonly settings: SessionSettings,
  ) {}

  get processor(): Processor {
    return this.settings.processor;
  }

  get isOptimised(): boolean {
    return this.settings.optimised ?? true;
  }

  /**
   * Run the graph. Whatever the GPU's failure, the engine is started anew.
   *
   * @returns Every output by name, or those `wanted`.
   * @throws ComputeError "memory" where the engine has none left, "input" for what is wrong with the file, "internal".
   */
  run(feeds: readonly Feed[], wanted?: readonly string[]): Promise<ReadonlyMap<string, TensorValues>> {
    return this.engine.use(async (ort) => {
      try {
        const session = await this.#session(ort);
        const asked = Object.fromEntries(feeds.map((feed) => [feed.name, tensorOf(ort, feed)]));
        const answers = await (wanted ? session.run(asked, wanted) : session.run(asked));
        return new Map(Object.entries(answers).map(([name, tensor]) => [name, valuesOf(tensor)]));
      } catch (thrown) {
        throw this.#failure(thrown);
      }
    });
  }

  /** Open it now rather than at the first run. @throws as `run` does. */
  open(): Promise<void> {
    return this.engine.use(async (ort) => {
      try {
        await this.#session(ort);
      } catch (thrown) {
        throw this.#failure(thrown);
      }
    });
  }

  /** Give the memory back; to be run again it is opened again. */
  release(): Promise<void> {
    return this.engine.use(async () => {
      const open = this.#open;
      this.#open = null;
      if (open?.instance === this.engine.instance) await open.session.release();
    });
  }

  async #session(ort: Ort): Promise<OrtSession> {
    if (this.#open?.instance === this.engine.instance) return this.#open.session;
    const { file, beside, tiles = [] } = this.graph;
    const made = tiles.map((each) => [each.name, makeTiles(each, beside)] as const);
    const externalData = [...beside, ...made].map(([path, data]) => ({ path, data }));
    const session = await ort.InferenceSession.create(file, { ...this.#options(), externalData });
    this.#open = { session, instance: this.engine.instance };
    return session;
  }

  #options(): OrtOptions {
    const { processor, optimised = true, layout = "NCHW" } = this.settings;
    const most = processor === "CPU" && this.graph.answers === 1 ? OPTIMISATION_OF_ONE : OPTIMISATION;
    return {
      // The default layout of 1.30 gives wrong numbers for convolutions from 6, 9, 18 or 30 channels.
      executionProviders: processor === "WebGPU" ? [{ name: "webgpu", preferredLayout: layout }] : ["wasm"],
      graphOptimizationLevel: optimised ? most : "disabled",
      logSeverityLevel: 4,
      ...(processor === "CPU" && WITHOUT_COPIES),
    };
  }

  #failure(thrown: unknown): ComputeError {
    const error = thrown instanceof ComputeError ? thrown : engineError(thrown, this.graph.name);
    // After an abort the instance answers nothing more, and after a GPU's error nothing right.
    if (this.processor === "WebGPU" || thrown instanceof WebAssembly.RuntimeError) this.engine.reload();
    return error;
  }
}
