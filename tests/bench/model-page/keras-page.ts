// Takes a Keras file from its bytes to a prediction in a page, for the benchmarks.
import { featureDefaults } from "../../../src/compute/features/feature-options.ts";
import { sampleNumbers } from "../../../src/compute/model/engine/sample-numbers.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";
import { fetchServed, type ServedFile } from "../data/fetch-served.ts";

const KEY = "model";
let bytes = new Uint8Array();

async function startEngine(): Promise<void> {
  const files = await fetchEngine();
  await pageClient().call("startEngine", files, { transfer: [files.glue.buffer, files.wasm] });
}

async function fetchFile(file: ServedFile): Promise<void> {
  bytes = await fetchServed(file);
}

/** Seconds of wall from the bytes, which are given away, to what the network says of one picture. */
async function predict(): Promise<{ readonly wall: number; readonly predictions: readonly number[] }> {
  const start = performance.now();
  const client = pageClient();
  const options = { processor: "cpu", shape: null } as const;
  const files = [{ name: "model.h5", bytes }];
  await client.call("loadModel", { key: KEY, files, options }, { transfer: [bytes.buffer] });
  const asked = {
    key: KEY,
    pictures: sampleNumbers(224 * 224 * 3),
    options: { ...featureDefaults, layers: [], includePredictions: true },
  };
  const { predictions } = await client.call("features", asked);
  return { wall: (performance.now() - start) / 1000, predictions: [...(predictions?.data ?? [])] };
}

const kerasPage = { startEngine, fetchFile, predict };

declare global {
  interface Window {
    kerasBench: typeof kerasPage;
  }
}
window.kerasBench = kerasPage;
