import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import type { EngineFiles } from "../../compute/model/engine/engine-files.ts";
import type { ComputeFunctions } from "../../compute/runtime/functions.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { version } from "../../version.ts";
import type { HostServices } from "../host/contract.ts";
import { pageGlobal } from "../host/page-global.ts";
import type { Backend, ModelSource } from "./model-source.ts";
import { refuseTooLarge } from "./refuse-too-large.ts";
import { SharedWork } from "./shared-work.ts";

/** What a page is told of a model that was opened. */
export type PageModelFacts = ComputeFunctions["loadModel"]["output"];

/** How a model is to be opened; what is left out is as its source says. */
export interface OpenModelOptions {
  readonly backend?: Backend | undefined;
  /** One picture's, where the file leaves it open. */
  readonly shape?: readonly number[] | null | undefined;
}

/** Where its files and the engine come from. */
export interface ModelMeans {
  readonly source: ModelSource;
  readonly host: Pick<HostServices, "load">;
}

interface Opened {
  readonly work: SharedWork<ModelMeans, PageModelFacts>;
  /** How many calls use it now. */
  users: number;
}

/** More would not fit beside each other in many pages: a session takes several times what the file takes. */
const MOST_OPEN = 2;

/**
 * The models that the page's worker holds open, by their content and the way they were opened, whichever widget asks. Of
 * more than two the longest unused one is let go of.
 */
class OpenModels {
  readonly #opened = new Map<string, Opened>();
  #engine: Promise<void> | null = null;

  /** Have it open. @throws {ComputeError} what is wrong with its files; "cancelled". */
  open(name: string, means: ModelMeans, options: OpenModelOptions, job: Job): Promise<PageModelFacts> {
    return this.hold(name, means, options, job, async (facts) => facts);
  }

  /** Have it open, and kept so until something is done with it. */
  async hold<Result>(
    name: string,
    means: ModelMeans,
    options: OpenModelOptions,
    job: Job,
    call: (facts: PageModelFacts) => Promise<Result>,
  ): Promise<Result> {
    const opened = this.#entry(name, options);
    opened.users++;
    try {
      return await call(await opened.work.join(means, job));
    } finally {
      opened.users--;
      this.#letGo();
    }
  }

  /** Ask the worker something of it; where that holds it no longer, it is opened again and asked once more. */
  async use<Result>(
    name: string,
    means: ModelMeans,
    options: OpenModelOptions,
    job: Job,
    call: () => Promise<Result>,
  ): Promise<Result> {
    let asked: Opened | undefined;
    try {
      return await this.hold(name, means, options, job, () => {
        asked = this.#opened.get(name);
        return call();
      });
    } catch (thrown) {
      if (!asked || ComputeError.from(thrown).kind !== "lost") throw thrown;
    }
    if (this.#opened.get(name) === asked) this.#opened.delete(name);
    return this.hold(name, means, options, job, call);
  }

  /** The last used is last. */
  #entry(name: string, options: OpenModelOptions): Opened {
    const known = this.#opened.get(name);
    const opened: Opened =
      known && !known.work.broken
        ? known
        : { work: new SharedWork((own, its) => this.#load(name, own, options, its)), users: 0 };
    this.#opened.delete(name);
    this.#opened.set(name, opened);
    return opened;
  }

  #letGo(): void {
    // The worker may have been done with a model when its last reader gave it up.
    for (const [name, { work }] of this.#opened) if (work.broken) this.#forget(name);
    for (const [name, { users }] of this.#opened) {
      if (this.#opened.size <= MOST_OPEN) return;
      if (users === 0) this.#forget(name);
    }
  }

  #forget(name: string): void {
    this.#opened.delete(name);
    pageClient()
      .call("forgetModel", { key: name })
      .catch(() => undefined);
  }

  async #load(
    key: string,
    { source, host }: ModelMeans,
    { backend = source.backend ?? "auto", shape = source.shape ?? null }: OpenModelOptions,
    job: Job & { readonly signal: AbortSignal },
  ): Promise<PageModelFacts> {
    const say = (stage: string) => job.onProgress?.({ stage, done: 0, total: 0, unit: "" });
    refuseTooLarge(source.name, source.files);
    const processor = backend === "wasm" ? "cpu" : backend;
    const isCompared = processor !== "cpu" && "gpu" in navigator;
    for (let isAgain = false; ; isAgain = true) {
      // First: a page that has no engine need not read a file to say so.
      say("Starting the engine");
      await this.#startEngine(() => host.load("engine") as Promise<EngineFiles>);
      say(`Reading ${source.name}`);
      const files: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
      for (const file of source.files) files.push({ name: file.name, bytes: await file.read(job) });
      say(isCompared ? "Comparing WebGPU and WebAssembly" : `Opening ${source.name}`);
      try {
        const transfer = [...new Set(files.map(({ bytes }) => bytes.buffer))];
        return await pageClient().call(
          "loadModel",
          { key, files, options: { processor, shape } },
          { signal: job.signal, transfer },
        );
      } catch (thrown) {
        if (ComputeError.from(thrown).kind !== "lost" || isAgain) throw thrown;
        // Another worker has taken the place of the one in which the engine was started.
        this.#engine = null;
      }
    }
  }

  /** Once a worker, whatever becomes of who asked first. */
  #startEngine(bring: () => Promise<EngineFiles>): Promise<void> {
    if (this.#engine) return this.#engine;
    const starting = bring().then((files) => pageClient().call("startEngine", files));
    this.#engine = starting;
    starting.catch(() => {
      if (this.#engine === starting) this.#engine = null;
    });
    return starting;
  }
}

/** The one register of the page for each version of the product: each has a worker of its own. */
export function openModels(): OpenModels {
  return pageGlobal(`models@${version}`, () => new OpenModels());
}

/** The name by which page and worker know a model that was opened so. */
export function openedName({ key, ...source }: ModelSource, options: OpenModelOptions): string {
  const { backend = source.backend ?? "auto", shape = source.shape ?? null } = options;
  return `${key} ${backend} ${JSON.stringify(shape)}`;
}
