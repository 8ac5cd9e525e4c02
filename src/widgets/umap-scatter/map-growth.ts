import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { emptyMask } from "../../compute/selection/row-mask.ts";
import { SelectionGroup } from "../link/selection-group.ts";
import type { RowFacts } from "./data/row-data.ts";
import type { MapRuns } from "./map-runs.ts";
import { acceptProps, rowsIn, type UmapScatterProps } from "./props.ts";
import type { ScatterSession } from "./session.ts";

/** What has to be said when rows have been added to a widget that shared its selection. */
export const LEFT_GROUP = "The widgets that it was linked with have other rows now, and follow it no more.";

/**
 * Rows being added to the map on show. Until the new ones have a place the widget stays as it is; if anything goes
 * wrong after that, it is again as it was.
 */
export class MapGrowth {
  #take: (() => void) | null = null;
  #undo: (() => void) | null = null;
  #isBusy = false;
  #notices: string[] = [];

  constructor(
    readonly session: ScatterSession,
    readonly runs: MapRuns,
  ) {}

  /**
   * @param next What changes: `points` of all rows, `placed` for those that are there, and what is told of all rows.
   * @throws {ComputeError} for what is wrong with them and when it is stopped; then nothing has changed.
   */
  async add(next: Partial<UmapScatterProps>, job: Job): Promise<void> {
    const { session } = this;
    if (this.#isBusy) throw new ComputeError("input", "Rows are being added already.", "Await that first.");
    const before = session.props;
    // What was given of the rows before, and of them alone, says nothing of all.
    const init = typeof before.init === "string" ? before.init : "pca";
    const props = acceptProps({ ...before, ...next, init, precomputedKNN: null });
    const stop = () => session.cancel();
    this.#isBusy = true;
    this.#notices = [];
    try {
      const facts = await session.data.read(props, rowsIn(props), job);
      if (session.props !== before) throw new ComputeError("cancelled", "Stopped.");
      this.#take = () => this.#putRows(props, facts);
      session.work.begin();
      job.signal?.addEventListener("abort", stop, { once: true });
      if (!(await this.runs.grow(props))) throw new ComputeError("cancelled", "Stopped.");
      this.#undo = null;
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (this.abandon()) session.keepShowing(error);
      throw error;
    } finally {
      this.#take = null;
      this.#isBusy = false;
      job.signal?.removeEventListener("abort", stop);
    }
  }

  /** The first round of the new rows is there: they come on show, with all that is told of them. */
  takeRows(): void {
    const take = this.#take;
    this.#take = null;
    take?.();
  }

  /** What the reader is told once the rows are there. */
  takeNotices(): readonly string[] {
    return this.#notices.splice(0);
  }

  /** Another map is asked for, or this one has failed: the widget is as it was. False where nothing was under way. */
  abandon(): boolean {
    const wasBusy = this.#take !== null || this.#undo !== null;
    const undo = this.#undo;
    this.#take = null;
    this.#undo = null;
    undo?.();
    return wasBusy;
  }

  #putRows(props: UmapScatterProps, facts: RowFacts): void {
    const { session } = this;
    const { layout, neighbors, rows, data } = session;
    const [propsBefore, factsBefore, selected] = [session.props, data.facts, rows.selected];
    if (rows.isShared) this.#notices.push(LEFT_GROUP);
    const group = new SelectionGroup();
    group.current = rows.current;
    if (selected) {
      group.selected = emptyMask(rowsIn(props));
      group.selected.set(selected);
    }
    this.#undo = () => {
      const alone = new SelectionGroup();
      alone.selected = selected;
      session.replaceRows({ props: propsBefore, facts: factsBefore, neighbors, group: alone });
      if (layout) session.showLayout(layout);
    };
    session.replaceRows({ props, facts, neighbors: null, group });
  }
}
