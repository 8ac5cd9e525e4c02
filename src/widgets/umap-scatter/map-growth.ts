import { ComputeError } from "../../compute/errors.ts";
import type { Job } from "../../compute/job.ts";
import { emptyMask } from "../../compute/selection/row-mask.ts";
import type { NeighborGraph } from "../../compute/umap/options.ts";
import type { NumericSource } from "../host/sources.ts";
import { SelectionGroup } from "../link/selection-group.ts";
import type { Layout } from "../map/layout.ts";
import type { MapRuns } from "../map/map-runs.ts";
import type { RowFacts } from "../rows/row-data.ts";
import { acceptProps, rowsIn, type UmapScatterProps } from "./props.ts";
import type { ScatterSession } from "./session.ts";

/** What is on show but for the layout; `group` holds what is selected of the rows. */
export interface RowsOnShow {
  readonly props: UmapScatterProps;
  readonly facts: RowFacts;
  readonly neighbors: NeighborGraph | null;
  readonly group: SelectionGroup;
}

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
    const height = typeof before.height === "number" ? before.height : null;
    const props = acceptProps({ ...before, ...next, init, height, precomputedKNN: null });
    const stop = () => session.cancel();
    this.#isBusy = true;
    this.#notices = [];
    try {
      const facts = await session.data.read(props, rowsIn(props), job);
      await throwUnlessOnShow(props.placed, session.layout, job);
      if (session.props !== before) throw stopped();
      this.#take = () => this.#putRows(props, facts);
      session.work.begin();
      job.signal?.addEventListener("abort", stop, { once: true });
      if (!(await this.runs.grow(props, before.points))) throw stopped();
      this.#undo = null;
    } catch (thrown) {
      const given = ComputeError.from(thrown);
      const error = given.kind === "cancelled" ? stopped() : given;
      if (this.#restore()) session.keepShowing(error);
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

  /** Something else is asked for: the new rows are given up, and the widget is as it was. */
  abandon(): void {
    if (!this.#restore()) return;
    this.session.cancel();
    this.session.keepShowing(stopped());
  }

  /** False where nothing was under way. */
  #restore(): boolean {
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
    const grown = selected && emptyMask(rowsIn(props));
    grown?.set(selected ?? []);
    const group = new SelectionGroup(grown);
    group.current = rows.current;
    this.#undo = () => {
      const alone = new SelectionGroup(selected);
      session.replaceRows({ props: propsBefore, facts: factsBefore, neighbors, group: alone });
      if (layout) session.showLayout(layout);
    };
    session.replaceRows({ props, facts, neighbors: null, group });
  }
}

/** Whoever asks may have taken the coordinates from the map before this one. */
async function throwUnlessOnShow(placed: NumericSource | null, layout: Layout | null, job: Job): Promise<void> {
  const given = await placed?.read(job);
  const shown = layout?.positions;
  if (given && shown && given.length === shown.length && shown.every((value, at) => value === given[at])) return;
  throw new ComputeError("input", "The map on show is not the one that rows were to be added to.", "Add them again.");
}

function stopped(): ComputeError {
  return new ComputeError("cancelled", "Stopped: no rows were added.");
}
