// Runs models in the page's worker for model-engine.test.ts: everything goes in and out as JSON.
import { ComputeError } from "../../../src/compute/errors.ts";
import type { WantedLayers } from "../../../src/compute/feature-maps/feature-maps.ts";
import { stretchChannel } from "../../../src/compute/feature-maps/stretch.ts";
import { type FeatureOptions, featureDefaults } from "../../../src/compute/features/feature-options.ts";
import type { WantedProcessor } from "../../../src/compute/model/engine/choose-processor.ts";
import type { ModelFacts } from "../../../src/compute/model/engine/model-facts.ts";
import type { ModelLayer } from "../../../src/compute/model/model-layer.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

export interface AskedOfModel {
  readonly key: string;
  /** Base64, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly processor: WantedProcessor;
  readonly shape: readonly number[] | null;
}

export interface AskedOfFeatures {
  readonly key: string;
  /** Those that were given last stay here: large ones take seconds to come. */
  readonly pictures?: readonly number[];
  /** How often they are taken. */
  readonly repeat?: number;
  readonly options: Partial<FeatureOptions>;
  /** Stop after so many pictures. */
  readonly cancelAt?: number;
}

export interface AnsweredFeatures {
  readonly features: readonly number[];
  readonly columns: number;
  readonly predictions: readonly number[];
  readonly processor: string;
  readonly reason: string;
  readonly workers: number;
  /** Pictures done, as progress told. */
  readonly told: readonly number[];
  readonly error: string;
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const wordsOf = (thrown: unknown) => {
  const { kind, message, details } = ComputeError.from(thrown);
  return `${kind}: ${message} ${details}`;
};

async function startEngine(): Promise<void> {
  const files = await fetchEngine();
  await pageClient().call("startEngine", files, { transfer: [files.glue.buffer, files.wasm] });
}

async function loadModel({ key, files, processor, shape }: AskedOfModel): Promise<ModelFacts | string> {
  const given = Object.entries(files).map(([name, base64]) => ({ name, bytes: bytesOf(base64) }));
  return pageClient().call("loadModel", { key, files: given, options: { processor, shape } }).catch(wordsOf);
}

function modelLayers(key: string): Promise<readonly ModelLayer[] | string> {
  return pageClient().call("modelLayers", { key }).catch(wordsOf);
}

let kept = new Float32Array();

async function features({ key, pictures, repeat = 1, options, cancelAt }: AskedOfFeatures): Promise<AnsweredFeatures> {
  const controller = new AbortController();
  const told: number[] = [];
  const none = { features: [], columns: 0, predictions: [], processor: "", reason: "", workers: 0 };
  try {
    if (pictures) kept = Float32Array.from(pictures);
    const all = new Float32Array(kept.length * repeat);
    for (let time = 0; time < repeat; time++) all.set(kept, time * kept.length);
    const asked = { key, pictures: all, options: { ...featureDefaults, ...options } };
    const answer = await pageClient().call("features", asked, {
      signal: controller.signal,
      onProgress: ({ done }) => {
        told.push(done);
        if (cancelAt !== undefined && done >= cancelAt) controller.abort();
      },
    });
    const { processor, reason, workers } = answer;
    const { data, columns } = answer.features;
    const predictions = [...(answer.predictions?.data ?? [])];
    return { features: [...data], columns, predictions, processor, reason, workers, told, error: "" };
  } catch (thrown) {
    return { ...none, told, error: wordsOf(thrown) };
  }
}

/** The levels of all channels of layers for a picture, layer after layer, or why there are none. */
async function drawMaps(key: string, picture: readonly number[], layers: WantedLayers): Promise<number[][] | string> {
  try {
    const asked = { key, floats: Float32Array.from(picture), layers };
    const maps = await pageClient().call("featureMaps", asked);
    return maps.layers.map(({ data, statistics, channels, height, width }) => {
      const into = new Uint8Array(height * width);
      return Array.from({ length: channels }, (_, channel) => {
        stretchChannel(data, statistics, channel, "zscore", into);
        return [...into];
      }).flat();
    });
  } catch (thrown) {
    return wordsOf(thrown);
  }
}

function forgetModel(key: string): Promise<void> {
  return pageClient().call("forgetModel", { key });
}

/** An encoded picture's values as a network sees them when nothing else is done to them, channel after channel. */
async function preparePicture(key: string, mime: string, base64: string): Promise<readonly number[]> {
  const bytes = bytesOf(base64);
  const pictures = { bytes, pictures: [{ mime, offset: 0, length: bytes.length }] };
  const preprocessing = { size: null, layout: "NCHW", scale: 1, mean: [0], deviation: [1], standardize: null } as const;
  const { data } = await pageClient().call("preparePictures", { key, pictures, first: 0, preprocessing });
  return [...data];
}

/** A JPEG of that side, red at its left and blue at its right. */
async function drawJpeg(side: number): Promise<readonly number[]> {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext("2d");
  for (const [place, color] of ["red", "blue"].entries()) {
    if (context) context.fillStyle = color;
    context?.fillRect((place * side) / 2, 0, side / 2, side);
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 1 });
  return [...new Uint8Array(await blob.arrayBuffer())];
}

const modelPage = {
  startEngine,
  loadModel,
  modelLayers,
  features,
  drawMaps,
  forgetModel,
  preparePicture,
  drawJpeg,
};

declare global {
  interface Window {
    modelPage: typeof modelPage;
  }
}
window.modelPage = modelPage;
