import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { LayoutControl } from "../../compute/umap/layout/layout-control.ts";
import type { Prepared } from "../../compute/umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../../compute/umap/result.ts";
import {
  computeMap,
  type KeptMap,
  keepMap,
  layOutAgain,
  mapKey,
  mostNeighborsTried,
  servingMap,
} from "./compute-map.ts";
import { growMap } from "./grow-map.ts";
import type { MapInput } from "./map-input.ts";
import { rememberMap } from "./result-cache.ts";

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
  /** What the present layout can take of another `nNeighbors`. */
  #mostNeighbors = 0;
  /** A hand on the present layout; null while none runs. */
  #control: LayoutControl | null = null;
  /** The present layout's rounds have begun; `#settling` resolves when they have ended. */
  #isSettling = false;
  #settling: Promise<void> | null = null;
  /** The rounds of the run before, which was told to end. */
  #leaving: Promise<void> | null = null;
  /** The present layout has been given other parameters than those of its map. */
  #isTried = false;

  constructor(readonly events: RunEvents) {}

  /** What the present map was laid out from. */
  get prepared(): Prepared | null {
    return this.#kept?.prepared ?? null;
  }

  /** End the present run and begin another, whose signal this is. */
  begin(): AbortController {
    this.#leaving = this.#settling;
    this.#run.abort();
    this.#run = new AbortController();
    this.#isTried = false;
    this.#control = null;
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
  async compute(props: MapInput, { resume }: { readonly resume: boolean }): Promise<void> {
    const { points } = props;
    if (!points) return;
    if (props.placed) return this.#report(() => this.grow(props));
    const from = resume ? this.#stopped : null;
    const run = this.begin();
    // A layout that has begun to settle has all that this one needs; it is given back within a round.
    await this.#leaving;
    if (this.#run !== run) return;
    this.#stopped = null;
    const prepared = servingMap(this.#kept, props, { isResumed: from !== null });
    const control = isLive(props) ? new LayoutControl() : undefined;
    this.#control = control ?? null;
    this.#mostNeighbors = mostNeighborsTried(props);
    const result = await this.#follow(run, props, (job) =>
      computeMap(props, points, { ...job, prepared, resume: from ?? undefined, control }),
    );
    if (!result) return;
    if (this.#isTried) return this.events.onTried(result);
    if (result.epoch === result.epochs) rememberMap(mapKey(props), result);
    this.adopt(props, result);
  }

  /**
   * Add the rows that `props.placed` does not tell of to the map that it tells of.
   *
   * @param before The rows of that map, where it is the present one: its neighbours serve then.
   * @returns Whether they are there: false when another run has taken this one's place.
   * @throws {ComputeError} what has gone wrong, "cancelled" too; nothing that was kept is lost.
   */
  async grow(props: MapInput, before: MapInput["points"] = null): Promise<boolean> {
    const { points, placed } = props;
    if (!points || !placed) return false;
    const prepared = before ? servingMap(this.#kept, { ...props, points: before }, { isResumed: true }) : undefined;
    const run = this.begin();
    const control = new LayoutControl();
    this.#control = control;
    // Other parameters are of the map of all rows: they are not tried on the added ones.
    this.#mostNeighbors = 0;
    const result = await this.#attempt(run, props, (job) =>
      growMap(props, points, placed, { ...job, control, prepared }),
    );
    if (!result) return false;
    rememberMap(mapKey(props), result);
    this.#stopped = null;
    this.adopt(props, result);
    return true;
  }

  /** Take a map as the present one: computed just now, or remembered by the page. */
  adopt(props: MapInput, result: UmapResult): void {
    this.backend = { name: result.backend, reason: result.backendReason };
    this.#keep(props, result);
    if (result.epoch < result.epochs) this.#stopped = { positions: result.positions, epoch: result.epoch };
    this.events.onResult(result);
  }

  /** There is a layout, settling or about to, that can be held. */
  get canPause(): boolean {
    return this.#control !== null;
  }

  /** Hold the layout after the round that is under way; false when none is settling. */
  pause(): boolean {
    this.#control?.pause();
    return this.#control !== null;
  }

  /** Go on with a layout that is held. */
  goOn(): void {
    this.#control?.resume();
  }

  /** Move the layout by so many rounds and hold it. */
  step(rounds: number): void {
    this.#control?.step(rounds);
  }

  /**
   * A preview of the map under other parameters: the one that is settling takes them from its next round on, the one
   * that is there settles anew for a while.
   *
   * @returns Whether there is anything to try them on without a search.
   */
  tryOut(props: MapInput, positions: Float32Array<ArrayBuffer>, rounds: number): boolean {
    if (!isLive(props)) return false;
    if (this.#control && this.#isSettling) {
      const { nNeighbors, minDist, spread } = props;
      if (nNeighbors > this.#mostNeighbors) return false;
      this.#isTried = true;
      this.#control.change({ nNeighbors, minDist, spread });
      return true;
    }
    const prepared = servingMap(this.#kept, props, { isResumed: true });
    if (prepared) void this.#settleAnew(props, prepared, positions, rounds);
    return prepared !== undefined;
  }

  async #settleAnew(
    props: MapInput,
    prepared: Prepared,
    positions: Float32Array<ArrayBuffer>,
    rounds: number,
  ): Promise<void> {
    const run = this.begin();
    this.#stopped = null;
    const resume = { positions, epoch: Math.floor(rounds * TRIED_FROM) };
    const control = new LayoutControl();
    this.#control = control;
    this.#mostNeighbors = prepared.neighbors.k + 1;
    this.#isTried = true;
    const result = await this.#follow(run, props, (job) => layOutAgain(props, prepared, { ...job, resume, control }));
    if (result) this.events.onTried(result);
  }

  #keep(props: MapInput, result: UmapResult): void {
    // A run that was gone on with has no scores of its own.
    const scores = result.scores ?? this.#kept?.prepared.scores ?? null;
    this.#kept = keepMap(props, { ...result, scores });
  }

  /** As `#attempt`; what goes wrong is an event. */
  async #follow(
    run: AbortController,
    props: MapInput,
    start: (job: FollowedJob) => Promise<UmapResult>,
  ): Promise<UmapResult | null> {
    let result: UmapResult | null = null;
    await this.#report(async () => {
      result = await this.#attempt(run, props, start);
    });
    return result;
  }

  async #report(attempt: () => Promise<unknown>): Promise<void> {
    try {
      await attempt();
    } catch (thrown) {
      this.events.onError(ComputeError.from(thrown));
    }
  }

  /** What a run gives while it is the present one; null when another has taken its place. */
  async #attempt(
    run: AbortController,
    props: MapInput,
    start: (job: FollowedJob) => Promise<UmapResult>,
  ): Promise<UmapResult | null> {
    this.#isSettling = false;
    const keptBefore = this.#kept;
    let end: () => void = () => undefined;
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
      if (!frame.preview && !this.#isSettling) {
        this.#isSettling = true;
        this.#settling = new Promise((resolve) => {
          end = resolve;
        });
      }
      this.events.onFrame(frame);
    };
    try {
      const result = await start({ signal, onProgress, onFrame });
      if (this.#run === run) return result;
      // The run that has taken its place may be waiting for what this one has found; a map that is there is not.
      if (this.#kept === keptBefore) this.#keep(props, result);
      return null;
    } catch (thrown) {
      if (this.#run === run) throw thrown;
      return null;
    } finally {
      end();
      if (this.#run === run) {
        this.#control = null;
        this.#settling = null;
      }
    }
  }
}

/** The reference engine hears nothing until it is done, and begins anew whatever it is given to go on with. */
function isLive({ engine }: MapInput): boolean {
  return engine !== "umap-js";
}

interface FollowedJob {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  readonly onFrame: (frame: LayoutFrame) => void;
}
