import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import { truncateNeighbors } from "../../compute/umap/neighbors/known-neighbors.ts";
import type { NeighborGraph, UmapOptions } from "../../compute/umap/options.ts";
import { roundsOf } from "../../compute/umap/relayout.ts";
import type { LayoutFrame, UmapResult } from "../../compute/umap/result.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { isNumericSource } from "../host/sources.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { formatCount } from "../theme/numbers.ts";
import { scatterCommands } from "./commands.ts";
import { categoriesOf, classBytes, numbersOf } from "./data/coloring.ts";
import { mapKey } from "./data/compute-map.ts";
import { recallMap } from "./data/result-cache.ts";
import { RowData } from "./data/row-data.ts";
import { packPicture, unpackPicture } from "./data/saved-picture.ts";
import { caption } from "./figure/caption.ts";
import { type Crop, wholeMap } from "./figure/scatter-figure.ts";
import type { Layout, Origin } from "./layout.ts";
import { MapQuality } from "./map-quality.ts";
import { type Backend, MapRuns } from "./map-runs.ts";
import { optionsOf, rowsIn, type UmapScatterProps } from "./props.ts";
import { mountView } from "./view/view.ts";
import { WorkStatus } from "./work-status.ts";

/** What a view repaints. */
export type Change = "layout" | "coloring" | "status" | "options" | "details" | "quality";

let sessions = 0;

/** One UmapScatter: its data, its running computation, and what its views show. */
export class ScatterSession implements Session<UmapScatterProps> {
  readonly rows: LinkedRows;
  readonly ready: Promise<void>;
  readonly commands = scatterCommands(this);
  readonly data: RowData;
  readonly work: WorkStatus;
  readonly quality: MapQuality;

  props: UmapScatterProps;
  layout: Layout | null = null;
  neighbors: NeighborGraph | null = null;
  /** What the view last used shows, for figures; the whole map while there is none. */
  crop: Crop = wholeMap;

  #resolveReady: () => void = () => undefined;
  #rejectReady: (error: ComputeError) => void = () => undefined;
  /** Parameters that are being tried while a slider moves; null when the map on show is that of `props`. */
  #tried: UmapScatterProps | null = null;
  #isColoredByQuality = false;
  readonly #runs: MapRuns;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(
    props: UmapScatterProps,
    readonly host: HostServices,
  ) {
    this.props = props;
    this.work = new WorkStatus(host, () => this.#tell("status"));
    this.data = new RowData(
      {
        changed: (what) => {
          this.#tell(what);
          this.#keep();
        },
        succeeded: (cause) => this.work.succeeded(cause),
        failed: (cause, error) => this.work.failed(cause, error),
      },
      host.signal,
    );
    this.quality = new MapQuality(this, () => this.#tell("quality"));
    this.#runs = new MapRuns({
      onProgress: (progress, stageStart) => this.#showProgress(progress, stageStart),
      onFrame: (frame) => this.#showFrame(frame),
      onResult: (result) => this.#take(result),
      onTried: (result) => this.#showTried(result),
      onError: (error) => this.#fail(error),
    });
    this.rows = new LinkedRows(`umap-scatter-${++sessions}`, rowsIn(props));
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Nobody need be waiting: the failure is on screen as well.
    this.ready.catch(() => undefined);
    host.signal.addEventListener("abort", () => this.#end(), { once: true });
    pageClient().warm();
    this.#begin();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<UmapScatterProps>): void {
    const before = this.props;
    this.props = { ...before, ...changed };
    this.#tell("options");
    if ("points" in changed || "coords" in changed) {
      this.#changeRows();
      this.#begin();
      return;
    }
    if ("color" in changed || "labels" in changed) void this.data.readColors(this.props, this.count);
    if ("names" in changed || "values" in changed) void this.data.readDetails(this.props, this.count);
    if (mapKey(this.props) !== mapKey(before) || this.#tried) void this.compute();
  }

  notice(sentence: string | null): void {
    this.work.hear(sentence);
  }

  listen(listener: (change: Change) => void, signal: AbortSignal): void {
    this.#listeners.add(listener);
    signal.addEventListener("abort", () => this.#listeners.delete(listener), { once: true });
  }

  get count(): number {
    return this.rows.count;
  }

  /** Where the map is computed and why, for the right end of the status line; null where nothing is computed. */
  get backend(): Backend | null {
    if (!this.props.points) return null;
    return this.props.engine === "umap-js"
      ? { name: "umap-js", reason: "The reference engine was asked for." }
      : this.#runs.backend;
  }

  /** The neighbours that the map keeps, more than it shows. */
  get keptNeighbors(): NeighborGraph | null {
    return this.#runs.prepared?.neighbors ?? null;
  }

  /** Share of the true neighbours that the search found, 1 where it was exact. */
  get recall(): number {
    return this.#runs.prepared?.recall ?? 1;
  }

  get isColoredByQuality(): boolean {
    return this.#isColoredByQuality;
  }

  /** Colour each row by the share of its neighbours that the map has kept, or as before. */
  colorByQuality(on: boolean): void {
    const { result } = this.quality;
    this.#isColoredByQuality = on && result !== null;
    this.data.borrow(this.#isColoredByQuality && result ? numbersOf(result.perRow) : null);
    this.#tell("quality");
  }

  get caption(): string {
    const { selected } = this.rows;
    return caption({
      rows: this.count,
      layout: this.layout,
      coloredBy: this.#coloredBy(),
      selected: selected ? countRows(selected) : 0,
    });
  }

  /** Parameters were changed in a panel but not run: say so, with the way to run them. */
  suggestRun(run: () => void): void {
    if (this.work.share === null) this.work.say("Settings changed.", [{ label: "Run", run }]);
  }

  cancel(): void {
    this.#runs.cancel();
  }

  /** Show the map of `points`: remembered by the page, or computed. The old picture stays until the new one is there. */
  async compute({ resume = false } = {}): Promise<void> {
    const { props } = this;
    if (!props.points) return;
    this.#tried = null;
    this.work.begin();
    const remembered = recallMap(mapKey(props));
    if (remembered) {
      this.#runs.begin();
      this.#runs.adopt(props, remembered);
    } else await this.#runs.compute(props, { resume });
  }

  /** Hold the layout while it settles. */
  pause(): void {
    this.#runs.pause();
  }

  /** Go on with a layout that is held. */
  goOn(): void {
    this.#runs.goOn();
  }

  /** Move a layout by so many rounds, then hold it. */
  step(rounds = 1): void {
    this.#runs.step(rounds);
  }

  /** Let the map on show settle for a moment under other parameters, while a slider moves; `update` runs it in full. */
  tryOut(changed: Partial<UmapOptions>): void {
    const tried = { ...this.props, ...changed };
    const { layout } = this;
    if (!layout || layout.preview || layout.origin.kind !== "umap") return;
    const rounds = roundsOf(optionsOf(tried), this.count);
    if (this.#runs.tryOut(tried, layout.positions, rounds)) this.#tried = tried;
  }

  #begin(): void {
    const { coords, points, saved } = this.props;
    const remembered = points !== null && recallMap(mapKey(this.props)) !== null;
    if (saved && !remembered) this.#showSaved(saved);
    if (this.count > 0) {
      if (coords) void this.#showCoords();
      else if (remembered || !saved) void this.compute();
    } else this.#resolveReady();
    void this.data.readColors(this.props, this.count);
    void this.data.readDetails(this.props, this.count);
  }

  /** Other data: what was selected, pointed at and found in the old rows means nothing in the new. */
  #changeRows(): void {
    this.neighbors = null;
    this.#runs.forget();
    const count = rowsIn(this.props);
    if (count === this.rows.count) return;
    this.layout = null;
    this.rows.select(null);
    this.rows.hover(-1);
    this.rows.look(-1);
    this.rows.count = count;
  }

  async #showCoords(): Promise<void> {
    const { coords, saved } = this.props;
    if (!coords) return;
    this.work.begin();
    const run = this.#runs.begin();
    const started = performance.now();
    try {
      const onProgress = (progress: Progress) => this.#showProgress(progress, started);
      const read = await coords.read({ signal: run.signal, onProgress });
      if (!this.#runs.isCurrent(run)) return;
      const dims = coords.shape[1] === 3 ? 3 : 2;
      const positions = read instanceof Float32Array ? read : new Float32Array(read);
      checkFinite(positions, dims);
      this.#showLayout({ positions, dims, settling: false, preview: false, origin: { kind: "coords" } });
      this.#settle("Coordinates given: no UMAP was computed.");
    } catch (thrown) {
      const error = ComputeError.from(thrown);
      if (this.#runs.isCurrent(run) && !(saved && this.layout && error.kind !== "input")) this.#fail(error);
    }
  }

  #showSaved(saved: Uint8Array<ArrayBuffer>): void {
    const picture = unpackPicture(saved);
    if (!picture) {
      this.#fail(new ComputeError("input", "The saved picture can't be read.", "Run the cell to compute it again."));
      return;
    }
    const { positions, dims, rows, codes, classes } = picture;
    this.rows.count = rows;
    const origin: Origin = { kind: "saved", caption: picture.caption };
    this.#showLayout({ positions, dims, settling: false, preview: false, origin });
    if (codes) {
      const signed = Int32Array.from(codes, (code) => (code === 255 ? -1 : code));
      this.data.take(categoriesOf(signed, classes));
    }
    const again = this.props.points ? [{ label: "Run", run: () => void this.compute() }] : [];
    this.work.say(`Saved picture. ${this.host.again}`.trim(), again);
    this.#resolveReady();
  }

  #coloredBy(): string | null {
    if (this.#isColoredByQuality) return "neighbours kept";
    if (this.data.coloring === null) return null;
    return this.props.color ? "color" : "labels";
  }

  #origin(epochs: number): Origin {
    const props = this.#tried ?? this.props;
    const options = optionsOf(props);
    const start = isNumericSource(props.init) ? { ...options, init: new Float32Array() } : options;
    const columns = props.points?.shape[1] ?? 0;
    return { kind: "umap", options: start, columns, epochs, backend: this.backend?.name ?? "" };
  }

  #showLayout(layout: Layout): void {
    this.layout = layout;
    this.quality.forget();
    if (this.#isColoredByQuality) this.colorByQuality(false);
    this.#tell("layout");
  }

  #showFrame({ positions, preview, epoch }: LayoutFrame): void {
    // A finished picture stays until the new layout has begun to settle.
    if (preview && this.layout && !this.layout.preview) return;
    const dims = this.props.nComponents;
    this.#showLayout({ positions, dims, settling: true, preview, origin: this.#origin(epoch) });
  }

  #showProgress(progress: Progress, stageStart: number): void {
    const isPreview = this.layout?.preview === true;
    const cancel = { label: "Cancel", run: () => this.cancel() };
    if (progress.stage === "Paused") {
      const goOn = { label: "Continue", run: () => this.goOn() };
      const step = { label: "Step", run: () => this.step() };
      const round = `${formatCount(progress.done)} of ${formatCount(progress.total)}`;
      this.work.paused(`Paused at round ${round}.`, progress, [goOn, step, cancel]);
    } else {
      const pause = { label: "Pause", run: () => this.pause() };
      const actions = progress.unit === "rounds" ? [pause, cancel] : [cancel];
      this.work.progress(progress, stageStart, isPreview, actions);
    }
  }

  #take(result: UmapResult): void {
    const { rows, neighbors, epoch, epochs } = result;
    this.neighbors = neighbors && truncateNeighbors(neighbors, Math.min(this.props.nNeighbors, rows - 1) - 1);
    this.#showResult(result);
    if (epoch === epochs) this.#settle(result.notices.join(" "));
    else this.#pause(epoch, epochs);
  }

  #pause(epoch: number, epochs: number): void {
    const goOn = { label: "Continue", run: () => void this.compute({ resume: true }) };
    const [done, all] = [formatCount(epoch), formatCount(epochs)];
    this.work.stopped(`Stopped at round ${done} of ${all}; this is the layout so far.`, goOn);
    this.#resolveReady();
  }

  #showTried(result: UmapResult): void {
    this.#showResult(result);
    const back = { label: "Back to the map", run: () => void this.compute() };
    this.work.say("A preview, settled on from the map before.", [back]);
  }

  #showResult({ positions, nComponents, epoch }: UmapResult): void {
    const dims = nComponents === 3 ? 3 : 2;
    this.#showLayout({ positions, dims, settling: false, preview: false, origin: this.#origin(epoch) });
  }

  #settle(sentence: string): void {
    this.work.done(sentence, this.caption);
    this.#keep();
    this.#resolveReady();
  }

  #fail(error: ComputeError): void {
    if (this.host.signal.aborted) return;
    // What is there stays, and can be touched: nothing follows it any more.
    if (this.layout?.settling) this.#showLayout({ ...this.layout, settling: false });
    if (error.kind === "cancelled") {
      const what = this.layout?.preview ? "Stopped; this is the PCA preview, not yet a map." : "Stopped.";
      this.work.stopped(what, { label: "Run", run: () => this.#again() });
    } else this.work.failed("map", error);
    this.#rejectReady(error);
  }

  #again(): void {
    if (this.props.points) void this.compute();
    else void this.#showCoords();
  }

  /** Leave a picture for the saved notebook once there is a finished one. */
  #keep(): void {
    if (this.#isColoredByQuality) return;
    const { layout } = this;
    if (!layout || layout.settling || layout.preview || layout.origin.kind === "saved") return;
    const { positions, dims } = layout;
    const { coloring } = this.data;
    const classes = coloring?.kind === "categories" && coloring.names.length < 255 ? coloring : null;
    const codes = classes ? classBytes(classes, null, 255) : null;
    const names = classes?.names ?? [];
    this.host.keep(packPicture({ rows: this.count, dims, positions, classes: names, codes, caption: this.caption }));
  }

  #end(): void {
    this.#runs.cancel();
    this.#rejectReady(new ComputeError("cancelled", "The widget has ended."));
    this.rows.leave();
    this.#listeners.clear();
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}

function checkFinite(positions: Float32Array, dims: number): void {
  const bad = positions.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const [row, column] = [Math.floor(bad / dims), bad % dims];
  throw new ComputeError("input", `Row ${row}, column ${column} of coords is ${positions[bad]}.`, "Remove or fill it.");
}
