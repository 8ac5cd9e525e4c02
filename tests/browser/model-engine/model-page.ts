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

interface DrawnMaps {
  readonly channels: readonly number[];
  /** How many levels each layer has. */
  readonly sizes: readonly number[];
  /** Of all channels, layer after layer. */
  readonly levels: Uint8Array;
}

async function drawMaps(key: string, picture: readonly number[], layers: WantedLayers): Promise<DrawnMaps> {
  const maps = await pageClient().call("featureMaps", { key, floats: Float32Array.from(picture), layers });
  const sizes = maps.layers.map(({ data }) => data.length);
  const levels = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  for (const { data, statistics, channels, height, width } of maps.layers) {
    const places = height * width;
    for (let channel = 0; channel < channels; channel++, at += places)
      stretchChannel(data, statistics, channel, "zscore", levels.subarray(at, at + places));
  }
  return { channels: maps.layers.map(({ channels }) => channels), sizes, levels };
}

/** How the levels of a picture's maps differ between models that are kept: the same one on two processors. */
async function compareMaps(keys: readonly [string, string], picture: readonly number[], layers: WantedLayers) {
  const [one, other] = [await drawMaps(keys[0], picture, layers), await drawMaps(keys[1], picture, layers)];
  let apart = 0;
  let furthest = 0;
  for (const [place, level] of one.levels.entries()) {
    const difference = Math.abs(level - (other.levels[place] ?? 999));
    furthest = Math.max(furthest, difference);
    if (difference > 0) apart++;
  }
  return { channels: one.channels, sizes: one.sizes, varied: new Set(one.levels).size, apart, furthest };
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
  compareMaps,
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
