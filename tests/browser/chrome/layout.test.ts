import { mkdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";

const entry = resolve(import.meta.dirname, "sample-page.ts");
/** Where the pictures go that a person looks at; none are written unless it is named. */
const gallery = process.env.CHROME_GALLERY;
const MARGINS = 40;

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function openSample(width: number, scheme: "light" | "dark", classes = 10) {
  const background = scheme === "dark" ? "#212121" : "#ffffff";
  const opened = await openBrowserPage(browser, entry, {
    viewport: { width: width + MARGINS, height: 640 },
    colorScheme: scheme,
    head: `<style>html{background:${background}}</style>`,
  });
  await opened.page.evaluate((count) => {
    window.sample = window.showSample({ classes: count });
  }, classes);
  return opened;
}

type Shot = readonly [name: string, act: () => void];
const shots: readonly Shot[] = [
  ["filled", () => undefined],
  ["tooltip", () => window.sample.hover(120, 90)],
  ["settings", () => window.sample.settings()],
  ["numbers", () => window.sample.showNumbers()],
  ["help", () => window.sample.help()],
  ["table", () => window.sample.table(1797)],
  ["find", () => window.sample.find()],
  ["error", () => window.sample.fail()],
  ["empty", () => window.sample.empty()],
];

describe.each(["light", "dark"] as const)("the frame on a %s page", (scheme) => {
  it.each([320, 600, 1000])("shows all its parts %i px wide, with nothing cut or scrolled sideways", async (width) => {
    const { page, errors, requests, close } = await openSample(width, scheme);
    for (const [name, act] of shots) {
      await page.evaluate(act);
      if (name === "find") await page.locator(".ls-search-field").fill("17");
      if (name === "tooltip") await page.locator(".ls-tooltip").waitFor();
      if (gallery) {
        mkdirSync(gallery, { recursive: true });
        await page.screenshot({ path: `${gallery}/${name}-${width}-${scheme}.png` });
      }
      const outside = await page.evaluate(() => {
        const frame = document.querySelector(".layerscope")?.getBoundingClientRect();
        if (!frame) return ["no frame"];
        return [...document.querySelectorAll(".layerscope *")]
          .filter(
            (element) =>
              element.getClientRects().length > 0 &&
              !element.closest(".ls-offscreen, .ls-legend-list, .ls-progress, .ls-search-result"),
          )
          .filter((element) => {
            const { left, right } = element.getBoundingClientRect();
            return left < frame.left - 5 || right > frame.right + 5;
          })
          .map((element) => `${element.tagName}.${element.getAttribute("class")}`);
      });
      expect(outside, name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), name).toBe(true);
      await page.evaluate(() => {
        window.sample.leave();
        window.sample.host.setDialog(null);
        window.sample.host.setPanel(null);
        document.querySelector(".ls-search")?.remove();
      });
    }
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await close();
  });
});

describe("the layout", () => {
  it.each([
    { width: 320, body: [320, 320], side: 320 },
    { width: 600, body: [440, 440], side: 148 },
    { width: 700, body: [540, 440], side: 148 },
    { width: 1000, body: [800, 528], side: 188 },
  ])("gives $width px a body of $body and a side of $side", async ({ width, body, side }) => {
    const { page, close } = await openSample(width, "light");
    const size = await page.evaluate(() => {
      const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return { body: [box(".ls-body")?.width, box(".ls-body")?.height], side: box(".ls-side")?.width };
    });
    expect(size).toEqual({ body, side });
    await close();
  });

  it("says how many rows there are at 320 px too, in the height of the header", async () => {
    const { page, close } = await openSample(320, "light");
    const words = await page.locator(".ls-title, .ls-subtitle").evaluateAll((lines) =>
      lines.map((line) => ({
        text: line.textContent,
        isWhole: line.clientWidth > 0 && line.scrollWidth <= line.clientWidth,
      })),
    );
    expect(words).toEqual([
      { text: "UMAP", isWhole: true },
      { text: "1,797 rows × 64", isWhole: true },
    ]);
    expect((await page.locator(".ls-header").boundingBox())?.height).toBe(32);
    await close();
  });

  it.each([320, 600])("cuts no sentence that says what to do, at %d px", async (width) => {
    const { page, close } = await openSample(width, "light");
    const text = "Python has stopped; the picture still works. Run the cell to use it from Python. ".repeat(2);
    await page.evaluate((sentence) => {
      window.sample.status.say("selection", null);
      window.sample.status.say("notice", { text: sentence });
    }, text);
    const line = page.locator(".ls-words");
    expect(await line.textContent()).toBe(text);
    expect(await line.evaluate((words) => words.scrollWidth <= words.clientWidth)).toBe(true);
    await close();
  });

  it("keeps at most four text sizes and two weights", async () => {
    const { page, close } = await openSample(1000, "light", 37);
    const types = await page.evaluate(() => {
      window.sample.settings();
      const texts = [...document.querySelectorAll(".layerscope *")].filter((element) => element.textContent?.trim());
      return {
        sizes: [...new Set(texts.map((element) => getComputedStyle(element).fontSize))].sort(),
        weights: [...new Set(texts.map((element) => getComputedStyle(element).fontWeight))].sort(),
      };
    });
    expect(types).toEqual({ sizes: ["11px", "12px", "14px"], weights: ["400", "600"] });
    await close();
  });
});
