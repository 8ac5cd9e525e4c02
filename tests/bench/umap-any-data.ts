// 20,000 x 256 of rows that a search tuned to clusters finds hard, on one core, against umap-learn: the worst ratio and
// the worst recall count.
import type { Matrix } from "../../src/compute/matrix.ts";
import { uneasyRows } from "./data/uneasy-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { readNeighbors } from "./map-page/read-map.ts";
import { epochsFor, WARM_UP } from "./map-page/warm-up.ts";
import { describeBrowser, launchOneCoreChromium } from "./measure/bench-browser.ts";
import { interleave, type Seconds } from "./measure/interleave.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { type BenchRow, writeResult } from "./write-result.ts";

const ROWS = 20_000;
const COLUMNS = 256;
const NEIGHBORS = 14;
/** Every twentieth row is asked for its neighbours; the long row (10,000) is among them. */
const ASKED = Array.from({ length: 1_000 }, (_, place) => place * 20);
const SHARED = { seed: 42, epochs: epochsFor(ROWS) };

type Fit = Seconds & { readonly version: string; readonly found: number[][] };

const browser = await launchOneCoreChromium();
await using folder = await RowsFolder.make();
await using umapLearn = new PythonPeer("fit_umap_learn");
await using judge = new PythonPeer("score_maps");

/** Both contenders over one set of rows. */
async function compare(data: string, points: Matrix): Promise<Record<"layerscope" | "umap-learn", BenchRow>> {
  const file = await folder.write("rows", points);
  const found: Record<"layerscope" | "umap-learn", number[][]> = { layerscope: [], "umap-learn": [] };
  const warm = { ...file, seed: SHARED.seed, epochs: WARM_UP.epochs, first: WARM_UP.rows };
  const { version } = await umapLearn.ask<Fit>(warm);
  const measured = await interleave({
    async layerscope() {
      const page = await openMapPage(browser);
      await page.load(points);
      const task = { ...SHARED, workers: 1, backend: "cpu" } as const;
      await page.run("layerscope", { ...task, epochs: WARM_UP.epochs }, WARM_UP.rows);
      const { cpu_s, wall_s, map } = await page.run("layerscope", task);
      found.layerscope = await readNeighbors(map, ASKED, NEIGHBORS);
      await page.close();
      return { cpu_s, wall_s };
    },
    async "umap-learn"() {
      const fit = await umapLearn.ask<Fit>({ ...file, ...SHARED, asked: ASKED });
      found["umap-learn"] = fit.found;
      return fit;
    },
  });
  const rowOf = async (who: keyof typeof found, itsVersion: string) => {
    const judged = { work: "recall", ...file, asked: ASKED, found: found[who] };
    const { recall } = await judge.ask<{ recall: number }>(judged);
    return { who, version: itsVersion, data, ...measured[who], recall };
  };
  return {
    layerscope: await rowOf("layerscope", await versionOf("layerscope")),
    "umap-learn": await rowOf("umap-learn", version),
  };
}

try {
  const rows: BenchRow[] = [];
  const ratios: number[] = [];
  const recalls: number[] = [];
  for (const [data, make] of Object.entries(uneasyRows)) {
    console.log(`${data}:`);
    const { layerscope, "umap-learn": peer } = await compare(data, make(ROWS, COLUMNS));
    rows.push(layerscope, peer);
    ratios.push(Number(peer.cpu_s) / Number(layerscope.cpu_s));
    recalls.push(Number(layerscope.recall));
  }
  await writeResult({
    name: "umap-any-data",
    browser: describeBrowser(browser, "one core, CPU seconds of the page's processes"),
    runs: RUNS,
    rows,
    ratios: { "umap-learn": Math.min(...ratios), recall: Math.min(...recalls) },
  });
} finally {
  await browser.close();
}
