import { ComputeError } from "../../../compute/errors.ts";
import type { Progress } from "../../../compute/job.ts";
import { mapKey } from "../../map/compute-map.ts";
import { readCoords } from "../../map/given-coords.ts";
import type { Layout } from "../../map/layout.ts";
import { type Backend, MapRuns } from "../../map/map-runs.ts";
import { recallMap } from "../../map/result-cache.ts";
import { readSavedMap } from "../../map/saved-map.ts";
import { formatCount } from "../../theme/numbers.ts";
import type { MosaicSession } from "../session.ts";
import { followLayout } from "./follow-layout.ts";
import { TileMap } from "./tile-map.ts";

const WAITING = "Waiting for the map that the tiles follow.";
const FOLLOWS_LATER = "The tiles follow the map once it is there.";
/** A saved picture stands in for coordinates that take longer than this, ms: tiles laid out twice come later. */
const SOON = 250;
const STOPPED_AT_PREVIEW = "The map was stopped; this is its PCA preview.";

/** Where the tiles lie: at coordinates that were given, on another widget's map, or on one that is computed. */
export class TilePlaces {
  readonly #show: TileMap;
  /** The maps that are computed for the tiles. */
  readonly runs: MapRuns;
  #following = new AbortController();
  /** Nobody draws the map that was to be followed: another one is computed until somebody does. */
  #isAlone = false;

  constructor(readonly session: MosaicSession) {
    this.#show = new TileMap(session);
    this.runs = new MapRuns(this.#show);
    session.host.signal.addEventListener("abort", () => this.runs.cancel(), { once: true });
  }

  /** Where the map is computed and why; null where none is. */
  get backend(): Backend | null {
    return this.isComputed ? this.runs.backend : null;
  }

  /** The tiles lie on a map that is computed for them. */
  get isComputed(): boolean {
    const { points, follows } = this.session.props;
    return points !== null && (follows === null || this.#isAlone);
  }

  begin(): void {
    const { session } = this;
    const { coords, follows, points, saved } = session.props;
    this.#following.abort();
    this.#following = new AbortController();
    this.#isAlone = false;
    this.runs.begin();
    const isKnown = points !== null && recallMap(mapKey(session.props)) !== null;
    if (saved && !isKnown && !coords) this.#showSaved(saved);
    if (session.count === 0) session.first.come();
    else if (coords) void this.showCoords();
    else if (follows !== null) this.#follow(follows);
    else if (isKnown || !saved) void this.compute();
  }

  /** Lay the tiles on the map of `points`: remembered by the page, or computed. */
  async compute({ resume = false } = {}): Promise<void> {
    const { props, work } = this.session;
    if (!props.points) return;
    work.begin();
    const remembered = recallMap(mapKey(props));
    if (remembered) {
      this.runs.begin();
      this.runs.adopt(props, remembered);
    } else await this.runs.compute(props, { resume });
  }

  async showCoords(): Promise<void> {
    const { session } = this;
    const { coords, saved } = session.props;
    if (!coords) return;
    session.work.begin();
    const run = this.runs.begin();
    const started = performance.now();
    const standIn = () => saved && !session.layout && !run.signal.aborted && this.#showSaved(saved);
    const late = setTimeout(standIn, SOON);
    try {
      const onProgress = (progress: Progress) => this.#show.onProgress(progress, started);
      const layout = await readCoords(coords, { signal: run.signal, onProgress });
      if (this.runs.isCurrent(run)) session.showLayout(layout, () => session.settle(""));
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      // A saved picture stands for data that can't be had: it was saved for this case.
      if (error.kind !== "input") standIn();
      if (this.runs.isCurrent(run) && !(saved && session.layout && error.kind !== "input")) session.fail(error);
    } finally {
      clearTimeout(late);
    }
  }

  #follow(name: string): void {
    const { session } = this;
    const { signal } = this.#following;
    const events = {
      onLayout: (layout: Layout) => this.#showFollowed(layout),
      onFailure: (failure: ComputeError | null) => this.#showFailure(failure),
      onMissing: () => this.#doWithout(),
    };
    session.work.begin();
    if (!session.layout) session.work.waiting(WAITING);
    followLayout(name, events, AbortSignal.any([signal, session.host.signal]));
  }

  /** The map that is followed came to nothing before there was anything to follow. */
  #showFailure(failure: ComputeError | null): void {
    const { session } = this;
    if (session.layout) return;
    if (failure === null) {
      session.work.begin();
      session.work.waiting(WAITING);
    } else if (failure.kind === "cancelled") {
      const stopped = "The map that this mosaic follows was stopped before its first layout.";
      session.work.stopped(`${stopped} Run it there. ${FOLLOWS_LATER}`);
      session.first.fail(new ComputeError("cancelled", stopped, "Run it there."));
    } else {
      const remedy = [failure.remedy, FOLLOWS_LATER].filter(Boolean).join(" ");
      // Trying again would help there, not here.
      session.fail(new ComputeError("input", `No map to follow: ${failure.reason}`, remedy));
    }
  }

  #showFollowed(layout: Layout): void {
    const { session } = this;
    const places = layout.positions.length / layout.dims;
    // What was computed for want of it is given up.
    this.#isAlone = false;
    this.runs.begin();
    if (places !== session.count) {
      const [given, needed] = [formatCount(places), formatCount(session.count)];
      const error = `The map that this mosaic follows has ${given} rows for ${needed} images.`;
      session.fail(new ComputeError("input", error, "Follow a map of the same rows."));
      return;
    }
    session.work.succeeded("map");
    const sentence = layout.preview ? "PCA preview; the map follows." : "The tiles follow the map while it settles.";
    if (layout.settling) session.follow(layout, sentence);
    else if (layout.preview) session.showLayout(layout, () => session.work.stopped(STOPPED_AT_PREVIEW));
    else {
      if (!session.work.isWorking) session.work.begin();
      session.showLayout(layout, () => session.settle(""));
    }
  }

  /** Nobody on this page draws the map that was to be followed. */
  #doWithout(): void {
    const { session } = this;
    const { points, saved } = session.props;
    if (saved && session.layout) return;
    if (points) {
      this.#isAlone = true;
      void this.compute();
      return;
    }
    const remedy = "Show it on this page too, or pass coords (n × 2).";
    session.fail(new ComputeError("input", "The map that this mosaic follows is not on this page.", remedy));
  }

  /** Show what a saved notebook has kept of the map. */
  #showSaved(saved: Uint8Array<ArrayBuffer>): void {
    const { session } = this;
    try {
      const { layout, rows, classes } = readSavedMap(saved);
      if (session.rows.count === 0) session.rows.count = rows;
      if (session.rows.count !== rows) return;
      session.showLayout(layout, () => {
        const again = session.props.points ? [{ label: "Run", run: () => void this.compute() }] : [];
        session.work.say(`Saved picture. ${session.host.again}`.trim(), again);
        session.first.come();
      });
      if (classes) session.data.take(classes);
    } catch (thrown) {
      session.fail(ComputeError.from(thrown));
    }
  }
}
