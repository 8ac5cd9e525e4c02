import { ComputeError } from "../compute/errors.ts";
import type { Target } from "../compute/gradient/target.ts";
import type { Job } from "../compute/job.ts";
import type { PartialSaliencyMap, SaliencyRun, SaliencySet } from "../compute/saliency/run/saliency-request.ts";
import { ALL_METHODS, NUMBERED_METHODS, type SaliencyMethod } from "../compute/saliency/saliency-method.ts";
import type { InlinePicture } from "../widgets/host/inline-pictures.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";
import type { AskedSaliencyOptions } from "../widgets/models/asked-saliency.ts";
import { rawShape } from "../widgets/models/packed-saliency.ts";
import { openModel } from "../widgets/models/page-model.ts";
import type { Model } from "./model.ts";
import { type ModelImages, modelPictures, shapedSource } from "./model-pictures.ts";
import { loadNpmPart } from "./npm-parts.ts";

/** One picture (`{data, shape: [height, width, channels]}` for numbers), or a list of them. */
export type SaliencyImages = InlinePicture | ModelImages;

/** What a method takes besides pictures; each takes its own (docs/saliency.md). */
export interface SaliencyInput extends Omit<AskedSaliencyOptions, "xBaseline" | "segments">, Job {
  /** SmoothGrad over the method. Default false. */
  readonly smooth?: boolean | undefined;
  /** Give the signed attribution as well. Default false. */
  readonly raw?: boolean | undefined;
  /** How many share the work, on the CPU. Default: as many as pay and have room. */
  readonly workers?: number | null | undefined;
  /** Where a path begins: "zeros", "black", "white", "mean", "blur", or a picture as the model takes it. */
  readonly xBaseline?: string | ShapedNumbers | undefined;
  /** For XRAI: labels (height × width) or masks (n × height × width). */
  readonly segments?: ShapedNumbers | undefined;
  /** Hears of a map while it is made. */
  readonly onPartial?: ((partial: PartialSaliencyMap) => void) | undefined;
}

/** What each place of a picture has to do with a score. */
export interface Saliency extends ShapedNumbers {
  /** Height × width numbers from 0 to 1. */
  readonly data: Float32Array<ArrayBuffer>;
  /** `[height, width]`. */
  readonly shape: readonly number[];
  /** The signed attribution, in the shape in which the model takes pictures or `[height, width]`; null unless asked for. */
  readonly raw: (ShapedNumbers & { readonly data: Float32Array<ArrayBuffer> }) | null;
  readonly score: number;
  readonly baselineScore: number | null;
  /** How far the attributions of a path add up to what the score changed by along it. */
  readonly completeness: { readonly sum: number; readonly difference: number; readonly error: number } | null;
  /** Which was looked at, for Grad-CAM and its kin. */
  readonly layer: string | null;
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[];
}

/** A map for a picture, a list for a list. */
type MapsOf<Images> = Images extends readonly unknown[] ? readonly Saliency[] : Saliency | readonly Saliency[];

/** Maps of what a model's score for a class stands on, by Slideflow's interface. */
export class SaliencyMap {
  static readonly VANILLA = 0;
  static readonly VANILLA_SMOOTH = 1;
  static readonly INTEGRATED_GRADIENTS = 2;
  static readonly INTEGRATED_GRADIENTS_SMOOTH = 3;
  static readonly GUIDED_INTEGRATED_GRADIENTS = 4;
  static readonly GUIDED_INTEGRATED_GRADIENTS_SMOOTH = 5;
  static readonly BLUR_INTEGRATED_GRADIENTS = 6;
  static readonly BLUR_INTEGRATED_GRADIENTS_SMOOTH = 7;
  static readonly XRAI = 8;
  static readonly XRAI_FAST = 9;

  readonly #target: Target;
  readonly #of: "logits" | "probabilities";

  /**
   * @param classIdx A class, or a `{layer, channel, row, column}`, or `{class, minus}`.
   * @param of What comes before a final softmax or sigmoid ("logits", the default), or what comes after it.
   */
  constructor(
    readonly model: Model,
    classIdx: number | Target,
    { of = "logits" }: { readonly of?: "logits" | "probabilities" | undefined } = {},
  ) {
    this.#target = typeof classIdx === "number" ? { class: classIdx } : classIdx;
    this.#of = of;
  }

  /** How the score changes with each place (Simonyan et al. 2013). */
  vanilla<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("vanilla", img, input);
  }

  /** The gradient times the picture (Shrikumar et al. 2016). */
  gradientXInput<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("gradient_x_input", img, input);
  }

  /** Grad-CAM (Selvaraju et al. 2017) at `layer`; unless given the last one with places. */
  gradcam<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("gradcam", img, input);
  }

  /** Grad-CAM++ (Chattopadhay et al. 2018). */
  gradcamPlusPlus<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("gradcam_plus_plus", img, input);
  }

  /** LayerCAM (Jiang et al. 2021). */
  layercam<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("layercam", img, input);
  }

  /** Integrated gradients (Sundararajan et al. 2017), of `xSteps` (25) from `xBaseline` ("zeros"). */
  integratedGradients<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("integrated_gradients", img, input);
  }

  /** Guided integrated gradients (Kapishnikov et al. 2021). */
  guidedIntegratedGradients<Images extends SaliencyImages>(
    img: Images,
    input: SaliencyInput = {},
  ): Promise<MapsOf<Images>> {
    return this.#map("guided_integrated_gradients", img, input);
  }

  /** Blur integrated gradients (Xu et al. 2020). */
  blurIntegratedGradients<Images extends SaliencyImages>(
    img: Images,
    input: SaliencyInput = {},
  ): Promise<MapsOf<Images>> {
    return this.#map("blur_integrated_gradients", img, input);
  }

  /** XRAI (Kapishnikov et al. 2019): segments ranked by their integrated gradients. */
  xrai<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("xrai", img, input);
  }

  /** XRAI with segments ranked once. */
  xraiFast<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("xrai_fast", img, input);
  }

  /** How the score falls where a patch is covered (Zeiler and Fergus 2014); `size` (15), `stride` (1), `value` (0). */
  occlusion<Images extends SaliencyImages>(img: Images, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    return this.#map("occlusion", img, input);
  }

  /** Slideflow's eight, by their names there. */
  async all<Images extends SaliencyImages>(
    img: Images,
    input: SaliencyInput = {},
  ): Promise<Readonly<Record<string, MapsOf<Images>>>> {
    return Object.fromEntries(await this.#ask(ALL_METHODS, img, input));
  }

  /** A method by its number: `SaliencyMap.VANILLA`, `SaliencyMap.XRAI` and so on. */
  get<Images extends SaliencyImages>(img: Images, method: number, input: SaliencyInput = {}): Promise<MapsOf<Images>> {
    const named = NUMBERED_METHODS[method];
    if (!named)
      throw new ComputeError(
        "input",
        `There is no method ${method}.`,
        `Take 0 to ${NUMBERED_METHODS.length - 1}, such as SaliencyMap.XRAI.`,
      );
    return this.#map(named.method, img, { ...input, smooth: named.smooth || (input.smooth ?? false) });
  }

  async #map<Images extends SaliencyImages>(
    method: SaliencyMethod,
    img: Images,
    input: SaliencyInput,
  ): Promise<MapsOf<Images>> {
    const [first] = await this.#ask([{ name: method, method, smooth: input.smooth ?? false }], img, input);
    if (!first) throw new ComputeError("internal", "There is no map.");
    return first[1];
  }

  async #ask<Images extends SaliencyImages>(
    runs: readonly SaliencyRun[],
    img: Images,
    input: SaliencyInput,
  ): Promise<readonly (readonly [string, MapsOf<Images>])[]> {
    const { smooth: _, raw, workers, xBaseline, segments, signal, onProgress, onPartial, ...plain } = input;
    const options = {
      ...plain,
      ...(xBaseline !== undefined && {
        xBaseline: typeof xBaseline === "string" ? xBaseline : shapedSource(xBaseline),
      }),
      ...(segments !== undefined && { segments: shapedSource(segments) }),
    };
    const { images, isOne } = batchOf(img);
    const pictures = modelPictures(images);
    const { source, declared } = this.model;
    const job = { signal, onProgress };
    const open = await openModel(source, {}, { load: loadNpmPart }, job);
    const asked = { target: this.#target, of: this.#of, runs, options, raw, workers };
    const set = await open.saliency(pictures, asked, declared, { ...job, onPartial });
    return set.runs.map((run) => {
      const maps = run.maps.map((map) => saliencyOf(map, run));
      return [run.name, (isOne ? maps[0] : maps) as MapsOf<Images>];
    });
  }
}

function saliencyOf(
  { values, height, width, raw, score, baselineScore, completeness }: SaliencySet["runs"][number]["maps"][number],
  { layer, notes }: SaliencySet["runs"][number],
): Saliency {
  return {
    data: values,
    shape: [height, width],
    raw: raw && { data: raw.values, shape: rawShape(raw) },
    score,
    baselineScore: baselineScore ?? null,
    completeness: completeness ?? null,
    layer,
    notes,
  };
}

/** Pictures as a batch, and whether one was given. */
function batchOf(img: SaliencyImages): { readonly images: ModelImages; readonly isOne: boolean } {
  if (Array.isArray(img)) return { images: img, isOne: false };
  if (typeof img === "object" && img !== null && "shape" in img && "data" in img) {
    const isOne = img.shape.length < 4;
    return { images: isOne ? { ...img, shape: [1, ...img.shape] } : img, isOne };
  }
  return { images: [img as InlinePicture], isOne: true };
}
