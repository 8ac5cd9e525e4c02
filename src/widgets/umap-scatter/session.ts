import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { NeighborGraph } from "../../compute/umap/options.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { isNumericSource } from "../host/sources.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { caption } from "./caption.ts";
import { type Coloring, categoriesOf, classBytes, readColoring } from "./coloring.ts";
import { scatterCommands } from "./commands.ts";
import { computeMap, mapKey, neighborsKey } from "./compute-map.ts";
import { optionsOf, rowsIn, type UmapScatterProps } from "./props.ts";
import { type Details, readDetails } from "./read-details.ts";
import { recallMap } from "./result-cache.ts";
import { packPicture, unpackPicture } from "./saved-picture.ts";
import type { Crop } from "./scatter-figure.ts";
import { mountView } from "./view.ts";
import { WorkStatus } from "./work-status.ts";

/** What a view repaints. */
export type Change = "layout" | "coloring" | "status" | "options" | "details";

/** Coordinates on show. */
export interface Layout {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly dims: 2 | 3;
  readonly settling: boolean;
  readonly preview: boolean;
}

let sessions = 0;

/** One UmapScatter: its data, its running computation, and what its views show. */
export class ScatterSession implements Session<UmapScatterProps> {
  readonly rows: LinkedRows;
  readonly ready: Promise<void>;
  readonly commands = scatterCommands(this);

  props: UmapScatterProps;
  layout: Layout | null = null;
  neighbors: NeighborGraph | null = null;
  /** null: coloured by density. */
  coloring: Coloring | null = null;
  details: Details = { names: null, columns: [] };
  readonly work: WorkStatus;
  /** What the view last used shows, for figures; the whole map while there is none. */
  crop: Crop = { view: null, diameter: 0, promoted: [], picture: async () => null };

  #resolveReady: () => void = () => undefined;
  #rejectReady: (error: ComputeError) => void = () => undefined;
  #run: AbortController | null = null;
  #epochs = 0;
  #neighborsKey = "";
  /** Where a stopped layout can go on. */
  #stopped: { readonly positions: Float32Array<ArrayBuffer>; readonly epoch: number } | null = null;
  readonly #listeners = new Set<(change: Change) => void>();

  constructor(
    props: UmapScatterProps,
    readonly host: HostServices,
  ) {
    this.props = props;
    this.work = new WorkStatus(host, () => this.#tell("status"));
    this.rows = new LinkedRows(`umap-scatter-${++sessions}`, rowsIn(props));
    this.ready = new Promise((resolve, reject) => {
      this.#resolveReady = resolve;
      this.#rejectReady = reject;
    });
    // Nobody need be waiting: the failure is on screen as well.
    this.ready.catch(() => undefined);
    host.signal.addEventListener("abort", () => this.#end(), { once: true });
    void this.#begin();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<UmapScatterProps>): void {
    const before = this.props;
    this.props = { ...before, ...changed };
    this.#tell("options");
    if ("points" in changed || "coords" in changed) {
      this.rows.count = rowsIn(this.props);
      void this.#begin();
      return;
    }
    if ("color" in changed || "labels" in changed) void this.#attempt(() => this.#readColors());
    if (mapKey(this.props) !== mapKey(before)) void this.compute();
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
  get backend(): { readonly name: string; readonly reason: string } | null {
    if (!this.props.points) return null;
    return this.props.engine === "umap-js"
      ? { name: "umap-js", reason: "The reference engine was asked for." }
      : { name: "CPU", reason: "CPU: the map is computed in WebAssembly." };
  }

  get caption(): string {
    const { selected } = this.rows;
    return caption({
      rows: this.count,
      columns: this.props.points?.shape[1] ?? null,
      options: { ...optionsOf(this.props), ...(isNumericSource(this.props.init) && { init: new Float32Array() }) },
      epochs: this.#epochs,
      backend: this.backend?.name ?? "",
      coloredBy: this.coloring === null ? null : this.props.color ? "color" : "labels",
      selected: selected ? countRows(selected) : 0,
    });
  }

  /** Parameters were changed in a panel but not run: say so, with the way to run them. */
  suggestRun(run: () => void): void {
    if (this.work.share === null) this.work.say("Settings changed.", [{ label: "Run", run }]);
  }

  cancel(): void {
    this.#run?.abort();
  }

  /** Show the map of `points`: remembered by the page, or computed. The old picture stays until the new one is there. */
  async compute({ resume = false } = {}): Promise<void> {
    const { props } = this;
    if (!props.points) return;
    const run = this.#newRun();
    const from = resume ? this.#stopped : null;
    this.#stopped = null;
    const remembered = recallMap(mapKey(props));
    if (remembered) return this.#finish(remembered);
    let stage = "";
    let stageStart = performance.now();
    const onProgress = (progress: Progress) => {
      if (run.signal.aborted) return;
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStart = performance.now();
      }
      this.#showProgress(progress, stageStart);
    };
    try {
      const result = await computeMap(props, props.points, {
        signal: run.signal,
        onProgress,
        onFrame: ({ positions, preview }) => {
          // A finished picture stays until the new layout has begun to settle.
          if (run.signal.aborted || (preview && this.layout && !this.layout.preview)) return;
          this.#showLayout({ positions, dims: props.nComponents, settling: true, preview });
        },
        neighbors: this.#neighborsKey === neighborsKey(props) ? (this.neighbors ?? undefined) : undefined,
        resume: from ?? undefined,
      });
      if (this.#run !== run) return;
      if (result.epoch < result.epochs) this.#pause(result);
      else this.#finish(result);
    } catch (thrown) {
      if (this.#run === run) this.#fail(ComputeError.from(thrown));
    }
  }

  #newRun(): AbortController {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    this.work.begin();
    return run;
  }

  #begin(): Promise<void> {
    return this.#attempt(async () => {
      const { coords, points, saved } = this.props;
      const remembered = points !== null && recallMap(mapKey(this.props)) !== null;
      if (saved && !remembered) this.#showSaved(saved);
      await Promise.all([
        coords ? this.#showCoords() : remembered || !saved ? this.compute() : undefined,
        this.#readColors(),
        this.#readDetails(),
      ]);
    });
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.#fail(ComputeError.from(thrown));
    }
  }

  async #showCoords(): Promise<void> {
    const { coords } = this.props;
    if (!coords) return;
    const { signal } = this.#newRun();
    const started = performance.now();
    const dims = coords.shape[1] === 3 ? 3 : 2;
    const read = await this.#orSaved(
      coords.read({ signal, onProgress: (progress) => this.#showProgress(progress, started) }),
    );
    if (!read) return;
    const positions = read instanceof Float32Array ? read : new Float32Array(read);
    const bad = positions.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0)
      throw new ComputeError(
        "input",
        `Row ${Math.floor(bad / dims)}, column ${bad % dims} of coords is ${positions[bad]}.`,
        "Remove or fill it.",
      );
    this.#showLayout({ positions, dims, settling: false, preview: false });
    this.#settle("Coordinates given: no UMAP was computed.");
  }

  #showSaved(saved: Uint8Array<ArrayBuffer>): void {
    const picture = unpackPicture(saved);
    if (!picture)
      throw new ComputeError("input", "The saved picture can't be read.", "Run the cell to compute it again.");
    this.rows.count = picture.rows;
    if (picture.codes) {
      const codes = Int32Array.from(picture.codes, (code) => (code === 255 ? -1 : code));
      this.coloring = categoriesOf(codes, picture.classes);
      this.#tell("coloring");
    }
    this.#showLayout({ positions: picture.positions, dims: picture.dims, settling: false, preview: false });
    const again = this.props.points ? [{ label: "Run", run: () => void this.compute() }] : [];
    this.work.say(`Saved picture. ${this.host.again}`.trim(), again);
    this.#resolveReady();
  }

  async #readColors(): Promise<void> {
    const { color, labels, saved } = this.props;
    const input = color ?? labels;
    if (input) {
      const job = { signal: this.host.signal };
      const read = await this.#orSaved(readColoring(input, color ? "color" : "labels", this.count, job));
      if (!read) return;
      this.coloring = read;
    } else if (!saved) this.coloring = null;
    this.#tell("coloring");
    this.#keep();
  }

  async #readDetails(): Promise<void> {
    const job = { signal: this.host.signal };
    this.details = (await this.#orSaved(readDetails(this.props, this.count, job))) ?? this.details;
    this.#tell("details");
  }

  /** Data that can't be had is no failure while a saved picture is on show: it was saved for that case. */
  async #orSaved<Data>(reading: Promise<Data>): Promise<Data | null> {
    try {
      return await reading;
    } catch (thrown) {
      if (!this.props.saved || ComputeError.from(thrown).kind === "input") throw thrown;
      return null;
    }
  }

  #showLayout(layout: Layout): void {
    this.layout = layout;
    this.#tell("layout");
  }

  #showProgress(progress: Progress, stageStart: number): void {
    this.work.progress(progress, stageStart, this.layout?.preview === true, () => this.cancel());
  }

  #takeResult(result: UmapResult): void {
    this.neighbors = result.neighbors;
    this.#neighborsKey = neighborsKey(this.props);
    this.#epochs = result.epoch;
    const dims = result.nComponents === 3 ? 3 : 2;
    this.#showLayout({ positions: result.positions, dims, settling: false, preview: false });
  }

  #finish(result: UmapResult): void {
    this.#takeResult(result);
    this.#settle(result.notices.join(" "));
  }

  #pause(result: UmapResult): void {
    this.#takeResult(result);
    this.#stopped = { positions: result.positions, epoch: result.epoch };
    this.work.stopped(`Stopped at round ${result.epoch} of ${result.epochs}; this is the layout so far.`, {
      label: "Continue",
      run: () => void this.compute({ resume: true }),
    });
    this.#resolveReady();
  }

  #settle(sentence: string): void {
    this.work.done(sentence, this.caption);
    this.#keep();
    this.#resolveReady();
  }

  #fail(error: ComputeError): void {
    if (this.host.signal.aborted) return;
    if (error.kind === "cancelled") {
      const again = this.props.points ? () => void this.compute() : () => void this.#begin();
      this.work.stopped("Stopped.", { label: "Run", run: again });
      return;
    }
    this.work.failed(error);
    this.#rejectReady(error);
  }

  /** Leave a picture for the saved notebook once there is a finished one. */
  #keep(): void {
    if (!this.layout || this.layout.settling) return;
    const { positions, dims } = this.layout;
    const classes = this.coloring?.kind === "categories" && this.coloring.names.length < 255 ? this.coloring : null;
    const codes = classes ? classBytes(classes, null, 255) : null;
    const names = classes?.names ?? [];
    this.host.keep(packPicture({ rows: this.count, dims, positions, classes: names, codes, caption: this.caption }));
  }

  #end(): void {
    this.#run?.abort();
    this.rows.leave();
    this.#listeners.clear();
  }

  #tell(change: Change): void {
    for (const listener of [...this.#listeners]) listener(change);
  }
}
