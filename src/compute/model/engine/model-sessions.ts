import { ComputeError } from "../../errors.ts";
import type { Job } from "../../job.ts";
import type { LoadedModel } from "../loaded-model.ts";
import type { Engine } from "./engine.ts";
import { OpenModel, type OpenOptions } from "./open-model.ts";

const MOST_KEPT = 4;

/**
 * Models ready to run under the names that a page gives them. Of more than four the longest unused one goes: whoever
 * asks for it gets the error "lost", and loads it again.
 */
export class ModelSessions {
  readonly #kept = new Map<string, OpenModel>();

  /** As `OpenModel.open`; a model of that name before is let go of, of two that are loaded at once the first. */
  async load(key: string, engine: Engine, model: LoadedModel, options: OpenOptions, job: Job = {}): Promise<OpenModel> {
    await this.forget(key);
    const open = await OpenModel.open(engine, model, options, job);
    const other = this.#kept.get(key);
    this.#kept.delete(key);
    this.#kept.set(key, open);
    await other?.release();
    for (const oldest of [...this.#kept.keys()].slice(0, -MOST_KEPT)) await this.forget(oldest);
    return open;
  }

  /** @throws ComputeError "lost" when it is no longer kept. */
  of(key: string): OpenModel {
    const kept = this.#kept.get(key);
    if (!kept) throw new ComputeError("lost", "The model is no longer kept ready.", "Run again.");
    this.#kept.delete(key);
    this.#kept.set(key, kept);
    return kept;
  }

  async forget(key: string): Promise<void> {
    const kept = this.#kept.get(key);
    this.#kept.delete(key);
    await kept?.release();
  }
}
