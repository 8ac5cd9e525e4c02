// 1,500 digits mapped, then the other 297 placed in that map: the placing alone, wall time, against umap-learn's.
import { launchChromium } from "../support/chromium.ts";
import { digitLabels, digitRows } from "./data/digit-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { readPositions } from "./map-page/read-map.ts";
import { epochsFor } from "./map-page/warm-up.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { labelAccuracy } from "./measure/label-accuracy.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { median, writeResult } from "./write-result.ts";

const FITTED = 1_500;
const points = await digitRows();
const labels = await digitLabels();
const shared = { seed: 42, epochs: epochsFor(FITTED) };

const browser = await launchChromium();
await using folder = await RowsFolder.make();
await using umapLearn = new PythonPeer("transform_umap_learn");
try {
  const file = await folder.write("rows", points);
  const layout = `${folder.path}/umap-learn.bin`;
  const seconds = { layerscope: [] as number[], "umap-learn": [] as number[] };
  const accuracy = { layerscope: 0, "umap-learn": 0 };
  let peerVersion = "";
  for (let run = 0; run < RUNS; run++) {
    const page = await openMapPage(browser);
    await page.load(points);
    const { wall_s, map } = await page.transform({ ...shared, workers: null, backend: "auto" }, FITTED);
    seconds.layerscope.push(wall_s);
    accuracy.layerscope = labelAccuracy(await readPositions(map), labels, FITTED);
    await page.close();
    const question = { ...file, ...shared, fitted: FITTED, layout };
    const peer = await umapLearn.ask<{ version: string; wall_s: number }>(question);
    seconds["umap-learn"].push(peer.wall_s);
    accuracy["umap-learn"] = labelAccuracy(
      await folder.read({ path: layout, shape: [points.rows, 2] }),
      labels,
      FITTED,
    );
    peerVersion = peer.version;
    console.log(`layerscope: ${wall_s.toFixed(3)} s, umap-learn: ${peer.wall_s.toFixed(3)} s`);
  }
  const rowOf = (who: keyof typeof seconds, version: string) => ({
    who,
    version,
    wall_s: median(seconds[who]),
    label_accuracy: accuracy[who],
  });
  await writeResult({
    name: "umap-transform",
    browser: describeBrowser(browser, "all cores; umap-learn one thread"),
    runs: RUNS,
    rows: [rowOf("layerscope", await versionOf("layerscope")), rowOf("umap-learn", peerVersion)],
    ratios: { "umap-learn": median(seconds["umap-learn"]) / median(seconds.layerscope) },
  });
} finally {
  await browser.close();
}
