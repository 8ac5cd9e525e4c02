import type { ComputeError } from "../../compute/errors.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
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
  /** All that is asked for is on show. */
  onDone(): void;
}

/** How box plots come about: units are read, ranked and drawn, one such run at a time. */
export class UnitRuns {
  readonly #run: OneRun;

  constructor(
    private readonly session: BoxPlotSession,
    private readonly saved: SavedPicture,
    private readonly events: UnitRunEvents,
  ) {
    const { work, host } = session;
    this.#run = new OneRun(work, { onDone: () => events.onDone(), onError: (error) => this.#fail(error) }, host.signal);
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
    if (job.signal.aborted) return;
    this.events.onRanked();
    rankings.rankSelection(worker, rows.selected);
    current.showWanted();
    await this.session.takeBoxes();
  }

  #fail(error: ComputeError): void {
    const { work, first } = this.session;
    if (this.saved.standsFor(error)) this.saved.tell();
    else if (error.kind === "cancelled") work.stopped(this.#stopped, { label: "Run", run: () => this.begin() });
    else work.failed("units", error);
    first.fail(error);
  }

  /** What is to be said where a run was stopped, and a ranking by other settings may be on show. */
  get #stopped(): string {
    const { rankings, options } = this.session;
    const isOther = rankings.ranked !== null && isOtherTest(rankings.ranked, options);
    return isOther ? "Stopped; the ranking is that of the settings before." : "Stopped.";
  }
}
