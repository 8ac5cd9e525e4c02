// Asks the page's worker for saliency maps, for the benchmarks.
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";
import { fetchServed, type ServedFile } from "../data/fetch-served.ts";

export interface SaliencyTask {
  /** The class. */
  readonly unit: number;
  /** Of the path. */
  readonly steps: number;
  readonly workers: number;
}

const KEY = "model";
/** The picture comes as the network takes it. */
const AS_IT_IS = { size: null, layout: "NCHW", scale: 1, mean: [0], deviation: [1], standardize: null } as const;
let picture = new Float32Array();

/** Bring a network and its picture into the page. */
async function load(files: Record<string, ServedFile>, numbers: ServedFile): Promise<void> {
  const engine = await fetchEngine();
  await pageClient().call("startEngine", engine);
  const brought = await Promise.all(
    Object.entries(files).map(async ([name, file]) => ({ name, bytes: await fetchServed(file) })),
  );
  picture = new Float32Array((await fetchServed(numbers)).buffer);
  const options = { processor: "cpu", shape: null } as const;
  await pageClient().call("loadModel", { key: KEY, files: brought, options });
}

/** Seconds of wall of integrated gradients of one picture. */
async function integrate({ unit, steps, workers }: SaliencyTask): Promise<number> {
  const start = performance.now();
  const answer = await pageClient().call("saliency", {
    key: KEY,
    floats: picture.slice(),
    preprocessing: AS_IT_IS,
    request: {
      target: { class: unit },
      of: "logits",
      runs: [{ name: "map", method: "integrated_gradients", smooth: false }],
      options: { xSteps: steps },
      raw: false,
      workers,
    },
  });
  if (answer.workers !== workers) throw new Error(`${answer.workers} workers instead of ${workers}`);
  if (answer.runs[0]?.maps[0]?.values.some((value) => !Number.isFinite(value))) throw new Error("a map is no number");
  return (performance.now() - start) / 1000;
}

const saliencyPage = { load, integrate };

declare global {
  interface Window {
    saliencyBench: typeof saliencyPage;
  }
}
window.saliencyBench = saliencyPage;
