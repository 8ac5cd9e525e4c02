import { ComputeError } from "../../compute/errors.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import type { HostServices } from "../host/contract.ts";
import { givenPixels } from "../models/given-pixels.ts";
import { inputPixels } from "../models/input-pixels.ts";
import { openModel, type PageModel, processorWords } from "../models/page-model.ts";
import type { RunJob } from "../work/one-run.ts";
import { giveMaps } from "./data/give-maps.ts";
import { GrowingSaliency } from "./data/growing-saliency.ts";
import { KnownSaliency } from "./data/known-saliency.ts";
import { makeSaliency } from "./data/make-saliency.ts";
import { givenColumns, mapColumns } from "./data/map-columns.ts";
import type { AskedSight, NumberedPicture } from "./data/see-picture.ts";
import type { Faithfulness, MapColumn, SaliencyPicture, ShownMap, ShownSaliency } from "./data/shown-saliency.ts";
import { JUDGE_STEPS } from "./judging.ts";
import type { SaliencyOverlayProps } from "./props.ts";

/** What is to come on show, and over what. */
export interface Wanted {
  readonly props: SaliencyOverlayProps;
  readonly pictures: readonly NumberedPicture[];
  /** A saved picture may come on show while the model is opened. */
  readonly onShow: () => ShownSaliency | null;
}

/** Opens the model, sees pictures and makes their maps, or takes those that were given; knows what it has made. */
export class MapMaker {
  /** null before it is open, and where maps were given without it. */
  model: PageModel | null = null;
  /** What comes on show of what was asked for last; null: nothing yet. */
  growing: GrowingSaliency | null = null;
  #known = new KnownSaliency();

  constructor(private readonly host: HostServices) {}

  /** Another model is asked, or pictures are prepared otherwise: what was made tells nothing of that. */
  forget(): void {
    this.#known = new KnownSaliency();
  }

  /**
   * Make what is wanted.
   *
   * @param publish Put it on show, as it grows.
   * @throws {ComputeError} what is wrong with the model, a class, an option, a picture or the maps; "cancelled".
   */
  async make({ props, pictures, onShow }: Wanted, publish: (shown: ShownSaliency) => void, job: RunJob): Promise<void> {
    const { model: source, maps, options, of } = props;
    const known = this.#known;
    const sight = sightOf(props);
    const { classNames } = sight;
    this.growing = null;
    const grow = (columns: readonly MapColumn[], model: PageModel | null) => {
      const { name = "", processor = null, reason = "" } = model?.facts ?? {};
      const engine = {
        processor: processor ? processorWords(processor) : "",
        reason: reason.replace(/^CPU:/, "WebAssembly:"),
      };
      this.model = model;
      this.growing = new GrowingSaliency(
        { model: name, ...engine, columns, classNames },
        onShow(),
        (map) => known.hasMade(map),
        publish,
      );
      return this.growing;
    };
    if (maps) {
      const columns = givenColumns(props, maps, classNames);
      const model = source && (await openModel(source, {}, this.host, job));
      const see = (picture: NumberedPicture) => seeGiven(model, known, picture, columns, sight, job);
      await giveMaps(maps, pictures, see, grow(columns, model), job);
    } else if (source) {
      // A name that no class has is told of before the model is opened.
      const columns = mapColumns(props, classNames);
      const model = await openModel(source, {}, this.host, job);
      await makeSaliency(model, { pictures, columns, options, of, ...sight }, known, grow(columns, model), job);
    }
  }

  /**
   * How faithful a map of a picture is to a class.
   *
   * @throws {ComputeError} "lost" where the model is not here; else as `PageModel.judgeSaliency`.
   */
  async judge(
    picture: NumberedPicture,
    { strength, height, width }: ShownMap,
    classIdx: number,
    props: SaliencyOverlayProps,
    job: RunJob,
  ): Promise<Faithfulness> {
    const { model } = this;
    if (!model) throw new ComputeError("lost", "The model itself is not here.", this.host.again);
    const sight = sightOf(props);
    const { input } = await this.#known.see(model, picture, sight, job);
    const asked = { map: strength, height, width, classIdx, steps: JUDGE_STEPS, sigma: null };
    const judged = await model.judgeSaliency(input, asked, sight.preprocessing, job);
    const prepared = model.facts.preprocessing ? model.preprocessing(sight.preprocessing) : null;
    const sharp = { ...judged.blurred, data: Float32Array.from(await input.read(job)) };
    return { ...judged, blurred: inputPixels(judged.blurred, prepared, sharp) };
  }
}

function sightOf({ model, preprocessing }: SaliencyOverlayProps): AskedSight {
  return { preprocessing: preprocessing ?? ({} satisfies DeclaredPreprocessing), classNames: model?.classes ?? null };
}

/** A picture of which maps were given, with what the model says of it where that is there. */
async function seeGiven(
  model: PageModel | null,
  known: KnownSaliency,
  listed: NumberedPicture,
  columns: readonly MapColumn[],
  sight: AskedSight,
  job: RunJob,
): Promise<Omit<SaliencyPicture, "maps">> {
  const { key, name, number, pictures, row } = listed;
  if (!model) {
    const pixels = await givenPixels(pictures, row, job);
    const classes = columns.map(({ classIdx }) => classIdx);
    return { key, name, number, pixels, probabilities: new Float32Array(), classes };
  }
  const { pixels, probabilities, likeliest } = await known.see(model, listed, sight, job);
  return { key, name, number, pixels, probabilities, classes: columns.map(({ classIdx }) => classIdx ?? likeliest) };
}
