// Brings networks to a worker, for tests and benchmarks of gradients in a browser.
import { fetchServed, type ServedFile } from "../../bench/data/fetch-served.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";
import type { LoadedNetwork, NetworkAnswer, NetworkTask } from "./gradient-worker.ts";

let worker: Worker | undefined;

function asked<Answer>(message: LoadedNetwork | number, transfer: Transferable[] = []): Promise<Answer> {
  return new Promise((resolve, reject) => {
    if (!worker) return reject(new Error("no worker"));
    worker.onmessage = ({ data }) => (data instanceof Error ? reject(data) : resolve(data));
    worker.onerror = ({ message: why }) => reject(new Error(why));
    worker.postMessage(message, transfer);
  });
}

/** @param script - Of the worker. */
async function load(script: string, files: Record<string, ServedFile>, picture: ServedFile, task: NetworkTask) {
  worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const brought = await Promise.all(
    Object.entries(files).map(async ([name, file]) => ({ name, bytes: await fetchServed(file) })),
  );
  const numbers = new Float32Array((await fetchServed(picture)).buffer);
  const transfer = [...brought.map(({ bytes }) => bytes.buffer), numbers.buffer];
  await asked({ engine: await fetchEngine(), files: brought, picture: numbers, task }, transfer);
}

/** Run it so many times. */
async function run(times: number): Promise<NetworkAnswer> {
  return asked(times);
}

const gradientPage = { load, run };

declare global {
  interface Window {
    gradientPage: typeof gradientPage;
  }
}
window.gradientPage = gradientPage;
