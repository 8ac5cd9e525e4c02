import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./detail-page.ts";

let browser: Browser;
let opened: BrowserPage;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, fileURLToPath(new URL("detail-page.ts", import.meta.url)));
  ({ page } = opened);
  await page.evaluate(() => detailPage.open(560));
  await page.locator(".ls-detail-table").waitFor();
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const read = (text: string) => Number(text.replace("−", "-").replaceAll(",", ""));
const lines = () =>
  page
    .locator(".ls-detail-table > tr:not([hidden])")
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));

describe("the account of a pixel", () => {
  it("adds up as it is written: the strongest channels, the others, the bias, the sum, the activation", async () => {
    const [heads, ...told] = await lines();
    expect(heads).toEqual(["channel", "values", "weights", "products", "add"]);
    expect(await page.locator(".ls-detail-table > caption").textContent()).toBe("of <b>pool</b>");
    const names = told.map(([name]) => name);
    expect(names.slice(0, 9)).toEqual(["7", "6", "5", "4", "3", "2", "and 2 more", "bias", "sum"]);
    const figures = told.map((cells) => read(cells.at(-1) ?? ""));
    expect(figures.slice(0, 8).reduce((sum, figure) => sum + figure, 0)).toBeCloseTo(figures[8] ?? Number.NaN, 10);
    expect(figures.slice(0, 9)).toEqual([9, -7.875, 6.75, -5.625, 4.5, -3.375, 1.125, 0.25, 4.75]);
    expect(told[9]).toEqual(["Relumax(0, x), x = 4.750", "4.750"]);
  });

  it("opens a channel's values, weights and products as numbers; what lies in the padding has none", async () => {
    await page.getByRole("button", { name: "7", exact: true }).click();
    const windows = page.locator(".ls-detail-numbers:not([hidden]) .ls-detail-window");
    const figures = ["8.00", "0.125", "1.000"].map((figure) => `–––${figure.repeat(6)}`);
    expect(await windows.allTextContents()).toEqual(figures);
  });

  it("draws values, weights and products, none of them as markup", async () => {
    expect(await page.locator(".ls-detail-heat").count()).toBe(18);
    expect(await page.locator(".ls-detail b").count()).toBe(0);
    const label = await page.locator(".ls-detail-heat").nth(1).getAttribute("aria-label");
    expect(label).toBe("Weights of 7, 3 × 3");
  });

  it("stays until the next one comes, and what is asked no more is never shown", async () => {
    await page.evaluate(() => detailPage.hold());
    const before = await page.locator(".ls-detail-title").textContent();
    await page.locator(".ls-detail-channel").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    expect(await page.locator(".ls-detail-title").textContent()).toBe(before);
    expect(await page.locator(".ls-detail-how").getAttribute("aria-busy")).toBe("true");
    const pixel = await page.evaluate(() => detailPage.pixel());
    await page.evaluate(() => {
      detailPage.release(1);
      detailPage.release(0);
    });
    await page.locator(".ls-detail-how:not([aria-busy])").waitFor();
    const words = `How row ${pixel.row}, column ${pixel.column} came about`;
    expect(await page.locator(".ls-detail-title").textContent()).toBe(words);
    expect(await page.evaluate(() => detailPage.told.given)).toBe(2);
  });

  it("says what keeps it from coming", async () => {
    await page.evaluate(() => {
      detailPage.fail("<i>no memory</i>");
      detailPage.show(1);
    });
    await expect.poll(() => page.locator(".ls-detail-how .ls-cause").textContent()).toContain("<i>no memory</i>");
  });
});

describe("an opened channel", () => {
  it("begins at its strongest place; a pixel that was gone to stays for the layer's other channels", async () => {
    const strongest = await page.evaluate(() => detailPage.strongest(0));
    expect(await page.evaluate(() => detailPage.pixel())).toEqual(strongest);
    await page.evaluate(() => detailPage.show(1));
    expect(await page.evaluate(() => detailPage.pixel())).toEqual(await page.evaluate(() => detailPage.strongest(1)));
    await page.locator(".ls-detail-channel").click({ position: { x: 60, y: 180 } });
    expect(await page.evaluate(() => detailPage.pixel())).toEqual({ row: 7, column: 2 });
    await page.evaluate(() => detailPage.show(2));
    expect(await page.evaluate(() => detailPage.pixel())).toEqual({ row: 7, column: 2 });
    await page.locator(".ls-detail-channel").focus();
    await page.keyboard.press("Home");
    expect(await page.evaluate(() => detailPage.pixel())).toEqual(await page.evaluate(() => detailPage.strongest(2)));
  });

  it("frames on the picture what the pixel saw", async () => {
    await page.locator(".ls-detail-channel").click({ position: { x: 60, y: 180 } });
    const frame = await page.locator(".ls-detail-input > .ls-detail-mark:not(.ls-detail-strongest)").boundingBox();
    const stage = await page.locator(".ls-detail-input").boundingBox();
    if (!frame || !stage) throw new Error("nothing drawn");
    const places = [frame.y - stage.y, frame.x - stage.x, frame.height, frame.width].map((px) => Math.round(px / 20));
    expect(places).toEqual([7, 2, 3, 3]);
  });

  it("goes from pixel to pixel by arrows and stays inside, and asks for other channels", async () => {
    const stage = page.locator(".ls-detail-channel");
    await stage.click({ position: { x: 5, y: 5 } });
    for (const key of ["ArrowLeft", "ArrowUp"]) await page.keyboard.press(key);
    expect(await page.evaluate(() => detailPage.pixel())).toEqual({ row: 0, column: 0 });
    for (const key of ["Shift+ArrowDown", "ArrowRight", "PageDown", "PageUp"]) await page.keyboard.press(key);
    expect(await page.evaluate(() => detailPage.pixel())).toEqual({ row: 9, column: 1 });
    await page.getByRole("button", { name: "Next channel" }).click();
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.evaluate(() => detailPage.told)).toMatchObject({ steps: [1, -1, 1], closed: 1 });
  });

  it("is laid over the picture, which turns grey, and taken away again", async () => {
    const input = () => page.evaluate(() => detailPage.pixels(".ls-detail-input > canvas"));
    const before = await input();
    expect(before.slice(0, 8)).toEqual([0, 255, 0, 255, 255, 0, 0, 255]);
    const overlay = page.getByRole("button", { name: "Overlay" });
    await overlay.click();
    const over = await input();
    // A corner that no pixel's middle comes to: the grey of pure green.
    expect(over.slice(0, 3)).toEqual([150, 150, 150]);
    expect(over).not.toEqual(before);
    await overlay.click();
    expect(await input()).toEqual(before);
  });

  it("asks for its layer's kernels once, and anew where another model has a layer of that name", async () => {
    const asked = await page.evaluate(() => {
      detailPage.show(1);
      const before = detailPage.told.kernels;
      detailPage.takeModel();
      detailPage.show(1);
      return [before, detailPage.told.kernels];
    });
    expect(asked).toEqual([1, 2]);
  });

  it("has its layer's kernels in colour, each of which opens its channel", async () => {
    const summary = page.locator(".ls-detail summary");
    expect(await summary.textContent()).toBe("5 kernels of 2 × 2, each over the picture's three colours");
    await summary.click();
    const kernels = page.locator(".ls-detail-kernels > button");
    await expect.poll(() => kernels.count()).toBe(5);
    await kernels.nth(3).click();
    expect(await page.evaluate(() => detailPage.told.channels)).toEqual([3]);
    await page.evaluate(() => detailPage.show(3));
    expect(await kernels.nth(3).getAttribute("aria-current")).toBe("true");
  });

  it("fits a narrow widget: nothing is cut or scrolled sideways", async () => {
    await page.evaluate(() => {
      const root = document.getElementById("root");
      if (root) root.style.width = "320px";
    });
    const wide = await page
      .locator("#root *")
      .evaluateAll((parts) =>
        parts.filter((part) => part.getBoundingClientRect().right > 341).map((part) => part.className),
      );
    expect(wide).toEqual([]);
  });
});
