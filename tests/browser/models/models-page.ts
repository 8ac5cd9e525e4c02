// A web page that opens models and shows what they answer, as an author writes it; files come as base64.

import { ComputeError } from "../../../src/compute/errors.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import * as layerscope from "../../../src/index.ts";

/** What the page asked of its worker, by name. */
const asked: string[] = [];
/** Names under which the worker holds models. */
const held = new Set<string>();
const client = pageClient();
const call = client.call.bind(client);
client.call = (name, input, options) => {
  asked.push(name);
  if (name === "loadModel") held.add((input as { key: string }).key);
  return call(name, input, options);
};

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));

export interface ModelsPage {
  readonly layerscope: typeof layerscope;
  readonly asked: readonly string[];
  /** Open a model of these files, as a reader's drop gives them. */
  load(files: Readonly<Record<string, string>>, options?: layerscope.ModelOptions): Promise<layerscope.Model>;
  /** `count` pictures of 16 pixels a side, as the goldens have them. */
  pictures(count: number): { readonly data: Uint8Array<ArrayBuffer>; readonly shape: readonly number[] };
  /** The worker lets go of all models, as it does of some where many are opened. */
  forget(): Promise<unknown>;
  /** "input: cause. remedy" of what is thrown; empty where nothing is. */
  refusal(work: () => PromiseLike<unknown>): Promise<string>;
}

globalThis.modelsPage = {
  layerscope,
  asked,
  load(files, options) {
    const given = Object.entries(files).map(([name, base64]) => new File([bytesOf(base64)], name));
    return layerscope.Model.load(given, options);
  },
  pictures: (count) => ({
    data: Uint8Array.from({ length: count * 16 * 16 * 3 }, (_, place) => Math.imul(place, 2654435761 | 0) >>> 24),
    shape: [count, 16, 16, 3],
  }),
  forget: () => Promise.all([...held].map((key) => client.call("forgetModel", { key }))),
  async refusal(work) {
    try {
      await work();
      return "";
    } catch (thrown) {
      const { kind, message } = ComputeError.from(thrown);
      return `${kind}: ${message}`;
    }
  },
};

declare global {
  var modelsPage: ModelsPage;
}
