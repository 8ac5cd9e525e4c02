// Opens a model and has the page's worker judge a map of it, for judge-saliency.test.ts.
import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { Model } from "../../../src/index.ts";

export interface JudgingPage {
  open(name: string, base64: string): Promise<void>;
  judge(asked: {
    readonly picture: readonly number[];
    readonly map: readonly number[];
    readonly side: number;
    readonly steps: number;
    /** Give up when so many pictures have been seen. */
    readonly stopAt?: number;
  }): Promise<{
    readonly curves: readonly (readonly number[])[];
    readonly areas: readonly number[];
    readonly first: readonly number[];
    readonly blurred: { readonly height: number; readonly channels: number; readonly layout: string };
    readonly told: readonly string[];
    readonly failure: string | null;
  }>;
}

const client = pageClient();
const call = client.call.bind(client);
let key = "";
client.call = (name, input, options) => {
  if (name === "loadModel") ({ key } = input as { key: string });
  return call(name, input, options);
};

globalThis.judgingPage = {
  async open(name, base64) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    await Model.load([new File([bytes], name)]);
  },
  async judge({ picture, map, side, steps, stopAt }) {
    const told: string[] = [];
    const controller = new AbortController();
    const input = {
      key,
      floats: Float32Array.from(picture),
      preprocessing: {},
      map: Float32Array.from(map),
      height: side,
      width: side,
      classIdx: 2,
      steps,
      sigma: null,
    };
    const onProgress = ({ stage, done, total, unit }: { stage: string; done: number; total: number; unit: string }) => {
      told.push(`${stage}, ${done} of ${total} ${unit}`);
      if (stopAt !== undefined && done >= stopAt) controller.abort();
    };
    try {
      const judged = await client.call("judgeSaliency", input, { signal: controller.signal, onProgress });
      const { shares, deletion, insertion, deletionArea, insertionArea, order, blurred } = judged;
      return {
        curves: [[...shares], [...deletion], [...insertion]],
        areas: [deletionArea, insertionArea],
        first: [...order.subarray(0, 40)],
        blurred: { height: blurred.height, channels: blurred.channels, layout: blurred.layout },
        told,
        failure: null,
      };
    } catch (thrown) {
      const none = { curves: [], areas: [], first: [], blurred: { height: 0, channels: 0, layout: "" } };
      return { ...none, told, failure: ComputeError.from(thrown).kind };
    }
  },
};

declare global {
  var judgingPage: JudgingPage;
}
