import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { PlantedOptions } from "../../support/planted-units.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./box-plot-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

interface Shown {
  readonly props?: Readonly<Record<string, unknown>>;
  readonly planted?: PlantedOptions;
  /** Of the widget, CSS px. */
  readonly width?: number;
  readonly context?: BrowserContextOptions;
}

/** Box plots of planted units: 3 differs between three classes, 5 between even and odd rows. */
async function withBoxes(
  { props = {}, planted = { units: 64 }, width = 600, context = {} }: Shown,
  act: (page: Page) => Promise<void>,
): Promise<void> {
  const size = { viewport: { width: width + 40, height: 760 }, ...context };
  const opened = await openBrowserPage(browser, "tests/browser/box-plot/box-plot-page.ts", size);
  try {
    await opened.page.evaluate(
      async ([given, options]) => {
        const { boxPlot, plantedUnits, shown } = globalThis.boxPlotPage;
        shown.push(boxPlot({ ...plantedUnits(options), ...given }));
        await shown[0]?.ready;
      },
      [props, planted] as const,
    );
    await act(opened.page);
    expect(opened.errors).toEqual([]);
    expect(opened.requests).toEqual([]);
  } finally {
    await opened.close();
  }
}

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const boxIn = (page: Page, unit: number, group: number) =>
  page.locator(`.ls-box-panel[data-ls-unit="${unit}"] [data-ls-group="${group}"] .ls-box-body`);
const shownUnits = (page: Page) =>
  page.locator(".ls-box-panel").evaluateAll((all) => all.map((panel) => Number(panel.getAttribute("data-ls-unit"))));
const widthOf = async (page: Page, selector: string) => (await page.locator(selector).boundingBox())?.width ?? 0;

describe("the room of the panels", () => {
  it("is seven tenths of the width wherever a card stands beside them, and with a table alone", async () => {
    for (const width of [600, 800, 960, 1200])
      await withBoxes({ width }, async (page) => {
        expect((await widthOf(page, ".ls-body")) / (await widthOf(page, ".layerscope"))).toBeGreaterThanOrEqual(0.7);
        expect(await page.locator(".ls-unit-card").isVisible()).toBe(width >= 800);
      });
  });

  // Table and panels are the two parts of the first picture, and both are data.
  it("is, with the table's and the card's, over three quarters of the widget's area", async () => {
    const measured = { 320: 0.787, 600: 0.806, 800: 0.814, 960: 0.816, 1085: 0.818, 1200: 0.819, 1400: 0.819 };
    await withBoxes({ width: 1400 }, async (page) => {
      for (const [width, known] of Object.entries(measured)) {
        await page.setViewportSize({ width: Number(width) + 40, height: 760 });
        const share = await page.locator(".layerscope").evaluate((root) => {
          const areaOf = (element: Element | null) => {
            const { width, height } = element?.getBoundingClientRect() ?? { width: 0, height: 0 };
            return width * height;
          };
          const drawn = [".ls-units", ".ls-body", ".ls-side-content"].map((part) => areaOf(root.querySelector(part)));
          return drawn.reduce((sum, area) => sum + area, 0) / areaOf(root);
        });
        expect(Math.abs(share - known), `${share} at ${width} px`).toBeLessThan(0.01);
      }
    });
  });

  it("leaves the table above the card at least six lines, and shows all that is known of the test", async () => {
    for (const classes of [3, 10])
      await withBoxes({ width: 960, planted: { units: 64, classes } }, async (page) => {
        const list = await page.locator(".ls-unit-scroller").boundingBox();
        const card = await page.locator(".ls-side-content").boundingBox();
        const facts = await page.locator(".ls-unit-facts").boundingBox();
        if (!list || !card || !facts) throw new Error("nothing is drawn");
        expect(list.height).toBeGreaterThan(7 * 24);
        expect(facts.y + facts.height).toBeLessThan(card.y + card.height);
        expect(card.y).toBeGreaterThanOrEqual(list.y + list.height);
      });
  });
});

describe("the card", () => {
  it("has whole class names, beside short numbers and above long ones", async () => {
    for (const scale of [1, -1])
      await withBoxes({ width: 840, planted: { units: 12, classes: 4, scale } }, async (page) => {
        const names = page.locator(".ls-unit-numbers:not(.ls-unit-facts) tbody th:not(:empty)");
        expect(await names.allTextContents()).toEqual(["adeno", "benign", "other", "squamous"]);
        expect(await names.evaluateAll((all) => all.filter((name) => name.scrollWidth > name.clientWidth).length)).toBe(
          0,
        );
        const isAbove = (await names.first().getAttribute("colspan")) === "6";
        expect(isAbove).toBe(scale < 0);
      });
  });
});

describe("the numbers of the table", () => {
  it("end at the same decimal, however round they are", async () => {
    await withBoxes({ props: { level: "tile" } }, async (page) => {
      const listed = await page.locator(".ls-unit-line > .ls-unit-q").allTextContents();
      expect(listed.length).toBeGreaterThan(10);
      for (const q of listed) expect(q).toMatch(/^([01]\.\d{3}|\d × 10⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/);
    });
  });

  it("are whole and apart where q is tiny", async () => {
    await withBoxes({ planted: { units: 12, slidesPerClass: 60, tiles: 4 } }, async (page) => {
      const gap = await page
        .locator(".ls-unit-line")
        .first()
        .evaluate((line) => {
          const [, effect, q] = [...line.children].map((cell) => {
            const range = document.createRange();
            range.selectNodeContents(cell);
            return range.getBoundingClientRect();
          });
          return (q?.left ?? 0) - (effect?.right ?? 0);
        });
      expect(gap).toBeGreaterThanOrEqual(2);
    });
  });
});

describe("panels that are held while rows are selected by their boxes", () => {
  it("say so, and go with the ranking when they are asked to", async () => {
    await withBoxes({ planted: { units: 12 }, props: { panels: 2 } }, async (page) => {
      const held = page.getByText("Panels held.");
      await expect.poll(async () => (await shownUnits(page)).length).toBe(2);
      const before = await shownUnits(page);
      expect(await held.isVisible()).toBe(false);
      await boxIn(page, 3, 1).click({ force: true });
      await expectStatus(page.locator(".layerscope"), /^120 of 360 selected/);
      await expect.poll(() => held.isVisible()).toBe(true);
      expect(await shownUnits(page)).toEqual(before);
      const best = await page
        .locator(".ls-unit-line")
        .evaluateAll((all) => all.slice(0, 2).map((line) => Number(line.getAttribute("data-ls-unit"))));
      await button(page, "Show the best").focus();
      await page.keyboard.press("Enter");
      await expect.poll(async () => (await shownUnits(page)).sort()).toEqual([...best].sort());
      expect(await held.isVisible()).toBe(false);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("selected vs rest");
    });
  });
});

describe("the settings", () => {
  const track = (page: Page, name: string) => page.locator(`.ls-field-track[aria-label="${name}"]`);
  const count = (page: Page) => page.locator(".ls-box-panel").count();

  it("are followed while a slider is dragged, and by its keys", async () => {
    await withBoxes({}, async (page) => {
      await button(page, "Settings").click();
      const at = await track(page, "panels").boundingBox();
      if (!at) throw new Error("there is no slider");
      const x = (share: number) => at.x + share * at.width;
      await page.mouse.move(x(0.22), at.y + 7);
      await page.mouse.down();
      // From 1 to 64 by equal factors.
      await page.mouse.move(x(0.5), at.y + 7);
      await expect.poll(() => count(page)).toBe(8);
      await page.mouse.move(x(1 / 6), at.y + 7);
      await expect.poll(() => count(page)).toBe(2);
      await page.mouse.up();
      await page.keyboard.press("ArrowRight");
      await expect.poll(() => count(page)).toBe(3);
    });
  });

  it("have their foot in view on a low body, which puts all back and keeps the focus", async () => {
    await withBoxes({ width: 960 }, async (page) => {
      await button(page, "Settings").click();
      await page.getByLabel("test").selectOption("kruskal");
      const restore = button(page, "Restore defaults");
      const [foot, settings] = [await restore.boundingBox(), await page.locator(".ls-settings").boundingBox()];
      if (!foot || !settings) throw new Error("there are no settings");
      expect(
        await page.locator(".ls-settings").evaluate((form) => form.scrollHeight - form.clientHeight),
      ).toBeGreaterThan(0);
      expect(foot.y + foot.height).toBeLessThanOrEqual(settings.y + settings.height + 0.5);
      await restore.focus();
      await page.keyboard.press("Enter");
      expect(await page.getByLabel("test").inputValue()).toBe("anova");
      expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Close settings");
    });
  });
});

describe("the help", () => {
  it("stands in the table's place, beside the panels, and gives the focus back", async () => {
    await withBoxes({ width: 960 }, async (page) => {
      await page.locator(".ls-unit-scroller").focus();
      for (const width of [600, 960]) {
        await page.setViewportSize({ width: width + 40, height: 760 });
        await page.keyboard.press("?");
        const [help, body] = [
          await page.locator(".ls-dialog").boundingBox(),
          await page.locator(".ls-body").boundingBox(),
        ];
        expect((help?.x ?? 0) + (help?.width ?? 0)).toBeLessThan(body?.x ?? 0);
        expect(await page.locator(".ls-box-title").first().isVisible()).toBe(true);
        expect(await page.locator(".ls-unit-scroller").isVisible()).toBe(false);
        await page.keyboard.press("Escape");
        expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Units");
      }
    });
  });
});

describe("a walk by Tab", () => {
  it("goes from the toolbar to the table, the panels, and what stands below, with a ring at each stop", async () => {
    await withBoxes({ width: 960 }, async (page) => {
      const stops: string[] = [];
      for (let stop = 0; stop < 10; stop++) {
        await page.keyboard.press("Tab");
        const { name, ring } = await page.evaluate(() => {
          const at = document.activeElement;
          const { outlineStyle, outlineColor, borderTopColor, borderTopStyle } = getComputedStyle(at ?? document.body);
          const accent = "rgb(21, 101, 192)";
          const hasRing =
            (outlineStyle === "solid" && outlineColor === accent) ||
            (borderTopStyle === "solid" && borderTopColor === accent);
          return { name: at?.getAttribute("aria-label") ?? at?.textContent ?? "", ring: hasRing };
        });
        expect(ring, name).toBe(true);
        stops.push(name);
      }
      expect(stops.slice(0, 8)).toEqual([
        "Find",
        "Find a unit by number or name",
        "Units",
        "unit",
        "η²",
        "q",
        "Box plots of 6 of 64 units in 3 classes",
        "Copy the sentence",
      ]);
    });
  });
});
