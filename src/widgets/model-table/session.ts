import { ComputeError } from "../../compute/errors.ts";
import {
  type DeclaredPreprocessing,
  declarePreprocessing,
} from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { Preprocessing } from "../../compute/features/preprocess/preprocessing.ts";
import { stillAssumed } from "../../compute/features/preprocess/still-assumed.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { keepDropped } from "../models/dropped-models.ts";
import { layersOfModel } from "../models/layers-of-model.ts";
import { openModel, type PageModel } from "../models/page-model.ts";
import { settlePreprocessing } from "../models/settle-preprocessing.ts";
import { OneRun } from "../work/one-run.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import { modelCommands } from "./commands.ts";
import { type AskedFiles, anyModel, missingFiles } from "./data/asked-files.ts";
import { misnamedClasses } from "./data/class-names.ts";
import { FilesBeside } from "./data/files-beside.ts";
import { completedModel, droppedModel, type GivenModel, isModelName, passedModel } from "./data/given-model.ts";
import type { LayerOrder } from "./data/order-layers.ts";
import { packTable, unpackTable } from "./data/saved-table.ts";
import type { ShownModel } from "./data/shown-model.ts";
import type { ModelTableProps } from "./props.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "model" | "preprocessing" | "options" | "status";

/** One model: what is known of its layers, and how pictures are prepared for it. */
export class ModelTableSession extends WidgetSession<Change> implements Session<ModelTableProps> {
  readonly commands = modelCommands(this);

  props: ModelTableProps;
  /** What is on show; null before there was any model. */
  shown: ShownModel | null = null;
  /** The model itself; null before it is open, and where there is a saved table only. */
  model: PageModel | null = null;
  /** In which layers stand in the table, and in figures of it. */
  order: LayerOrder | null = null;

  /** What was given last: a dropped one takes the place of the one that was passed. */
  #given: GivenModel | null;
  /** What is on show, which stays so where the one given last can't be opened. */
  #open: GivenModel | null = null;
  /** Its content, by which Python refers to it whatever is dropped after it. */
  #key = "";
  /** Files that the last one lacked. */
  missing: ComputeError | null = null;
  /** Weights that were dropped before their model. */
  readonly #beside = new FilesBeside();
  /** A saved table is being read. */
  #isUnpacking = false;
  /** What failed meanwhile. */
  #unsaid: ComputeError | null = null;
  readonly #run: OneRun;

  constructor(props: ModelTableProps, host: HostServices) {
    super("model", 0, host);
    this.props = props;
    this.#given = passedModel(props.model);
    const onDone = () => this.#done();
    const onError = (error: ComputeError) => this.#fail(error);
    this.#run = new OneRun(this.work, { onDone, onError }, host.signal);
    if (props.saved) void this.#showSaved(props.saved);
    if (this.#given) this.again();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<ModelTableProps>): void {
    if (changed.preprocessing !== undefined) {
      // Of another model it is checked when that is open.
      if (changed.model === undefined) this.#check(changed.preprocessing ?? {});
      this.#given = this.#given && { ...this.#given, isDeclared: true, changed: {} };
      this.#open = this.#open && { ...this.#open, isDeclared: true, changed: {} };
    }
    this.props = { ...this.props, ...changed };
    if (changed.model !== undefined) this.#given = passedModel(changed.model);
    if (changed.model === null) this.#close();
    const isOther = (["model", "backend", "shape"] as const).some((name) => changed[name] !== undefined);
    if (isOther) this.again();
    if (changed.preprocessing !== undefined) {
      this.#sayAssumed();
      this.tell("preprocessing");
    }
    this.tell("options");
  }

  /** Files that are asked for where there is nothing else to show; null: none are. */
  get asked(): AskedFiles | null {
    if (this.shown || this.work.isWorking) return null;
    if (this.missing) return missingFiles(this.missing);
    return this.#given && !this.#given.isDropped ? null : anyModel;
  }

  /** What is declared of the preparation of pictures: by the caller, and then by the reader. */
  get declared(): DeclaredPreprocessing {
    return this.#declaredOf(this.#open ?? this.#given);
  }

  /** What the classes are called, where the caller said so of the model on show. */
  get classes(): readonly string[] | null {
    const given = this.#open ?? this.#given;
    return (given?.isDeclared ?? true) ? this.props.classes : null;
  }

  /**
   * How pictures are prepared: as the file says, or is assumed, with what is declared in its place; null: the model takes
   * none.
   */
  get preprocessing(): Preprocessing | null {
    const proposed = this.shown?.facts.preprocessing;
    return proposed ? declarePreprocessing(proposed.preprocessing, this.declared) : null;
  }

  /** What of that is assumed still; empty where nothing is. */
  get assumed(): string {
    const { preprocessing, shown } = this;
    const proposed = shown?.facts.preprocessing;
    if (!proposed || !preprocessing) return "";
    const isDeclared = (this.#open ?? this.#given)?.isDeclared ?? true;
    return stillAssumed(proposed, preprocessing, isDeclared ? Object.keys(this.props.preprocessing ?? {}) : []);
  }

  get caption(): string {
    return caption(this.shown);
  }

  /**
   * Prepare pictures otherwise from now on.
   *
   * @throws {ComputeError} "input" for what can't be used; all stays as it was then.
   */
  declare(changed: DeclaredPreprocessing): void {
    this.#check({ ...this.declared, ...changed });
    const given = this.#open ?? this.#given;
    if (given) given.changed = { ...given.changed, ...changed };
    this.#tellHost();
    this.#sayAssumed();
    this.tell("preprocessing");
  }

  /** Open what a reader has dropped or chosen: a model, or what the last one lacks. */
  take(files: readonly File[]): void {
    const isLacked = this.missing !== null && !files.some(({ name }) => isModelName(name));
    this.#beside.keep(files);
    this.#given =
      isLacked && this.#given ? completedModel(this.#given, files) : droppedModel(files, this.props.model === null);
    this.again();
  }

  /** Read and open the model anew. */
  again(): void {
    const given = this.#given;
    if (!given) return;
    this.missing = null;
    this.#run.start(async (job) => {
      const source = await given.source(job);
      const { backend, shape, shares } = this.props;
      const options = { ...(backend ? { backend } : {}), ...(shape && given.isDeclared ? { shape } : {}) };
      const model = await openModel(source, options, this.host, job);
      const layers = await layersOfModel(model, job);
      const { layers: _, ...facts } = model.facts;
      if (facts.preprocessing) model.preprocessing(this.#declaredOf(given));
      const classes = given.isDeclared ? this.props.classes : null;
      if (shares !== null) keepDropped(shares, { ...source, ...options, classes });
      this.model = model;
      this.#open = given;
      this.#key = source.key;
      this.shown = { facts, layers, bytes: source.files.reduce((sum, { bytes }) => sum + bytes, 0) };
    });
    this.tell("options");
  }

  cancel(): void {
    this.#run.cancel();
  }

  whenAtRest(): Promise<void> {
    return this.#run.whenAtRest();
  }

  /** There is no model any more. */
  #close(): void {
    this.#run.cancel();
    this.shown = null;
    this.model = null;
    this.#open = null;
    this.missing = null;
    this.work.say("");
    this.tell("model");
  }

  #declaredOf(given: GivenModel | null): DeclaredPreprocessing {
    return { ...((given?.isDeclared ?? true) ? this.props.preprocessing : {}), ...given?.changed };
  }

  #check(declared: DeclaredPreprocessing): void {
    const facts = this.shown?.facts;
    if (facts?.preprocessing) settlePreprocessing(facts, declared);
  }

  #done(): void {
    const { shown } = this;
    if (!shown) return;
    this.order = null;
    this.#beside.forget();
    this.tell("model");
    this.work.done(this.#sentence(shown), this.caption);
    // First: whoever is told asks at once, and an earlier one may have failed.
    this.first.come();
    this.#tellHost();
    void packTable(shown).then((packed) => this.host.keep(packed));
  }

  /** What the file doesn't say, and what is assumed in its place. */
  #sentence(shown: ShownModel): string {
    const assumed = this.assumed && `Assumed: ${this.assumed} (Settings).`;
    return [...shown.facts.notes, assumed, misnamedClasses(shown, this.classes)].filter(Boolean).join(" ");
  }

  #sayAssumed(): void {
    if (!this.work.isDone || !this.shown) return;
    this.work.sentence = this.#sentence(this.shown);
    this.tell("status");
  }

  /** Python hears what is open here, and how pictures are prepared for it, as a reader has set it. */
  #tellHost(): void {
    const { facts } = this.shown ?? {};
    const isDropped = this.#open?.isDropped ?? false;
    if (facts) this.host.tell?.({ name: facts.name, key: this.#key, isDropped, preprocessing: this.declared });
  }

  #fail(error: ComputeError): void {
    if (!this.#given) return;
    const beside = this.#beside.take(error.missing);
    if (beside.length > 0) {
      this.missing = error;
      this.take(beside);
    } else if (error.kind === "cancelled") {
      this.work.stopped("Stopped.", { label: "Run", run: () => this.again() });
    } else if (this.#isUnpacking && error.kind !== "input") {
      // The saved table may stand for it.
      this.#unsaid = error;
    } else if (this.shown && !this.model && error.kind !== "input") {
      this.#tellSaved();
    } else {
      this.missing = error.missing.length > 0 ? error : null;
      // Where the missing files are asked for, nothing need be said a second time.
      if (this.missing && !this.shown) this.#report(error);
      else this.work.failed("model", error);
      this.first.fail(error);
    }
    this.tell("options");
  }

  #report({ reason, remedy, details }: ComputeError): void {
    this.work.say("");
    this.host.report({ phase: "failed", reason, remedy, details });
  }

  async #showSaved(saved: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#isUnpacking = true;
    try {
      const shown = await unpackTable(saved);
      if (this.model) return;
      this.shown = shown;
      this.tell("model");
      this.first.come();
      if (!this.work.isWorking) this.#tellSaved();
    } catch (thrown) {
      if (this.#given) return;
      const error = ComputeError.from(thrown);
      this.work.failed("model", error);
      this.first.fail(error);
    } finally {
      this.#isUnpacking = false;
      const unsaid = this.#unsaid;
      this.#unsaid = null;
      if (unsaid) this.#fail(unsaid);
    }
  }

  /** The saved table stands for what can't be had. */
  #tellSaved(): void {
    const again = this.#given ? [{ label: "Run", run: () => this.again() }] : [];
    this.work.say(`Saved table. ${this.host.again}`.trim(), again);
  }
}
