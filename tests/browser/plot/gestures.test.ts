import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { seeded } from "./clusters.ts";
import {
  drag,
  eventsOf,
  isInside,
  marksOf,
  type OpenPlot,
  openPlot,
  type Place,
  selectionsOf,
  settle,
  viewOf,
} from "./open-plot.ts";

const ROWS = 1500;

let browser: Browser;
let opened: OpenPlot;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPlot(browser, { rows: ROWS });
  page = opened.page;
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** A bent outline over several clusters that crosses itself. */
const outline: readonly Place[] = [
  [120, 90],
  [380, 110],
  [400, 300],
  [260, 210],
  [150, 380],
  [330, 60],
];

/** Corners with places in between, as a hand draws. */
function drawn(corners: readonly Place[]): readonly Place[] {
  return [...corners, ...corners.slice(0, 1)].flatMap(([x, y], place, all) => {
    const [nextX, nextY] = all[place + 1] ?? [x, y];
    return [0, 0.25, 0.5, 0.75].map((share) => [x + share * (nextX - x), y + share * (nextY - y)] as const);
  });
}

const rowsWhere = (marks: readonly Place[], accepts: (mark: Place) => boolean) =>
  marks.flatMap((mark, row) => (accepts(mark) ? [row] : []));

/** A place of the body without a mark near it. */
const EMPTY: Place = [60, 300];

describe("a drag", () => {
  it("with the lasso selects exactly the rows inside", async () => {
    const marks = await marksOf(page);
    const path = drawn(outline);
    await drag(page, path);
    const expected = rowsWhere(marks, (mark) => isInside(mark, path));
    expect(expected.length).toBeGreaterThan(200);
    expect(await selectionsOf(page)).toEqual([{ rows: expected, mode: "replace" }]);
  });

  it("with the rectangle selects the rows in it, whichever corner came first", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.setTool("rectangle"));
    const marks = await marksOf(page);
    await drag(page, [
      [390, 350],
      [300, 200],
      [150.5, 100.5],
    ]);
    const expected = rowsWhere(marks, ([x, y]) => x >= 150.5 && x <= 390 && y >= 100.5 && y <= 350);
    expect(expected.length).toBeGreaterThan(100);
    expect(await selectionsOf(page)).toEqual([{ rows: expected, mode: "replace" }]);
  });

  it("adds with Shift and subtracts with Alt or Ctrl", async () => {
    for (const key of ["Shift", "Alt", "Control"]) {
      await page.keyboard.down(key);
      await drag(page, drawn(outline));
      await page.keyboard.up(key);
    }
    expect((await selectionsOf(page)).map(({ mode }) => mode)).toEqual(["add", "subtract", "subtract"]);
  });

  it("around nothing changes nothing and says so", async () => {
    const [x, y] = EMPTY;
    await drag(page, [EMPTY, [x + 12, y], [x + 12, y + 12], [x, y + 12]]);
    expect(await selectionsOf(page)).toEqual([]);
    expect(await eventsOf(page)).toEqual(["Nothing inside; selection unchanged."]);
  });

  it("that Esc ends selects nothing and leaves no outline", async () => {
    await page.mouse.move(...EMPTY);
    await page.mouse.down();
    await page.mouse.move(300, 100);
    await page.mouse.move(300, 300);
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await selectionsOf(page)).toEqual([]);
    expect(await eventsOf(page)).toEqual([]);
  });

  it.each([
    ["the pan tool", "left", "pan", ""],
    ["Space held", "left", "lasso", " "],
    ["the middle button", "middle", "lasso", ""],
  ] as const)("with %s moves the view and selects nothing", async (_, button, tool, key) => {
    await page.evaluate((chosen) => window.test.plots[0]?.plot.setTool(chosen), tool);
    await page.evaluate(() => window.test.plots[0]?.body.focus());
    const before = await viewOf(page);
    if (key) await page.keyboard.down(key);
    await drag(
      page,
      [
        [200, 200],
        [230, 190],
        [260, 180],
      ],
      button,
    );
    if (key) await page.keyboard.up(key);
    const held = mapUnder(before, [200, 200]);
    const now = mapUnder(await viewOf(page), [260, 180]);
    expect(now[0]).toBeCloseTo(held[0], 6);
    expect(now[1]).toBeCloseTo(held[1], 6);
    expect(await selectionsOf(page)).toEqual([]);
  });
});

describe("a click", () => {
  it("on a mark selects that row and makes it the current one", async () => {
    const row = 700;
    const mark = (await marksOf(page))[row];
    if (!mark) throw new Error("no such mark");
    await page.mouse.click(...mark);
    expect(await selectionsOf(page)).toEqual([{ rows: [row], mode: "replace" }]);
    expect(await eventsOf(page)).toEqual([`current ${row}`]);
  });

  it("on nothing changes nothing", async () => {
    await page.mouse.click(...EMPTY);
    expect(await selectionsOf(page)).toEqual([]);
    expect(await eventsOf(page)).toEqual([]);
  });

  it("pressed with Shift does not reach the page: JupyterLab would select cells", async () => {
    await page.evaluate(() => {
      const heard: boolean[] = [];
      Object.assign(window, { heard });
      document.addEventListener("mousedown", (event) => heard.push(event.shiftKey));
    });
    await page.mouse.click(...EMPTY);
    await page.keyboard.down("Shift");
    await page.mouse.click(...EMPTY);
    await page.keyboard.up("Shift");
    expect(await page.evaluate(() => (window as unknown as { heard: boolean[] }).heard)).toEqual([false]);
  });

  it("twice fits everything into the body again", async () => {
    const fitted = await viewOf(page);
    await page.evaluate(() => window.test.plots[0]?.plot.zoomBy(3));
    await settle(page);
    expect((await viewOf(page)).scale).toBeCloseTo(3 * fitted.scale, 6);
    await page.mouse.dblclick(...EMPTY);
    await settle(page);
    expect(await viewOf(page)).toEqual(fitted);
  });
});

describe("hovering", () => {
  it("finds marks without a worker too", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 20, indexFails: true });
    const marks = await marksOf(page);
    await page.mouse.move(...(marks[7] ?? [0, 0]));
    await expect.poll(() => page.evaluate(() => window.test.plots[0]?.hovers.at(-1)?.row)).toBe(7);
    expect(errors).toEqual([]);
    await close();
  });

  it("finds the nearest mark, or none, at 200 places", async () => {
    const marks = await marksOf(page);
    const reach = (await page.evaluate(() => window.test.plots[0]?.plot.diameter ?? 0)) / 2 + 4;
    const random = seeded(3);
    let found = 0;
    for (let probe = 0; probe < 200; probe++) {
      const x = 20 + 440 * random();
      const y = 20 + 440 * random();
      await page.mouse.move(x, y);
      const told = await page.evaluate(() => window.test.plots[0]?.hovers.at(-1)?.row ?? -1);
      const away = marks.map(([markX, markY]) => Math.hypot(markX - x, markY - y));
      const nearest = Math.min(...away);
      // The browser rounds the pointer's place to 1/64 of a pixel or so: a tie may go either way.
      if (nearest > reach + 0.05) expect(told, `probe ${probe} at ${x}, ${y}`).toBe(-1);
      else if (nearest < reach - 0.05) expect(away[told], `probe ${probe} at ${x}, ${y}`).toBeLessThan(nearest + 0.05);
      if (told >= 0) found++;
    }
    expect(found).toBeGreaterThan(30);
  });

  it("ends when the pointer leaves", async () => {
    const mark = (await marksOf(page))[3];
    if (!mark) throw new Error("no such mark");
    await page.mouse.move(...mark);
    await page.mouse.move(900, 600);
    const rows = await page.evaluate(() => window.test.plots[0]?.hovers.map(({ row }) => row) ?? []);
    expect(rows.at(-2)).toBeGreaterThanOrEqual(0);
    expect(rows.at(-1)).toBe(-1);
  });
});

describe("the wheel", () => {
  it("scrolls the page and leaves the view alone; the hint comes twice and no more", async () => {
    await page.evaluate(() => {
      document.body.style.height = "3000px";
    });
    const before = await viewOf(page);
    await page.mouse.move(200, 200);
    const hint = page.locator(".ls-plot-hint");
    for (const isShown of [true, true, false]) {
      await page.mouse.wheel(0, 1);
      if (isShown) await hint.waitFor({ state: "visible" });
      await hint.waitFor({ state: "hidden" });
    }
    await page.mouse.wheel(0, 200);
    await page.waitForFunction(() => scrollY > 100);
    expect(await hint.isVisible()).toBe(false);
    expect(await viewOf(page)).toEqual(before);
  });

  it("with Ctrl zooms about the pointer and does not scroll", async () => {
    await page.evaluate(() => {
      document.body.style.height = "3000px";
    });
    const place: Place = [150, 320];
    const before = await viewOf(page);
    const under = mapUnder(before, place);
    await page.mouse.move(...place);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -120);
    await page.keyboard.up("Control");
    await page.waitForFunction((scale) => window.test.plots[0]?.plot.view.scale !== scale, before.scale);
    const after = await viewOf(page);
    expect(after.scale / before.scale).toBeCloseTo(2 ** (120 / 480), 6);
    expect(mapUnder(after, place)[0]).toBeCloseTo(under[0], 6);
    expect(mapUnder(after, place)[1]).toBeCloseTo(under[1], 6);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it("zooms without Ctrl in full screen", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.setFullScreen(true));
    const before = await viewOf(page);
    await page.mouse.move(200, 200);
    await page.mouse.wheel(0, 10_000);
    await page.waitForFunction((scale) => window.test.plots[0]?.plot.view.scale !== scale, before.scale);
    expect((await viewOf(page)).scale / before.scale).toBeCloseTo(1 / 1.25, 6);
  });
});

describe("the body", () => {
  it("made larger shows everything still, with the same middle", async () => {
    const before = await viewOf(page);
    await page.evaluate(() => {
      const body = window.test.plots[0]?.body;
      if (body) body.style.height = "600px";
      if (body) body.style.width = "800px";
    });
    await page.waitForFunction(() => window.test.plots[0]?.plot.view.height === 600);
    const after = await viewOf(page);
    expect([after.centerX, after.centerY]).toEqual([before.centerX, before.centerY]);
    expect(after.scale).toBeGreaterThan(before.scale);
  });

  it("made larger keeps the middle and the scale of a view that was zoomed", async () => {
    await page.evaluate(() => window.test.plots[0]?.plot.zoomBy(4));
    await settle(page);
    const before = await viewOf(page);
    await page.evaluate(() => {
      const body = window.test.plots[0]?.body;
      if (body) body.style.height = "600px";
    });
    await page.waitForFunction(() => window.test.plots[0]?.plot.view.height === 600);
    expect(await viewOf(page)).toEqual({ ...before, height: 600 });
  });

  it("is emptied when the signal aborts, and hears nothing any more", async () => {
    const mark = (await marksOf(page))[3];
    if (!mark) throw new Error("no such mark");
    await page.evaluate(() => window.test.plots[0]?.end.abort());
    expect(await page.locator(".ls-plane").count()).toBe(0);
    await page.mouse.click(...mark);
    expect(await selectionsOf(page)).toEqual([]);
  });
});

/** The place of the map under a place of the page; the body begins at 20, 20. */
function mapUnder(view: Awaited<ReturnType<typeof viewOf>>, [x, y]: Place): Place {
  return [
    view.centerX + (x - 20 - view.width / 2) / view.scale,
    view.centerY - (y - 20 - view.height / 2) / view.scale,
  ];
}
