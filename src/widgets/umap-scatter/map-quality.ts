import { ComputeError } from "../../compute/errors.ts";
import type { Job, Progress } from "../../compute/job.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { type Quality, qualityDefaults } from "../../compute/umap/quality/measure-quality.ts";
import { readMatrix } from "./data/compute-map.ts";
import type { ScatterSession } from "./session.ts";

/** How far the map on show can be believed: measured when asked for, forgotten when another map is shown. */
export class MapQuality {
  result: Quality | null = null;
  /** 0 .. 1 while it is measured, null otherwise. */
  share: number | null = null;
  error: ComputeError | null = null;
  #run: AbortController | null = null;

  constructor(
    readonly session: ScatterSession,
    readonly changed: () => void,
  ) {}

  /** Is there a map whose rows are at hand? */
  get isPossible(): boolean {
    const { layout, props } = this.session;
    return props.points !== null && layout?.origin.kind === "umap" && !layout.settling && !layout.preview;
  }

  /** Measure, unless it is known already. A failure is kept in `error`; then, and when cancelled, the answer is null. */
  async measure(job: Job = {}): Promise<Quality | null> {
    const { layout, props, host } = this.session;
    const { points } = props;
    if (this.result || !layout || !points || !this.isPossible) return this.result;
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    const signal = AbortSignal.any([run.signal, host.signal, ...(job.signal ? [job.signal] : [])]);
    this.error = null;
    this.#tell(0);
    try {
      const matrix = await readMatrix(points, { signal });
      const neighbors = this.session.keptNeighbors ?? undefined;
      const options = { ...qualityDefaults, metric: props.metric, neighbors };
      const input = { points: matrix, positions: layout.positions, options };
      const onProgress = (progress: Progress) => {
        job.onProgress?.(progress);
        // What was on its way when another map came is of no map on show.
        if (this.#run === run) this.#tell(progress.done / progress.total);
      };
      const result = await pageClient().call("quality", input, { signal, onProgress });
      if (this.#run === run) this.result = result;
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (this.#run === run && error.kind !== "cancelled") this.error = error;
    }
    if (this.#run === run) this.#tell(null);
    return this.result;
  }

  cancel(): void {
    this.#run?.abort();
  }

  /** Another map is on show. */
  forget(): void {
    if (!this.result && this.share === null && !this.error) return;
    this.#run?.abort();
    this.#run = null;
    this.result = null;
    this.error = null;
    this.#tell(null);
  }

  #tell(share: number | null): void {
    this.share = share;
    this.changed();
  }
}
