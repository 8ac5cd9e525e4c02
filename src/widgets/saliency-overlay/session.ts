import { ComputeError } from "../../compute/errors.ts";
import type { HostServices, Session } from "../host/contract.ts";
import type { PageModel } from "../models/page-model.ts";
import { type ListedPicture, PictureList } from "../models/picture-list.ts";
import { type ChosenSettings, chooseSettings, dropSettings, settingsChosen } from "../work/chosen-settings.ts";
import { OneRun } from "../work/one-run.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import { overlayCommands } from "./commands.ts";
import type { Faithfulness, MapPlace, ShownSaliency } from "./data/shown-saliency.ts";
import { picturesIn, type SaliencyOverlayProps } from "./props.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "pictures" | "maps" | "options" | "status" | "faithfulness";

/** One overlay: a model, the pictures that it is asked about, and what of them its answers stand on. */
export class SaliencyOverlaySession extends WidgetSession<Change> implements Session<SaliencyOverlayProps> {
  readonly commands = overlayCommands(this);
  readonly pictures: PictureList;

  props: SaliencyOverlayProps;
  /** Which of them a reader has set. */
  settings: ChosenSettings = {};
  /** What is on show; null before there was anything. */
  shown: ShownSaliency | null = null;
  /** null before it is open, and where maps were given or only a saved picture is there. */
  model: PageModel | null = null;

  #wanted: readonly ListedPicture[] = [];
  readonly #run: OneRun;

  constructor(props: SaliencyOverlayProps, host: HostServices) {
    super("saliency-overlay", picturesIn(props), host);
    this.props = props;
    this.pictures = new PictureList(props);
    this.#run = new OneRun(
      this.work,
      { onDone: () => this.#done(), onError: (error) => this.#fail(error) },
      host.signal,
    );
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<SaliencyOverlayProps>): void {
    this.settings = dropSettings(this.settings, changed);
    this.#take(changed);
  }

  /** A reader's own settings: they go along with what is kept of the widget. */
  choose(changed: Partial<SaliencyOverlayProps>): void {
    this.settings = chooseSettings(this.settings, { ...this.props }, changed);
    this.#take(changed);
  }

  /** What a reader had set in an earlier page. */
  restore(settings: ChosenSettings): void {
    this.settings = settings;
    this.#take(settingsChosen(settings) as Partial<SaliencyOverlayProps>);
  }

  #take(changed: Partial<SaliencyOverlayProps>): void {
    this.props = { ...this.props, ...changed };
    this.tell("options");
  }

  /** What the widget is about, for figures and screens. */
  get caption(): string {
    return caption(this.shown, this.props);
  }

  /** The pictures whose maps are on show, or are on their way. */
  get wanted(): readonly ListedPicture[] {
    return this.#wanted;
  }

  /** Show the maps of one picture alone. */
  show(picture: ListedPicture): void {
    this.#wanted = [picture];
    this.again();
  }

  /** Go to the picture before or after the first one on show. */
  step(by: -1 | 1): void {
    const { all } = this.pictures;
    const at = all.findIndex(({ key }) => key === this.#wanted[0]?.key);
    const next = all[at + by];
    if (next) this.show(next);
  }

  /**
   * Show a picture that a reader gives: a file that was dropped, pasted or picked.
   *
   * @throws {ComputeError} "input" for what is none.
   */
  give(picture: Blob | ImageBitmap, name: string): void {
    const added = this.pictures.add(picture, name);
    this.tell("pictures");
    this.show(added);
  }

  /** Make all columns about one class; null: about each picture's likeliest again. */
  chooseClass(classIdx: number | null): void {
    this.choose({ classIdx: classIdx === null ? null : [classIdx] });
  }

  /** Ask the model anew. */
  again(): void {
    this.tell("pictures");
  }

  cancel(): void {
    this.#run.cancel();
  }

  whenAtRest(): Promise<void> {
    return this.#run.whenAtRest();
  }

  /**
   * How faithful a map is: what becomes of its class as the places that it calls salient go. Computed when it is first asked.
   *
   * @throws {ComputeError} "lost" where the model is not here; "cancelled".
   */
  async judge(_place: MapPlace): Promise<Faithfulness> {
    throw new ComputeError("lost", "The model itself is not here.", this.host.again);
  }

  /** The same where it has been asked already; else null. */
  faithfulnessOf(_place: MapPlace): Faithfulness | null {
    return null;
  }

  #done(): void {
    this.tell("maps");
    this.work.done("", this.caption);
    this.first.come();
  }

  #fail(error: ComputeError): void {
    this.work.failed("model", error);
    this.first.fail(error);
  }
}
