import { openGradientPage } from "../../models/gradient-page/open-gradient-page.ts";
import { networksFolder } from "../../models/networks.ts";
import { describeBrowser, launchOneCoreChromium } from "../measure/bench-browser.ts";
import { interleave, type Seconds } from "../measure/interleave.ts";
import { AS_NARROW } from "../measure/narrow-vectors.ts";
import { RUNS } from "../measure/runs.ts";
import { versionOf } from "../measure/versions.ts";
import { PythonPeer } from "../peers/python-peer.ts";
import { writeResult } from "../write-result.ts";

/** Gradients a run: a tick of the browser's clock is 0.01 s. */
const TIMES = 8;
/** The browser compiles what is hot once more, beside the first runs. */
const WARM_UPS = 2;

/**
 * The gradient of a network's largest score at one picture of 224 pixels, one core, CPU seconds: ours against PyTorch's,
 * limited to the browser's width and at its full one, and Captum's.
 */
export async function raceGradient(name: string, network: string): Promise<void> {
  const browser = await launchOneCoreChromium();
  await using narrow = new PythonPeer("gradient_pytorch", ".oracle-models", AS_NARROW);
  await using wide = new PythonPeer("gradient_pytorch", ".oracle-models");
  const versions = new Map([["layerscope", await versionOf("layerscope")]]);
  const ask = async (who: string, peer: PythonPeer, method: string) => {
    const asked = { folder: networksFolder, name: network, method, times: TIMES };
    const { version, ...seconds } = await peer.ask<Seconds & { version: string }>(asked);
    versions.set(who, version);
    return seconds;
  };
  try {
    const page = await openGradientPage(browser, network);
    for (let run = 0; run < WARM_UPS; run++) await page.seconds(TIMES);
    const measured = await interleave({
      layerscope: () => page.seconds(TIMES),
      "pytorch-128bit": () => ask("pytorch-128bit", narrow, "gradient"),
      pytorch: () => ask("pytorch", wide, "gradient"),
      captum: () => ask("captum", wide, "captum"),
    });
    const ratioTo = (peer: keyof typeof measured) => measured[peer].cpu_s / measured.layerscope.cpu_s;
    await writeResult({
      name,
      browser: describeBrowser(browser, "one core, WebAssembly"),
      runs: RUNS,
      rows: Object.entries(measured).map(([who, seconds]) => ({ who, version: versions.get(who) ?? "", ...seconds })),
      ratios: {
        "pytorch-128bit": ratioTo("pytorch-128bit"),
        pytorch: ratioTo("pytorch"),
        captum: ratioTo("captum"),
      },
    });
  } finally {
    await browser.close();
  }
}
