import type { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { formatCount } from "../theme/numbers.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
import type { WorkAction } from "../work/work-status.ts";
import { isOtherTest } from "./data/other-props.ts";
import { readUnits } from "./data/read-units.ts";
import { UnitWorker } from "./data/unit-worker.ts";
import type { SavedPicture } from "./saved-picture.ts";
import type { BoxPlotSession } from "./session.ts";

interface UnitRunEvents {
  /** The units themselves are there. */
  onRead(): void;
  /** They are ranked for the classes. */
  onRanked(): void;
  /** All that is asked for is on show, but for what was stopped: `sentence` says what, and `actions` have it done after all. */
  onDone(sentence: string, actions: readonly WorkAction[]): void;
}

/** How box plots come about: units are read, ranked and drawn, one such run at a time. */
export class UnitRuns {
  readonly #run: OneRun;
  /** How far the permutation test is, or was when it was stopped. */
  #permuted: Progress | null = null;

  constructor(
    private readonly session: BoxPlotSession,
    private readonly saved: SavedPicture,
    private readonly events: UnitRunEvents,
  ) {
    const { work, host } = session;
    this.#run = new OneRun(
      work,
      { onDone: () => events.onDone("", []), onError: (error) => this.#fail(error) },
      host.signal,
    );
  }

  /** Read, rank and draw everything anew. */
  begin(): void {
    this.#run.start((job) => this.#begin(job));
  }

  /** Rank the units that are there by other settings, and draw what is the best then. */
  rank(): void {
    this.#run.start((job) => this.#rank(job));
  }

  cancel(): void {
    this.#run.cancel();
  }

  whenAtRest(): Promise<void> {
    return this.#run.whenAtRest();
  }

  async #begin(job: RunJob): Promise<void> {
    const { session } = this;
    job.onProgress?.({ stage: "Waiting for the values", done: 0, total: 0, unit: "" });
    const read = await readUnits(session.props, job);
    if (job.signal.aborted || !read) return;
    session.worker?.end();
    const isOther = session.read !== null && session.read.rows.values.columns !== read.rows.values.columns;
    if (isOther) session.forgetUnits();
    session.read = read;
    session.worker = new UnitWorker(read.rows);
    this.saved.clear();
    session.current.meet();
    this.events.onRead();
    await this.#rank(job);
  }

  async #rank(job: RunJob): Promise<void> {
    const { worker, rankings, options, rows, current } = this.session;
    if (!worker) return;
    await rankings.rankClasses(worker, options, job);
    this.events.onRanked();
    rankings.rankSelection(worker, rows.selected);
    current.showWanted();
    await this.session.takeBoxes();
    await this.#permute(job);
  }

  /** What takes longest, and changes neither the order of the units nor their boxes. */
  async #permute(job: RunJob): Promise<void> {
    const { worker, rankings } = this.session;
    if (!worker) return;
    this.#permuted = null;
    const onProgress = (progress: Progress): void => {
      this.#permuted = progress;
      job.onProgress?.(progress);
    };
    await rankings.permuteClasses(worker, { signal: job.signal, onProgress });
  }

  #fail(error: ComputeError): void {
    const { work, first, rankings } = this.session;
    const isRanked = rankings.permuting.classes === "running";
    rankings.stopPermuting();
    if (isRanked && error.kind === "cancelled") {
      const run = () => this.#run.start((job) => this.#permute(job));
      this.events.onDone(this.#stoppedPermuting, [{ label: "Run", run }]);
      return;
    }
    if (this.saved.standsFor(error)) this.saved.tell();
    else if (error.kind === "cancelled") work.stopped(this.#stopped, { label: "Run", run: () => this.begin() });
    else work.failed("units", error);
    first.fail(error);
  }

  /** What is to be said where a run was stopped, and a ranking by other settings may be on show. */
  get #stopped(): string {
    const { rankings, options } = this.session;
    const isOther = rankings.asked !== null && isOtherTest(rankings.asked, options);
    return isOther ? "Stopped; the ranking is that of the settings before." : "Stopped.";
  }

  get #stoppedPermuting(): string {
    const { done = 0, total = 0 } = this.#permuted ?? {};
    const at = total > 0 ? ` at ${formatCount(done)} of ${formatCount(total)}` : "";
    return `Permutations stopped${at}; all else is there.`;
  }
}
