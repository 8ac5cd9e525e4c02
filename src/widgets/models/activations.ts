import type { Job } from "../../compute/job.ts";
import type { ActivationFacts, ActivationSource } from "./activation-source.ts";

/** Activations that are there: a table of `shape[0]` rows, one a picture, and `shape[1]` columns. */
export interface ReadActivations {
  /** Row-major. Shared with whoever shows them: not to be written to. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly shape: readonly [rows: number, columns: number];
  /** Layers, in the order of their columns; none for predictions. */
  readonly layers: readonly string[];
  /** Names of the columns: the model's classes, of predictions, where they were given names; else null. */
  readonly columns: readonly string[] | null;
  /** "WebGPU" or "WebAssembly". */
  readonly processor: string;
  /** What the model itself answers; null where it was not asked for. */
  readonly predictions: ReadActivations | null;
  /** What widgets read, which take this object too. */
  readonly source: ActivationSource;
}

/**
 * Activations as the pictures' rows: widgets take them at once and wait for them by themselves; whoever needs the numbers
 * awaits them. The model runs once, when somebody first asks.
 */
export class Activations implements PromiseLike<ReadActivations> {
  /** @param source What widgets read. */
  constructor(readonly source: ActivationSource) {}

  /** What the model itself answers, usable alike; null where it was not asked for. */
  get predictions(): Activations | null {
    const { predictions } = this.source;
    return predictions && new Activations(predictions);
  }

  /** Rows, and columns once they are known: 0 before. */
  get shape(): readonly number[] {
    return this.source.shape;
  }

  /** What the columns of predictions are called, where the model's classes were given names; else null. */
  get columns(): readonly string[] | null {
    return this.source.columns;
  }

  /**
   * The numbers.
   *
   * @param job Hears how far it is, and can stop it.
   * @throws {ComputeError} what the model, a layer or a picture is refused for; "memory"; "cancelled".
   */
  async read(job: Job = {}): Promise<ReadActivations> {
    const { source } = this;
    const data = await source.read(job);
    const { layers = [], processor = "" } = (source.facts ?? {}) as Partial<ActivationFacts>;
    return {
      data,
      shape: [source.shape[0] ?? 0, source.shape[1] ?? 0],
      layers: source.part === "activations" ? layers : [],
      columns: source.columns,
      processor,
      predictions: (await this.predictions?.read(job)) ?? null,
      source,
    };
  }

  then<Fulfilled = ReadActivations, Rejected = never>(
    onFulfilled?: ((read: ReadActivations) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.read().then(onFulfilled, onRejected);
  }
}
