import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import type { Prepared } from "../../compute/umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../../compute/umap/result.ts";
import { computeMap, type KeptMap, keepMap, layOutAgain, servingMap } from "./data/compute-map.ts";
import type { UmapScatterProps } from "./props.ts";

/** Where a map is computed, and why there. */
export interface Backend {
  readonly name: string;
  readonly reason: string;
}

export interface RunEvents {
  /** @param stageStart When the present stage began, as `performance.now()` tells it. */
  onProgress(progress: Progress, stageStart: number): void;
  onFrame(frame: LayoutFrame): void;
  /** A map, whole or stopped on its way (`epoch` below `epochs`). */
  onResult(result: UmapResult): void;
  /** What `tryOut` came to. */
  onTried(result: UmapResult): void;
  onError(error: ComputeError): void;
}

/** A layout that others go on from. */
interface Stopped {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly epoch: number;
}

/** A layout tried while a slider moves has the second half of its rounds: the first would tear it apart. */
const TRIED_FROM = 0.5;

/** The runs of one map: one at a time, each taking over what the one before it kept. */
export class MapRuns {
  backend: Backend | null = null;
  #run = new AbortController();
  #kept: KeptMap | null = null;
  #stopped: Stopped | null = null;

  constructor(readonly events: RunEvents) {}

  /** What the present map was laid out from. */
  get prepared(): Prepared | null {
    return this.#kept?.prepared ?? null;
  }

  /** End the present run and begin another, whose signal this is. */
  begin(): AbortController {
    this.#run.abort();
    this.#run = new AbortController();
    return this.#run;
  }

  isCurrent(run: AbortController): boolean {
    return this.#run === run;
  }

  cancel(): void {
    this.#run.abort();
  }

  /** Other rows: nothing that was kept serves them. */
  forget(): void {
    this.#kept = null;
    this.#stopped = null;
  }

  /** Compute the map of `props`, or go on with the one that was stopped. */
  async compute(props: UmapScatterProps, { resume }: { readonly resume: boolean }): Promise<void> {
    const { points } = props;
    if (!points) return;
    const run = this.begin();
    const from = resume ? this.#stopped : null;
    this.#stopped = null;
    const prepared = servingMap(this.#kept, props, { isResumed: from !== null });
    const result = await this.#follow(run, (job) =>
      computeMap(props, points, { ...job, prepared, resume: from ?? undefined }),
    );
    if (result) this.adopt(props, result);
  }

  /** Take a map as the present one: computed just now, or remembered by the page. */
  adopt(props: UmapScatterProps, result: UmapResult): void {
    this.backend = { name: result.backend, reason: result.backendReason };
    // A run that was gone on with has no scores of its own.
    const scores = result.scores ?? this.#kept?.prepared.scores ?? null;
    this.#kept = keepMap(props, { ...result, scores });
    if (result.epoch < result.epochs) this.#stopped = { positions: result.positions, epoch: result.epoch };
    this.events.onResult(result);
  }

  /** Can `props` be tried on the map that is there, without a search? */
  canTry(props: UmapScatterProps): boolean {
    return servingMap(this.#kept, props, { isResumed: true }) !== undefined;
  }

  /** Let the map that is there settle for a while under other parameters, as a preview of a run with them. */
  async tryOut(props: UmapScatterProps, positions: Float32Array<ArrayBuffer>, rounds: number): Promise<void> {
    const prepared = servingMap(this.#kept, props, { isResumed: true });
    if (!prepared) return;
    const run = this.begin();
    this.#stopped = null;
    const resume = { positions, epoch: Math.floor(rounds * TRIED_FROM) };
    const result = await this.#follow(run, (job) => layOutAgain(props, prepared, { ...job, resume }));
    if (result) this.events.onTried(result);
  }

  /** What a run gives while it is the present one; null when another has taken its place or it failed. */
  async #follow(run: AbortController, start: (job: FollowedJob) => Promise<UmapResult>): Promise<UmapResult | null> {
    let stage = "";
    let stageStart = performance.now();
    const { signal } = run;
    const onProgress = (progress: Progress) => {
      if (signal.aborted) return;
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStart = performance.now();
      }
      this.events.onProgress(progress, stageStart);
    };
    const onFrame = (frame: LayoutFrame) => {
      if (signal.aborted) return;
      if (frame.backend) this.backend = frame.backend;
      this.events.onFrame(frame);
    };
    try {
      const result = await start({ signal, onProgress, onFrame });
      return this.#run === run ? result : null;
    } catch (thrown) {
      if (this.#run === run) this.events.onError(ComputeError.from(thrown));
      return null;
    }
  }
}

interface FollowedJob {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onFrame: (frame: LayoutFrame) => void;
}
