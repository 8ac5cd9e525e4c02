// 704 feature maps of eight layers, from activations in the page to the screen, against the lab's own loop in matplotlib; wall.
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { openBrowserPage } from "../support/browser-page.ts";
import { launchChromium } from "../support/chromium.ts";
import { serveEngine } from "../support/engine-files.ts";
import { RowsFolder } from "./measure/rows-folder.ts";
import { RUNS } from "./measure/runs.ts";
import { versionOf } from "./measure/versions.ts";
import { PythonPeer } from "./peers/python-peer.ts";
import { median, writeResult } from "./write-result.ts";

const LIMIT_S = 1;
const PICTURES = 704;
const LAB = resolve("notebooks/labs/lab-network");

await using folder = await RowsFolder.make();
await using matplotlib = new PythonPeer("maps_matplotlib");
const browser = await launchChromium();
try {
  const { page, errors } = await openBrowserPage(browser, resolve("tests/bench/grid-page/grid-page.ts"), {
    viewport: { width: 1040, height: 2_200 },
  });
  await serveEngine(page);
  for (const name of ["lab-network.h5", "cat.png"]) {
    const body = await readFile(join(LAB, name));
    await page.route(`http://localhost/${name}`, (route) => route.fulfill({ body }));
  }
  const activations = await page.evaluate(() => window.gridBench.load());
  await writeFile(
    join(folder.path, "maps.bin"),
    Buffer.concat(activations.map(({ values }) => Buffer.from(values, "base64"))),
  );
  const layers = activations.map(({ values: _, ...layer }) => layer);
  const { version, channels } = await matplotlib.ask<{ version: string; channels: number }>({
    task: "load",
    folder: folder.path,
    layers,
  });
  if (channels !== PICTURES) throw new Error(`${channels} channels, not ${PICTURES}`);
  const ours: number[] = [];
  const theirs: number[] = [];
  // One unmeasured round: code is compiled.
  for (let run = -1; run < RUNS; run++) {
    const { wall_s, pictures } = await page.evaluate(() => window.gridBench.draw());
    if (pictures !== PICTURES) throw new Error(`${pictures} pictures are drawn, not ${PICTURES}`);
    const peer = await matplotlib.ask<{ wall_s: number }>({ task: "draw" });
    console.log(`${wall_s.toFixed(3)} s, matplotlib ${peer.wall_s.toFixed(2)} s${run < 0 ? " (not counted)" : ""}`);
    if (run < 0) continue;
    ours.push(wall_s);
    theirs.push(peer.wall_s);
  }
  if (errors.length > 0) throw new Error(errors.join("\n"));
  await writeResult({
    name: "grid-704",
    browser: `Chromium ${browser.version()}, headless`,
    runs: RUNS,
    rows: [
      { who: "layerscope", version: await versionOf("layerscope"), wall_s: median(ours) },
      { who: "matplotlib, imshow a channel", version, wall_s: median(theirs) },
      { who: "limit", version: "", wall_s: LIMIT_S },
    ],
    ratios: { limit: LIMIT_S / median(ours), matplotlib: median(theirs) / median(ours) },
  });
} finally {
  await browser.close();
}
