import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { openPlot, probe, settle, told, zoomAt } from "./open-plot.ts";
import type { Probe } from "./plot-page.ts";

const ROWS = 1200;

let browser: Browser;
let opened: Awaited<ReturnType<typeof openPlot>>;
let page: Page;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());
beforeEach(async () => {
  opened = await openPlot(browser, { rows: ROWS, columns: 16 });
  page = opened.page;
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** The body's upper left corner on the page. */
const LEFT = 20;
const TOP = 20;
const middleOf = ({ box }: Probe) => [box.left + box.width / 2, box.top + box.height / 2] as const;
const onPage = ([x, y]: readonly [number, number]) => [LEFT + x, TOP + y] as const;

async function crowdedCell(): Promise<Probe> {
  const found = (await probe(page)).find(({ members }) => members.length > 4);
  if (!found) throw new Error("no cell holds so many");
  return found;
}

/** Squared distance of a row's place from the middle of its cell, CSS pixels. */
const awayFrom = (rows: readonly number[], cell: Probe) =>
  page.evaluate(
    ({ wanted, x, y }) => {
      const [{ plot, clusters }] = window.tilePlot.plots as [(typeof window.tilePlot.plots)[number]];
      const { centerX, centerY, scale, width, height } = plot.view;
      return wanted.map((row) => {
        const placeX = width / 2 + ((clusters.positions[2 * row] ?? 0) - centerX) * scale;
        const placeY = height / 2 - ((clusters.positions[2 * row + 1] ?? 0) - centerY) * scale;
        return (placeX - x) ** 2 + (placeY - y) ** 2;
      });
    },
    { wanted: [...rows], x: middleOf(cell)[0], y: middleOf(cell)[1] },
  );

describe("the pointer", () => {
  it("hovers the tile on show and its cell, all of its tiles told nearest first", async () => {
    const cell = await crowdedCell();
    await page.mouse.move(...onPage(middleOf(cell)));
    const { hovers } = await told(page);
    const hover = hovers.at(-1);
    expect(hover?.row).toBe(cell.found);
    expect([hover?.cell?.x, hover?.cell?.y, hover?.cell?.level]).toEqual([cell.column, cell.row, 0]);
    const rows = hover?.cell?.rows ?? [];
    expect([...rows].sort((a, b) => a - b)).toEqual(cell.members);
    const away = await awayFrom(rows, cell);
    expect(away).toEqual([...away].sort((a, b) => a - b));
    expect(Math.abs((hover?.cell?.box.left ?? 0) - cell.box.left)).toBeLessThanOrEqual(0.5);
    await page.mouse.move(LEFT + 220, TOP + 500);
    expect((await told(page)).hovers.at(-1)).toEqual({ row: -1, cell: null });
  });

  it("clicks a cell: its tiles are selected, the one on show is current, its sheet opens", async () => {
    const cell = await crowdedCell();
    await page.mouse.click(...onPage(middleOf(cell)));
    const { selections, events, opened: sheets } = await told(page);
    expect(selections).toEqual([{ rows: cell.members, mode: "replace" }]);
    expect(events).toEqual([`current ${cell.found}`]);
    expect(sheets.map((sheet) => [sheet?.x, sheet?.y])).toEqual([[cell.column, cell.row]]);
  });

  it("adds with Shift and takes away with Alt, which open nothing", async () => {
    const cell = await crowdedCell();
    await page.keyboard.down("Shift");
    await page.mouse.click(...onPage(middleOf(cell)));
    await page.keyboard.up("Shift");
    await page.keyboard.down("Alt");
    await page.mouse.click(...onPage(middleOf(cell)));
    await page.keyboard.up("Alt");
    const { selections, opened: sheets } = await told(page);
    expect(selections.map(({ mode }) => mode)).toEqual(["add", "subtract"]);
    expect(sheets).toEqual([]);
  });

  it("closes the sheet when the view moves from under it", async () => {
    await page.mouse.click(...onPage(middleOf(await crowdedCell())));
    await zoomAt(page, 1.2, [220, 220]);
    expect((await told(page)).opened.at(-1)).toBeNull();
  });

  it("lassoes the cells whose centre it holds", async () => {
    const cells = await probe(page);
    const corners = [
      [60, 60],
      [390, 100],
      [300, 390],
      [200, 180],
      [80, 380],
    ] as const;
    await page.mouse.move(...onPage(corners[0]));
    await page.mouse.down();
    for (const corner of [...corners.slice(1), corners[0]]) await page.mouse.move(...onPage(corner), { steps: 3 });
    await page.mouse.up();
    const isInside = ([x, y]: readonly [number, number]) =>
      corners.reduce((odd, [x0, y0], place) => {
        const [x1, y1] = corners[(place + 1) % corners.length] ?? [0, 0];
        return y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0 ? !odd : odd;
      }, false);
    const inside = cells.filter((cell) => isInside(middleOf(cell))).flatMap(({ members }) => members);
    const { selections } = await told(page);
    expect(inside.length).toBeGreaterThan(50);
    expect(selections).toEqual([{ rows: inside.sort((a, b) => a - b), mode: "replace" }]);
  });

  it("says so when a lasso holds nothing", async () => {
    await page.mouse.move(LEFT + 2, TOP + 2);
    await page.mouse.down();
    for (const corner of [
      [12, 2],
      [12, 12],
      [2, 12],
    ] as const)
      await page.mouse.move(...onPage(corner));
    await page.mouse.up();
    const { selections, events } = await told(page);
    expect(selections).toEqual([]);
    expect(events).toEqual(["Nothing inside; selection unchanged."]);
  });

  it("means the point that it touches while points are on show", async () => {
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.setMode("points"));
    await settle(page);
    const row = 777;
    const [x, y] = await page.evaluate((wanted) => {
      const [{ plot, clusters }] = window.tilePlot.plots as [(typeof window.tilePlot.plots)[number]];
      const { centerX, centerY, scale, width, height } = plot.view;
      return [
        width / 2 + ((clusters.positions[2 * wanted] ?? 0) - centerX) * scale,
        height / 2 - ((clusters.positions[2 * wanted + 1] ?? 0) - centerY) * scale,
      ] as const;
    }, row);
    await page.mouse.click(...onPage([x, y]));
    const { selections, opened: sheets } = await told(page);
    expect(selections).toEqual([{ rows: [row], mode: "replace" }]);
    expect(sheets).toEqual([]);
  });
});

describe("keys", () => {
  beforeEach(() => page.evaluate(() => window.tilePlot.plots[0]?.body.focus()));
  const lastHover = async () => (await told(page)).hovers.at(-1);

  it("walk the cells that hold tiles, and Enter opens one", async () => {
    const cells = await probe(page);
    await page.keyboard.press("ArrowRight");
    let from = await lastHover();
    expect(from?.row).toBeGreaterThanOrEqual(0);
    for (const [key, x, y] of [
      ["ArrowRight", 1, 0],
      ["ArrowUp", 0, 1],
      ["ArrowLeft", -1, 0],
      ["ArrowDown", 0, -1],
    ] as const) {
      const away = cells.map(({ column, row }) => {
        const [stepX, stepY] = [column - (from?.cell?.x ?? 0), row - (from?.cell?.y ?? 0)];
        const along = stepX * x + stepY * y;
        const length = Math.hypot(stepX, stepY);
        return along > 0 && along >= length * Math.SQRT1_2 - 1e-9 ? length : Number.POSITIVE_INFINITY;
      });
      await page.keyboard.press(key);
      const to = await lastHover();
      const reached = cells.findIndex(({ column, row }) => column === to?.cell?.x && row === to?.cell?.y);
      expect(away[reached], key).toBeCloseTo(Math.min(...away), 6);
      from = to;
    }
    await page.keyboard.press("Enter");
    const { selections, opened: sheets, events } = await told(page);
    expect(selections.at(-1)?.rows).toEqual([...(from?.cell?.rows ?? [])].sort((a, b) => a - b));
    expect([sheets.at(-1)?.x, sheets.at(-1)?.y]).toEqual([from?.cell?.x, from?.cell?.y]);
    expect(events).toEqual([`current ${from?.row}`]);
  });

  it("+, - and 0 zoom and fit; / ? Esc and Ctrl + Z find, help, clear and undo", async () => {
    const scale = () => page.evaluate(() => window.tilePlot.plots[0]?.plot.view.scale ?? 0);
    const fitted = await scale();
    await page.keyboard.press("+");
    await settle(page);
    expect(await scale()).toBeCloseTo(1.25 * fitted, 6);
    await page.keyboard.press("0");
    await settle(page);
    expect(await scale()).toBeCloseTo(fitted, 6);
    for (const key of ["/", "?", "Escape", "Control+z"]) await page.keyboard.press(key);
    expect((await told(page)).events).toEqual(["find", "help", "escape", "undo"]);
  });
});

it("a row that is looked for is selected alone, current, and its cell brought into view", async () => {
  const cell = await crowdedCell();
  const row = cell.members.at(-1) ?? -1;
  await zoomAt(page, 8, [0, 0]);
  await page.evaluate((wanted) => window.tilePlot.plots[0]?.plot.choose(wanted), row);
  await settle(page);
  const { selections, events } = await told(page);
  expect(selections).toEqual([{ rows: [row], mode: "replace" }]);
  expect(events).toEqual([`current ${row}`]);
  const box = await page.evaluate((wanted) => window.tilePlot.plots[0]?.plot.cellOf(wanted)?.box, row);
  expect(box?.left).toBeGreaterThanOrEqual(-1);
  expect((box?.left ?? 999) + (box?.width ?? 0) / 2).toBeLessThanOrEqual(440 - 23);
});
