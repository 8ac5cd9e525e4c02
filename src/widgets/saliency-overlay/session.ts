import { ComputeError } from "../../compute/errors.ts";
import { stillAssumed } from "../../compute/features/preprocess/still-assumed.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { isImageSource } from "../host/sources.ts";
import type { PageModel } from "../models/page-model.ts";
import { type ListedPicture, PictureList } from "../models/picture-list.ts";
import { type ChosenSettings, chooseSettings, dropSettings, settingsChosen } from "../work/chosen-settings.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
import { SavedPicture } from "../work/saved-picture.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import { overlayCommands } from "./commands.ts";
import { packSaliency, unpackSaliency } from "./data/saved-saliency.ts";
import type { NumberedPicture } from "./data/see-picture.ts";
import type { Faithfulness, MapPlace, ShownSaliency } from "./data/shown-saliency.ts";
import { returnedTo, wantedOf } from "./data/wanted-pictures.ts";
import { Judging } from "./judging.ts";
import { MapMaker } from "./map-maker.ts";
import { acceptProps, picturesIn, type SaliencyOverlayProps } from "./props.ts";
import { mountView } from "./view/view.ts";

/** What a view repaints. */
export type Change = "pictures" | "maps" | "options" | "status" | "faithfulness";

/** Other maps are wanted where one of these is another. */
const ASKED = [
  "model",
  "images",
  "imageNames",
  "preprocessing",
  "shown",
  "classIdx",
  "methods",
  "options",
  "of",
] as const;
const GIVEN = ["maps", "mapNames"] as const;

/** One overlay: a model, the pictures that it is asked about, and what of them its answers stand on. */
export class SaliencyOverlaySession extends WidgetSession<Change> implements Session<SaliencyOverlayProps> {
  readonly commands = overlayCommands(this);
  readonly pictures: PictureList;

  props: SaliencyOverlayProps;
  /** Which of them a reader has set. */
  settings: ChosenSettings = {};
  /** What is on show; null before there was anything. */
  shown: ShownSaliency | null = null;

  #wanted: readonly ListedPicture[] = [];
  #isMaking = false;
  readonly #maker: MapMaker;
  readonly #saved = new SavedPicture<ShownSaliency>(this, {
    pack: packSaliency,
    unpack: unpackSaliency,
    check: acceptProps,
  });
  readonly #judging: Judging;
  readonly #run: OneRun;
  /** Says what is to be said while nothing runs. */
  #rest: () => void = () => undefined;

  constructor(props: SaliencyOverlayProps, host: HostServices) {
    super("saliency-overlay", picturesIn(props), host);
    this.props = props;
    this.pictures = new PictureList(props);
    this.#wanted = wantedOf(props, this.pictures);
    const onDone = () => this.#done();
    const onError = (error: ComputeError) => this.#fail(error);
    this.#maker = new MapMaker(host);
    this.#run = new OneRun(this.work, { onDone, onError }, host.signal);
    this.#judging = new Judging(this.work, () => this.#judged(), host.signal);
    this.rows.listen("current", () => this.#followRow(), host.signal);
    if (props.saved) this.#saved.open(props.saved);
    this.again();
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
    this.#keep();
  }

  /** What a reader had set in an earlier page. */
  restore(settings: ChosenSettings): void {
    this.settings = settings;
    this.#take(settingsChosen(settings) as Partial<SaliencyOverlayProps>);
  }

  /** What was kept of an earlier page stands for what is not there yet. */
  putOnShow(shown: ShownSaliency): void {
    this.shown = shown;
    this.tell("options");
  }

  #take(changed: Partial<SaliencyOverlayProps>): void {
    this.props = { ...this.props, ...changed };
    const has = (...names: readonly (keyof SaliencyOverlayProps)[]) =>
      names.some((name) => changed[name] !== undefined);
    if (has("images", "imageNames")) {
      this.pictures.take(this.props);
      this.rows.count = picturesIn(this.props);
    }
    if (has("model", "preprocessing")) this.#maker.forget();
    // The picture that a reader has chosen stays where only other maps are asked for.
    if (has("images", "imageNames", "shown")) this.#wanted = wantedOf(this.props, this.pictures);
    if (has(...ASKED, ...GIVEN)) this.again();
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
    const number = this.pictures.numberOf(picture);
    if (number !== null) this.rows.look(number);
    this.again();
  }

  /** Go to the picture before or after the first one that is wanted; at either end nothing changes. */
  step(by: -1 | 1): void {
    const next = this.beside(by);
    if (next) this.show(next);
  }

  /** The picture before or after the first on show; null: there is none. */
  beside(by: -1 | 1): ListedPicture | null {
    const { all } = this.pictures;
    const at = all.findIndex(({ key }) => key === this.#wanted[0]?.key);
    return (at < 0 ? undefined : all[at + by]) ?? null;
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

  /** Make all columns about one class; null: about each picture's likeliest. */
  chooseClass(classIdx: number | null): void {
    this.choose({ classIdx: classIdx === null ? null : [classIdx] });
  }

  /** null before it is open, and where maps were given without it or only a saved picture is there. */
  get model(): PageModel | null {
    return this.#maker.model;
  }

  /** Whether maps are being made. */
  get isMaking(): boolean {
    return this.#isMaking && !this.host.signal.aborted;
  }

  /** Make what is wanted anew; what is known of it already is taken from there. */
  again(): void {
    const { props } = this;
    if ((!props.model && !props.maps) || this.#wanted.length === 0) return;
    if (this.#isMaking) this.shown = this.#maker.growing?.left() ?? this.shown;
    this.#isMaking = true;
    this.#judging.stop();
    const pictures = this.#wanted.map((listed) => this.#numbered(listed));
    this.#run.start(async (job) => {
      const publish = (shown: ShownSaliency): void => {
        if (!job.signal.aborted) this.#publish(shown);
      };
      await this.#maker.make({ props, pictures, onShow: () => this.shown }, publish, job);
    });
    this.tell("pictures");
  }

  cancel(): void {
    this.#run.cancel();
    this.#judging.stop();
  }

  /** No map is made any more, and what was kept of an earlier page is on show where it stands for them. */
  async whenAtRest(): Promise<void> {
    await this.#run.whenAtRest();
    await this.#saved.opening;
  }

  /**
   * How faithful a map on show is: what becomes of its class as the places go that it calls salient. It is found out when it is
   * first asked, told of in the status line, and given up where another map is asked for.
   *
   * @throws {ComputeError} "lost" where the model is not here, "input" where no finished map is there; "cancelled".
   */
  async judge({ picture, column }: MapPlace): Promise<Faithfulness> {
    while (this.isMaking) await this.whenAtRest();
    const shown = this.shown?.pictures[picture];
    const [map, classIdx] = [shown?.maps[column], shown?.classes[column]];
    const listed = this.pictures.all.find(({ key }) => key === shown?.key);
    if (!this.model) throw new ComputeError("lost", "The model itself is not here.", this.host.again);
    if (!map || map.isPartial || typeof classIdx !== "number" || !listed)
      throw new ComputeError("input", "There is no finished map.", "Run it to its end first.");
    const { props } = this;
    const find = (job: RunJob) => this.#maker.judge(this.#numbered(listed), map, classIdx, props, job);
    return await this.#judging.judge(map, find);
  }

  /** The same where it is known already; else null. */
  faithfulnessOf({ picture, column }: MapPlace): Faithfulness | null {
    const map = this.shown?.pictures[picture]?.maps[column];
    return map ? this.#judging.get(map) : null;
  }

  #publish(shown: ShownSaliency): void {
    this.shown = shown;
    this.tell("maps");
  }

  #numbered(listed: ListedPicture): NumberedPicture {
    return { ...listed, number: this.pictures.numberOf(listed) };
  }

  #done(): void {
    this.#isMaking = false;
    this.tell("maps");
    this.#rest = () => this.work.done(this.#sentence(), this.caption);
    this.#rest();
    this.#tellHost();
    this.first.come();
    this.#keep();
  }

  #judged(): void {
    if (this.isMaking) return;
    this.#rest();
    this.tell("faithfulness");
  }

  #keep(): void {
    if (this.shown && this.work.isDone) void this.#saved.keep(this.shown);
  }

  /** What is assumed of how pictures are prepared: numbers are taken as they are. */
  #sentence(): string {
    const { model } = this;
    const proposed = model?.facts.preprocessing;
    const isPrepared = this.#wanted.every(({ pictures }) => !isImageSource(pictures));
    if (!model || !proposed || isPrepared) return "";
    const declared = this.props.preprocessing ?? {};
    const assumed = stillAssumed(proposed, model.preprocessing(declared), Object.keys(declared));
    return assumed ? `Assumed: ${assumed}.` : "";
  }

  /** Python hears which picture is on show, and the class that its maps are about where it is one. */
  #tellHost(): void {
    const [picture] = this.shown?.pictures ?? [];
    const [classIdx = null, ...others] = new Set(picture?.classes ?? []);
    this.host.tell?.({ image: picture?.number ?? null, classIdx: others.length === 0 ? classIdx : null });
  }

  /** The row that linked widgets look at is the picture on show. */
  #followRow(): void {
    const { current } = this.rows;
    const picture = current < this.pictures.passed ? this.pictures.all[current] : undefined;
    if (!picture || (this.#wanted.length === 1 && this.#wanted[0]?.key === picture.key)) return;
    this.show(picture);
  }

  #fail(error: ComputeError): void {
    const { opening } = this.#saved;
    // The saved picture may stand for it.
    if (opening && error.kind !== "input") {
      void opening.then(() => this.#fail(error));
      return;
    }
    this.#isMaking = false;
    const { growing } = this.#maker;
    this.shown = growing?.left() ?? this.shown;
    const { shown } = this;
    const isReadersOwn = this.#wanted.some((picture) => this.pictures.numberOf(picture) === null);
    // What can't be used is not wanted any more: what is on show is.
    if (error.kind === "input" && shown) this.#wanted = returnedTo(shown, this.pictures) ?? this.#wanted;
    this.tell("maps");
    if (error.kind === "cancelled") {
      const isFromBefore = growing ? growing.isFromBefore : shown !== null;
      const sentence = isFromBefore ? "Stopped: the maps on show were made before." : "Stopped.";
      this.#rest = () => this.work.stopped(sentence, { label: "Run", run: () => this.again() });
    } else if (shown && !this.model && error.kind !== "input") this.#rest = () => this.#saved.tell();
    else this.#rest = () => this.work.failed("model", error);
    this.#rest();
    // What the caller asked for is on show as before: it can be saved and read.
    if (error.kind === "input" && shown && isReadersOwn) this.work.tellAgain(this.caption);
    this.first.fail(error);
    this.tell("pictures");
  }
}
