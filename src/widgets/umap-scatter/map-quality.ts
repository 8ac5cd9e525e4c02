import { ComputeError } from "../../compute/errors.ts";
import type { Job, Progress } from "../../compute/job.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { affordableSample } from "../../compute/umap/quality/affordable-sample.ts";
import { type Quality, qualityDefaults } from "../../compute/umap/quality/measure-quality.ts";
import { readMatrix } from "../map/compute-map.ts";
import { withoutColumn } from "../map/without-column.ts";
import type { ScatterSession } from "./session.ts";

/** One measurement, for all who ask for it; it ends with the last of them. */
interface Run {
  readonly end: AbortController;
  readonly listeners: Set<(progress: Progress) => void>;
  askers: number;
  done: Promise<void>;
}

/** How far the map on show can be believed: measured when asked for, forgotten when another map is shown. */
export class MapQuality {
  result: Quality | null = null;
  /** 0 .. 1 while it is measured, null otherwise. */
  share: number | null = null;
  error: ComputeError | null = null;
  #run: Run | null = null;

  constructor(
    readonly session: ScatterSession,
    readonly changed: () => void,
  ) {}

  /** Is there a map whose rows are at hand? */
  get isPossible(): boolean {
    return this.session.layout?.origin.kind === "umap" && this.session.hasOwnMap;
  }

  /**
   * Measure, unless it is known already; whoever asks meanwhile waits for the same. A failure is kept in `error`; then,
   * and when cancelled, the answer is null.
   */
  async measure({ signal, onProgress }: Job = {}): Promise<Quality | null> {
    if (this.result || !this.isPossible) return this.result;
    this.#run ??= this.#begin();
    const run = this.#run;
    run.askers++;
    const leave = () => --run.askers === 0 && run.end.abort();
    signal?.addEventListener("abort", leave, { once: true });
    if (onProgress) run.listeners.add(onProgress);
    await run.done;
    signal?.removeEventListener("abort", leave);
    return this.result;
  }

  cancel(): void {
    this.#run?.end.abort();
  }

  /** Another map is on show. */
  forget(): void {
    if (!this.result && this.share === null && !this.error) return;
    this.#run?.end.abort();
    this.#run = null;
    this.result = null;
    this.error = null;
    this.#tell(null);
  }

  #begin(): Run {
    const run: Run = { end: new AbortController(), listeners: new Set(), askers: 0, done: Promise.resolve() };
    this.error = null;
    this.#tell(0);
    run.done = this.#follow(run);
    return run;
  }

  async #follow(run: Run): Promise<void> {
    try {
      const result = await this.#compute(run);
      if (this.#run === run) this.result = result;
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (this.#run === run && error.kind !== "cancelled") this.error = error;
    }
    if (this.#run !== run) return;
    this.#run = null;
    this.#tell(null);
  }

  async #compute(run: Run): Promise<Quality | null> {
    const { layout, props, host, keptNeighbors } = this.session;
    if (!props.points || layout?.origin.kind !== "umap") return null;
    const signal = AbortSignal.any([run.end.signal, host.signal]);
    const points = withoutColumn(await readMatrix(props.points, { signal }), layout.origin.exclude);
    const options = {
      ...qualityDefaults,
      sample: affordableSample(points.rows, points.columns, qualityDefaults.sample),
      metric: layout.origin.options.metric,
      neighbors: keptNeighbors ?? undefined,
    };
    const onProgress = (progress: Progress) => {
      for (const listener of run.listeners) listener(progress);
      // What was on its way when another map came is of no map on show.
      if (this.#run === run) this.#tell(progress.done / progress.total);
    };
    return pageClient().call("quality", { points, positions: layout.positions, options }, { signal, onProgress });
  }

  #tell(share: number | null): void {
    this.share = share;
    this.changed();
  }
}
