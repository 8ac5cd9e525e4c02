// Shift+Enter to pixels in a real JupyterLab, 100,000 points with coordinates, against jupyter-scatter.
import { resolve } from "node:path";
import { launchChromium } from "../support/chromium.ts";
import { startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { firstPicture } from "./measure/first-picture.ts";
import { median, writeResult } from "./write-result.ts";

const RUNS = 5;
const DATA = `import numpy as np
random = np.random.default_rng(1)
classes = random.integers(0, 10, 100_000)
centres = random.normal(size=(10, 2)) * 6
xy = (centres[classes] + random.normal(size=(100_000, 2))).astype("f4")`;
const CONTENDERS = {
  layerscope: `import layerscope as ls
ls.UmapScatter(coords=xy, labels=classes)`,
  "jupyter-scatter": `import jscatter, pandas as pd
jscatter.plot(data=pd.DataFrame({"x": xy[:, 0], "y": xy[:, 1], "class": pd.Categorical(classes)}), x="x", y="y", color_by="class")`,
} as const;
type Contender = keyof typeof CONTENDERS;

const server = await startJupyter("lab", { environment: resolve(".bench") });
const browser = await launchChromium();
try {
  const seconds: Record<Contender, number[]> = { layerscope: [], "jupyter-scatter": [] };
  const names = Object.keys(CONTENDERS) as Contender[];
  // One unmeasured round: files are read from the disk for the first time.
  for (let run = -1; run < RUNS; run++) {
    for (const who of names) {
      const taken = await firstPicture(browser, server, who, [DATA, CONTENDERS[who]]);
      if (run >= 0) seconds[who].push(taken);
      console.log(`${who}: ${taken.toFixed(2)} s${run < 0 ? " (not counted)" : ""}`);
    }
  }
  const asking = await openNotebook(browser, server, await server.write("versions.ipynb", ["pass"]));
  const versions = await asking.ask(
    `from importlib.metadata import version; print(version("layerscope"), version("jupyter-scatter"))`,
  );
  const [ours = "", theirs = ""] = versions.split(" ");
  const ratio = median(seconds["jupyter-scatter"]) / median(seconds.layerscope);
  await writeResult({
    name: "first-picture-100k",
    browser: `Chromium ${browser.version()}, headless, software GL`,
    runs: RUNS,
    rows: [
      { who: "layerscope", version: ours, wall_s: median(seconds.layerscope) },
      { who: "jupyter-scatter", version: theirs, wall_s: median(seconds["jupyter-scatter"]) },
    ],
    ratios: { "jupyter-scatter": ratio },
  });
} finally {
  await browser.close();
  await server.stop();
}
