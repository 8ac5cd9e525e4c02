// 100,000 tiles of 64 px in a page: time of a frame while panning and zooming, and the memory that pictures take.
import { launchChromium } from "../support/chromium.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { openMosaicPage } from "./mosaic-page/open-mosaic-page.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { median, writeResult } from "./write-result.ts";

const ROWS = 20_000;
const TIMES = 5;
/** The most whose cells are still drawn as tiles in a body of 600 px; smaller ones become a density. */
const COLUMNS = 90;
const STEPS = 20;
const LIMIT_MB = 64;

await using folder = await RowsFolder.make();
await using peer = new PythonPeer("mosaic_slideflow");
await peer.ask({ task: "make", folder: folder.path, rows: ROWS });
const browser = await launchChromium();
try {
  const { page, errors } = await openMosaicPage(browser, folder.path, "array");
  await page.evaluate((times) => mosaicBench.repeat(times), TIMES);
  const inspector = await page.context().newCDPSession(page);
  const measured: { first_s: number; pan_s: number; zoom_s: number; textures_mb: number; heap_mb: number }[] = [];
  for (let run = 0; run < RUNS; run++) {
    const figures = await page.evaluate(([columns, steps]) => mosaicBench.travel(columns, steps), [
      COLUMNS,
      STEPS,
    ] as const);
    await inspector.send("HeapProfiler.collectGarbage");
    const { usedSize } = await inspector.send("Runtime.getHeapUsage");
    measured.push({ ...figures, heap_mb: usedSize / 1e6 });
    console.log(measured.at(-1));
  }
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const medianOf = (figure: keyof (typeof measured)[number]) => median(measured.map((run) => run[figure]));
  const textures = Math.max(...measured.map(({ textures_mb }) => textures_mb));
  await writeResult({
    name: "mosaic-100k",
    browser: `Chromium ${browser.version()}, headless`,
    runs: RUNS,
    rows: [
      {
        who: "layerscope",
        version: await versionOf("layerscope"),
        first_s: medianOf("first_s"),
        pan_s: medianOf("pan_s"),
        zoom_s: medianOf("zoom_s"),
        textures_mb: textures,
        heap_mb: medianOf("heap_mb"),
      },
      { who: "limit", version: "", textures_mb: LIMIT_MB },
    ],
    ratios: { limit: LIMIT_MB / textures },
  });
} finally {
  await browser.close();
}
