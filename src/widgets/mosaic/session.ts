import type { ComputeError } from "../../compute/errors.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { HostServices, Session } from "../host/contract.ts";
import type { NumericSource } from "../host/sources.ts";
import { changeProps, mapKey } from "../map/compute-map.ts";
import { KeptPicture } from "../map/kept-picture.ts";
import type { Layout } from "../map/layout.ts";
import type { Backend } from "../map/map-runs.ts";
import { followUnit } from "../rows/follow-unit.ts";
import { RowData } from "../rows/row-data.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import { mosaicCommands } from "./commands.ts";
import type { TileGrid } from "./data/tile-grids.ts";
import { TilePlaces } from "./data/tile-places.ts";
import { type Crop, wholeMosaic } from "./figure/crop.ts";
import { GridShow } from "./grid-show.ts";
import { type MosaicProps, rowsIn } from "./props.ts";
import { TileLooks } from "./tile-looks.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "layout" | "grid" | "pictures" | "coloring" | "status" | "options" | "details" | "focus";

/** The picture for the saved notebook crosses so long after the last change, ms: tiles on their way have the line first. */
const KEEP_MS = 500;

/** One Mosaic: where its tiles lie, the grid that they are laid in, and what its views show. */
export class MosaicSession extends WidgetSession<Change> implements Session<MosaicProps> {
  readonly commands = mosaicCommands(this);
  readonly data: RowData;
  readonly places: TilePlaces;
  readonly grids: GridShow;
  readonly looks: TileLooks;

  props: MosaicProps;
  layout: Layout | null = null;
  /** What is on show: the grid of `layout`, or still of the one before. */
  tiles: TileGrid | null = null;
  /** What the view that was used last shows; figures that are asked for from outside have it. */
  crop: Crop = wholeMosaic;

  readonly #kept: KeptPicture;
  #keeping: ReturnType<typeof setTimeout> | undefined;
  readonly #showUnit: () => void;

  constructor(props: MosaicProps, host: HostServices) {
    super("mosaic", rowsIn(props), host);
    this.props = props;
    this.looks = new TileLooks(this, (change) => this.tell(change));
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
    this.#kept = new KeptPicture(host);
    this.grids = new GridShow(this, {
      shown: () => this.tell("grid"),
      changed: () => this.#tellAgain(),
      savedShown: (tiles) => void this.looks.seekImages(tiles),
    });
    this.places = new TilePlaces(this);
    if (props.points || !props.images?.bytesEach) pageClient().warm();
    this.#showUnit = followUnit(this.rows, this.data, host.signal);
    this.#begin();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<MosaicProps>): void {
    const before = this.props;
    this.props = changeProps(before, changed);
    const wasTried = this.grids.endTrying();
    this.tell("options");
    if (isOtherData(before, this.props)) {
      this.#changeRows(before);
      this.#begin();
      return;
    }
    if ("color" in changed || "labels" in changed) void this.data.readColors(this.props, this.count);
    if ("names" in changed || "values" in changed) void this.data.readDetails(this.props, this.count);
    if ("focus" in changed) void this.looks.readFocus();
    if ("normalizer" in changed || "normalizerSource" in changed) void this.looks.readStain();
    if (!this.layout) return;
    if (this.places.isComputed && mapKey(this.props) !== mapKey(before)) void this.places.compute();
    else if (wasTried || isOtherGrid(before, this.props)) this.grids.layAnew();
  }

  /** Resolves when no map is on its way any more and its grid is there, or neither will come. */
  async whenAtRest(): Promise<void> {
    await this.grids.whenDone();
    const life = new AbortController();
    const { signal } = this.host;
    if (this.work.isWorking && !signal.aborted)
      await new Promise<void>((resolve) => {
        this.listen((change) => change === "status" && !this.work.isWorking && resolve(), life.signal);
        signal.addEventListener("abort", () => resolve(), { once: true, signal: life.signal });
      });
    life.abort();
    await this.grids.whenDone();
  }

  /** Where the map is computed and why, for the right end of the status line; null where nothing is computed here. */
  get backend(): Backend | null {
    return this.places.backend;
  }

  get caption(): string {
    return this.#describe(this.data.shownLoan?.name ?? null);
  }

  cancel(): void {
    this.places.runs.cancel();
  }

  /** A map is settling, or will, that can be held. */
  get canPause(): boolean {
    return this.places.runs.canPause;
  }

  /** Hold the map while it settles. */
  pause(): void {
    this.places.runs.pause();
  }

  /** Go on with a map that is held. */
  goOn(): void {
    this.places.runs.goOn();
  }

  /** Move a map by so many rounds, then hold it. */
  step(rounds = 1): void {
    this.places.runs.step(rounds);
  }

  /** @param whenShown Called once its grid is on show, unless another layout has come by then. */
  showLayout(layout: Layout, whenShown: (() => void) | null = null): void {
    this.layout = layout;
    this.tell("layout");
    this.grids.lay(layout, whenShown);
  }

  /** Show the map of another widget on its way. */
  follow(layout: Layout, sentence: string): void {
    if (!this.work.isWorking) this.work.begin();
    this.showLayout(layout);
    if (this.work.sentence !== sentence) this.work.waiting(sentence);
  }

  /** The tiles lie where they stay: `sentence` is what there is to say of it. */
  settle(sentence: string): void {
    this.work.done([sentence, this.grids.unplaced].filter(Boolean).join(" "), this.caption);
    this.#keep();
    this.first.come();
  }

  /** No map, or no grid, came of what was begun. */
  fail(error: ComputeError): void {
    if (this.host.signal.aborted) return;
    if (this.layout?.settling) this.showLayout({ ...this.layout, settling: false });
    if (error.kind === "cancelled") {
      const what = this.layout?.preview ? "Stopped; this is the PCA preview, not yet a map." : "Stopped.";
      this.work.stopped(what, { label: "Run", run: () => this.again() });
    } else this.work.failed("map", error);
    this.first.fail(error);
  }

  /** Do what has failed or was stopped once more. */
  again(): void {
    if (this.props.coords) void this.places.showCoords();
    else if (this.places.isComputed) void this.places.compute();
    else this.places.begin();
  }

  #begin(): void {
    this.places.begin();
    void this.data.readColors(this.props, this.count);
    void this.data.readDetails(this.props, this.count);
    void this.looks.readFocus();
    void this.looks.readStain();
  }

  /** Other data: what was selected, pointed at and found in the old rows means nothing in the new. */
  #changeRows(before: MosaicProps): void {
    if (before.images?.key !== this.props.images?.key) this.looks.showImages(this.props.images);
    if (before.points?.key !== this.props.points?.key) this.places.runs.forget();
    const count = rowsIn(this.props);
    if (count === this.count) return;
    this.layout = null;
    this.tiles = null;
    this.looks.focus = null;
    this.grids.forget();
    this.data.put({ coloring: null, details: { names: null, columns: [] } });
    this.takeRows(count);
    this.#showUnit();
    for (const change of ["grid", "coloring", "focus"] as const) this.tell(change);
  }

  #tellAgain(): void {
    this.work.tellAgain(this.caption);
    this.#keep();
  }

  /** Once there is a finished picture, leave one for the saved notebook. */
  #keep(): void {
    clearTimeout(this.#keeping);
    this.#keeping = setTimeout(() => {
      if (this.host.signal.aborted) return;
      this.#kept.keep(this.layout, this.data.facts.coloring, this.#describe(null));
      // Small raw pictures at known places were drawn without the worker; who zooms in needs it.
      pageClient().warm();
    }, KEEP_MS);
  }

  #describe(unit: string | null): string {
    const { data, props, rows, tiles, count } = this;
    const selected = rows.selected ? countRows(rows.selected) : 0;
    const coloredBy = data.facts.coloring === null ? null : props.color ? "color" : "labels";
    const { focus } = this.looks;
    const focused = focus && countRows(focus);
    return caption({ rows: count, tiles, props, coloredBy, unit, selected, focused });
  }
}

const DATA = ["images", "points", "coords"] as const;
const GRID = ["numTilesX", "tileSelect", "maxDist", "expanded", "seed"] as const;

function isOtherData(before: MosaicProps, after: MosaicProps): boolean {
  return before.follows !== after.follows || DATA.some((name) => before[name]?.key !== after[name]?.key);
}

function isOtherGrid(before: MosaicProps, after: MosaicProps): boolean {
  const key = (source: NumericSource | null) => source?.key;
  return GRID.some((name) => before[name] !== after[name]) || key(before.tileMeta) !== key(after.tileMeta);
}
