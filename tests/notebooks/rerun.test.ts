import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type JupyterServer, startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { expectInk } from "../support/scatter-actions.ts";

const CELL = `import layerscope as ls
from sklearn.datasets import load_digits
digits = load_digits()
scatter = ls.UmapScatter(digits.data, labels=digits.target, images=digits.images, n_epochs=20)
await scatter`;
/** Runs before the count begins: code, fonts and caches are paid for once. */
const WARM_UP = 5;
const RUNS = 50;

describe("a cell run again and again", () => {
  let browser: Browser;
  let server: JupyterServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startJupyter("lab")]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it(`leaves no worker behind and at most 0.2 MB of heap a run, ${RUNS} times`, async () => {
    const notebook = await openNotebook(browser, server, await server.write("again.ipynb", [CELL]));
    const { page } = notebook;
    const devtools = await page.context().newCDPSession(page);
    const heap = async () => {
      await devtools.send("HeapProfiler.collectGarbage");
      const { usedSize } = await devtools.send("Runtime.getHeapUsage");
      return usedSize;
    };
    const runs = async (count: number) => {
      for (let run = 0; run < count; run++) await notebook.run(0);
      await expectInk(notebook.widget());
    };
    await runs(WARM_UP);
    const before = await heap();
    const workers = page.workers().length;
    await runs(RUNS);
    const after = await heap();
    expect((after - before) / RUNS / 1e6).toBeLessThan(0.2);
    expect(page.workers().length).toBe(workers);
    expect(workers).toBe(1);
    expect(await notebook.widget(1).count()).toBe(0);
    expect(notebook.errors).toEqual([]);
    await notebook.close();
  });
});
