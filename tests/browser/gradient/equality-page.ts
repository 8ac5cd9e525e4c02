// Starts the workers of webgpu-equals-wasm.test.ts.
import { fetchEngine } from "../../support/fetch-engine.ts";
import type { Equality, EqualityTask } from "./equality-worker.ts";

/** @param files - Of a network, in base64. */
async function compare(script: string, task: EqualityTask, file = ""): Promise<readonly Equality[]> {
  const worker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
  const bytes = Uint8Array.from(atob(file), (letter) => letter.charCodeAt(0));
  const given = task.kind === "network" ? { ...task, file: { ...task.file, bytes } } : task;
  const files = await fetchEngine();
  try {
    return await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ files, task: given });
    });
  } finally {
    worker.terminate();
  }
}

declare global {
  interface Window {
    compareGradients: typeof compare;
  }
}
window.compareGradients = compare;
