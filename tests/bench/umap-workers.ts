// 20,000 x 256 clustered rows to a map with two workers against one, wall time.
import { launchChromium } from "../support/chromium.ts";
import { clusteredRows } from "./data/clustered-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { epochsFor, WARM_UP } from "./map-page/warm-up.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { interleave } from "./measure/interleave.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { writeResult } from "./write-result.ts";

const points = clusteredRows(20_000, 256);
const browser = await launchChromium();

const withWorkers = (workers: number) => async () => {
  const page = await openMapPage(browser);
  await page.load(points);
  const task = { seed: 42, epochs: epochsFor(points.rows), workers, backend: "cpu" } as const;
  await page.run("layerscope", { ...task, epochs: WARM_UP.epochs }, WARM_UP.rows);
  const measured = await page.run("layerscope", task);
  await page.close();
  return measured;
};

try {
  const measured = await interleave({ "two workers": withWorkers(2), "one worker": withWorkers(1) });
  const version = await versionOf("layerscope");
  await writeResult({
    name: "umap-workers",
    browser: describeBrowser(browser, "two workers"),
    runs: RUNS,
    rows: Object.entries(measured).map(([who, seconds]) => ({ who, version, ...seconds })),
    ratios: { "one-worker": measured["one worker"].wall_s / measured["two workers"].wall_s },
  });
} finally {
  await browser.close();
}
