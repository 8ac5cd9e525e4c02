// Integrated gradients of ResNet-18 at one picture, 25 steps, with two workers against one, wall time; PAIR and Captum,
// one thread, beside it.
import { resolve } from "node:path";
import { networkFacts, networksFolder } from "../models/networks.ts";
import { openBrowserPage } from "../support/browser-page.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveEngine } from "../support/engine-files.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { pageCpuSeconds } from "./measure/page-processes.ts";
import { RUNS } from "./measure/runs.ts";
import { serveFiles } from "./measure/serve-files.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { writeResult } from "./write-result.ts";

const NETWORK = "resnet18";
/** As many as the peers take. */
const STEPS = 25;
const WARM_UPS = 2;

const { unit, files } = await networkFacts(NETWORK);
const browser = await launchChromium();
await using python = new PythonPeer("gradient_pytorch", ".oracle-models");

async function openPage(workers: number): Promise<() => Promise<Seconds>> {
  const { page, errors } = await openBrowserPage(browser, resolve("tests/bench/saliency-page/saliency-page.ts"));
  await serveEngine(page);
  const picture = `${NETWORK}.picture.bin`;
  const { [picture]: numbers, ...served } = await serveFiles(page, networksFolder, [...files, picture], "");
  if (!numbers) throw new Error(`${picture} is not served`);
  await page.evaluate(([all, given]) => window.saliencyBench.load(all, given), [served, numbers] as const);
  const integrate = () =>
    page.evaluate((task) => window.saliencyBench.integrate(task), { unit, steps: STEPS, workers } as const);
  // The browser compiles what is hot once more, and the other worker opens its session.
  for (let run = 0; run < WARM_UPS; run++) await integrate();
  return async () => {
    const before = await pageCpuSeconds(browser);
    const wall_s = await integrate();
    if (errors.length > 0) throw new Error(errors.join("\n"));
    return { cpu_s: (await pageCpuSeconds(browser)) - before, wall_s };
  };
}

try {
  const versions = new Map<string, string>();
  const ask = async (who: string, method: string) => {
    const asked = { folder: networksFolder, name: NETWORK, method, times: 1 };
    const { version, ...seconds } = await python.ask<Seconds & { version: string }>(asked);
    versions.set(who, version);
    return seconds;
  };
  const [two, one] = [await openPage(2), await openPage(1)];
  const measured = await interleave({
    "two workers": two,
    "one worker": one,
    "PAIR, one thread": () => ask("PAIR, one thread", "integrated by pair"),
    "Captum, one thread": () => ask("Captum, one thread", "integrated by captum"),
  });
  const own = await versionOf("layerscope");
  await writeResult({
    name: "ig-25",
    browser: describeBrowser(browser, "two workers"),
    runs: RUNS,
    rows: Object.entries(measured).map(([who, seconds]) => ({ who, version: versions.get(who) ?? own, ...seconds })),
    ratios: { "one-worker": measured["one worker"].wall_s / measured["two workers"].wall_s },
  });
} finally {
  await browser.close();
}
