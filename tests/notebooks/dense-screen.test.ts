import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { type JupyterServer, startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { expectInk } from "../support/scatter-actions.ts";

describe("a screen with two pixels to a CSS pixel", () => {
  let browser: Browser;
  let server: JupyterServer;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startJupyter("lab")]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  it("shows the whole map, not a quarter of it at twice the size", async () => {
    const name = await server.write("dense.ipynb", [
      `import layerscope as ls, numpy as np
ls.UmapScatter(coords=np.random.default_rng(1).random((500, 2)))`,
    ]);
    const notebook = await openNotebook(browser, server, name, { deviceScaleFactor: 2 });
    await notebook.runAll();
    await expectInk(notebook.widget(), 0.01);
    const body = await notebook.widget().locator(".ls-body").boundingBox();
    for (const canvas of await notebook.widget().locator(".ls-body canvas").all()) {
      const box = await canvas.boundingBox();
      expect(box?.width).toBeCloseTo(body?.width ?? 0, 0);
      expect(box?.height).toBeCloseTo(body?.height ?? 0, 0);
    }
    await notebook.close();
  });
});
