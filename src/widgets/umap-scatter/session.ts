import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { NeighborGraph } from "../../compute/umap/options.ts";
import type { UmapResult } from "../../compute/umap/result.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { isNumericSource } from "../host/sources.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { caption } from "./caption.ts";
import { type Coloring, categoriesOf, readColoring } from "./coloring.ts";
import { scatterCommands } from "./commands.ts";
import { computeMap, mapKey, neighborsKey } from "./compute-map.ts";
import { progressSentence } from "./progress-sentence.ts";
import { optionsOf, rowsIn, type UmapScatterProps } from "./props.ts";
import { type Details, readDetails } from "./read-details.ts";
import { recallMap } from "./result-cache.ts";
import { packPicture, unpackPicture } from "./saved-picture.ts";
import type { Crop } from "./scatter-figure.ts";
import { mountView } from "./view.ts";

/** What a view repaints. */
export type Change = "layout" | "coloring" | "status" | "options" | "details";

/** Coordinates on show. */
export interface Layout {
  readonly positions: Float32Array<ArrayBuffer>;
  readonly dims: 2 | 3;
  readonly settling: boolean;
  readonly preview: boolean;
}

/** The status line's sentence about the work, with what a reader can do about it. */
export interface WorkStatus {
  readonly sentence: string;
  /** 0 .. 1 while something runs, null otherwise. */
  readonly share: number | null;
  readonly actions: readonly { readonly label: string; run(): void }[];
}

const SAVED = "Saved picture. Run the cell to compute again.";

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
  work: WorkStatus = { sentence: "", share: null, actions: [] };
  hostNotice: string | null = null;
  error: ComputeError | null = null;
  /** What the view last used shows, for figures; the whole map while there is none. */
  crop: Crop = { view: null, promoted: [], picture: async () => null };

  #resolveReady: () => void = () => undefined;
  #rejectReady: (error: ComputeError) => void = () => undefined;
  #run: AbortController | null = null;
  #startedAt = performance.now();
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
    this.hostNotice = sentence;
    this.#tell("status");
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
    if (this.work.share === null) this.#say("Settings changed.", [{ label: "Run", run }]);
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
    this.error = null;
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
    this.#startedAt = performance.now();
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
    const dims = coords.shape[1] === 3 ? 3 : 2;
    const read = await this.#orSaved(
      coords.read({ signal, onProgress: (progress) => this.#showProgress(progress, this.#startedAt) }),
    );
    if (!read) return;
    const positions = read instanceof Float32Array ? read : Float32Array.from(read);
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
    this.#say(SAVED, again);
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

  #showProgress(progress: Progress, startedAt: number): void {
    const sentence = progressSentence(progress, startedAt, performance.now());
    const preview = this.layout?.preview ? " PCA preview; the map follows." : "";
    const share = progress.total > 0 ? progress.done / progress.total : 0;
    this.work = { sentence: sentence + preview, share, actions: [{ label: "Cancel", run: () => this.cancel() }] };
    this.host.report({ phase: "working", sentence });
    this.#tell("status");
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
    const sentence = `Stopped at round ${result.epoch} of ${result.epochs}; this is the layout so far.`;
    this.#say(sentence, [{ label: "Continue", run: () => void this.compute({ resume: true }) }]);
    this.host.report({ phase: "stopped", sentence });
    this.#resolveReady();
  }

  #settle(sentence: string): void {
    this.error = null;
    this.#say(sentence);
    this.#keep();
    this.host.report({
      phase: "done",
      seconds: (performance.now() - this.#startedAt) / 1000,
      caption: this.caption,
    });
    this.#resolveReady();
  }

  #fail(error: ComputeError): void {
    if (this.host.signal.aborted) return;
    if (error.kind === "cancelled") {
      const again = this.props.points ? () => void this.compute() : () => void this.#begin();
      this.#say("Stopped.", [{ label: "Run", run: again }]);
      this.host.report({ phase: "stopped", sentence: "Stopped." });
      return;
    }
    this.error = error;
    this.#say("");
    const { reason, remedy, details } = error;
    this.host.report({ phase: "failed", reason, remedy, details });
    this.#rejectReady(error);
  }

  #say(sentence: string, actions: WorkStatus["actions"] = []): void {
    this.work = { sentence, share: null, actions };
    this.#tell("status");
  }

  /** Leave a picture for the saved notebook once there is a finished one. */
  #keep(): void {
    if (!this.layout || this.layout.settling) return;
    const { positions, dims } = this.layout;
    const classes = this.coloring?.kind === "categories" && this.coloring.names.length < 255 ? this.coloring : null;
    const codes = classes ? Uint8Array.from(classes.codes, (code) => (code < 0 ? 255 : code)) : null;
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
