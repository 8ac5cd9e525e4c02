import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";
import type { LayerKernels, PixelExplanation } from "../../compute/feature-maps/explain/pixel-explanation.ts";
import type { MapLayer } from "../../compute/feature-maps/feature-maps.ts";
import type { FeatureVisualization, VisualizationAsked } from "../../compute/feature-visualization/visualize-model.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { stillAssumed } from "../../compute/features/preprocess/still-assumed.ts";
import type { Job } from "../../compute/job.ts";
import type { HostServices, Session } from "../host/contract.ts";
import { isImageSource } from "../host/sources.ts";
import { openModel, type PageModel, processorWords } from "../models/page-model.ts";
import { type ListedPicture, PictureList } from "../models/picture-list.ts";
import { type ChosenSettings, chooseSettings, dropSettings, settingsChosen } from "../work/chosen-settings.ts";
import { KeptLately } from "../work/kept-lately.ts";
import { OneRun, type RunJob } from "../work/one-run.ts";
import { SavedPicture } from "../work/saved-picture.ts";
import { waitUnlessGivenUp } from "../work/wait-unless-given-up.ts";
import { WidgetSession } from "../work/widget-session.ts";
import { caption } from "./caption.ts";
import { gridCommands } from "./commands.ts";
import { type ExcitingPicture, ExcitingPictures } from "./data/exciting-pictures.ts";
import { GrownPictures } from "./data/grown-pictures.ts";
import { makePictureMaps } from "./data/make-picture-maps.ts";
import { packMaps, unpackMaps } from "./data/saved-maps.ts";
import { bytesOfMaps, type GridChannel, layersOf, type PictureMaps, type ShownMaps } from "./data/shown-maps.ts";
import { WantedPictures } from "./data/wanted-pictures.ts";
import { acceptProps, type FeatureMapGridProps, picturesIn } from "./props.ts";
import { mountView } from "./view/view.ts";

/** Of maps beside those on show, so that going back to a picture is at once. */
const MOST_KEPT_BYTES = 200e6;

/** What a view repaints. */
export type Change = "maps" | "pictures" | "opened" | "options" | "status";

/** A place of a map. */
export interface MapPixel {
  readonly row: number;
  readonly column: number;
}

/** One grid: a model, the pictures that it is asked about, and what its layers answered. */
export class FeatureMapGridSession extends WidgetSession<Change> implements Session<FeatureMapGridProps> {
  readonly commands = gridCommands(this);
  readonly pictures: PictureList;

  props: FeatureMapGridProps;
  /** Which of them a reader has set. */
  settings: ChosenSettings = {};
  /** What is on show; null before there was anything. */
  shown: ShownMaps | null = null;
  /** null before it is open, and where there is a saved picture only. */
  model: PageModel | null = null;
  /** The channel that is open; null: none is. */
  opened: GridChannel | null = null;

  readonly #wanted: WantedPictures;
  readonly #known = new KeptLately<PictureMaps>(MOST_KEPT_BYTES, ({ maps }) => bytesOfMaps(maps));
  readonly #exciting = new ExcitingPictures();
  readonly #grown = new GrownPictures();
  readonly #saved = new SavedPicture(this, { pack: packMaps, unpack: unpackMaps, check: acceptProps });
  readonly #run: OneRun;

  constructor(props: FeatureMapGridProps, host: HostServices) {
    super("feature-map-grid", picturesIn(props), host);
    this.props = props;
    this.pictures = new PictureList(props);
    this.#wanted = new WantedPictures(this.pictures);
    this.#wanted.ask(props);
    const onDone = () => this.#done();
    const onError = (error: ComputeError) => this.#fail(error);
    this.#run = new OneRun(this.work, { onDone, onError }, host.signal);
    this.rows.listen("current", () => this.#followRow(), host.signal);
    if (props.saved) this.#saved.open(props.saved);
    this.again();
  }

  mount(root: HTMLElement, signal: AbortSignal): void {
    mountView(this, root, signal);
  }

  update(changed: Partial<FeatureMapGridProps>): void {
    this.settings = dropSettings(this.settings, changed);
    this.#take(changed);
  }

  /** A reader's own settings of how maps are drawn: they go along with what is kept of the widget. */
  choose(changed: Partial<FeatureMapGridProps>): void {
    this.settings = chooseSettings(this.settings, { ...this.props }, changed);
    this.#take(changed);
    if (this.shown && this.work.isDone) void this.#saved.keep(this.shown);
  }

  /** What a reader had set in an earlier page. */
  restore(settings: ChosenSettings): void {
    this.settings = settings;
    this.#take(settingsChosen(settings) as Partial<FeatureMapGridProps>);
  }

  /** What was kept of an earlier page stands for what is not there yet. */
  putOnShow(shown: ShownMaps): void {
    this.shown = shown;
    this.tell("options");
  }

  #take(changed: Partial<FeatureMapGridProps>): void {
    this.props = { ...this.props, ...changed };
    const has = (...names: readonly (keyof FeatureMapGridProps)[]) => names.some((name) => changed[name] !== undefined);
    if (has("images", "imageNames")) {
      this.pictures.take(this.props);
      this.rows.count = picturesIn(this.props);
      this.#exciting.clear();
    }
    if (has("model", "layers", "preprocessing")) {
      this.#known.clear();
      this.#exciting.clear();
    }
    if (has("preprocessing")) this.#grown.clear();
    if (has("model", "layers")) this.opened = null;
    const isOther = has("images", "imageNames", "image", "compare");
    // The picture that a reader has chosen stays where only other layers are asked for.
    if (isOther) this.#wanted.ask(this.props);
    if (isOther || has("model", "layers", "preprocessing")) this.again();
    this.tell("options");
  }

  /** What the widget is about, for figures and screens. */
  get caption(): string {
    return caption(this.shown, this.props);
  }

  /** The pictures that are wanted, or on show where all came. */
  get wanted(): readonly ListedPicture[] {
    return this.#wanted.now ?? [];
  }

  /** Show the maps of another picture, in the place of the first or of the second one. */
  show(picture: ListedPicture, place: 0 | 1 = 0): void {
    this.#wanted.put(picture, place);
    const number = this.pictures.numberOf(picture);
    if (place === 0 && number !== null) this.rows.look(number);
    this.#tellHost();
    this.again();
  }

  /** Compare with no second picture any more. */
  showOne(): void {
    this.#wanted.keepFirst();
    this.again();
  }

  /**
   * Show a picture that a reader gives: a file that was dropped, pasted or picked, or what the camera saw.
   *
   * @throws {ComputeError} "input" for what is none.
   */
  give(picture: Blob | ImageBitmap, name: string, place: 0 | 1 = 0): void {
    const added = this.pictures.add(picture, name);
    this.tell("pictures");
    this.show(added, place);
  }

  /** Open a channel, or close the one that is open. */
  open(channel: GridChannel | null): void {
    this.opened = channel;
    this.#tellHost();
    this.tell("opened");
  }

  /** Ask the model anew. */
  again(): void {
    const { model: source } = this.props;
    const wanted = this.#wanted.now;
    if (!source || !wanted) return;
    this.#run.start(async (job) => {
      const model = await openModel(source, {}, this.host, job);
      const [first, second] = wanted;
      const one = await this.#mapsOf(model, first, job);
      const other = second ? await this.#mapsOf(model, second, job) : null;
      throwIfCancelled(job.signal);
      const { name, processor, reason, preprocessing } = model.facts;
      this.model = model;
      this.shown = {
        model: name,
        processor: processorWords(processor),
        reason: reason.replace(/^CPU:/, "WebAssembly:"),
        colorOrder: preprocessing ? colorsOf(model.preprocessing(this.#declared).channels) : null,
        pictures: other ? [one, other] : [one],
      };
    });
    this.tell("pictures");
  }

  cancel(): void {
    this.#run.cancel();
  }

  /** Nothing is asked of the model any more, and what was kept of an earlier page is on show where it stands for that. */
  async whenAtRest(): Promise<void> {
    await this.#run.whenAtRest();
    await this.#saved.opening;
  }

  /**
   * How a number of a map on show came about.
   *
   * @throws {ComputeError} "lost" where only a saved picture is there.
   */
  async explain(
    { maps }: PictureMaps,
    { name, tensor }: MapLayer,
    channel: number,
    { row, column }: MapPixel,
    job: Job,
  ): Promise<PixelExplanation> {
    const model = await this.#opened(job);
    return await model.explainPixel({ picture: maps.input.data, layer: name, tensor, channel, row, column }, job);
  }

  /** A layer's kernels; null for one that has none. Throws as `explain`. */
  async kernels(layer: string, job: Job): Promise<LayerKernels | null> {
    const model = await this.#opened(job);
    return await model.layerKernels(layer, job);
  }

  /** Whether there are several pictures to be searched for what excites a channel. */
  get canSearch(): boolean {
    return this.model !== null && this.pictures.areSeveral;
  }

  /** The passed pictures by the most that a channel answers to them, the highest first. Throws as `PageModel.features`. */
  exciting(layer: MapLayer, channel: number, job: Job): Promise<readonly ExcitingPicture[]> {
    const { images: pictures } = this.props;
    if (!pictures) throw this.#lostModel();
    const searched = { model: this.#open(), pictures, preprocessing: this.#declared };
    return this.#exciting.of(searched, layer, channel, job);
  }

  /** The picture that excites a part of the model most, with unfinished ones. Throws as `PageModel.visualizeFeature`. */
  async visualize(
    asked: VisualizationAsked,
    job: Job & { readonly onPartial?: ((partial: FeatureVisualization) => void) | undefined },
  ): Promise<FeatureVisualization> {
    const model = await this.#opened(job);
    return await this.#grown.of(model, asked, this.#declared, job);
  }

  /** What was grown of it before; null: nothing. */
  visualized(asked: VisualizationAsked): FeatureVisualization | null {
    return this.model && this.#grown.known(this.model, asked);
  }

  get #declared(): DeclaredPreprocessing {
    return this.props.preprocessing ?? {};
  }

  /** The model that is open, or is about to be: a saved picture is there before it. */
  async #opened({ signal }: Job): Promise<PageModel> {
    if (!this.model && this.work.isWorking) await waitUnlessGivenUp(this.whenAtRest(), signal);
    return this.#open();
  }

  #open(): PageModel {
    if (this.model) return this.model;
    throw this.#lostModel();
  }

  #lostModel(): ComputeError {
    return new ComputeError("lost", "The model itself is not here.", this.host.again);
  }

  async #mapsOf(model: PageModel, picture: ListedPicture, job: RunJob): Promise<PictureMaps> {
    const known = this.#known.get(picture.key);
    if (known?.name === picture.name) return known;
    const { layers } = this.props;
    const asked = { layers, preprocessing: this.#declared, number: this.pictures.numberOf(picture) };
    const made = await makePictureMaps(model, picture, asked, job);
    // Other layers may have been asked for since.
    throwIfCancelled(job.signal);
    this.#known.put(picture.key, made);
    return made;
  }

  #done(): void {
    const { shown } = this;
    if (!shown) return;
    const { opened } = this;
    const layers = layersOf(shown);
    if (opened && opened.channel >= (layers[opened.layer]?.channels ?? 0)) this.opened = null;
    this.tell("maps");
    this.work.done(this.#sentence(), this.caption);
    this.#tellHost();
    this.first.come();
    void this.#saved.keep(shown);
  }

  /** What is assumed of how pictures are prepared: numbers are taken as they are. */
  #sentence(): string {
    const proposed = this.model?.facts.preprocessing;
    const isPrepared = this.wanted.every(({ pictures }) => !isImageSource(pictures));
    if (!proposed || !this.model || isPrepared) return "";
    const declared = Object.keys(this.#declared);
    const assumed = stillAssumed(proposed, this.model.preprocessing(this.#declared), declared);
    return assumed ? `Assumed: ${assumed}.` : "";
  }

  /** Python hears which picture is on show, and which channel is open. */
  #tellHost(): void {
    const [first] = this.wanted;
    const { opened } = this;
    const layer = opened && layersOf(this.shown)[opened.layer];
    this.host.tell?.({
      image: first ? this.pictures.numberOf(first) : null,
      layer: layer?.name ?? null,
      channel: opened?.channel ?? null,
    });
  }

  /** The row that linked widgets look at is the picture on show. */
  #followRow(): void {
    const picture = this.pictures.all[this.rows.current];
    if (!picture || this.rows.current >= this.pictures.passed || picture.key === this.wanted[0]?.key) return;
    this.show(picture);
  }

  #fail(error: ComputeError): void {
    const { opening } = this.#saved;
    // The saved picture may stand for it.
    if (opening && error.kind !== "input") {
      void opening.then(() => this.#fail(error));
      return;
    }
    const { shown } = this;
    const isReadersOwn = this.#wanted.hasGiven;
    // What can't be used is not wanted any more: what is on show is.
    if (error.kind === "input" && shown) this.#wanted.returnTo(shown);
    if (error.kind === "cancelled") this.work.stopped("Stopped.", { label: "Run", run: () => this.again() });
    else if (this.shown && !this.model && error.kind !== "input") this.#saved.tell();
    else this.work.failed("model", error);
    // What the caller asked for is on show as before: it can be saved and read.
    if (error.kind === "input" && shown && isReadersOwn) this.work.tellAgain(this.caption);
    this.first.fail(error);
    this.tell("pictures");
  }
}

function colorsOf(channels: "RGB" | "BGR" | "grey"): "RGB" | "BGR" | null {
  return channels === "grey" ? null : channels;
}
