// 20,000 x 256 clustered rows to a map with one worker: what the page's memory grows by, from before the data were
// there to its peak, against twice the input and 64 MB.
import { launchChromium } from "../support/chromium.ts";
import { clusteredRows } from "./data/clustered-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { epochsFor } from "./map-page/warm-up.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { watchPageMemory } from "./measure/page-memory.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { median, writeResult } from "./write-result.ts";

const points = clusteredRows(20_000, 256);
const input = points.data.byteLength / 1e6;
const limit = 2 * input + 64;
const grown: number[] = [];
let about = "";

for (let run = 0; run < RUNS; run++) {
  // A browser each: what one run leaves behind is no part of the next one's beginning.
  const browser = await launchChromium();
  try {
    about = describeBrowser(browser, "one worker, memory of the page's processes");
    const page = await openMapPage(browser);
    const watch = await watchPageMemory(browser);
    await page.load(points);
    const task = { seed: 42, epochs: epochsFor(points.rows), workers: 1, backend: "cpu" } as const;
    await page.run("layerscope", task);
    const { before, peak } = await watch.stop();
    console.log(`${before.toFixed(0)} MB before the data, ${peak.toFixed(0)} MB at the peak`);
    grown.push(peak - before);
  } finally {
    await browser.close();
  }
}

await writeResult({
  name: "umap-memory",
  browser: about,
  runs: RUNS,
  rows: [
    { who: "layerscope", version: await versionOf("layerscope"), input_mb: input, growth_mb: median(grown) },
    { who: "limit", version: "", input_mb: input, growth_mb: limit },
  ],
  ratios: { limit: limit / median(grown) },
});
