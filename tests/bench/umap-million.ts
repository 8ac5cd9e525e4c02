// 1,000,000 x 32 clustered rows to a map in a tab, to the end, as a reader's page does it; with its memory. One run.
import { launchChromium } from "../support/chromium.ts";
import { clusteredRows } from "./data/clustered-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { readNeighbors } from "./map-page/read-map.ts";
import { epochsFor } from "./map-page/warm-up.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { watchPageMemory } from "./measure/page-memory.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { writeResult } from "./write-result.ts";

const NEIGHBORS = 14;
/** Rows whose neighbours are held against brute force. */
const ASKED = Array.from({ length: 100 }, (_, place) => place * 10_000);

const points = clusteredRows(1_000_000, 32);
const browser = await launchChromium();
await using folder = await RowsFolder.make();
await using judge = new PythonPeer("score_maps");
try {
  const page = await openMapPage(browser);
  const watch = await watchPageMemory(browser);
  await page.load(points);
  const task = { seed: 42, epochs: epochsFor(points.rows), workers: null, backend: "auto" } as const;
  const { cpu_s, wall_s, map } = await page.run("layerscope", task);
  const { before, peak } = await watch.stop();
  const backend = (await map.evaluate(({ result }) => result?.backend)) ?? "";
  const found = await readNeighbors(map, ASKED, NEIGHBORS);
  const file = await folder.write("rows", points);
  const { recall } = await judge.ask<{ recall: number }>({ work: "recall", ...file, asked: ASKED, found });
  await writeResult({
    name: "umap-million",
    browser: describeBrowser(browser, "all cores"),
    runs: 1,
    rows: [
      {
        who: "layerscope",
        version: await versionOf("layerscope"),
        backend,
        wall_s,
        cpu_s,
        recall,
        input_mb: points.data.byteLength / 1e6,
        growth_mb: peak - before,
      },
    ],
    ratios: {},
  });
} finally {
  await browser.close();
}
