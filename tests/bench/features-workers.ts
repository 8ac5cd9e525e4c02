// 64 pictures through MobileNetV2 with two workers against one, wall time; the workers hold the model already.
import { launchChromium } from "../support/chromium.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { interleave } from "./measure/interleave.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { openModelPage } from "./model-page/open-model-page.ts";
import { writeResult } from "./write-result.ts";

const browser = await launchChromium();
const withWorkers = (workers: number) => ({ pictures: 64, batch: 4, workers });
const pageOf = (workers: number) => openModelPage(browser, "mobilenetv2", "layerscope", withWorkers(workers));

try {
  const pages = { two: await pageOf(2), one: await pageOf(1) };
  const measured = await interleave({
    "two workers": () => pages.two.run(withWorkers(2)),
    "one worker": () => pages.one.run(withWorkers(1)),
  });
  const version = await versionOf("layerscope");
  await writeResult({
    name: "features-workers",
    browser: describeBrowser(browser, "two workers"),
    runs: RUNS,
    rows: Object.entries(measured).map(([who, seconds]) => ({ who, version, ...seconds })),
    ratios: { "one-worker": measured["one worker"].wall_s / measured["two workers"].wall_s },
  });
} finally {
  await browser.close();
}
