// Shift+Enter to pixels in a real JupyterLab, 100,000 points with coordinates, against jupyter-scatter.
import { resolve } from "node:path";
import type { Browser, CDPSession } from "playwright-core";
import { PNG } from "pngjs";
import { launchChromium } from "../support/chromium.ts";
import { type JupyterServer, startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { colouredPixels } from "../support/pixels.ts";
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

interface Frame {
  readonly at: number;
  readonly coloured: number;
}

/** Seconds from the key to the first frame that shows at least half of what the settled picture shows. */
async function firstPicture(browser: Browser, server: JupyterServer, who: Contender): Promise<number> {
  const notebook = await openNotebook(browser, server, await server.write(`${who}.ipynb`, [DATA, CONTENDERS[who]]));
  await notebook.run(0);
  await notebook.page.evaluate(() => {
    jupyterapp.shell.currentWidget.content.activeCellIndex = 1;
  });
  const screen = await notebook.page.context().newCDPSession(notebook.page);
  const watched = watchUntilStill(screen);
  await screen.send("Page.startScreencast", { format: "png", maxWidth: 640, maxHeight: 500 });
  const pressed = Date.now();
  await notebook.page.evaluate(() => jupyterapp.commands.execute("notebook:run-cell-and-select-next"));
  const frames = await watched;
  await notebook.close();
  // The next run begins as a reader's day does: with a kernel that has imported nothing.
  await server.endSessions();
  const before = frames[0]?.coloured ?? 0;
  const settled = frames.at(-1)?.coloured ?? 0;
  const first = frames.find(({ at, coloured }) => at >= pressed && coloured - before >= (settled - before) / 2);
  if (!first) throw new Error(`${who} showed no picture.`);
  return (first.at - pressed) / 1000;
}

/** The frames that the browser composes, from the first until a picture has stayed as it is for two seconds. */
function watchUntilStill(screen: CDPSession): Promise<Frame[]> {
  return new Promise((done) => {
    const frames: Frame[] = [];
    screen.on("Page.screencastFrame", ({ data, metadata, sessionId }) => {
      // The last frames arrive while the page is being closed.
      screen.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
      const at = (metadata.timestamp ?? 0) * 1000;
      const coloured = colouredPixels(PNG.sync.read(Buffer.from(data, "base64")));
      frames.push({ at, coloured });
      const before = frames[0]?.coloured ?? 0;
      const changed = frames.findLast((frame) => frame.coloured !== coloured)?.at ?? at;
      // JupyterLab's own coloured pixels (the prompt, the focus) change by some hundreds.
      if (coloured - before > 1000 && at - changed > 2000) done(frames);
    });
  });
}

const server = await startJupyter("lab", { environment: resolve(".bench") });
const browser = await launchChromium();
try {
  const seconds: Record<Contender, number[]> = { layerscope: [], "jupyter-scatter": [] };
  const names = Object.keys(CONTENDERS) as Contender[];
  // One unmeasured round: files are read from the disk for the first time.
  for (let run = -1; run < RUNS; run++) {
    for (const who of names) {
      const taken = await firstPicture(browser, server, who);
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
