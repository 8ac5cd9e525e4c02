// How far maps keep neighbours, ours over umap-learn's, mean of three seeds: the worst of digits and clustered rows.
import type { Matrix } from "../../src/compute/matrix.ts";
import { launchChromium } from "../support/chromium.ts";
import { clusteredRows } from "./data/clustered-rows.ts";
import { digitRows } from "./data/digit-rows.ts";
import { openMapPage } from "./map-page/open-map-page.ts";
import { readPositions } from "./map-page/read-map.ts";
import { epochsFor } from "./map-page/warm-up.ts";
import { describeBrowser } from "./measure/bench-browser.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { type BenchRow, writeResult } from "./write-result.ts";

const SEEDS = [1, 2, 3];

interface Scores {
  readonly trustworthiness: readonly number[];
  readonly preservation: readonly number[];
}
type Score = Record<keyof Scores, number>;

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const rowsOf: Readonly<Record<string, Matrix>> = {
  digits: await digitRows(),
  "clusters, 5,000 rows": clusteredRows(5_000, 256),
  "clusters, 20,000 rows": clusteredRows(20_000, 256),
};

const browser = await launchChromium();
await using folder = await RowsFolder.make();
await using umapLearn = new PythonPeer("fit_umap_learn");
await using judge = new PythonPeer("score_maps");
let peerVersion = "";

/** Both contenders' maps of one set of rows, all seeds, and what they are worth: ours first. */
async function compare(points: Matrix): Promise<readonly [ours: Score, theirs: Score]> {
  const file = await folder.write("rows", points);
  const epochs = epochsFor(points.rows);
  const page = await openMapPage(browser);
  await page.load(points);
  const ours: string[] = [];
  const theirs: string[] = [];
  for (const seed of SEEDS) {
    const { map } = await page.run("layerscope", { seed, epochs, workers: null, backend: "auto" });
    ours.push((await folder.write(`layerscope-${seed}`, await readPositions(map))).path);
    const layout = `${folder.path}/umap-learn-${seed}.bin`;
    peerVersion = (await umapLearn.ask<{ version: string }>({ ...file, seed, epochs, layout })).version;
    theirs.push(layout);
  }
  await page.close();
  const scores = await judge.ask<Scores>({ work: "score", ...file, layouts: [...ours, ...theirs] });
  const meanOf = (from: number) => ({
    trustworthiness: mean(scores.trustworthiness.slice(from, from + SEEDS.length)),
    preservation: mean(scores.preservation.slice(from, from + SEEDS.length)),
  });
  return [meanOf(0), meanOf(SEEDS.length)];
}

try {
  const rows: BenchRow[] = [];
  const ratios: Score = { trustworthiness: Number.POSITIVE_INFINITY, preservation: Number.POSITIVE_INFINITY };
  for (const [data, points] of Object.entries(rowsOf)) {
    const [ours, theirs] = await compare(points);
    rows.push({ who: "layerscope", version: await versionOf("layerscope"), data, ...ours });
    rows.push({ who: "umap-learn", version: peerVersion, data, ...theirs });
    for (const figure of ["trustworthiness", "preservation"] as const)
      ratios[figure] = Math.min(ratios[figure], ours[figure] / theirs[figure]);
  }
  await writeResult({
    name: "umap-quality",
    browser: describeBrowser(browser, "means of seeds 1 to 3"),
    runs: 1,
    rows,
    ratios,
  });
} finally {
  await browser.close();
}
