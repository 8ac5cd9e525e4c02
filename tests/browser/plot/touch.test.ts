import type { Browser, CDPSession, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { eventsOf, isInside, marksOf, type OpenPlot, openPlot, type Place, selectionsOf, viewOf } from "./open-plot.ts";

let browser: Browser;
let opened: OpenPlot;
let page: Page;
let cdp: CDPSession;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPlot(browser, { rows: 800 }, { hasTouch: true, viewport: { width: 520, height: 600 } });
  page = opened.page;
  cdp = await page.context().newCDPSession(page);
  await page.evaluate(() => {
    document.body.style.height = "3000px";
  });
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

type TouchKind = "touchStart" | "touchMove" | "touchEnd";

/** What the screen reports: where all fingers are that touch it now. */
async function touch(type: TouchKind, ...fingers: readonly Place[]): Promise<void> {
  await cdp.send("Input.dispatchTouchEvent", {
    type,
    touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
  });
}

async function tap(place: Place): Promise<void> {
  await touch("touchStart", place);
  await touch("touchEnd");
}

/** One finger along these places. */
async function stroke(places: readonly Place[]): Promise<void> {
  const [first, ...rest] = places;
  if (!first) return;
  await touch("touchStart", first);
  for (const place of rest) await touch("touchMove", place);
  await touch("touchEnd");
}

const along = (from: Place, to: Place, steps = 10): readonly Place[] =>
  Array.from({ length: steps + 1 }, (_, step) => [
    from[0] + ((to[0] - from[0]) * step) / steps,
    from[1] + ((to[1] - from[1]) * step) / steps,
  ]);

/** A place of the body without a mark near it. */
const EMPTY: Place = [60, 300];
const SQUARE: readonly Place[] = [
  [100, 100],
  [300, 100],
  [300, 350],
  [100, 350],
];
const OUTLINE = SQUARE.flatMap((corner, place) => along(corner, SQUARE[(place + 1) % SQUARE.length] ?? corner));

describe("one finger", () => {
  it("scrolls the page and selects nothing before the body was tapped", async () => {
    await stroke(along([200, 400], [200, 100], 20));
    await page.waitForFunction(() => scrollY > 100);
    expect(await selectionsOf(page)).toEqual([]);
    expect(await eventsOf(page)).toEqual([]);
  });

  it("selects the mark that it taps", async () => {
    const mark = (await marksOf(page))[400];
    if (!mark) throw new Error("no such mark");
    await tap(mark);
    await expect.poll(() => selectionsOf(page)).toEqual([{ rows: [400], mode: "replace" }]);
  });

  it("selects with the lasso once the body was tapped, and the page stays", async () => {
    await tap(EMPTY);
    const marks = await marksOf(page);
    await stroke(OUTLINE);
    const inside = marks.flatMap((mark, row) => (isInside(mark, OUTLINE) ? [row] : []));
    expect(inside.length).toBeGreaterThan(50);
    await expect.poll(() => selectionsOf(page)).toEqual([{ rows: inside, mode: "replace" }]);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it("moves the view once the body was tapped, with the pan tool", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.setTool("pan"));
    await tap(EMPTY);
    const before = await viewOf(page);
    await stroke(along([200, 200], [260, 180]));
    const after = await viewOf(page);
    expect((before.centerX - after.centerX) * before.scale).toBeCloseTo(60, 3);
    expect((after.centerY - before.centerY) * before.scale).toBeCloseTo(-20, 3);
    expect(await selectionsOf(page)).toEqual([]);
  });

  it("scrolls the page again after it has tapped elsewhere", async () => {
    await tap(EMPTY);
    await expect.poll(() => page.evaluate(() => document.activeElement === window.test.plots[0]?.body)).toBe(true);
    await tap([300, 550]);
    await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(true);
    await stroke(along([200, 400], [200, 100], 20));
    await page.waitForFunction(() => scrollY > 100);
    expect(await selectionsOf(page)).toEqual([]);
  });
});

describe.each([
  ["before the body was tapped", false],
  ["once it was tapped", true],
])("two fingers, %s", (_, isTapped) => {
  it("zoom about their middle, move the view, and neither select nor scroll", async () => {
    if (isTapped) await tap(EMPTY);
    const before = await viewOf(page);
    await touch("touchStart", [200, 240]);
    await touch("touchStart", [200, 240], [280, 240]);
    for (let step = 1; step <= 10; step++) await touch("touchMove", [200 - 4 * step, 240], [280 + 4 * step, 240]);
    const zoomed = await viewOf(page);
    expect(zoomed.scale / before.scale).toBeCloseTo(2, 1);
    for (let step = 1; step <= 10; step++)
      await touch("touchMove", [160 + 3 * step, 240 - 5 * step], [320 + 3 * step, 240 - 5 * step]);
    const moved = await viewOf(page);
    expect(moved.scale).toBeCloseTo(zoomed.scale, 3);
    expect((zoomed.centerX - moved.centerX) * zoomed.scale).toBeCloseTo(30, 0);
    expect((moved.centerY - zoomed.centerY) * zoomed.scale).toBeCloseTo(-50, 0);
    await touch("touchEnd");
    expect(await page.evaluate(() => scrollY)).toBe(0);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
    expect(await selectionsOf(page)).toEqual([]);
    expect(await eventsOf(page)).toEqual([]);
  });
});
