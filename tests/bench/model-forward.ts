// MobileNetV2, ResNet-18 and EfficientNetB0 at 224 pixels through Features, one worker and one core, against the bare
// engine in a page of the same kind; ONNX Runtime for Python beside it.
import { resolve } from "node:path";
import { ARCHITECTURES, architecturesFolder } from "./data/architectures.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import type { ModelContender } from "./model-page/model-page.ts";
import { openModelPage } from "./model-page/open-model-page.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { type BenchRow, writeResult } from "./write-result.ts";

const task = { pictures: 16, batch: 4, workers: 1 } as const;
const browser = await launchOneCoreChromium();
await using python = new PythonPeer("forward_onnxruntime", ".oracle-models");

const rows: BenchRow[] = [];
const shares: number[] = [];
try {
  for (const architecture of ARCHITECTURES) {
    const pageOf = (who: ModelContender) => openModelPage(browser, architecture, who, task);
    const pages = { layerscope: await pageOf("layerscope"), "onnxruntime-web": await pageOf("onnxruntime-web") };
    let native = "";
    const measured = await interleave({
      layerscope: () => pages.layerscope.run(task),
      "onnxruntime-web": () => pages["onnxruntime-web"].run(task),
      onnxruntime: async () => {
        const file = resolve(architecturesFolder, `${architecture}.onnx`);
        const { version, ...seconds } = await python.ask<Seconds & { version: string }>({
          file,
          pictures: 16,
          batch: 4,
        });
        native = version;
        return seconds;
      },
    });
    for (const page of Object.values(pages)) await page.close();
    const versions = {
      layerscope: await versionOf("layerscope"),
      "onnxruntime-web": await versionOf("onnxruntime-web"),
      onnxruntime: native,
    };
    for (const [who, seconds] of Object.entries(measured))
      rows.push({ who: `${who}, ${architecture}`, version: versions[who as keyof typeof versions], ...seconds });
    shares.push(measured["onnxruntime-web"].cpu_s / measured.layerscope.cpu_s);
  }
  await writeResult({
    name: "model-forward",
    browser: describeBrowser(browser, "one core"),
    runs: RUNS,
    rows,
    ratios: { "onnxruntime-web": Math.min(...shares) },
  });
} finally {
  await browser.close();
}
