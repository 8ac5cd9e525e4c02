import { ComputeError } from "../../compute/errors.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import { countRows } from "../../compute/selection/row-mask.ts";
import type { UnitTable } from "../../compute/statistics/one-way/unit-table.ts";
import type { StatisticsOptions } from "../../compute/statistics/statistics-options.ts";
import type { SelectionMode } from "../chrome/selection-mode.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { combineSelection } from "../link/combine-selection.ts";
import { type ChosenSettings, chooseSettings, dropSettings } from "../work/chosen-settings.ts";
import { WidgetSession } from "../work/widget-session.ts";
import type { WorkAction } from "../work/work-status.ts";
import { caption } from "./caption.ts";
import { boxPlotCommands } from "./commands.ts";
import { CurrentUnit } from "./data/current-unit.ts";
import { groupRows } from "./data/group-rows.ts";
import { isOtherData, isOtherTest } from "./data/other-props.ts";
import { PanelChoice } from "./data/panel-choice.ts";
import type { ReadUnits } from "./data/read-units.ts";
import { type BoxRules, UnitPanels } from "./data/unit-panels.ts";
import { tableAt, UnitRankings } from "./data/unit-rankings.ts";
import { unitSentence } from "./data/unit-sentence.ts";
import type { UnitWorker } from "./data/unit-worker.ts";
import { type BoxPlotProps, levelOf, rowsIn } from "./props.ts";
import { SavedPicture } from "./saved-picture.ts";
import { UnitRuns } from "./unit-runs.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "data" | "ranking" | "permuted" | "permuting" | "boxes" | "unit" | "status" | "options";

/** One BoxPlot: its units, how they are ranked, which of them are on show, and what is said of them. */
export class BoxPlotSession extends WidgetSession<Change> implements Session<BoxPlotProps> {
  readonly commands = boxPlotCommands(this);
  readonly rankings: UnitRankings;
  readonly panels: UnitPanels;
  readonly current: CurrentUnit;
  readonly choice = new PanelChoice();

  props: BoxPlotProps;
  /** Which of them a reader has set. */
  settings: ChosenSettings = {};
  /** null until they are there. */
  read: ReadUnits | null = null;
  worker: UnitWorker | null = null;
  /** Whether a selection, where there is one, is what units are ranked for. */
  ranksSelection = true;

  readonly #saved = new SavedPicture(this);
  readonly #runs: UnitRuns;

  constructor(props: BoxPlotProps, host: HostServices) {
    super("box-plot", rowsIn(props), host);
    this.props = props;
    const { signal } = host;
    const onSelectionRanked = () => this.#showSelectionRanked();
    const onSelectionFailed = (error: ComputeError) => this.#failSelection(error);
    const onPermuted = () => this.tell("permuted");
    const onPermuting = () => this.tell("permuting");
    this.rankings = new UnitRankings({ onSelectionRanked, onSelectionFailed, onPermuted, onPermuting }, signal);
    this.panels = new UnitPanels(() => this.#showBoxes(), signal);
    this.current = new CurrentUnit(this, () => this.#followUnit(), signal);
    this.current.wanted = props.unit;
    this.#runs = new UnitRuns(this, this.#saved, {
      onRead: () => this.tell("data"),
      onRanked: () => this.tell("ranking"),
      onDone: (sentence, actions) => this.#done(sentence, actions),
    });
    this.rows.listen("selection", () => this.#followSelection(), signal);
    this.rows.listen("link", () => this.#prepareSpace(), signal);
    signal.addEventListener("abort", () => this.worker?.end(), { once: true });
    if (props.saved) this.#saved.open(props.saved);
    if (!props.values) return;
    pageClient().warm();
    this.again();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<BoxPlotProps>): void {
    this.settings = dropSettings(this.settings, changed);
    this.#take(changed);
  }

  /** A reader's own settings: they go along with what is kept of the widget. */
  choose(changed: Partial<BoxPlotProps>): void {
    this.settings = chooseSettings(this.settings, { ...this.props }, changed);
    this.#take(changed);
  }

  #take(changed: Partial<BoxPlotProps>): void {
    const before = this.props;
    this.props = { ...before, ...changed };
    this.tell("options");
    if (isOtherData(before, this.props)) {
      this.#changeRows();
      this.again();
      return;
    }
    if (changed.unit !== undefined) this.current.ask(changed.unit);
    if (!this.read) return;
    if (!this.worker) {
      // A saved picture has the rankings of both levels.
      this.tell("ranking");
      return;
    }
    this.choice.release();
    if (isOtherTest(before, this.props)) this.#runs.rank();
    else this.#showRanking();
    // Who awaits the ranking is told that it is another level's.
    if (before.level !== this.props.level && this.work.isDone) this.work.tellAgain(this.caption);
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
    if (!active || !read || unit < 0) return "";
    return unitSentence({ unit, names: read.unitNames, least: read.leastOf(unit), ...active });
  }

  get caption(): string {
    const { props, ranked, drawn, read, shown, rows, sentence } = this;
    const selected = rows.selected ? countRows(rows.selected) : 0;
    return caption({ props, ranked, drawn, read, panels: shown.length, selected, sentence });
  }

  get options(): StatisticsOptions {
    const { test, method, threshold, permutations, seed } = this.props;
    return { test, method, threshold, permutations, seed };
  }

  /** How the ranking on show was computed; what is asked for beside that is on its way, or was stopped. */
  get ranked(): StatisticsOptions {
    return this.rankings.ranked ?? this.options;
  }

  /** How the boxes on show are drawn up; another way that is asked for follows when they have come. */
  get drawn(): BoxRules {
    return this.panels.rules ?? this.#rules;
  }

  get #rules(): BoxRules {
    const { boxesOf, shape } = this.props;
    const { method, threshold } = this.ranked;
    return { boxesOf, shape, method, threshold };
  }

  /** Read, rank and draw everything anew. */
  again(): void {
    this.#runs.begin();
  }

  cancel(): void {
    this.#runs.cancel();
  }

  /** Resolves when nothing is on its way any more. */
  async whenAtRest(): Promise<void> {
    const pending = () => [this.#runs, this.rankings, this.panels].map((part) => part.whenAtRest());
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
    this.tell("unit");
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
      await this.takeBoxes();
    } catch (thrown) {
      this.work.failed("boxes", ComputeError.from(thrown));
    }
  }

  /** @throws {ComputeError} where the boxes of the units on show can't be had. */
  async takeBoxes(): Promise<void> {
    const { worker, shown, rows } = this;
    if (worker) await this.panels.ask(worker, shown, this.#rules, rows.selected);
  }

  #done(sentence: string, actions: readonly WorkAction[]): void {
    this.work.done(sentence, this.caption, actions);
    this.#saved.keep();
    this.first.come();
    this.#prepareSpace();
  }

  /** A unit that is chosen here may be raised on a linked map, also when Python has gone that has what draws it. */
  #prepareSpace(): void {
    if (this.rows.isShared && this.work.isDone) this.host.bring?.("plotly");
  }

  #followSelection(): void {
    const { worker, rows, rankings } = this;
    this.choice.release();
    if (!rows.selected) this.work.succeeded("ranking");
    if (!worker || !rankings.classes) return;
    void this.askBoxes();
    rankings.rankSelection(worker, rows.selected);
  }

  #followUnit(): void {
    this.tell("unit");
    void this.askBoxes();
  }

  #showSelectionRanked(): void {
    this.work.succeeded("ranking");
    this.#showRanking();
  }

  #failSelection(error: ComputeError): void {
    this.#showRanking();
    this.work.failed("ranking", error);
  }

  /** Another ranking is on show, and with it the best of its units. */
  #showRanking(): void {
    this.tell("ranking");
    void this.askBoxes();
  }

  #showBoxes(): void {
    this.work.succeeded("boxes");
    if (this.work.isDone) this.#saved.keep();
    this.tell("boxes");
  }

  /** Other data: what was selected, pinned and found in the old means nothing in the new. */
  #changeRows(): void {
    this.panels.clear();
    this.rankings.clear();
    this.worker?.end();
    this.worker = null;
    this.read = null;
    this.#saved.clear();
    this.forgetUnits();
    this.current.wanted = this.props.unit;
    const count = rowsIn(this.props);
    if (count !== this.count) this.takeRows(count);
    for (const change of ["ranking", "boxes"] as const) this.tell(change);
  }

  /** Other units: nothing that was chosen is among them. */
  forgetUnits(): void {
    this.choice.clear();
    void this.current.show(-1);
  }
}
