import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope");
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const track = (name: string) => widget().getByRole("slider", { name });
const caption = () =>
  opened.page.evaluate(async () => {
    const text = await (await globalThis.shown.save("svg")).text();
    return /<desc[^>]*>([^<]*)/.exec(text)?.[1] ?? "";
  });

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts", {
    viewport: { width: 700, height: 900 },
  });
  await opened.page.evaluate(async () => {
    const { clusters, show } = globalThis.scatterPage;
    const labels = Array.from({ length: 400 }, (_, row) => `class ${row % 4}`);
    globalThis.shown = show({ points: clusters(400, 8, 4), labels, nEpochs: 60 });
    await globalThis.shown.ready;
  });
  await button("Settings").click();
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

async function pressOn(name: string, share: number): Promise<void> {
  await track(name).scrollIntoViewIfNeeded();
  const box = await track(name).boundingBox();
  if (!box) throw new Error(`no track of ${name}`);
  await opened.page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await opened.page.mouse.down();
  await opened.page.mouse.move(box.x + box.width * share, box.y + box.height / 2, { steps: 4 });
}

describe("a slider of the settings", () => {
  it("shows a preview while it is dragged and runs the map when it is let go", async () => {
    await pressOn("min_dist", 0.8);
    await expectStatus(widget(), /A preview, settled on from the map before\./);
    expect(await caption()).toMatch(/min_dist 0\.[78]/);
    await opened.page.mouse.up();
    await expect.poll(() => statusOf(widget())).not.toContain("preview");
    await expect.poll(caption).toMatch(/min_dist 0\.[78].*60 epochs/);
    const [dragged, whole] = await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const minDist = Number((document.querySelector('input[aria-label="min_dist"]') as HTMLInputElement).value);
      const labels = Array.from({ length: 400 }, (_, row) => `class ${row % 4}`);
      const other = show({ points: clusters(400, 8, 4), labels, nEpochs: 60, minDist });
      await other.ready;
      return Promise.all([globalThis.shown, other].map(async (map) => (await map.save("csv")).text()));
    });
    expect(dragged).toEqual(whole);
  });

  it("takes neighbours from those that were kept: nothing is searched again", async () => {
    await opened.page.evaluate(() => {
      globalThis.sentences = [];
      const line = document.querySelector(".ls-status");
      new MutationObserver(() => globalThis.sentences.push(line?.textContent ?? "")).observe(line ?? document.body, {
        subtree: true,
        childList: true,
        characterData: true,
      });
    });
    await pressOn("n_neighbors", 0.6);
    await opened.page.mouse.up();
    await expect.poll(caption).toMatch(/n_neighbors (?!15)\d+,/);
    expect(await opened.page.evaluate(() => globalThis.sentences.join(" "))).not.toContain("Finding neighbours");
  });
});

describe("a map while it settles", () => {
  const round = async () =>
    Number(/Paused at round ([\d,]+) of/.exec(await statusOf(widget()))?.[1]?.replaceAll(",", "") ?? -1);

  beforeEach(async () => {
    await opened.page.evaluate(() => globalThis.shown.update({ nEpochs: 20_000, init: "random" }));
  });

  it("is held, moved by single rounds, and goes on", async () => {
    await button("Pause").click();
    await expect.poll(round).toBeGreaterThanOrEqual(0);
    const held = await round();
    await button("Step").click();
    await expect.poll(round).toBe(held + 1);
    await button("Continue").click();
    await button("Pause").click();
    await expect.poll(round).toBeGreaterThan(held + 1);
    await button("Cancel").click();
    await expectStatus(widget(), /Stopped at round/);
  });

  it("is held, moved and let go on by a script", async () => {
    await button("Pause").waitFor();
    await opened.page.evaluate(() => globalThis.shown.pause());
    await expect.poll(round).toBeGreaterThanOrEqual(0);
    const held = await round();
    await opened.page.evaluate(() => globalThis.shown.step(3));
    await expect.poll(round).toBe(held + 3);
    await opened.page.evaluate(() => globalThis.shown.resume());
    await button("Pause").waitFor();
    await button("Cancel").click();
    await expectStatus(widget(), /Stopped at round/);
    const refused = await opened.page.evaluate(() => {
      const { shown } = globalThis;
      return Promise.all([shown.pause(), shown.step(), shown.resume()].map((told) => told.then(() => "done", String)));
    });
    for (const sentence of refused) expect(sentence).toContain("No layout is settling.");
  });

  it("takes another distance from its next round on, and its neighbours serve the run that follows", async () => {
    await button("Pause").waitFor();
    await pressOn("min_dist", 0.8);
    await expect.poll(caption).toMatch(/min_dist 0\.[78]/);
    await button("Pause").waitFor();
    await opened.page.mouse.up();
    await opened.page.evaluate(() => globalThis.shown.update({ nEpochs: 40 }));
    await expect.poll(caption).toMatch(/min_dist 0\.[78].*40 epochs/);
  });
});

describe("what becomes of a layout", () => {
  const heard = () => widget().locator("[aria-live=polite]").textContent();

  it("is heard where it is held, and its end is said for a while beside what is selected", async () => {
    await opened.page.evaluate(() => {
      globalThis.shown.value = [1, 2, 3];
      globalThis.shown.update({ nEpochs: 20_000, pca: 9 });
    });
    await button("Pause").click();
    await expectStatus(widget(), /Paused at round/);
    await expect.poll(heard).toMatch(/^Paused at round [\d,]+ of 20,000\.$/);
    const first = await heard();
    await button("Step").click();
    await expect.poll(heard).not.toBe(first);
    expect(await heard()).toMatch(/^Paused at round/);
    await opened.page.evaluate(() => globalThis.shown.update({ nEpochs: 40 }));
    await expectStatus(widget(), /3 of 400 selected.*pca is 9, and there are 8 columns/);
    expect(await heard()).toContain("pca is 9, and there are 8 columns");
    await expect.poll(() => statusOf(widget()), { timeout: 10_000 }).not.toContain("pca");
    expect(await statusOf(widget())).toContain("3 of 400 selected");
  });
});

describe("the neighbours of a map", () => {
  it("are told of where some are missing, for every map that rests on them", async () => {
    const show = (changed: Readonly<Record<string, unknown>>) =>
      opened.page.evaluate((given) => globalThis.shown.update(given), changed);
    await show({ pca: 2 });
    await expectStatus(widget(), /PCA to 2 of 8 columns keeps \d\d? % of the neighbours/);
    await show({ minDist: 0.6 });
    await expectStatus(widget(), /PCA to 2 of 8 columns keeps [\d.]+ % of the neighbours \(estimated/);
    await expect.poll(caption).toContain("min_dist 0.6");
    // Both are remembered by the page, the second as it was laid out again.
    for (const minDist of [0.1, 0.6]) {
      await show({ minDist });
      await expect.poll(caption).toContain(`min_dist ${minDist}`);
      expect(await statusOf(widget())).toMatch(/PCA to 2 of 8 columns keeps [\d.]+ % of the neighbours/);
    }
    await show({ pca: null });
    await expect.poll(() => statusOf(widget())).not.toContain("%");
    for (const minDist of [0.3, 0.4]) {
      await show({ pca: 9, minDist });
      await expect.poll(caption).toContain(`min_dist ${minDist}`);
      await expectStatus(widget(), /pca is 9, and there are 8 columns: all of them are used\./);
    }
  });
});

describe("the quality of a map", () => {
  it("is measured when asked for, and rows are coloured by it", async () => {
    await button("Measure").click();
    const figures = widget().locator(".ls-quality-figures");
    await expect.poll(() => figures.textContent()).toMatch(/Trustworthiness0\.9\d\d/);
    expect(await figures.textContent()).toMatch(/Continuity[01]\.\d{3}Neighbours kept0\.\d{3}Neighbour recall1\.000/);
    await button("Colour by neighbours kept").click();
    await button("Settings").click();
    await widget().locator(".ls-legend-title", { hasText: "Neighbours kept" }).waitFor();
    expect(await caption()).toContain("coloured by neighbours kept");
    await button("Settings").click();
    await button("Colour as before").click();
    await button("Settings").click();
    await widget().getByText("class 2").first().waitFor();
  });

  it("is forgotten with the map that it was measured on", async () => {
    await button("Measure").click();
    await button("Colour by neighbours kept").click();
    await pressOn("min_dist", 0.9);
    await opened.page.mouse.up();
    await button("Measure").waitFor();
    expect(await widget().locator(".ls-quality-figures").textContent()).toBe("");
    expect(await caption()).toContain("coloured by labels");
  });
});

declare global {
  var shown: ReturnType<typeof globalThis.scatterPage.show>;
  var sentences: string[];
}
