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
const field = (name: string) => widget().getByRole("textbox", { name });
const runs = () => opened.page.evaluate(() => globalThis.wholeRuns);
const caption = () =>
  opened.page.evaluate(async () => {
    const text = await (await globalThis.map.save("svg")).text();
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
    globalThis.wholeRuns = 0;
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message: { name?: string; input?: { resume?: unknown } }, ...rest) {
      const isMap = message.name === "umap" || message.name === "relayout";
      if (isMap && !message.input?.resume) globalThis.wholeRuns++;
      return Reflect.apply(post, this, [message, ...rest]);
    };
    const { clusters, show } = globalThis.scatterPage;
    globalThis.map = show({ points: clusters(400, 8, 4), nEpochs: 60 });
    await globalThis.map.ready;
  });
  await button("Settings").click();
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

describe("a slider under keys", () => {
  it.each(["ArrowRight", "PageUp"])("shows previews while %s is held and runs the map once", async (key) => {
    expect(await runs()).toBe(1);
    await track("min_dist").focus();
    for (let repeat = 0; repeat < 4; repeat++) {
      await opened.page.keyboard.down(key);
      await expectStatus(widget(), /A preview, settled on from the map before\./);
    }
    expect(await runs()).toBe(1);
    await opened.page.keyboard.up(key);
    await expect.poll(() => statusOf(widget())).not.toContain("preview");
    await expect.poll(caption).toMatch(/min_dist 0\.(14|[45]\d?),.*60 epochs/);
    expect(await runs()).toBe(2);
  });

  it("runs what a key has come to when the focus leaves before the key is let go", async () => {
    await track("min_dist").focus();
    await opened.page.keyboard.down("ArrowRight");
    await field("seed").focus();
    await expect.poll(caption).toMatch(/min_dist 0\.11,.*60 epochs/);
    await opened.page.keyboard.up("ArrowRight");
    expect(await runs()).toBe(2);
  });
});

describe("a slider that goes away while it is held", () => {
  it("leaves the map as it was", async () => {
    const before = await caption();
    await track("min_dist").focus();
    await track("min_dist").evaluate((input: HTMLInputElement) => {
      input.value = "0.8";
      input.dispatchEvent(new Event("input"));
    });
    await expectStatus(widget(), /A preview, settled on from the map before\./);
    await opened.page.keyboard.press("Escape");
    await track("min_dist").waitFor({ state: "detached" });
    await expect.poll(() => statusOf(widget())).not.toContain("preview");
    expect(await caption()).toBe(before);
  });
});

describe("a field that ends on what it was", () => {
  it("does not give up rows that are being added", async () => {
    const outcome = await opened.page.evaluate(async () => {
      const rows = globalThis.scatterPage.clusters(800, 8, 4).slice(400);
      const added = globalThis.map.addRows(rows).then(() => "added", String);
      const status = document.querySelector(".ls-status");
      while (!status?.textContent?.includes("Cancel")) await new Promise(requestAnimationFrame);
      const field = document.querySelector<HTMLInputElement>('input.ls-field-number[aria-label="min_dist"]');
      if (field) field.value = "0.10";
      field?.dispatchEvent(new Event("change"));
      return [field?.value, await added];
    });
    expect(outcome).toEqual(["0.1", "added"]);
  });
});

describe("a number that can't be read", () => {
  it("leaves the one that was there", async () => {
    await field("seed").fill("many");
    await field("seed").press("Tab");
    expect(await field("seed").inputValue()).toBe("42");
  });
});

declare global {
  var map: ReturnType<typeof globalThis.scatterPage.show>;
  var wholeRuns: number;
}
