import type { ComputeError } from "../../compute/errors.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import type { NeighborGraph, UmapOptions } from "../../compute/umap/options.ts";
import { roundsOf } from "../../compute/umap/relayout.ts";
import type { HostServices, Session } from "../host/contract.ts";
import type { SelectionGroup } from "../link/selection-group.ts";
import { changeProps, mapKey } from "../map/compute-map.ts";
import { KeptPicture } from "../map/kept-picture.ts";
import type { Layout } from "../map/layout.ts";
import { LayoutOffer } from "../map/layout-offer.ts";
import { optionsOf } from "../map/map-input.ts";
import { type Backend, MapRuns } from "../map/map-runs.ts";
import { recallMap } from "../map/result-cache.ts";
import { RowData } from "../rows/row-data.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { scatterCommands } from "./commands.ts";
import { type Crop, wholeMap } from "./figure/scatter-figure.ts";
import { lastingCaption, shownCaption } from "./figure/session-caption.ts";
import { showCoords, showSaved } from "./first-picture.ts";
import { MapColors } from "./map-colors.ts";
import { MapGrowth, type RowsOnShow } from "./map-growth.ts";
import { MapQuality } from "./map-quality.ts";
import { MapShow } from "./map-show.ts";
import { MapUnit } from "./map-unit.ts";
import { rowsIn, type UmapScatterProps } from "./props.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "layout" | "space" | "coloring" | "status" | "options" | "details" | "quality";

/** One UmapScatter: its data, its running computation, and what its views show. */
export class ScatterSession extends WidgetSession<Change> implements Session<UmapScatterProps> {
  readonly commands = scatterCommands(this);
  readonly data: RowData;
  readonly quality: MapQuality;
  readonly growth: MapGrowth;
  readonly unit: MapUnit;
  readonly colors = new MapColors(this);

  props: UmapScatterProps;
  layout: Layout | null = null;
  neighbors: NeighborGraph | null = null;
  /** What the view last used shows, for figures; the whole map while there is none. */
  crop: Crop = wholeMap;

  /** Parameters that are being tried while a slider moves; null when the map on show is that of `props`. */
  tried: UmapScatterProps | null = null;
  readonly #offer: LayoutOffer;
  readonly #kept: KeptPicture;
  /** The selection of rows that no view has heard of yet. */
  #untold: SelectionGroup | null = null;
  readonly #runs: MapRuns;

  constructor(props: UmapScatterProps, host: HostServices) {
    super("umap-scatter", rowsIn(props), host);
    this.props = props;
    this.data = new RowData(
      {
        changed: (what) => {
          this.tell(what);
          this.#keep();
        },
        succeeded: (cause) => this.work.succeeded(cause),
        failed: (cause, error) => this.work.failed(cause, error),
      },
      host.signal,
    );
    this.quality = new MapQuality(this, () => this.tell("quality"));
    this.#runs = new MapRuns(new MapShow(this));
    this.growth = new MapGrowth(this, this.#runs);
    this.unit = new MapUnit(this, () => {
      this.colors.showUnit();
      this.tell("space");
    });
    this.#offer = new LayoutOffer(host.signal);
    this.#kept = new KeptPicture(host);
    host.signal.addEventListener("abort", () => this.#runs.cancel(), { once: true });
    pageClient().warm();
    this.#offer.offer(props.shares, null);
    this.#begin();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<UmapScatterProps>): void {
    this.growth.abandon();
    const before = this.props;
    this.props = changeProps(before, changed);
    this.tell("options");
    if ("shares" in changed) this.#offer.offer(this.props.shares, this.layout);
    if ("height" in changed) void this.unit.read({ isAsked: true });
    if (before.points?.key !== this.props.points?.key || before.coords?.key !== this.props.coords?.key) {
      this.#changeRows();
      this.#begin();
      return;
    }
    if ("color" in changed || "labels" in changed) void this.data.readColors(this.props, this.count);
    if ("names" in changed || "values" in changed) void this.data.readDetails(this.props, this.count);
    if (mapKey(this.props) !== mapKey(before) || this.tried) void this.compute();
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

  /** A map of the data, not one that is on its way, nor the picture of other data that stands until theirs is there. */
  get hasOwnMap(): boolean {
    const { layout, props } = this;
    if (!layout || layout.settling || layout.preview) return false;
    return layout.origin.kind !== "umap" || layout.origin.data === props.points?.key;
  }

  /** Share of the true neighbours that the search found, 1 where it was exact. */
  get recall(): number {
    return this.#runs.prepared?.recall ?? 1;
  }

  /** The map is shown in three dimensions: its own, or with a unit as height. */
  get isInSpace(): boolean {
    return this.layout?.dims === 3 || this.unit.isRaised;
  }

  /** Turn the map into three dimensions or back: with the unit on show as height, without one by another map. */
  toggleDimensions(): void {
    if (this.unit.shown && this.layout?.dims === 2) this.unit.raise(!this.unit.isRaised);
    else this.update({ nComponents: this.props.nComponents === 3 ? 2 : 3 });
  }

  get caption(): string {
    return shownCaption(this);
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
    this.growth.abandon();
    this.tried = null;
    this.work.begin();
    this.#offer.fail(null);
    const remembered = recallMap(mapKey(props));
    if (remembered) {
      this.#runs.begin();
      this.#runs.adopt(props, remembered);
    } else await this.#runs.compute(props, { resume });
  }

  /** A layout is settling, or will, that can be held. */
  get canPause(): boolean {
    return this.#runs.canPause;
  }

  /** Hold the layout while it settles; false when none does. */
  pause(): boolean {
    return this.#runs.pause();
  }

  /** Go on with a layout that is held. */
  goOn(): void {
    this.#runs.goOn();
  }

  /** Move a layout by so many rounds, then hold it. */
  step(rounds = 1): void {
    this.#runs.step(rounds);
  }

  /**
   * Let the map on show settle for a moment under other parameters, while a slider moves; `update` runs it in full.
   * Those that no slider moves wait for that.
   */
  tryOut({ nNeighbors, minDist }: Partial<UmapOptions>): void {
    const { layout, props } = this;
    const changed = { nNeighbors: nNeighbors ?? props.nNeighbors, minDist: minDist ?? props.minDist };
    const tried = changeProps(props, changed);
    if (!layout || layout.preview || layout.origin.kind !== "umap") return;
    const rounds = roundsOf(optionsOf(tried), this.count);
    if (this.#runs.tryOut(tried, layout.positions, rounds)) this.tried = tried;
  }

  #begin(): void {
    const { coords, points, saved } = this.props;
    const remembered = points !== null && recallMap(mapKey(this.props)) !== null;
    if (saved && !remembered) showSaved(this, saved);
    if (this.count > 0) {
      if (coords) void showCoords(this, this.#runs);
      else if (remembered || !saved) void this.compute();
    } else this.first.come();
    void this.data.readColors(this.props, this.count);
    void this.data.readDetails(this.props, this.count);
    void this.unit.read({ isAsked: true });
  }

  /** Other data: what was selected, pointed at and found in the old rows means nothing in the new. */
  #changeRows(): void {
    this.neighbors = null;
    this.#runs.forget();
    const count = rowsIn(this.props);
    if (count === this.rows.count) return;
    this.layout = null;
    this.data.put({ coloring: null, details: { names: null, columns: [] } });
    this.takeRows(count);
  }

  showLayout(layout: Layout): void {
    const group = this.#untold;
    this.#untold = null;
    this.layout = layout;
    this.#offer.publish(layout);
    this.quality.forget();
    this.colors.forgetQuality();
    if (group) this.tell("coloring");
    this.tell("layout");
    if (!group) return;
    this.tell("details");
    this.rows.join(group);
  }

  /** A finished map is on show: `sentence` is what there is to say of it. */
  settle(sentence: string): void {
    this.work.done(sentence, this.caption);
    this.#keep();
    this.first.come();
  }

  /** No map came of what was begun. */
  fail(error: ComputeError): void {
    if (this.host.signal.aborted) return;
    // What is there stays, and can be touched: nothing follows it any more.
    if (this.layout?.settling) this.showLayout({ ...this.layout, settling: false });
    if (error.kind === "cancelled") {
      const what = this.layout?.preview ? "Stopped; this is the PCA preview, not yet a map." : "Stopped.";
      this.work.stopped(what, { label: "Run", run: () => this.#again() });
    } else this.work.failed("map", error);
    if (!this.layout) this.#offer.fail(error);
    this.first.fail(error);
  }

  /** What was begun has failed or was stopped, and the finished map on show stays: say why, and that it is done. */
  keepShowing({ reason, remedy }: ComputeError): void {
    if (!this.host.signal.aborted)
      this.work.done(`${reason} ${remedy} The map is as it was.`.replace("  ", " "), this.caption);
  }

  /** Put other rows in the place of those on show; views hear of it with the next layout, all at once. */
  replaceRows({ props, facts, neighbors, group }: RowsOnShow): void {
    this.props = props;
    this.rows.count = rowsIn(props);
    this.data.put(facts);
    this.neighbors = neighbors;
    this.tried = null;
    this.#untold = group;
    void this.unit.read({ isAsked: false });
  }

  #again(): void {
    if (this.props.points) void this.compute();
    else void showCoords(this, this.#runs);
  }

  /** Leave a picture for the saved notebook once there is a finished one. */
  #keep(): void {
    this.#kept.keep(this.layout, this.data.facts.coloring, lastingCaption(this));
  }
}
