// 100,000 tiles x 2,048 units x 5 groups: F and p of every unit on one core, CPU seconds, against SciPy asked in three ways.
import { resolve } from "node:path";
import { openBrowserPage } from "../support/browser-page.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { pageCpuSeconds } from "./measure/page-processes.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { serveFiles } from "./measure/serve-files.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { writeResult } from "./write-result.ts";

const [ROWS, UNITS, GROUPS] = [100_000, 2_048, 5];
/** Of ours from SciPy's F in double precision. */
const MOST_WRONG = 1e-9;
const PEERS = ["slideflow-loop", "scipy-vectorised", "contiguous-loop"] as const;
const ENTRY = resolve("tests/bench/anova-page/anova-page.ts");

await using folder = await RowsFolder.make();
await using scipy = new PythonPeer("anova_scipy");
const files = { folder: folder.path, units: UNITS, groups: GROUPS };
await scipy.ask({ question: "make", rows: ROWS, ...files });
const { version, f } = await scipy.ask<{ version: string; f: number[] }>({ question: "load", ...files });
const browser = await launchOneCoreChromium();
try {
  const inPython = (how: string) => () => scipy.ask<Seconds>({ question: "test", how });
  const measured = await interleave({
    layerscope: rankInPage,
    "slideflow-loop": inPython("slideflow-loop"),
    "scipy-vectorised": inPython("scipy-vectorised"),
    "contiguous-loop": inPython("contiguous-loop"),
  });
  await writeResult({
    name: "anova-100k",
    browser: describeBrowser(browser, "one core, CPU seconds of the page's processes; SciPy one thread"),
    runs: RUNS,
    rows: [
      { who: "layerscope", version: await versionOf("layerscope"), ...measured.layerscope },
      ...PEERS.map((who) => ({ who, version, ...measured[who] })),
    ],
    ratios: Object.fromEntries(PEERS.map((who) => [who, measured[who].cpu_s / measured.layerscope.cpu_s])),
  });
} finally {
  await browser.close();
}

/** A page whose worker has the rows and nothing else yet: one pass over them, tests, ranking, and the table in the page. */
async function rankInPage(): Promise<Seconds> {
  const { page, errors, close } = await openBrowserPage(browser, ENTRY);
  await page.evaluate((task) => anovaBench.load(task), {
    files: await serveFiles(page, folder.path, ["values", "groups"]),
    units: UNITS,
    groupCount: GROUPS,
  });
  const before = await pageCpuSeconds(browser);
  const ranked = await page.evaluate(() => anovaBench.rank());
  const cpu_s = (await pageCpuSeconds(browser)) - before;
  await close();
  const wrong = Math.max(...f.map((exact, unit) => Math.abs((ranked.f[unit] ?? Number.NaN) / exact - 1)));
  if (errors.length > 0 || !(wrong < MOST_WRONG))
    throw new Error(`${errors.join("\n")} F differs from SciPy's by ${wrong}`);
  return { cpu_s, wall_s: ranked.wall_s };
}
