import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { eventsOf, marksOf, type OpenPlot, openPlot, selectionsOf, settle, viewOf } from "./open-plot.ts";

let browser: Browser;
let opened: OpenPlot;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPlot(browser, { rows: 800 });
  page = opened.page;
  await page.evaluate(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    document.addEventListener("keydown", (event) => heard.push(event.key));
    window.test.plots[0]?.body.focus();
  });
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const heardByPage = () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
const lastHover = () => page.evaluate(() => window.test.plots[0]?.hovers.at(-1)?.row ?? -1);

describe("with the focus on the body", () => {
  it("arrows go to the nearest mark in their direction, and Enter selects it", async () => {
    const marks = await marksOf(page);
    await page.keyboard.press("ArrowRight");
    let from = await lastHover();
    expect(from).toBeGreaterThanOrEqual(0);
    for (const [key, x, y] of [
      ["ArrowRight", 1, 0],
      ["ArrowUp", 0, -1],
      ["ArrowLeft", -1, 0],
      ["ArrowDown", 0, 1],
    ] as const) {
      const [fromX, fromY] = marks[from] ?? [0, 0];
      const away = marks.map(([markX, markY]) => {
        const [stepX, stepY] = [markX - fromX, markY - fromY];
        const along = stepX * x + stepY * y;
        const length = Math.hypot(stepX, stepY);
        return length > 0 && along >= length * Math.SQRT1_2 ? length : Number.POSITIVE_INFINITY;
      });
      await page.keyboard.press(key);
      from = await lastHover();
      expect(away[from], key).toBeCloseTo(Math.min(...away), 2);
    }
    await page.keyboard.press("Enter");
    expect(await selectionsOf(page)).toEqual([{ rows: [from], mode: "replace" }]);
    expect(await heardByPage()).toEqual([]);
  });

  it("+, - and 0 zoom and fit, Shift and arrows move the view", async () => {
    const fitted = await viewOf(page);
    await page.keyboard.press("+");
    await settle(page);
    expect((await viewOf(page)).scale).toBeCloseTo(1.25 * fitted.scale, 6);
    await page.keyboard.press("-");
    await page.keyboard.press("-");
    await settle(page);
    expect((await viewOf(page)).scale).toBeCloseTo(fitted.scale / 1.25, 6);
    await page.keyboard.press("Shift+ArrowRight");
    expect((await viewOf(page)).centerX).toBeGreaterThan(fitted.centerX);
    await page.keyboard.press("0");
    await settle(page);
    expect(await viewOf(page)).toEqual(fitted);
  });

  it("/ ? Esc, Ctrl + Z and Ctrl + Shift + Z find, help, clear, undo and redo, and stop there", async () => {
    for (const key of ["/", "?", "Escape", "Control+z", "Control+Shift+Z"]) await page.keyboard.press(key);
    expect(await eventsOf(page)).toEqual(["find", "help", "escape", "undo", "redo"]);
    expect(await heardByPage()).toEqual(["Control", "Control", "Shift"]);
  });

  it("all other keys go on to the notebook", async () => {
    await page.keyboard.press("ArrowRight");
    expect(await lastHover()).toBeGreaterThanOrEqual(0);
    for (const key of ["b", "Shift+Enter", "Control+Enter", "Control+0", "Alt+ArrowLeft"])
      await page.keyboard.press(key);
    expect(await selectionsOf(page)).toEqual([]);
    const heard = await heardByPage();
    for (const key of ["b", "Enter", "0", "ArrowLeft"]) expect(heard).toContain(key);
  });
});

it("without the focus no key is heard", async () => {
  await page.evaluate(() => window.test.plots[0]?.body.blur());
  for (const key of ["/", "+", "ArrowRight", "Enter"]) await page.keyboard.press(key);
  expect(await eventsOf(page)).toEqual([]);
  expect(await lastHover()).toBe(-1);
});
