import type { Browser } from "playwright-core";
import type { Matrix } from "../../src/compute/matrix.ts";
import { clusteredRows } from "./data/clustered-rows.ts";
import type { MapTask, PageContender } from "./map-page/map-page.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { epochsFor, WARM_UP } from "./map-page/warm-up.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { writeResult } from "./write-result.ts";

const COLUMNS = 256;
const SEED = 42;
/** Ours in a page that has computed nothing before: worker and WebAssembly begin within the time. */
const COLD = "layerscope, first run in a page";

/** Clustered rows to a map, end to end, on one core: ours and each peer, in CPU seconds. */
export async function raceMaps(name: string, rows: number): Promise<void> {
  const points = clusteredRows(rows, COLUMNS);
  const epochs = epochsFor(rows);
  await using folder = await RowsFolder.make();
  const file = await folder.write("rows", points);
  const browser = await launchOneCoreChromium();
  await using umapLearn = new PythonPeer("fit_umap_learn");
  await using fastumap = new PythonPeer("fit_fastumap");
  try {
    const task: MapTask = { seed: SEED, epochs, workers: 1, backend: "cpu" };
    const inPage = (who: PageContender) => () => mapInPage(browser, who, points, task, true);
    const inPython = (peer: PythonPeer) => () =>
      peer.ask<Seconds>({ path: file.path, shape: file.shape, seed: SEED, epochs });
    const versions: Record<string, string> = {};
    for (const [who, peer] of Object.entries({ "umap-learn": umapLearn, fastumap })) {
      const warmUp = { path: file.path, shape: file.shape, seed: SEED, epochs: WARM_UP.epochs, first: WARM_UP.rows };
      versions[who] = (await peer.ask<{ version: string }>(warmUp)).version;
    }
    for (const who of ["layerscope", "umap-js", "embedding-atlas"] as const) versions[who] = await versionOf(who);
    const measured = await interleave({
      layerscope: inPage("layerscope"),
      [COLD]: () => mapInPage(browser, "layerscope", points, task, false),
      "umap-learn": inPython(umapLearn),
      fastumap: inPython(fastumap),
      "embedding-atlas": inPage("embedding-atlas"),
      "umap-js": inPage("umap-js"),
    });
    const ratioOf = (who: "umap-js" | "embedding-atlas" | "umap-learn" | "fastumap") =>
      measured[who].cpu_s / measured.layerscope.cpu_s;
    await writeResult({
      name,
      browser: describeBrowser(browser, "one core, CPU seconds of the page's processes"),
      runs: RUNS,
      rows: Object.entries(measured).map(([who, seconds]) => ({
        who,
        version: versions[who === COLD ? "layerscope" : who] ?? "",
        ...seconds,
      })),
      ratios: {
        "umap-js": ratioOf("umap-js"),
        "embedding-atlas": ratioOf("embedding-atlas"),
        "umap-learn": ratioOf("umap-learn"),
        fastumap: ratioOf("fastumap"),
      },
    });
  } finally {
    await browser.close();
  }
}

/** One run in a page of its own. */
async function mapInPage(
  browser: Browser,
  who: PageContender,
  points: Matrix,
  task: MapTask,
  warm: boolean,
): Promise<Seconds> {
  const page = await openMapPage(browser);
  await page.load(points);
  if (warm) await page.run(who, { ...task, epochs: WARM_UP.epochs }, WARM_UP.rows);
  const { cpu_s, wall_s } = await page.run(who, task);
  await page.close();
  return { cpu_s, wall_s };
}
