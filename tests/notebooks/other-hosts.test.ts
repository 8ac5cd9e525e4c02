import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { startJupyter } from "../support/jupyter-server.ts";
import { openNotebook } from "../support/notebook-page.ts";
import { openFramework, openNotebookKit } from "../support/observable-site.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../support/scatter-actions.ts";
import { TOUR } from "../support/tour-widgets.ts";

describe("the other hosts", () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("Notebook 7 draws, takes a lasso and tells Python", async () => {
    const server = await startJupyter("notebook");
    try {
      const name = await server.write("digits.ipynb", [
        `import layerscope as ls
from sklearn.datasets import load_digits
digits = load_digits()
scatter = ls.UmapScatter(digits.data, labels=digits.target, images=digits.images)
await scatter`,
      ]);
      const notebook = await openNotebook(browser, server, name);
      await notebook.runAll();
      await expectInk(notebook.widget());
      await drawLasso(notebook.widget(), LEFT_HALF);
      const sentence = await expectStatus(notebook.widget(), /of 1,797 selected/);
      const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
      await notebook.askUntil("print(len(scatter.selected))", (answer) => answer === String(count));
      expect(notebook.outside).toEqual([]);
      // Notebook 7 prints this one of its own accord, with any notebook.
      expect(notebook.errors.filter((error) => !error.includes("reading 'schema'"))).toEqual([]);
      await notebook.close();
    } finally {
      await server.stop();
    }
  });

  it("the Notebook Kit document draws its maps, and a cell follows the selection", async () => {
    const document = await openNotebookKit(browser, "tour.html");
    const map = (index: number) => document.page.locator(".layerscope").nth(index);
    const [digits, seen, said] = [map(TOUR.digits), map(TOUR.seen), map(TOUR.other)];
    for (const widget of [digits, seen, said]) {
      await widget.scrollIntoViewIfNeeded();
      await expectInk(widget);
    }
    await drawLasso(digits, LEFT_HALF);
    const sentence = await expectStatus(digits, /of 1,797 selected/);
    const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
    await document.page.getByText(`${count} rows selected: `).waitFor();
    await drawLasso(seen, LEFT_HALF);
    const half = /^[\d,]+ of 1,000 selected/.exec(await expectStatus(seen, /of 1,000 selected/))?.[0] ?? "nothing";
    await expectStatus(said, new RegExp(`^${half}`));
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });

  it("the Framework page draws its map, a cell follows the selection, and 3-D finds its part", async () => {
    const site = await openFramework(browser);
    const map = site.page.locator(".layerscope").first();
    await expectInk(map);
    await site.page.getByText("nothing selected").waitFor();
    await drawLasso(map, LEFT_HALF);
    const sentence = await expectStatus(map, /of 1,797 selected/);
    const count = Number(/^[\d,]+/.exec(sentence)?.[0].replace(",", ""));
    expect(count).toBeGreaterThan(100);
    await site.page.getByText(`${count} rows selected: `).waitFor();
    await map.getByRole("button", { name: "3-D" }).click();
    await map.locator(".ls-space canvas").first().waitFor();
    expect(site.outside).toEqual([]);
    expect(site.errors).toEqual([]);
    await site.close();
  });
});
