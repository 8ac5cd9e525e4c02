import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import { launchChromium } from "./chromium.ts";
import { type JupyterServer, startJupyter } from "./jupyter-server.ts";
import { type NotebookPage, openNotebook } from "./notebook-page.ts";

/** A cell that shows the digits and waits for their map. */
export const DIGITS = `import layerscope as ls
from sklearn.datasets import load_digits
digits = load_digits()
scatter = ls.UmapScatter(digits.data, labels=digits.target)
await scatter`;

/** A browser and a JupyterLab for the tests of one file. */
export interface Lab {
  readonly browser: Browser;
  readonly server: JupyterServer;
  /** Open a notebook of these cells, closed when the test ends. */
  open(cells: readonly string[], options?: BrowserContextOptions): Promise<NotebookPage>;
}

/** Start both before the file's first test, and end them after its last. */
export function useLab(): Lab {
  let browser: Browser | undefined;
  let server: JupyterServer | undefined;
  const pages: NotebookPage[] = [];
  let notebooks = 0;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startJupyter("lab")]);
  });
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const lab = {
    get browser() {
      return started(browser);
    },
    get server() {
      return started(server);
    },
    async open(cells: readonly string[], options: BrowserContextOptions = {}) {
      const name = await lab.server.write(`notebook-${notebooks++}.ipynb`, cells);
      const page = await openNotebook(lab.browser, lab.server, name, options);
      pages.push(page);
      return page;
    },
  };
  return lab;
}

function started<Thing>(thing: Thing | undefined): Thing {
  if (thing === undefined) throw new Error("It has not been started: is this inside a test?");
  return thing;
}
