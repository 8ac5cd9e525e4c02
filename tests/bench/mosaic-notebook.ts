// Shift+Enter to the picture in a real JupyterLab, 20,000 tiles of 64 px that travel too, against one imshow a tile.
import { resolve } from "node:path";
import { launchChromium } from "../support/chromium.ts";
import { startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { firstPicture } from "./measure/first-picture.ts";
import { RUNS } from "./measure/runs.ts";
import { median, writeResult } from "./write-result.ts";

const PEERS = resolve("tests/bench/peers");
const DATA = `import sys
sys.path.insert(0, ${JSON.stringify(PEERS)})
import numpy as np
random = np.random.default_rng(42)
classes = random.integers(0, 24, 20_000)
xy = ((random.uniform(size=(24, 2))[classes] + random.normal(size=(20_000, 2)) * 0.15) % 1).astype("f4")
colors = random.uniform(40, 230, size=(24, 3))
tiles = np.empty((20_000, 64, 64, 3), "u1")
for start in range(0, 20_000, 500):
    part = slice(start, start + 500)
    coarse = random.normal(size=(500, 8, 8, 3)) * 30 + colors[classes[part], None, None]
    tiles[part] = np.clip(coarse, 0, 255).astype("u1").repeat(8, axis=1).repeat(8, axis=2)`;
const CONTENDERS = {
  layerscope: `import layerscope as ls
ls.Mosaic(tiles, xy)`,
  slideflow: `from mosaic_slideflow import GivenTiles, draw
%matplotlib inline
draw(GivenTiles(tiles, xy), 50);`,
  // What no widget can be sooner than: a canvas with as many bytes, and nothing to compute.
  bare: `from bare_widget import Bare
Bare(tiles[:160].tobytes())`,
} as const;
type Contender = keyof typeof CONTENDERS;

const server = await startJupyter("lab", { environment: resolve(".bench") });
const browser = await launchChromium();
try {
  const seconds: Record<Contender, number[]> = { layerscope: [], slideflow: [], bare: [] };
  const names = Object.keys(CONTENDERS) as Contender[];
  // One unmeasured round: files are read from the disk for the first time.
  for (let run = -1; run < RUNS; run++) {
    for (const who of names) {
      const taken = await firstPicture(browser, server, who, [DATA, CONTENDERS[who]], { stays: true });
      if (run >= 0) seconds[who].push(taken);
      console.log(`${who}: ${taken.toFixed(2)} s${run < 0 ? " (not counted)" : ""}`);
    }
  }
  const asking = await openNotebook(browser, server, await server.write("versions.ipynb", ["pass"]));
  const versions = await asking.ask(
    `from importlib.metadata import version; print(*map(version, ("layerscope", "matplotlib", "anywidget")))`,
  );
  const [ours = "", theirs = "", bare = ""] = versions.split(" ");
  await writeResult({
    name: "mosaic-notebook",
    browser: `Chromium ${browser.version()}, headless, software GL`,
    runs: RUNS,
    rows: [
      { who: "layerscope", version: ours, wall_s: median(seconds.layerscope) },
      { who: "matplotlib imshow a tile, as Slideflow", version: theirs, wall_s: median(seconds.slideflow) },
      { who: "a bare anywidget with as many bytes", version: bare, wall_s: median(seconds.bare) },
    ],
    ratios: { slideflow: median(seconds.slideflow) / median(seconds.layerscope) },
  });
} finally {
  await browser.close();
  await server.stop();
}
