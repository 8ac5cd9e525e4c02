// 20,000 tiles of 64 px on 50 columns: to a picture in the page and to a PNG of 1,944 px, against one imshow a tile; wall.
// Slideflow shows its mosaic by the PNG alone, on disk or in a notebook: that is its first picture as well.
import { launchChromium } from "../support/chromium.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { openMosaicPage } from "./mosaic-page/open-mosaic-page.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { median, writeResult } from "./write-result.ts";

const ROWS = 20_000;
const COLUMNS = 50;
const WIDTH = 1944;

interface Drawn {
  readonly wall_s: number;
  readonly cells: number;
  readonly version: string;
}

await using folder = await RowsFolder.make();
await using peer = new PythonPeer("mosaic_slideflow");
await peer.ask({ task: "make", folder: folder.path, rows: ROWS });
const browser = await launchChromium();
try {
  const arrays = await openMosaicPage(browser, folder.path, "array");
  const jpegs = await openMosaicPage(browser, folder.path, "jpeg");
  const imshow = (kind: "array" | "jpeg") =>
    peer.ask<Drawn>({ task: "draw", kind, folder: folder.path, columns: COLUMNS });
  const contenders = {
    "screen-array": [
      () => arrays.page.evaluate((columns) => mosaicBench.screen(columns), COLUMNS),
      () => imshow("array"),
    ],
    "screen-jpeg": [() => jpegs.page.evaluate((columns) => mosaicBench.screen(columns), COLUMNS), () => imshow("jpeg")],
    png: [() => arrays.page.evaluate((width) => mosaicBench.save(width), WIDTH), () => imshow("array")],
  } as const;
  const names = Object.keys(contenders) as (keyof typeof contenders)[];
  const seconds = names.map(() => ({ ours: [] as number[], theirs: [] as number[] }));
  let cells = 0;
  let version = "";
  // One unmeasured round: code is compiled, files are read for the first time.
  for (let run = -1; run < RUNS; run++)
    for (const [place, name] of names.entries()) {
      const [draw, drawTheirs] = contenders[name];
      const { wall_s } = await draw();
      const theirs = await drawTheirs();
      ({ cells, version } = theirs);
      console.log(
        `${name}: ${wall_s.toFixed(3)} s, imshow ${theirs.wall_s.toFixed(2)} s${run < 0 ? " (not counted)" : ""}`,
      );
      if (run < 0) continue;
      seconds[place]?.ours.push(wall_s);
      seconds[place]?.theirs.push(theirs.wall_s);
    }
  const errors = [...arrays.errors, ...jpegs.errors];
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const medians = seconds.map(({ ours, theirs }) => ({ ours: median(ours), theirs: median(theirs) }));
  const figures = (who: "ours" | "theirs") =>
    Object.fromEntries(
      names.map((name, place) => [`${name.replace("-", "_")}_s`, medians[place]?.[who] ?? Number.NaN]),
    );
  await writeResult({
    name: "mosaic-20k",
    browser: `Chromium ${browser.version()}, headless, ${cells} cells with a tile`,
    runs: RUNS,
    rows: [
      { who: "layerscope", version: await versionOf("layerscope"), ...figures("ours") },
      { who: "matplotlib imshow a tile, as Slideflow", version, ...figures("theirs") },
    ],
    ratios: Object.fromEntries(
      names.map((name, place) => [name, (medians[place]?.theirs ?? 0) / (medians[place]?.ours ?? 1)]),
    ),
  });
} finally {
  await browser.close();
}
