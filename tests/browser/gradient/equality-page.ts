// Starts the worker of webgpu-equals-wasm.test.ts.
import { fetchEngine } from "../../support/fetch-engine.ts";
import type { Equality, EqualityTask } from "./equality-worker.ts";

/** One for all tasks: what a GPU has compiled once it has for the next. */
let started: Worker | undefined;

async function start(script: string): Promise<Worker> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  worker.postMessage({ files: await fetchEngine() });
  return worker;
}

/** @param file - Of a network, in base64. */
async function compare(script: string, task: EqualityTask, file = ""): Promise<readonly Equality[]> {
  started ??= await start(script);
  const worker = started;
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const given = task.kind === "network" ? { ...task, file: { ...task.file, bytes } } : task;
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ task: given });
  });
}

declare global {
  interface Window {
    compareGradients: typeof compare;
  }
}
window.compareGradients = compare;
