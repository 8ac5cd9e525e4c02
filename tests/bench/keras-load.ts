// A Keras .h5 of 100 MB from its bytes to the first prediction, one core, against Keras itself (on PyTorch, one thread).
//
// Both begin when they could load a model: Keras is imported, the page has its engine. CPU seconds are those of the
// process, or of the page's processes. Memory is what they fill of their own (anonymous and shared pages, looked at every
// 10 ms), at its most, less what they had filled at rest before: in the page that counts the file's bytes, which Keras
// reads from the disk.
import { resolve } from "node:path";
import { relativeDifference } from "../../src/compute/model/engine/relative-difference.ts";
import { openBrowserPage } from "../support/browser-page.ts";
import { serveEngine } from "../support/engine-files.ts";
import { KERAS_NETWORKS, kerasFolder } from "./data/keras-files.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import type { Seconds } from "./measure/interleave.ts";
import { watchMemory, watchPageMemory } from "./measure/page-memory.ts";
import { pageCpuSeconds } from "./measure/page-processes.ts";
import { RUNS } from "./measure/runs.ts";
import { serveFiles } from "./measure/serve-files.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { median, writeResult } from "./write-result.ts";

interface Loaded extends Seconds {
  readonly growth_mb: number;
  readonly predictions: readonly number[];
  readonly version: string;
}
type Network = (typeof KERAS_NETWORKS)[number];

/** Past it the two did not load the same network. */
const MOST_DIFFERENCE = 1e-4;

const folder = kerasFolder();
let about = "";

async function loadHere(network: Network): Promise<Loaded> {
  // A browser each: what one run leaves behind is no part of the next one's beginning.
  const browser = await launchOneCoreChromium();
  try {
    about = describeBrowser(browser, "one core");
    const { page, errors } = await openBrowserPage(browser, resolve("tests/bench/model-page/keras-page.ts"));
    await serveEngine(page);
    const files = await serveFiles(page, folder, [network], ".h5");
    await page.evaluate(() => window.kerasBench.startEngine());
    const inspector = await page.context().newCDPSession(page);
    await inspector.send("HeapProfiler.collectGarbage");
    const { before } = await (await watchPageMemory(browser)).stop();
    await page.evaluate((file) => window.kerasBench.fetchFile(file), files[network]);
    // What bringing the file left behind beside its bytes.
    await inspector.send("HeapProfiler.collectGarbage");
    const watch = await watchPageMemory(browser);
    const cpu = await pageCpuSeconds(browser);
    const { wall, predictions } = await page.evaluate(() => window.kerasBench.predict());
    const cpu_s = (await pageCpuSeconds(browser)) - cpu;
    const { peak } = await watch.stop();
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return { cpu_s, wall_s: wall, growth_mb: peak - before, predictions, version: await versionOf("layerscope") };
  } finally {
    await browser.close();
  }
}

async function loadInKeras(network: Network): Promise<Loaded> {
  await using keras = new PythonPeer("load_keras", ".oracle-models");
  const { version } = await keras.ask<{ version: string }>({});
  const watch = await watchMemory([keras.pid]);
  const answer = await keras.ask<Seconds & { predictions: readonly number[] }>({
    file: resolve(folder, `${network}.h5`),
  });
  const { before, peak } = await watch.stop();
  return { ...answer, growth_mb: peak - before, version };
}

function medians(runs: readonly Loaded[]): Pick<Loaded, "cpu_s" | "wall_s" | "growth_mb"> {
  const middle = (figure: "cpu_s" | "wall_s" | "growth_mb") => median(runs.map((run) => run[figure]));
  return { cpu_s: middle("cpu_s"), wall_s: middle("wall_s"), growth_mb: middle("growth_mb") };
}

const measured = [];
for (const network of KERAS_NETWORKS) {
  const [here, there]: [Loaded[], Loaded[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const [ours, keras] = [await loadHere(network), await loadInKeras(network)];
    const difference = relativeDifference(Float32Array.from(ours.predictions), Float32Array.from(keras.predictions));
    if (!(difference < MOST_DIFFERENCE)) throw new Error(`${network}: the predictions differ by ${difference}`);
    for (const [who, { cpu_s, wall_s, growth_mb }] of Object.entries({ layerscope: ours, keras }))
      console.log(
        `${network}, ${who}: ${cpu_s.toFixed(2)} s of CPU, ${wall_s.toFixed(2)} s, ${growth_mb.toFixed(0)} MB`,
      );
    here.push(ours);
    there.push(keras);
  }
  measured.push({
    network,
    versions: [here[0]?.version ?? "", there[0]?.version ?? ""],
    ours: medians(here),
    keras: medians(there),
  });
}

await writeResult({
  name: "keras-load",
  browser: about,
  runs: RUNS,
  rows: measured.flatMap(({ network, versions: [own = "", other = ""], ours, keras }) => [
    { who: `layerscope, ${network}`, version: own, ...ours },
    { who: `keras, ${network}`, version: other, ...keras },
  ]),
  // The network that does worse: a reader's file is of either kind.
  ratios: {
    keras: Math.min(...measured.map(({ ours, keras }) => keras.cpu_s / ours.cpu_s)),
    "keras-memory": Math.min(...measured.map(({ ours, keras }) => keras.growth_mb / ours.growth_mb)),
  },
});
