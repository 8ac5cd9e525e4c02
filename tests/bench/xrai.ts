// XRAI's segments and ranking of one picture of 224 pixels, full and fast, one core, against PAIR's own with scikit-image in one
// Python process; CPU seconds. The network's part, its gradients, is left out of both: the attributions are given.
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openBrowserPage } from "../support/browser-page.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { pageCpuSeconds } from "./measure/page-processes.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { writeResult } from "./write-result.ts";

const ALGORITHMS = ["full", "fast"] as const;
type Ranked = Seconds & { readonly areas: readonly number[] };

await using folder = await RowsFolder.make();
await using pair = new PythonPeer("xrai_pair");
const { version } = await pair.ask<{ version: string }>({ folder: folder.path });
const browser = await launchOneCoreChromium();
try {
  const { page, errors } = await openBrowserPage(browser, resolve("tests/bench/xrai-page/xrai-page.ts"));
  for (const name of ["picture.bin", "attributions.bin"]) {
    const body = await readFile(join(folder.path, name));
    await page.route(`http://localhost/${name}`, (route) => route.fulfill({ body }));
  }
  await page.evaluate(() => window.xraiBench.load());
  const rankHere = async (algorithm: (typeof ALGORITHMS)[number]): Promise<Ranked> => {
    const before = await pageCpuSeconds(browser);
    const { wall_s, areas } = await page.evaluate((asked) => window.xraiBench.rank(asked), algorithm);
    return { wall_s, areas, cpu_s: (await pageCpuSeconds(browser)) - before };
  };
  const rankThere = (algorithm: (typeof ALGORITHMS)[number]) => pair.ask<Ranked>({ algorithm });
  // One unmeasured round: code is compiled, and both rank the same regions.
  for (const algorithm of ALGORITHMS) {
    const [ours, theirs] = [await rankHere(algorithm), await rankThere(algorithm)];
    if (ours.areas.join() !== theirs.areas.join())
      throw new Error(`${algorithm}: regions of ${ours.areas} pixels, PAIR's of ${theirs.areas}`);
  }
  const measured = await interleave({
    "layerscope, full": () => rankHere("full"),
    "layerscope, fast": () => rankHere("fast"),
    "pair, full": () => rankThere("full"),
    "pair, fast": () => rankThere("fast"),
  });
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const own = await versionOf("layerscope");
  await writeResult({
    name: "xrai",
    browser: describeBrowser(browser, "one core"),
    runs: RUNS,
    rows: Object.entries(measured).map(([who, seconds]) => ({
      who,
      version: who.startsWith("pair") ? version : own,
      ...seconds,
    })),
    ratios: {
      pair: Math.min(
        ...ALGORITHMS.map(
          (algorithm) => measured[`pair, ${algorithm}`].cpu_s / measured[`layerscope, ${algorithm}`].cpu_s,
        ),
      ),
    },
  });
} finally {
  await browser.close();
}
