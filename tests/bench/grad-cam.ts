// What Grad-CAM takes of ResNet-50, activations and gradients of its last convolution, against one forward run; both in
// a page, one core.
import { openGradientPage } from "../models/gradient-page/open-gradient-page.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave } from "./measure/interleave.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { writeResult } from "./write-result.ts";

/** A tick of the browser's clock is 0.01 s. */
const TIMES = 4;

const browser = await launchOneCoreChromium();
try {
  const pages = {
    layer: await openGradientPage(browser, "resnet50", { at: "last convolution" }),
    forward: await openGradientPage(browser, "resnet50", { unit: null }),
  };
  for (const page of Object.values(pages)) await page.seconds(TIMES);
  const measured = await interleave({
    "Grad-CAM": () => pages.layer.seconds(TIMES),
    "forward run": () => pages.forward.seconds(TIMES),
  });
  const version = await versionOf("layerscope");
  await writeResult({
    name: "grad-cam",
    browser: describeBrowser(browser, "one core, WebAssembly"),
    runs: RUNS,
    rows: Object.entries(measured).map(([who, seconds]) => ({ who, version, ...seconds })),
    ratios: { forward: measured["forward run"].cpu_s / measured["Grad-CAM"].cpu_s },
  });
} finally {
  await browser.close();
}
