import { ComputeError } from "../../compute/errors.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { UnitTable } from "../../compute/statistics/one-way/unit-table.ts";
import type { StatisticsOptions } from "../../compute/statistics/statistics-options.ts";
import type { SelectionMode } from "../chrome/selection-mode.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { combineSelection } from "../link/combine-selection.ts";
import { LinkedRows } from "../link/linked-rows.ts";
import { ChangeListeners } from "../work/change-listeners.ts";
import { FirstResult } from "../work/first-result.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
import { WorkStatus } from "../work/work-status.ts";
import { caption } from "./caption.ts";
import { boxPlotCommands } from "./commands.ts";
import { CurrentUnit } from "./data/current-unit.ts";
import { groupRows } from "./data/group-rows.ts";
import { isOtherData, isOtherTest } from "./data/other-props.ts";
import { PanelChoice } from "./data/panel-choice.ts";
import { type ReadUnits, readUnits } from "./data/read-units.ts";
import { packBoxes, unpackBoxes } from "./data/saved-boxes.ts";
import { type BoxRules, UnitPanels } from "./data/unit-panels.ts";
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
  readonly choice = new PanelChoice();

  props: BoxPlotProps;
  /** null until they are there. */
  read: ReadUnits | null = null;
  worker: UnitWorker | null = null;
  /** Whether a selection, where there is one, is what units are ranked for. */
  ranksSelection = true;

  /** What is on show is a picture from a saved notebook. */
  #isSaved = false;
  readonly #run: OneRun;
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
    this.#run = new OneRun(this.work, { onDone: () => this.#done(), onError: (error) => this.#fail(error) }, signal);
    this.current = new CurrentUnit(this, () => this.#followUnit(), signal);
    this.rows.listen("selection", () => this.#followSelection(), signal);
    this.rows.listen("link", () => this.#prepareSpace(), signal);
    signal.addEventListener("abort", () => this.#end(), { once: true });
    if (props.saved) this.#showSaved(props.saved);
    if (!props.values) return;
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
    if (!this.worker || !this.read) {
      // A saved picture has the rankings of both levels.
      if (this.#isSaved) this.#tell("ranking");
      return;
    }
    this.choice.release();
    if (changed.unit !== undefined) void this.current.show(changed.unit ?? -1);
    if (isOtherTest(before, this.props)) this.#run.start((job) => this.#rank(job));
    else this.#showRanking();
    // Who awaits the ranking is told that it is another level's.
    if (before.level !== this.props.level && this.work.isDone) this.work.tellAgain(this.caption);
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
    const { active, props, choice, current } = this;
    if (!active) return [];
    const { units, panels } = props;
    return choice.shown({ units, panels, ranking: active.table.ranking, current: current.unit });
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

  /** How the boxes on show are drawn up; another way that is asked for follows when they have come. */
  get drawn(): BoxRules {
    return this.panels.rules ?? this.#rules;
  }

  get #rules(): BoxRules {
    const { boxesOf, shape, method, threshold } = this.props;
    return { boxesOf, shape, method, threshold };
  }

  /** Read, rank and draw everything anew. */
  again(): void {
    this.#run.start((job) => this.#begin(job));
  }

  cancel(): void {
    this.#run.cancel();
  }

  /** Resolves when nothing is on its way any more. */
  async whenAtRest(): Promise<void> {
    const pending = () => [this.#run, this.rankings, this.panels].map((part) => part.whenAtRest());
    let before: readonly Promise<void>[];
    do {
      before = pending();
      await Promise.all(before);
      // What was waited for may have given way to something newer.
    } while (pending().some((part, place) => part !== before[place]));
  }

  togglePin(unit: number): void {
    this.choice.togglePin(unit);
    void this.askBoxes();
    this.#tell("unit");
  }

  /** Select rows by a box; the panels stay while others would be the best for these rows. */
  selectGroup(group: number, mode: SelectionMode): void {
    const { read, rows } = this;
    if (!read) return;
    const mask = groupRows(read.rows.groups.codes, group);
    if (countRows(mask) === 0) return;
    this.choice.hold(this.shown, () => rows.select(combineSelection(rows.own, mask, mode)));
  }

  /** Rank for the selection, where there is one, or for the classes all the same. */
  rankFor(groups: "selection" | "classes"): void {
    this.ranksSelection = groups === "selection";
    this.choice.release();
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
    const { worker, shown, rows } = this;
    if (worker) await this.panels.ask(worker, shown, this.#rules, rows.selected);
  }

  async #begin(job: RunJob): Promise<void> {
    const read = await readUnits(this.props, job);
    if (job.signal.aborted || !read) return;
    this.worker?.end();
    this.read = read;
    this.worker = new UnitWorker(read.rows);
    this.#isSaved = false;
    this.current.meet();
    this.#tell("data");
    await this.#rank(job);
  }

  async #rank(job: RunJob): Promise<void> {
    const { worker } = this;
    if (!worker) return;
    await this.rankings.rankClasses(worker, this.options, job);
    if (job.signal.aborted) return;
    this.#tell("ranking");
    this.rankings.rankSelection(worker, this.options, this.rows.selected);
    const { unit } = this.props;
    if (unit !== null && this.current.unit < 0) void this.current.show(unit);
    await this.#takeBoxes();
  }

  #done(): void {
    this.work.done("", this.caption);
    this.#keep();
    this.first.come();
    this.#prepareSpace();
  }

  /** A unit that is chosen here may be raised on a linked map, also when Python has gone that has what draws it. */
  #prepareSpace(): void {
    if (this.rows.isShared && this.work.isDone) this.host.bring?.("plotly");
  }

  #fail(error: ComputeError): void {
    // A saved picture stands for data that can't be had: it was saved for this case.
    if (this.#isSaved && error.kind !== "input") this.#tellOfSaved();
    else if (error.kind === "cancelled") this.work.stopped("Stopped.", { label: "Run", run: () => this.again() });
    else this.work.failed("units", error);
    this.first.fail(error);
  }

  /** Show what a saved notebook has kept, until the units themselves are there. */
  #showSaved(saved: Uint8Array<ArrayBuffer>): void {
    try {
      const { read, tables, boxes } = unpackBoxes(saved);
      if (this.count > 0 && this.count !== read.rows.values.rows) return;
      this.rows.count = read.rows.values.rows;
      this.read = read;
      this.rankings.classes = tables;
      this.panels.boxes = boxes;
      this.panels.rules = this.#rules;
      this.#isSaved = true;
      if (!this.props.values) this.#tellOfSaved();
      this.first.come();
    } catch (thrown) {
      if (!this.props.values) this.#fail(ComputeError.from(thrown));
    }
  }

  #tellOfSaved(): void {
    const again = this.props.values ? [{ label: "Run", run: () => this.again() }] : [];
    this.work.say(`Saved picture. ${this.host.again}`.trim(), again);
  }

  /** Leave a picture for the saved notebook. */
  #keep(): void {
    const { read, rankings, panels } = this;
    if (!read || !rankings.classes || this.#isSaved || panels.boxes.length === 0) return;
    const boxes = panels.boxes.map((panel) => ({ ...panel, selection: null }));
    this.host.keep(packBoxes({ read, tables: rankings.classes, boxes }));
  }

  #followSelection(): void {
    const { worker, rows, rankings } = this;
    this.choice.release();
    if (!rows.selected) this.work.succeeded("ranking");
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
    if (this.work.isDone && !this.rows.selected) this.#keep();
    this.#tell("boxes");
  }

  /** Other data: what was selected, pinned and found in the old means nothing in the new. */
  #changeRows(): void {
    this.panels.clear();
    this.rankings.clear();
    this.choice.clear();
    this.worker?.end();
    this.worker = null;
    this.read = null;
    this.#isSaved = false;
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
    this.worker?.end();
    this.first.fail(new ComputeError("cancelled", "The widget has ended."));
    this.rows.leave();
    this.#listeners.end();
  }

  #tell(change: Change): void {
    this.#listeners.tell(change);
  }
}
