import { ComputeError } from "../../compute/errors.ts";
import type { Progress } from "../../compute/job.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { StatisticsOptions } from "../../compute/statistics/statistics-options.ts";
import type { UnitTable } from "../../compute/statistics/unit-table.ts";
import type { SelectionMode } from "../chrome/selection-mode.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { combineSelection } from "../link/combine-selection.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { ChangeListeners } from "../work/change-listeners.ts";
import { FirstResult } from "../work/first-result.ts";
import { WorkStatus } from "../work/work-status.ts";
import { caption } from "./caption.ts";
import { boxPlotCommands } from "./commands.ts";
import { CurrentUnit } from "./data/current-unit.ts";
import { groupRows } from "./data/group-rows.ts";
import { isOtherData, isOtherTest } from "./data/other-props.ts";
import { type ReadUnits, readUnits } from "./data/read-units.ts";
import { shownUnits } from "./data/shown-units.ts";
import { UnitPanels } from "./data/unit-panels.ts";
import { tableAt, UnitRankings } from "./data/unit-rankings.ts";
import { unitSentence } from "./data/unit-sentence.ts";
import { UnitWorker } from "./data/unit-worker.ts";
import { type BoxPlotProps, levelOf, rowsIn } from "./props.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "data" | "ranking" | "boxes" | "unit" | "status" | "options";

let sessions = 0;

/** One BoxPlot: its units, how they are ranked, which of them are on show, and what is said of them. */
export class BoxPlotSession implements Session<BoxPlotProps> {
  readonly rows: LinkedRows;
  readonly first = new FirstResult();
  readonly commands = boxPlotCommands(this);
  readonly work: WorkStatus;
  readonly rankings: UnitRankings;
  readonly panels: UnitPanels;
  readonly current: CurrentUnit;

  props: BoxPlotProps;
  /** null until they are there. */
  read: ReadUnits | null = null;
  worker: UnitWorker | null = null;
  /** Units whose panels stay, whatever the ranking. */
  pinned: ReadonlySet<number> = new Set();
  /** Whether a selection, where there is one, is what units are ranked for. */
  ranksSelection = true;

  /** Units that stay on show while rows are selected by their boxes: nothing moves under the pointer. */
  #held: readonly number[] | null = null;
  #isHolding = false;
  #run = new AbortController();
  #pending: Promise<void> = Promise.resolve();
  readonly #listeners = new ChangeListeners<Change>();

  constructor(
    props: BoxPlotProps,
    readonly host: HostServices,
  ) {
    this.props = props;
    const { signal } = host;
    this.work = new WorkStatus(host, () => this.#tell("status"));
    this.rows = new LinkedRows(`box-plot-${++sessions}`, rowsIn(props));
    this.rankings = new UnitRankings(
      { onSelectionRanked: () => this.#showSelectionRanked(), onError: (error) => this.work.failed("ranking", error) },
      signal,
    );
    this.panels = new UnitPanels(() => this.#showBoxes(), signal);
    this.current = new CurrentUnit(this, () => this.#followUnit(), signal);
    this.rows.listen("selection", () => this.#followSelection(), signal);
    signal.addEventListener("abort", () => this.#end(), { once: true });
    pageClient().warm();
    this.again();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<BoxPlotProps>): void {
    const before = this.props;
    this.props = { ...before, ...changed };
    this.#tell("options");
    if (isOtherData(before, this.props)) {
      this.#changeRows();
      this.again();
      return;
    }
    if (!this.worker || !this.read) return;
    this.#held = null;
    if (changed.unit !== undefined) void this.current.show(changed.unit ?? -1);
    if (isOtherTest(before, this.props)) this.#start(() => this.#rank());
    else this.#showRanking();
  }

  notice(sentence: string | null): void {
    this.work.hear(sentence);
  }

  listen(listener: (change: Change) => void, signal: AbortSignal): void {
    this.#listeners.listen(listener, signal);
  }

  get ready(): Promise<void> {
    return this.first.promise;
  }

  /** Rows of the data. */
  get count(): number {
    return this.rows.count;
  }

  /** The ranking on show: its table, and the names of its groups; null for these: the selection, and the rest. */
  get active(): { readonly table: UnitTable; readonly classes: readonly string[] | null } | null {
    const { rankings, props, read, ranksSelection } = this;
    const tables = (ranksSelection && rankings.selection) || rankings.classes;
    if (!tables || !read) return null;
    return { table: tableAt(tables, levelOf(props)), classes: tables === rankings.classes ? read.classes.names : null };
  }

  /** Units whose panels are on show, or will be as soon as their boxes are there. */
  get shown(): readonly number[] {
    const { active, props, pinned, current } = this;
    if (!active) return [];
    const { units, panels } = props;
    const ranking = this.#held ?? active.table.ranking;
    return shownUnits({ units, ranking, panels, pinned, current: current.unit });
  }

  /** The unit that is told of: the current one, else the best of those on show; -1: none. */
  get told(): number {
    const { active, current, shown } = this;
    if (current.unit >= 0) return current.unit;
    const onShow = new Set(shown);
    return active?.table.ranking.find((unit) => onShow.has(unit)) ?? -1;
  }

  /** What is said of that unit; empty before the ranking is there. */
  get sentence(): string {
    const { active, read, told: unit } = this;
    if (!active || unit < 0) return "";
    return unitSentence({ unit, names: read?.unitNames ?? null, ...active });
  }

  get caption(): string {
    const { props, read, shown, rows, sentence } = this;
    const selected = rows.selected ? countRows(rows.selected) : 0;
    return caption({ props, read, panels: shown.length, selected, sentence });
  }

  get options(): StatisticsOptions {
    const { test, method, threshold, permutations, seed } = this.props;
    return { test, method, threshold, permutations, seed };
  }

  /** Read, rank and draw everything anew. */
  again(): void {
    this.#start(() => this.#begin());
  }

  cancel(): void {
    this.#run.abort();
  }

  /** Resolves when nothing is on its way any more. */
  async whenAtRest(): Promise<void> {
    await this.#pending;
    await Promise.all([this.rankings.whenAtRest(), this.panels.whenAtRest()]);
  }

  togglePin(unit: number): void {
    const pinned = new Set(this.pinned);
    if (!pinned.delete(unit)) pinned.add(unit);
    this.pinned = pinned;
    void this.askBoxes();
    this.#tell("unit");
  }

  /** Select rows by a box; the panels stay while others would be the best for these rows. */
  selectGroup(group: number, mode: SelectionMode): void {
    const { read, rows } = this;
    if (!read) return;
    const mask = groupRows(read.rows.groups.codes, group);
    if (countRows(mask) === 0) return;
    this.#held ??= this.shown;
    this.#isHolding = true;
    rows.select(combineSelection(rows.own, mask, mode));
    this.#isHolding = false;
  }

  /** Rank for the selection, where there is one, or for the classes all the same. */
  rankFor(groups: "selection" | "classes"): void {
    this.ranksSelection = groups === "selection";
    this.#held = null;
    this.#showRanking();
  }

  /** Have the boxes of the units on show; where they can't be had, those before stay. */
  async askBoxes(): Promise<void> {
    try {
      await this.#takeBoxes();
    } catch (thrown) {
      this.work.failed("boxes", ComputeError.from(thrown));
    }
  }

  async #takeBoxes(): Promise<void> {
    const { worker, shown, props, rows } = this;
    const { boxesOf, shape, method, threshold } = props;
    if (worker) await this.panels.ask(worker, shown, { boxesOf, shape, method, threshold }, rows.selected);
  }

  async #begin(): Promise<void> {
    const job = this.#job();
    const read = await readUnits(this.props, job);
    if (job.signal.aborted || !read) return;
    this.worker?.end();
    this.read = read;
    this.worker = new UnitWorker(read.rows);
    this.#tell("data");
    await this.#rank();
  }

  async #rank(): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    const job = this.#job();
    await this.rankings.rankClasses(worker, this.options, job);
    if (job.signal.aborted) return;
    this.#tell("ranking");
    this.rankings.rankSelection(worker, this.options, this.rows.selected);
    const { unit } = this.props;
    if (unit !== null && this.current.unit < 0) void this.current.show(unit);
    await this.#takeBoxes();
  }

  /** One piece of work at a time, whose end and failures are told of. */
  #start(work: () => Promise<void>): void {
    this.#run.abort();
    const run = new AbortController();
    this.#run = run;
    this.work.begin();
    this.#pending = this.#follow(run, work);
  }

  async #follow(run: AbortController, work: () => Promise<void>): Promise<void> {
    try {
      await work();
      if (this.#run !== run || this.host.signal.aborted) return;
      this.work.done("", this.caption);
      this.first.come();
    } catch (thrown) {
      if (this.#run === run && !this.host.signal.aborted) this.#fail(ComputeError.from(thrown));
    }
  }

  #fail(error: ComputeError): void {
    if (error.kind === "cancelled") this.work.stopped("Stopped.", { label: "Run", run: () => this.again() });
    else this.work.failed("units", error);
    this.first.fail(error);
  }

  /** What every question of the present run is asked with. */
  #job() {
    const run = this.#run;
    let stage = "";
    let stageStart = 0;
    const onProgress = (progress: Progress): void => {
      if (run.signal.aborted) return;
      if (progress.stage !== stage) {
        stage = progress.stage;
        stageStart = performance.now();
      }
      this.work.progress(progress, stageStart, false, [{ label: "Cancel", run: () => this.cancel() }]);
    };
    return { signal: AbortSignal.any([run.signal, this.host.signal]), onProgress };
  }

  #followSelection(): void {
    const { worker, rows, rankings } = this;
    if (!this.#isHolding) this.#held = null;
    if (!worker || !rankings.classes) return;
    void this.askBoxes();
    rankings.rankSelection(worker, this.options, rows.selected);
  }

  #followUnit(): void {
    this.#tell("unit");
    void this.askBoxes();
  }

  #showSelectionRanked(): void {
    this.work.succeeded("ranking");
    this.#showRanking();
  }

  /** Another ranking is on show, and with it the best of its units. */
  #showRanking(): void {
    this.#tell("ranking");
    void this.askBoxes();
  }

  #showBoxes(): void {
    this.work.succeeded("boxes");
    this.#tell("boxes");
  }

  /** Other data: what was selected, pinned and found in the old means nothing in the new. */
  #changeRows(): void {
    this.panels.clear();
    this.rankings.clear();
    this.pinned = new Set();
    this.#held = null;
    void this.current.show(-1);
    const count = rowsIn(this.props);
    if (count !== this.count) {
      this.rows.select(null);
      this.rows.hover(-1);
      this.rows.look(-1);
      this.rows.count = count;
    }
    for (const change of ["ranking", "boxes"] as const) this.#tell(change);
  }

  #end(): void {
    this.#run.abort();
    this.worker?.end();
    this.first.fail(new ComputeError("cancelled", "The widget has ended."));
    this.rows.leave();
    this.#listeners.end();
  }

  #tell(change: Change): void {
    this.#listeners.tell(change);
  }
}
