import { ComputeError } from "../../compute/errors.ts";
import type { Job, Progress } from "../../compute/job.ts";
import type { WorkStatus } from "./work-status.ts";

/** What a piece of work is done with. */
export type RunJob = Job & { readonly signal: AbortSignal };

interface RunEvents {
  onDone(): void;
  /** "cancelled" where the reader stopped it. */
  onError(error: ComputeError): void;
}

/** What runs with its progress told of: one piece of work at a time, a newer one in the place of the one before. */
export class OneRun {
  #run = new AbortController();
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: WorkStatus,
    private readonly events: RunEvents,
    private readonly lifetime: AbortSignal,
  ) {}

  start(task: (job: RunJob) => Promise<void>): void {
    this.#run.abort();
    const run = new AbortController();
    this.#run = run;
    this.work.begin();
    this.#pending = this.#follow(run, task);
  }

  cancel(): void {
    this.#run.abort();
  }

  whenAtRest(): Promise<void> {
    return this.#pending;
  }

  async #follow(run: AbortController, task: (job: RunJob) => Promise<void>) {
    const isWanted = () => this.#run === run && !this.lifetime.aborted;
    let stage = "";
    let stageStart = 0;
    const onProgress = (progress: Progress): void => {
      if (run.signal.aborted || !isWanted()) return;
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStart = performance.now();
      }
      this.work.progress(progress, stageStart, false, [{ label: "Cancel", run: () => this.cancel() }]);
    };
    try {
      await task({ signal: AbortSignal.any([run.signal, this.lifetime]), onProgress });
      if (run.signal.aborted) throw new ComputeError("cancelled", "Stopped.");
      if (isWanted()) this.events.onDone();
    } catch (thrown) {
      if (isWanted()) this.events.onError(ComputeError.from(thrown));
    }
  }
}
