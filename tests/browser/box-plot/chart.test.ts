import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { UnitGroup } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { contrast, parseColor } from "../../../src/widgets/theme/rgb.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";
import { boxFixture } from "../../support/box-fixture.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { ChartOptions } from "./chart-page.ts";

const usual: ChartOptions = {
  units: [3, 30, 7, 12, 41, 5],
  groups: 3,
  rows: 200,
  slides: 4,
  width: 420,
  height: 528,
};
const half = { group: 1, first: 100 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

async function withChart(
  options: ChartOptions,
  act: (page: Page) => Promise<void>,
  context: BrowserContextOptions = {},
): Promise<void> {
  const opened: BrowserPage = await openBrowserPage(browser, "tests/browser/box-plot/chart-page.ts", context);
  try {
    await opened.page.evaluate((mount) => window.boxChart.mount(mount), options);
    await act(opened.page);
    expect(opened.errors).toEqual([]);
    expect(opened.requests).toEqual([]);
  } finally {
    await opened.close();
  }
}

const show = (page: Page, options: ChartOptions) => page.evaluate((next) => window.boxChart.show(next), options);
const told = (page: Page) =>
  page.evaluate(() => {
    const { hovers, selections, events } = window.boxChart.first();
    return { hovers, selections, events };
  });
const groupIn = (page: Page, unit: number, group: number) =>
  page.locator(`[data-ls-unit="${unit}"] [data-ls-group="${group}"]`);

/** What a reader with a ruler reads from a box: its edges on the screen, by the ticks beside it. */
function readBox(page: Page, unit: number, group: number) {
  return page.evaluate(
    ([unit, group]) => {
      const panel = document.querySelector(`[data-ls-unit="${unit}"]`);
      const box = panel?.querySelector(`[data-ls-group="${group}"]`);
      const ticks = [...(panel?.querySelectorAll<SVGTextElement>("[data-ls-value]") ?? [])].map((tick) => ({
        value: Number(tick.dataset.lsValue),
        y: Number(tick.getAttribute("y")) - 4,
      }));
      const [first, last] = [ticks[0], ticks.at(-1)];
      const top = panel?.querySelector("svg")?.getBoundingClientRect().top ?? 0;
      if (!box || !first || !last) throw new Error("nothing is drawn");
      const perPixel = (last.value - first.value) / (last.y - first.y);
      const valueAt = (y: number): number => first.value + (y - top - first.y) * perPixel;
      const rectOf = (name: string) =>
        (box.querySelector(`.ls-box-${name}`) as SVGGraphicsElement).getBoundingClientRect();
      const [body, median, whiskers] = [rectOf("body"), rectOf("median"), rectOf("whiskers")];
      return {
        pixel: Math.abs(perPixel),
        numbers: {
          q1: valueAt(body.bottom),
          median: valueAt((median.top + median.bottom) / 2),
          q3: valueAt(body.top),
          whiskerLow: valueAt(whiskers.bottom),
          whiskerHigh: valueAt(whiskers.top),
        },
        slides: [...(box.querySelector(".ls-box-slides")?.getAttribute("d") ?? "").matchAll(/M\S+ (\S+)h0/g)].map(
          ([, y]) => valueAt(top + Number(y)),
        ),
      };
    },
    [unit, group] as const,
  );
}

describe("what is drawn", () => {
  it("shows the five numbers and the slides' means of every box, to half a pixel", async () => {
    const options = { ...usual, selectedFrom: half };
    await withChart(options, async (page) => {
      for (const { unit, groups, selection } of boxFixture(options)) {
        const expected: (readonly [number, UnitGroup | null])[] = [...groups.entries(), [-1, selection]];
        for (const [group, given] of expected) {
          if (!given) throw new Error("the fixture has no selection");
          const { numbers, pixel, slides } = await readBox(page, unit, group);
          for (const [name, value] of Object.entries(numbers)) {
            const wanted = given.box[name as keyof typeof numbers];
            expect(Math.abs(value - wanted) / pixel, `${name} of ${group} in unit ${unit}`).toBeLessThan(0.5);
          }
          expect(slides).toHaveLength(4);
          slides.forEach((mean, slide) => {
            expect(Math.abs(mean - (given.slideMeans[slide] ?? 0)) / pixel).toBeLessThan(0.5);
          });
        }
      }
    });
  });

  it("names each group once a panel with its count, and the values once a row", async () => {
    await withChart({ ...usual, selectedFrom: half }, async (page) => {
      const panel = page.locator('[data-ls-unit="3"]');
      expect(await panel.locator(".ls-box-count").allTextContents()).toEqual(["200", "200", "200", "100"]);
      expect(
        await panel.locator(".ls-box-name").evaluateAll((names) => names.map((name) => name.firstChild?.textContent)),
      ).toEqual(["adeno", "benign", "squamous", "sel"]);
      expect(await page.locator(".ls-box-values").allTextContents()).toEqual([
        "activation",
        "activation",
        "activation",
      ]);
    });
  });

  it("draws at most 200 outliers of a box and says how many there are", async () => {
    await withChart({ ...usual, units: [3], groups: 2, rows: 3000, farOut: 300 }, async (page) => {
      const [unit] = boxFixture({ units: [3], groups: 2, rows: 3000, farOut: 300 });
      const all = unit?.groups.reduce((sum, { box }) => sum + box.outlierCount, 0) ?? 0;
      const drawn = unit?.groups.reduce((sum, { box }) => sum + box.outliers.length, 0) ?? 0;
      expect(all).toBeGreaterThan(drawn);
      const path = (await groupIn(page, 3, 0).locator(".ls-box-outliers").getAttribute("d")) ?? "";
      expect(path.match(/M/g)).toHaveLength(200);
      const words = `${drawn} of ${all} outliers`;
      const panel = page.locator('[data-ls-unit="3"]');
      expect(await panel.locator(".ls-box-note").textContent()).toBe(words);
      expect(await panel.locator(".ls-box-note").getAttribute("title")).toBe(`${words} drawn`);
      expect(await panel.getAttribute("aria-label")).toContain(`${words} drawn`);
    });
  });

  it("says how many outliers there are in whole words, in three columns too", async () => {
    const many = { units: [3, 12, 2047], groups: 5, rows: 2000, farOut: 300 };
    for (const [width, height] of [
      [622, 300],
      [700, 480],
    ] as const)
      await withChart({ ...many, width, height }, async (page) => {
        expect(await page.locator(".ls-box-note").count()).toBe(3);
        const isCut = (all: Element[]) => all.filter((one) => one.scrollWidth > one.clientWidth).length;
        expect(await page.locator(".ls-box-title, .ls-box-subtitle").evaluateAll(isCut)).toBe(0);
      });
  });

  it("draws outliers so that they are seen on either page, the selection's in the colour of the text", async () => {
    for (const theme of ["light", "dark"] as const)
      await withChart({ ...usual, theme, farOut: 5, selectedFrom: half }, async (page) => {
        const drawn = await page.locator(".ls-box-outliers").evaluateAll((all) =>
          all.map((path) => {
            const { stroke, opacity, strokeOpacity } = getComputedStyle(path);
            const isSelection = path.closest(".ls-box-selection") !== null;
            return { stroke, opacity: Number(opacity) * Number(strokeOpacity), isSelection };
          }),
        );
        expect(drawn.some(({ isSelection }) => isSelection)).toBe(true);
        for (const { stroke, opacity, isSelection } of drawn) {
          expect(opacity).toBe(1);
          const seen = contrast(parseColor(stroke).rgb, parseColor(tokens[theme].page).rgb);
          expect(seen).toBeGreaterThanOrEqual(isSelection ? 10 : 3);
        }
      });
  });

  it("says each panel in a sentence, and each box", async () => {
    await withChart(usual, async (page) => {
      expect(await page.locator('[data-ls-unit="3"]').getAttribute("aria-label")).toMatch(
        /^unit 3, η² 0\.71, q 0\.004: median 0\.\d+ in adeno, 0\.\d+ in benign, 0\.\d+ in squamous$/,
      );
      expect(await groupIn(page, 3, 1).getAttribute("aria-label")).toMatch(
        /^benign: median 0\.\d+, quartiles 0\.\d+ and 0\.\d+, n 200$/,
      );
    });
  });

  it("draws violins as wide as boxes where they are densest", async () => {
    await withChart(usual, async (page) => {
      const box = await groupIn(page, 3, 0).locator(".ls-box-body").boundingBox();
      await show(page, { ...usual, shape: "violin" });
      const violin = await groupIn(page, 3, 0).locator(".ls-box-density").boundingBox();
      expect(violin?.width).toBeCloseTo(box?.width ?? 0, 0);
      expect(violin?.height).toBeGreaterThan(box?.height ?? 0);
      expect(await groupIn(page, 3, 0).locator(".ls-box-median").count()).toBe(1);
    });
  });

  it("draws each value of a swarm as a point at its height, inside its group's place", async () => {
    const options: ChartOptions = { ...usual, shape: "points" };
    await withChart(options, async (page) => {
      const [panel] = boxFixture(options);
      const swarm = panel?.groups[0]?.swarm;
      const drawn = await groupIn(page, 3, 0).locator(".ls-box-points").first().getAttribute("d");
      const points = [...(drawn ?? "").matchAll(/M(\S+) (\S+)h0/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
      expect(points).toHaveLength(200);
      const slot = (194 - 30) / 4;
      expect(Math.max(...points.map(({ x }) => Math.abs(x)))).toBeLessThan(slot / 2);
      const order = points.map(({ y }) => y);
      expect(order).toEqual([...order].sort((a, b) => b - a));
      expect(swarm?.values).toHaveLength(200);
    });
  });

  it("keeps the colour of selected points and greys the rest beneath them", async () => {
    await withChart({ ...usual, shape: "points", selectedRows: [200, 201, 203] }, async (page) => {
      const paths = groupIn(page, 3, 1).locator(".ls-box-points");
      const marks = await paths.evaluateAll((all) =>
        all.map((path) => ({
          count: path.getAttribute("d")?.match(/M/g)?.length ?? 0,
          color: getComputedStyle(path).stroke,
        })),
      );
      expect(marks).toEqual([
        { count: 200, color: "rgb(212, 212, 212)" },
        { count: 3, color: "rgb(236, 103, 0)" },
      ]);
    });
  });

  it("says of a unit without values that it has none, and stretches no shared scale to it", async () => {
    const options = { ...usual, units: [3, 30], axes: "shared", valueless: [30] } as const;
    await withChart(options, async (page) => {
      const panel = page.locator('[data-ls-unit="30"]');
      expect(await panel.locator(".ls-box-none").textContent()).toBe("No values");
      expect(await panel.locator(".ls-box-tick").count()).toBe(0);
      expect(await panel.getAttribute("aria-label")).toBe("unit 30, η² 0.71, q 0.004: no values");
      const ticksOf = () => page.locator('[data-ls-unit="3"] .ls-box-tick').allTextContents();
      const shared = await ticksOf();
      await show(page, { ...options, axes: "free" });
      expect(await ticksOf()).toEqual(shared);
    });
  });

  it("puts many slides beneath the lines of their box, small, and few upon them", async () => {
    const marksOf = (page: Page) =>
      groupIn(page, 3, 0).evaluate((group) =>
        [...group.children].map((mark) => mark.classList.item(0)).filter((name) => name?.startsWith("ls-box")),
      );
    await withChart(usual, async (page) => {
      expect((await marksOf(page)).slice(2, 6)).toEqual([
        "ls-box-body",
        "ls-box-slide-rims",
        "ls-box-slides",
        "ls-box-median",
      ]);
      await show(page, { ...usual, slides: 50 });
      expect((await marksOf(page)).slice(2, 6)).toEqual([
        "ls-box-body",
        "ls-box-slides",
        "ls-box-edge",
        "ls-box-median",
      ]);
      expect(Number(await groupIn(page, 3, 0).locator(".ls-box-slides").getAttribute("stroke-width"))).toBeLessThan(3);
    });
  });

  it("puts all panels on one scale where axes are shared", async () => {
    await withChart({ ...usual, axes: "shared" }, async (page) => {
      const labels = await page
        .locator(".ls-box-panel")
        .evaluateAll((panels) =>
          panels.map((panel) => [...panel.querySelectorAll(".ls-box-tick")].map((t) => t.textContent).join()),
        );
      expect(new Set(labels).size).toBe(1);
      await show(page, usual);
      const free = await page
        .locator(".ls-box-panel")
        .evaluateAll((panels) =>
          panels.map((panel) => [...panel.querySelectorAll(".ls-box-tick")].map((t) => t.textContent).join()),
        );
      expect(new Set(free).size).toBeGreaterThan(1);
    });
  });
});

describe("what is repainted", () => {
  it("is the selection's box alone when only the selection changed", async () => {
    await withChart({ ...usual, selectedFrom: half }, async (page) => {
      await page.evaluate(() => {
        for (const element of document.querySelectorAll(".ls-box-drawing *")) element.setAttribute("data-old", "");
      });
      await show(page, { ...usual, selectedFrom: { ...half, first: 150 } });
      const fresh = await page.evaluate(() =>
        [...document.querySelectorAll(".ls-box-drawing *:not([data-old])")].map(
          (element) => element.closest("[data-ls-group]")?.getAttribute("data-ls-group") ?? "none",
        ),
      );
      expect(fresh.length).toBeGreaterThan(0);
      expect(new Set(fresh)).toEqual(new Set(["-1"]));
    });
  });

  it("moves the boxes aside for the selection's, as high as before, and back when it goes", async () => {
    const bodyOf = (page: Page, group: number) => groupIn(page, 30, group).locator(".ls-box-body").boundingBox();
    const rest = (page: Page) =>
      page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    await withChart(usual, async (page) => {
      const panel = await page.locator('[data-ls-unit="30"]').boundingBox();
      const before = await bodyOf(page, 2);
      if (!panel || !before) throw new Error("nothing is drawn");
      expect(panel.x + panel.width - before.x - before.width).toBeLessThan(before.width);
      const moving = await page.evaluate(
        async (options) => {
          await window.boxChart.show(options);
          return document.getAnimations().map(({ effect }) => effect?.getComputedTiming().duration);
        },
        { ...usual, selectedFrom: half },
      );
      // Each panel's groups and the selection's place.
      expect(moving).toEqual(new Array(6 * 4).fill(120));
      await rest(page);
      const aside = await bodyOf(page, 2);
      expect(aside).toMatchObject({ y: before.y, height: before.height });
      expect(aside?.x).toBeLessThan(before.x);
      expect(await groupIn(page, 30, -1).locator(".ls-box-body").count()).toBe(1);
      await show(page, usual);
      await rest(page);
      expect(await bodyOf(page, 2)).toEqual(before);
      expect(await groupIn(page, 30, -1).locator(".ls-box-body").count()).toBe(0);
    });
    await withChart(
      usual,
      async (page) => {
        await show(page, { ...usual, selectedFrom: half });
        expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      },
      { reducedMotion: "reduce" },
    );
  });

  it("moves many boxes aside at once, whose glide would take longer than it lasts", async () => {
    const many = { ...usual, groups: 10, rows: 60, width: 1200 };
    await withChart(many, async (page) => {
      const placeOf = () => groupIn(page, 30, 9).getAttribute("transform");
      const before = await placeOf();
      await show(page, { ...many, selectedFrom: { group: 1, first: 30 } });
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
      expect(await placeOf()).not.toBe(before);
    });
  });

  it("glides panels to another order, and not at all with reduced motion", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const)
      await withChart(
        usual,
        async (page) => {
          const moving = await page.evaluate(async (options) => {
            const panel = document.querySelector('[data-ls-unit="3"]');
            await window.boxChart.show({ ...options, units: [...options.units].reverse() });
            return (
              panel?.getAnimations().map((animation) => Number(animation.effect?.getComputedTiming().duration)) ?? []
            );
          }, usual);
          expect(moving).toEqual(reducedMotion === "reduce" ? [] : [250]);
          const [first, last] = [page.locator('[data-ls-unit="5"]'), page.locator('[data-ls-unit="3"]')];
          await expect.poll(async () => (await last.boundingBox())?.y).toBeGreaterThan(300);
          expect((await first.boundingBox())?.y).toBeLessThan(100);
        },
        { reducedMotion },
      );
  });

  it("comes up softly in another shape, and at once with reduced motion", async () => {
    for (const reducedMotion of ["no-preference", "reduce"] as const)
      await withChart(
        usual,
        async (page) => {
          const fading = await page.evaluate(async (options) => {
            await window.boxChart.show({ ...options, shape: "violin" });
            const drawing = document.querySelector('[data-ls-unit="3"] svg');
            return drawing?.getAnimations({ subtree: true }).length;
          }, usual);
          expect(fading).toBe(reducedMotion === "reduce" ? 0 : 1);
        },
        { reducedMotion },
      );
  });

  it("takes away the panels of units that are no longer shown", async () => {
    await withChart(usual, async (page) => {
      await show(page, { ...usual, units: [7, 99] });
      const units = await page
        .locator(".ls-box-panel")
        .evaluateAll((all) => all.map((panel) => panel.getAttribute("data-ls-unit")));
      expect(units.sort()).toEqual(["7", "99"]);
    });
  });
});

describe("the pointer", () => {
  it("tells the box under it, its whole column counting, and where a tooltip leaves it free", async () => {
    await withChart(usual, async (page) => {
      const column = await groupIn(page, 30, 1).boundingBox();
      const name = await page.locator('[data-ls-unit="30"] .ls-box-tick').first().boundingBox();
      if (!column || !name) throw new Error("nothing is drawn");
      const middle = column.x + column.width / 2;
      await page.mouse.move(middle, name.y);
      const { hovers } = await told(page);
      expect(hovers).toHaveLength(1);
      expect(hovers[0]).toMatchObject({ unit: 30, group: 1 });
      expect(Math.abs((hovers[0]?.x ?? 0) + 20 - middle)).toBeLessThan(2);
      await page.mouse.move(1000, 600);
      expect((await told(page)).hovers.at(-1)).toBeNull();
    });
  });

  it("selects the rows of a box by a click, adds with Shift, takes away with Alt", async () => {
    await withChart({ ...usual, selectedFrom: half }, async (page) => {
      await groupIn(page, 7, 2).locator(".ls-box-body").click();
      await groupIn(page, 7, 0)
        .locator(".ls-box-body")
        .click({ modifiers: ["Shift"] });
      await groupIn(page, 7, -1)
        .locator(".ls-box-body")
        .click({ modifiers: ["Alt"] });
      expect((await told(page)).selections).toEqual([
        { group: 2, mode: "replace" },
        { group: 0, mode: "add" },
        { group: -1, mode: "subtract" },
      ]);
    });
  });

  it("changes nothing where no box is, and says so", async () => {
    await withChart(usual, async (page) => {
      const panel = await page.locator('[data-ls-unit="3"]').boundingBox();
      if (!panel) throw new Error("nothing is drawn");
      await page.mouse.click(panel.x + panel.width + 6, panel.y + 60);
      expect(await told(page)).toMatchObject({
        selections: [],
        hovers: [],
        events: ["No box there; selection unchanged."],
      });
    });
  });

  it("makes a unit the current one by a click on its title, which does not move", async () => {
    await withChart(usual, async (page) => {
      const title = page.locator('[data-ls-unit="12"] .ls-box-title');
      const before = await title.boundingBox();
      await title.click();
      expect((await told(page)).events).toContain("unit 12");
      await page.evaluate(() => window.boxChart.first().chart.setCurrentUnit(12));
      expect(await page.locator('[aria-current="true"]').getAttribute("data-ls-unit")).toBe("12");
      expect(await title.boundingBox()).toEqual(before);
    });
  });

  it("tells the row of a point under it, and makes it the current one by a click", async () => {
    const options: ChartOptions = { ...usual, shape: "points" };
    await withChart(options, async (page) => {
      const swarm = boxFixture(options)[0]?.groups[1]?.swarm;
      const path = groupIn(page, 3, 1).locator(".ls-box-points").first();
      const [, x = 0, y = 0] = ((await path.getAttribute("d")) ?? "").match(/^M(\S+) (\S+)h0/)?.map(Number) ?? [];
      const [column, drawing] = [
        await groupIn(page, 3, 1).evaluate((element) =>
          Number(element.getAttribute("transform")?.match(/[\d.]+/)?.[0]),
        ),
        await page.locator('[data-ls-unit="3"] svg').boundingBox(),
      ];
      if (!drawing) throw new Error("nothing is drawn");
      await page.mouse.click(drawing.x + column + x, drawing.y + y);
      const row = swarm?.rows[0];
      expect((await told(page)).events).toEqual([`row ${row}`, `current ${row}`]);
      expect((await told(page)).selections).toEqual([]);
      await page.evaluate((hovered) => window.boxChart.first().chart.setHovered(hovered), row ?? -1);
      expect(await page.locator('[data-ls-unit="3"] .ls-box-ring-line').count()).toBe(1);
      await page.evaluate(() => window.boxChart.first().chart.setHovered(-1));
      expect(await page.locator(".ls-box-ring-line").count()).toBe(0);
    });
  });

  it("greys all groups but the one previewed elsewhere", async () => {
    await withChart(usual, async (page) => {
      await page.evaluate(() => window.boxChart.first().chart.setPreview(1));
      const colors = await page
        .locator('[data-ls-unit="3"] .ls-box-body')
        .evaluateAll((all) => all.map((box) => getComputedStyle(box).stroke));
      expect(colors).toEqual(["rgb(212, 212, 212)", "rgb(236, 103, 0)", "rgb(212, 212, 212)"]);
    });
  });
});

describe("keys on the body", () => {
  it("walk the boxes and the panels, and select with Enter", async () => {
    await withChart(usual, async (page) => {
      await page.locator(".ls-body").focus();
      for (const key of ["ArrowRight", "ArrowRight", "Enter", "ArrowDown", "Shift+Enter"])
        await page.keyboard.press(key);
      const { hovers, selections } = await told(page);
      expect(hovers.map((place) => [place?.unit, place?.group])).toEqual([
        [3, 0],
        [3, 1],
        [7, 1],
      ]);
      expect(selections).toEqual([
        { group: 1, mode: "replace" },
        { group: 1, mode: "add" },
      ]);
    });
  });

  it("say what they are at, and ring it", async () => {
    await withChart(usual, async (page) => {
      await page.locator(".ls-body").focus();
      await page.keyboard.press("ArrowRight");
      const at = await page.evaluate(() =>
        window.boxChart.first().body.ariaActiveDescendantElement?.getAttribute("aria-label"),
      );
      expect(at).toMatch(/^adeno: median/);
      const ring = await page.locator('[data-ls-unit="3"] .ls-box-walked').boundingBox();
      const box = await groupIn(page, 3, 0).boundingBox();
      expect(ring && box && ring.x <= box.x && ring.x + ring.width >= box.x + box.width).toBe(true);
      await page.evaluate(() => window.boxChart.first().body.blur());
      expect(await page.locator(".ls-box-walked:visible").count()).toBe(0);
      expect((await told(page)).hovers.at(-1)).toBeNull();
    });
  });

  it("reach a panel's title left of its first box", async () => {
    await withChart(usual, async (page) => {
      await page.locator(".ls-body").focus();
      for (const key of ["ArrowRight", "ArrowLeft", "Enter"]) await page.keyboard.press(key);
      expect((await told(page)).events).toEqual(["unit 3"]);
    });
  });

  it("bring a panel that is scrolled away into view", async () => {
    await withChart({ ...usual, height: 320 }, async (page) => {
      await page.locator(".ls-body").focus();
      for (const key of ["ArrowRight", "ArrowDown", "ArrowDown"]) await page.keyboard.press(key);
      const [panel, body] = [
        await page.locator('[data-ls-unit="41"]').boundingBox(),
        await page.locator(".ls-body").boundingBox(),
      ];
      expect((panel?.y ?? 0) + (panel?.height ?? 0)).toBeLessThanOrEqual((body?.y ?? 0) + (body?.height ?? 0) + 0.5);
      expect((await told(page)).hovers.at(-1)?.y).toBeLessThan(320);
    });
  });

  it("undo, find, help and end as everywhere, and all others are left to the notebook", async () => {
    await withChart(usual, async (page) => {
      await page.evaluate(() => {
        const { events } = window.boxChart.first();
        document.addEventListener("keydown", ({ key }) => events.push(`notebook ${key}`));
      });
      await page.locator(".ls-body").focus();
      for (const key of ["Control+z", "Control+Shift+z", "/", "?", "Escape", "b", "Enter", "Shift+Enter"])
        await page.keyboard.press(key);
      const events = (await told(page)).events.filter((event) => !/notebook (Control|Shift)$/.test(event));
      expect(events).toEqual([
        "undo",
        "redo",
        "find",
        "help",
        "escape",
        "notebook b",
        "notebook Enter",
        "notebook Enter",
      ]);
    });
  });
});

describe("the look", () => {
  it("has nothing overlap and nothing stick out at 320, whatever the names", async () => {
    const names = ["adenocarcinoma in situ", "benign", "squamous cell carcinoma", "normal", "stroma"];
    for (const groups of [2, 3, 5])
      await withChart(
        {
          ...usual,
          groups,
          names,
          width: 320,
          height: 320,
          selectedFrom: half,
          titles: ["a unit with quite a long name of its own"],
        },
        async (page) => {
          const found = await page.evaluate(() => {
            const scroller = document.querySelector(".ls-box-scroller");
            const corners = (element: Element): DOMRect => element.getBoundingClientRect();
            const panels = [...document.querySelectorAll(".ls-box-panel")].map((panel) => {
              // Turned words' own boxes, not the upright ones around them, would be needed to compare those.
              const words = [
                ...panel.querySelectorAll(
                  ".ls-box-name:not([transform]), .ls-box-count:not(tspan), .ls-box-tick, .ls-box-title, .ls-box-subtitle",
                ),
              ].map(corners);
              const overlaps = words.flatMap((a, index) =>
                words
                  .slice(0, index)
                  .filter(
                    (b) =>
                      a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 3 && b.top < a.bottom - 3,
                  ),
              ).length;
              const own = corners(panel);
              const out = [...panel.querySelectorAll("text, .ls-box-subtitle:not(:empty)")].filter((word) => {
                const { left, right, bottom } = corners(word);
                return left < own.left - 0.5 || right > own.right + 4.5 || bottom > own.bottom + 2.5;
              }).length;
              return { overlaps, out };
            });
            return { panels, sideways: (scroller?.scrollWidth ?? 0) - (scroller?.clientWidth ?? 0) };
          });
          expect(found.sideways).toBe(0);
          for (const panel of found.panels) expect(panel).toEqual({ overlaps: 0, out: 0 });
        },
      );
  });

  it("names the values whole beside each row of panels, however low these are", async () => {
    const valueNames = ["average tile activation", "slide mean"];
    for (const [width, height] of [
      [420, 528],
      [320, 320],
      [420, 300],
    ] as const)
      await withChart({ ...usual, width, height, valueNames }, async (page) => {
        const cut = await page.evaluate(() => {
          const panels = [...document.querySelectorAll(".ls-box-panel")].map((panel) => panel.getBoundingClientRect());
          return [...document.querySelectorAll(".ls-box-values")].map((words) => {
            const { top, bottom } = words.getBoundingClientRect();
            return panels.every((panel) => top < panel.top - 1 || bottom > panel.bottom);
          });
        });
        expect(cut).toEqual(cut.map(() => false));
        expect(valueNames).toContain(await page.locator(".ls-box-values").first().textContent());
      });
  });

  it("has title, η² and q whole over every panel, on two lines where one has no room", async () => {
    const titles = ["unit 3", "a unit with a name", "unit 7", "unit 12", "unit 41", "unit 5"];
    await withChart({ ...usual, titles }, async (page) => {
      const cut = await page
        .locator(".ls-box-subtitle, .ls-box-title")
        .evaluateAll((all) => all.filter((words) => words.scrollWidth > words.clientWidth).length);
      expect(cut).toBe(0);
    });
  });

  it("fills a large body with its panels", async () => {
    await withChart({ ...usual, width: 1236, height: 870 }, async (page) => {
      const panels = await page
        .locator(".ls-box-panel")
        .evaluateAll((all) => all.map((panel) => panel.getBoundingClientRect().bottom));
      const body = await page.locator(".ls-body").boundingBox();
      expect(Math.max(...panels)).toBeGreaterThan((body?.y ?? 0) + 0.97 * 870);
      expect(new Set(panels).size).toBe(2);
    });
  });

  it("has whole names under ten boxes, the first of them too, and whole rows", async () => {
    const names = ["astrocytoma", "benign", "carcinoma", "ductal", "epithelium"].flatMap((name) => [name, `${name} b`]);
    await withChart({ ...usual, groups: 10, names, width: 700, height: 480 }, async (page) => {
      const shown = await page
        .locator('[data-ls-unit="3"] .ls-box-name')
        .evaluateAll((all) => all.map((name) => name.firstChild?.textContent?.trim()));
      expect(shown).toEqual(names);
      const rows = await page.evaluate(() => {
        const { left = 0, bottom = 0 } = document.querySelector(".ls-body")?.getBoundingClientRect() ?? {};
        const panels = [...document.querySelectorAll(".ls-box-panel")].map((panel) => panel.getBoundingClientRect());
        const words = [...document.querySelectorAll(".ls-box-name")].map((name) => name.getBoundingClientRect());
        return {
          cut: panels.filter((panel) => panel.top < bottom - 14 && panel.bottom > bottom + 1).length,
          out: words.filter((word) => word.left < left).length,
        };
      });
      expect(rows).toEqual({ cut: 0, out: 0 });
    });
  });

  it("keeps class colours and takes the tokens of the dark theme", async () => {
    await withChart({ ...usual, theme: "dark", selectedFrom: half }, async (page) => {
      const colors = await page.evaluate(() => {
        const read = (selector: string, property: "stroke" | "fill" | "color") => {
          const element = document.querySelector(selector);
          return element && getComputedStyle(element)[property];
        };
        return {
          box: read('[data-ls-group="0"] .ls-box-body', "stroke"),
          median: read('[data-ls-group="0"] .ls-box-median', "stroke"),
          tick: read(".ls-box-tick", "fill"),
          selection: read(".ls-box-selection .ls-box-body", "fill"),
        };
      });
      expect(colors).toEqual({
        box: "rgb(6, 99, 231)",
        median: "rgb(236, 236, 236)",
        tick: "rgb(179, 179, 179)",
        selection: "rgb(179, 179, 179)",
      });
    });
  });

  it("tells classes by shape where the system allows no colours", async () => {
    await withChart(
      usual,
      async (page) => {
        const shapes = page.locator('[data-ls-unit="3"] .ls-box-shape:visible');
        expect(new Set(await shapes.evaluateAll((all) => all.map((shape) => shape.getAttribute("d")))).size).toBe(3);
        const covered = await page.locator('[data-ls-unit="3"]').evaluate((panel) => {
          const boxes = (name: string) => [...panel.querySelectorAll(name)].map((one) => one.getBoundingClientRect());
          const signs = boxes(".ls-box-shape");
          const isCovered = (mark: DOMRect) =>
            signs.some(
              ({ left, right, top, bottom }) =>
                mark.left < right && left < mark.right && mark.top < bottom && top < mark.bottom,
            );
          const marks = [".ls-box-body", ".ls-box-whiskers", ".ls-box-outliers", ".ls-box-tick", ".ls-box-subtitle"];
          return marks.filter((name) => boxes(name).some(isCovered));
        });
        expect(covered).toEqual([]);
      },
      { forcedColors: "active" },
    );
    await withChart(usual, async (page) => expect(await page.locator(".ls-box-shape:visible").count()).toBe(0));
  });

  it("lays panels out anew when the body's size changes", async () => {
    await withChart(usual, async (page) => {
      const columns = () =>
        page
          .locator(".ls-box-panel")
          .evaluateAll((all) => new Set(all.map((panel) => panel.getBoundingClientRect().left)).size);
      expect(await columns()).toBe(2);
      await page.evaluate(() => {
        window.boxChart.first().body.style.width = "760px";
      });
      await expect.poll(columns).toBe(3);
    });
  });

  it("waits for a size where the body is hidden, and leaves nothing behind when it ends", async () => {
    await withChart({ ...usual, hidden: true }, async (page) => {
      expect(await page.locator(".ls-box-panel").count()).toBe(0);
      await page.evaluate(() => {
        window.boxChart.first().body.hidden = false;
      });
      await expect.poll(() => page.locator(".ls-box-panel").count()).toBe(6);
      await page.evaluate(() => window.boxChart.first().end.abort());
      expect(await page.locator(".ls-body").evaluate((body) => body.childElementCount)).toBe(0);
      await page.locator(".ls-body").focus();
      await page.keyboard.press("ArrowRight");
      expect((await told(page)).hovers).toEqual([]);
    });
  });

  it("empties the body where there is nothing to draw, and draws again", async () => {
    await withChart(usual, async (page) => {
      await page.evaluate(async () => {
        const { chart } = window.boxChart.first();
        chart.draw(null);
        await chart.whenDrawn();
      });
      expect(await page.locator(".ls-box-panel").count()).toBe(0);
      await show(page, usual);
      expect(await page.locator(".ls-box-panel").count()).toBe(6);
    });
  });
});
