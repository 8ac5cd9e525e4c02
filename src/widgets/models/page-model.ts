import { ComputeError } from "../../compute/errors.ts";
import type {
  LayerKernels,
  PixelAsked,
  PixelExplanation,
} from "../../compute/feature-maps/explain/pixel-explanation.ts";
import type { FeatureMaps, ShownPicture, WantedLayers } from "../../compute/feature-maps/feature-maps.ts";
import { pictureShown } from "../../compute/feature-maps/picture-shown.ts";
import type { FeatureVisualization, VisualizationAsked } from "../../compute/feature-visualization/visualize-model.ts";
import type { FeatureOptions } from "../../compute/features/feature-options.ts";
import type { FeatureSet } from "../../compute/features/features.ts";
import type { DeclaredPreprocessing } from "../../compute/features/preprocess/declared-preprocessing.ts";
import { describePreprocessing } from "../../compute/features/preprocess/describe-preprocessing.ts";
import type { Preprocessing } from "../../compute/features/preprocess/preprocessing.ts";
import type { GradientFile } from "../../compute/gradient/gradient-file.ts";
import type { GradientAsked } from "../../compute/gradient/plan-gradient.ts";
import type { Job } from "../../compute/job.ts";
import { pictureInput } from "../../compute/model/engine/model-inputs.ts";
import { summaryText } from "../../compute/model/layers/summary-text.ts";
import type { ModelLayer } from "../../compute/model/model-layer.ts";
import type { ComputeFunctions } from "../../compute/runtime/functions.ts";
import { pageClient } from "../../compute/runtime/page-client.ts";
import type { JudgingAsked } from "../../compute/saliency/run/judge-saliency.ts";
import type { PartialSaliencyMap, SaliencySet } from "../../compute/saliency/run/saliency-request.ts";
import { type ImageSource, isImageSource, type NumericSource } from "../host/sources.ts";
import { AllAnswers } from "./all-answers.ts";
import { type AskedFeatures, featureOptionsOf, layerWords } from "./asked-features.ts";
import { type AskedSaliency, readSaliencyRequest } from "./asked-saliency.ts";
import { readFloatPictures } from "./float-pictures.ts";
import { type ModelMeans, type OpenModelOptions, openedName, openModels, type PageModelFacts } from "./open-models.ts";
import { allPictures, pictureLots, pictureOfRow } from "./picture-lots.ts";
import { settlePreprocessing } from "./settle-preprocessing.ts";

/** Pictures as they come, to be prepared; or numbers (n × one picture's shape) that were prepared and are taken as they are. */
export type ModelPictures = ImageSource | NumericSource;

/** Pictures as a model is shown them. */
export interface ShownPictures {
  readonly data: Float32Array<ArrayBuffer>;
  /** The number of pictures, then one's shape. */
  readonly shape: readonly number[];
  /** Whether anything was done to them; numbers are taken as they are. */
  readonly applied: boolean;
  /** What was done, or that nothing was. */
  readonly sentence: string;
}

/** What becomes of a class as the places go that a map calls salient; `blurred` is the picture without any of them. */
export type JudgedPicture = ComputeFunctions["judgeSaliency"]["output"];

/** Prepared pictures that go to the worker at a time. */
const FLOATS_A_LOT = 64;

/**
 * A trained model, open in the page's worker. It is opened again where the worker has let go of it, from the files that it
 * was opened from.
 */
export class PageModel {
  readonly #name: string;

  constructor(
    private readonly means: ModelMeans,
    private readonly options: OpenModelOptions,
    readonly facts: PageModelFacts,
  ) {
    this.#name = openedName(means.source, options);
  }

  /** The layer table with every shape in it. */
  layers(job: Job = {}): Promise<readonly ModelLayer[]> {
    const key = this.#name;
    return this.#use(job, () => pageClient().call("modelLayers", { key }, { signal: job.signal }));
  }

  /** The same as text, as Keras prints it. */
  async summary(job: Job = {}): Promise<string> {
    return summaryText(await this.layers(job), this.facts.name);
  }

  /** How this model's pictures are prepared (`settlePreprocessing`). */
  preprocessing(declared: DeclaredPreprocessing = {}): Preprocessing {
    return settlePreprocessing(this.facts, declared);
  }

  /** What layers answer to one picture of whatever numbers: names and widths, without any of the reader's pictures. */
  sample(asked: AskedFeatures, job: Job = {}): Promise<FeatureSet> {
    const input = { key: this.#name, options: featureOptionsOf(asked) };
    return this.#use(job, () => pageClient().call("sampleFeatures", input, { signal: job.signal }));
  }

  /**
   * Activations of layers for pictures, lot after lot. Its progress counts pictures.
   *
   * @throws {ComputeError} "input" for a layer, a setting or a picture that can't be used, "memory" where the activations
   * don't fit, as soon as the first pictures tell how many they are; "lost" where the kernel has gone that has the
   * pictures; "cancelled".
   *
   * @param answers Those that there are: a run that was stopped goes on after them.
   */
  async features(
    pictures: ModelPictures,
    asked: AskedFeatures,
    preprocessing: DeclaredPreprocessing,
    job: Job = {},
    answers = new AllAnswers(countPictures(pictures)),
  ): Promise<FeatureSet> {
    const options = featureOptionsOf(asked);
    const total = countPictures(pictures);
    if (total === 0) throw new ComputeError("input", "There are no pictures.", "Pass one at least.");
    return await this.#hold(job, () => this.#answerAll(pictures, options, preprocessing, answers, job));
  }

  async #answerAll(
    pictures: ModelPictures,
    options: FeatureOptions,
    preprocessing: DeclaredPreprocessing,
    answers: AllAnswers,
    job: Job,
  ): Promise<FeatureSet> {
    const key = this.#name;
    const { total } = answers;
    const { signal } = job;
    const run = async (first: number, call: (job: Job) => Promise<FeatureSet>) => {
      const onProgress = ({ done }: { readonly done: number }) => this.#tell(options, first + done, total, job);
      answers.add(first, await this.#use(job, () => call({ signal, onProgress })));
      this.#tell(options, answers.done, total, job);
    };
    if (isImageSource(pictures)) {
      this.preprocessing(preprocessing);
      this.#tell(options, answers.done, total, job);
      for await (const { first, pictures: lot } of pictureLots(pictures, job, answers.done)) {
        const input = { key, pictures: lot, first, preprocessing, options, of: total };
        await run(first, (its) => pageClient().call("pictureFeatures", input, its));
      }
    } else {
      const floats = await readFloatPictures(pictures, this.#pictureShape, job);
      for (let first = answers.done; first < total; first += FLOATS_A_LOT) {
        await run(first, (its) => {
          const lot = floats.slice(first, Math.min(total, first + FLOATS_A_LOT));
          return pageClient().call("features", { key, pictures: lot, options, of: total }, its);
        });
      }
    }
    return answers.finish();
  }

  /**
   * What layers answer to one of the pictures, a map a channel.
   *
   * @throws {ComputeError} as `features`.
   */
  async featureMaps(
    pictures: ModelPictures,
    row: number,
    layers: WantedLayers,
    preprocessing: DeclaredPreprocessing,
    job: Job = {},
  ): Promise<FeatureMaps> {
    const key = this.#name;
    if (isImageSource(pictures)) {
      this.preprocessing(preprocessing);
      const given = { pictures: await pictureOfRow(pictures, row, job), first: row, preprocessing };
      return this.#use(job, () => pageClient().call("featureMaps", { key, ...given, layers }, job));
    }
    const all = await readFloatPictures(pictures, this.#pictureShape, job);
    return this.#use(job, () =>
      pageClient().call("featureMaps", { key, floats: all.slice(row, row + 1), layers }, job),
    );
  }

  /**
   * One of the pictures as the model is shown it.
   *
   * @throws {ComputeError} as `features`.
   */
  async shownPicture(
    pictures: ModelPictures,
    row: number,
    preprocessing: DeclaredPreprocessing,
    job: Job = {},
  ): Promise<ShownPicture> {
    const dims = this.#pictureShape;
    const { format } = this.facts;
    if (isImageSource(pictures)) {
      this.preprocessing(preprocessing);
      const given = { pictures: await pictureOfRow(pictures, row, job), first: row, preprocessing };
      const input = { key: this.#name, ...given };
      const { data } = await this.#use(job, () => pageClient().call("preparePictures", input, { signal: job.signal }));
      return pictureShown(format, dims, data);
    }
    const all = await readFloatPictures(pictures, dims, job);
    return pictureShown(format, dims, all.slice(row, row + 1));
  }

  /** The same as pictures of which there is one, to be asked about again and again. */
  shownAgain(key: string, { data }: ShownPicture): NumericSource {
    return { key, shape: [1, ...this.#pictureShape], bytes: 0, read: async () => data };
  }

  /** How one number of a feature map came about; a second question about the same picture and layer is answered at once. */
  explainPixel(asked: PixelAsked, job: Job = {}): Promise<PixelExplanation> {
    const input = { ...asked, key: this.#name };
    return this.#use(job, () => pageClient().call("explainPixel", input, { signal: job.signal }));
  }

  /** A layer's own kernels; null for one that has none. */
  layerKernels(layer: string, job: Job = {}): Promise<LayerKernels | null> {
    const input = { key: this.#name, layer };
    return this.#use(job, () => pageClient().call("layerKernels", input, { signal: job.signal }));
  }

  /**
   * What of pictures a score stands on.
   *
   * @throws {ComputeError} "input" for a class, a layer, a method, an option or a picture that can't be used, and for a
   * model that can't be differentiated; else as `features`.
   */
  async saliency(
    pictures: ModelPictures,
    asked: AskedSaliency,
    preprocessing: DeclaredPreprocessing,
    job: Job & { readonly onPartial?: ((partial: PartialSaliencyMap) => void) | undefined } = {},
  ): Promise<SaliencySet> {
    if (countPictures(pictures) === 0) throw new ComputeError("input", "There are no pictures.", "Pass one at least.");
    const request = await readSaliencyRequest(asked, this.facts, job);
    const input = { key: this.#name, preprocessing, request };
    if (isImageSource(pictures)) {
      this.preprocessing(preprocessing);
      const lot = { pictures: await allPictures(pictures, job), first: 0 };
      return this.#use(job, () => pageClient().call("saliency", { ...input, ...lot }, job));
    }
    const read = await readFloatPictures(pictures, this.#pictureShape, job);
    return this.#use(job, () => pageClient().call("saliency", { ...input, floats: read.slice(0, read.rows) }, job));
  }

  /**
   * The picture that excites a unit, a channel or a class most. Given up after its first step, it is there as far as it has
   * grown.
   *
   * @param preprocessing Tells what black and white are.
   * @throws {ComputeError} "input" for what there isn't, for an option that can't be used, for a model that can't be
   * differentiated, and where nothing excites it; "memory"; "cancelled" before the first step.
   */
  visualizeFeature(
    asked: VisualizationAsked,
    preprocessing: DeclaredPreprocessing,
    job: Job & { readonly onPartial?: ((partial: FeatureVisualization) => void) | undefined } = {},
  ): Promise<FeatureVisualization> {
    const input = { ...asked, key: this.#name, preprocessing };
    return this.#use(job, () => pageClient().call("visualizeFeature", input, job));
  }

  /** How faithful a map of a picture is, which is the first of `pictures`. @throws as `saliency`. */
  async judgeSaliency(
    pictures: NumericSource,
    asked: JudgingAsked & { readonly classIdx: number },
    preprocessing: DeclaredPreprocessing,
    job: Job = {},
  ): Promise<JudgedPicture> {
    const read = await readFloatPictures(pictures, this.#pictureShape, job);
    const input = { ...asked, key: this.#name, preprocessing };
    return this.#use(job, () => pageClient().call("judgeSaliency", { ...input, floats: read.slice(0, 1) }, job));
  }

  /** A model with the gradient of one of its scores, as an .onnx file. @throws as `saliency`. */
  gradientGraph(asked: GradientAsked, job: Job = {}): Promise<GradientFile> {
    const input = { ...asked, key: this.#name };
    return this.#use(job, () => pageClient().call("gradientGraph", input, { signal: job.signal }));
  }

  /** Pictures as the model is shown them. */
  async preprocess(
    pictures: ModelPictures,
    preprocessing: DeclaredPreprocessing,
    job: Job = {},
  ): Promise<ShownPictures> {
    const dims = this.#pictureShape;
    const size = dims.reduce((product, side) => product * side, 1);
    if (!isImageSource(pictures)) {
      const floats = await readFloatPictures(pictures, dims, job);
      const data = filled(floats.rows * size, (into) => into.set(floats.slice(0, floats.rows)));
      return { data, shape: [floats.rows, ...dims], applied: false, sentence: "Taken as they are: numbers." };
    }
    const settled = this.preprocessing(preprocessing);
    const total = pictures.length;
    const data = filled(total * size, () => undefined);
    await this.#hold(job, async () => {
      for await (const { first, pictures: lot } of pictureLots(pictures, job)) {
        const input = { key: this.#name, pictures: lot, first, preprocessing };
        const { data: part } = await this.#use(job, () =>
          pageClient().call("preparePictures", input, { signal: job.signal }),
        );
        data.set(part, first * size);
        const done = first + part.length / size;
        job.onProgress?.({ stage: "Preparing", done, total, unit: "pictures" });
      }
    });
    const sentence = `Prepared: ${describePreprocessing(settled)}.`;
    return { data, shape: [total, ...dims], applied: true, sentence };
  }

  get #pictureShape(): readonly number[] {
    return pictureInput(this.facts.name, this.facts.inputs).dims;
  }

  #tell(options: FeatureOptions, done: number, total: number, { onProgress }: Job): void {
    const { name, processor } = this.facts;
    const stage = `Running ${layerWords(options)} of ${name} (${processorWords(processor)})`;
    onProgress?.({ stage, done, total, unit: "pictures" });
  }

  /** Between the lots of one run nobody else has it let go of. */
  #hold<Result>(job: Job, run: () => Promise<Result>): Promise<Result> {
    return openModels().hold(this.#name, this.means, this.options, job, run);
  }

  #use<Result>(job: Job, call: () => Promise<Result>): Promise<Result> {
    return openModels().use(this.#name, this.means, this.options, job, call);
  }
}

/**
 * Open a model, or take the one that is open: once a page and content, whoever asks.
 *
 * @param options In the place of what its source declares.
 * @throws {ComputeError} "input" for what is wrong with its files, by name; "memory"; "lost" where the kernel has gone that
 * has them; "cancelled".
 */
export async function openModel(
  source: ModelMeans["source"],
  options: OpenModelOptions,
  host: ModelMeans["host"],
  job: Job = {},
): Promise<PageModel> {
  const means = { source, host };
  const facts = await openModels().open(openedName(source, options), means, options, job);
  return new PageModel(means, options, facts);
}

/** How many pictures there are. */
export function countPictures(pictures: ModelPictures): number {
  return isImageSource(pictures) ? pictures.length : (pictures.shape[0] ?? 0);
}

/** What runs a model, in the words of the status line. */
export function processorWords(processor: PageModelFacts["processor"]): string {
  return processor === "CPU" ? "WebAssembly" : processor;
}

/** @throws {ComputeError} "memory" where there is no room for so many numbers. */
function filled(count: number, fill: (into: Float32Array<ArrayBuffer>) => void): Float32Array<ArrayBuffer> {
  try {
    const numbers = new Float32Array(count);
    fill(numbers);
    return numbers;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    const gigabytes = ((count * 4) / 1e9).toFixed(1);
    throw new ComputeError("memory", `The prepared pictures take ${gigabytes} GB.`, "Ask for fewer rows at a time.");
  }
}
