import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { parseColor } from "../../../src/widgets/theme/rgb.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";
import { launchChromium } from "../../support/chromium.ts";
import { openPlot, probe, settle, told, zoomAt } from "./open-plot.ts";
import type { Probe } from "./plot-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

const rgb = (color: string) => [...parseColor(color).rgb];
const middleOf = ({ box }: Probe) => [box.left + box.width / 2, box.top + box.height / 2] as const;
const levelOf = (page: Page) => page.evaluate(() => window.tilePlot.plots[0]?.plot.level ?? -1);
const asked = (page: Page) => page.evaluate(() => window.tilePlot.plots[0]?.supply.asked.flat() ?? []);
const bytes = (page: Page) => page.evaluate(() => window.tilePlot.plots[0]?.plot.textureBytes() ?? -1);

async function fullest(page: Page): Promise<Probe> {
  const [first] = [...(await probe(page))].sort((a, b) => b.members.length - a.members.length);
  if (!first) throw new Error("no cell lies on the body");
  return first;
}

describe("tiles on show", () => {
  it.each([
    ["one pixel", 1],
    ["two pixels", 2],
  ])("are each cell's first tile, upright, at every zoom (%s a CSS pixel)", async (_, deviceScaleFactor) => {
    const { page, errors, close } = await openPlot(browser, { rows: 5000, columns: 40 }, { deviceScaleFactor });
    const levels = new Set<number>();
    for (const factor of [1, 3, 3, 3, 3]) {
      if (factor > 1) await zoomAt(page, factor, middleOf(await fullest(page)));
      const probes = await probe(page);
      expect(probes.length).toBeGreaterThan(1);
      for (const { column, row, members, found } of probes) expect(found, `cell ${column}, ${row}`).toBe(members[0]);
      levels.add(await levelOf(page));
    }
    expect([...levels]).toContain(0);
    expect(Math.max(...levels)).toBeGreaterThanOrEqual(3);
    expect(errors).toEqual([]);
    await close();
  });

  it("keep their aspect", async () => {
    const { page, close } = await openPlot(browser, { rows: 40, columns: 4, pictureHeight: 32 });
    const probes = await probe(page);
    expect(probes.length).toBeGreaterThan(4);
    // Half as high as wide: nothing is drawn in the upper corners.
    for (const { middle, corner } of probes) expect([corner[3], middle[3]]).toEqual([0, 255]);
    await close();
  });

  it.each([
    ["small pictures", 16, 10],
    ["larger ones", 64, 4],
  ])("take nothing of another at their edges where they are enlarged: %s", async (_, side, columns) => {
    const { page, close } = await openPlot(browser, {
      rows: 500,
      columns,
      pictureWidth: side,
      pictureHeight: side,
      width: 740,
      height: 740,
    });
    const probes = await probe(page);
    expect(probes[0]?.box.width).toBeGreaterThan(side);
    for (const { corner } of probes) expect(corner).toEqual([255, 255, 255, 255]);
    await close();
  });

  it("take no more than 64 MB, whichever of a hundred thousand are looked at", async () => {
    const { page, close } = await openPlot(browser, { rows: 100_000, columns: 50, width: 740, height: 480 });
    for (const factor of [4, 4, 0.25, 8, 0.2]) {
      await zoomAt(page, factor, [300, 240]);
      expect(await bytes(page)).toBeLessThanOrEqual(64 * 2 ** 20);
    }
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    await close();
  });

  it("are drawn once the widget is shown, when it was hidden at first", async () => {
    const { page, close } = await openPlot(browser, { rows: 500, columns: 10, hidden: true });
    expect(await asked(page)).toEqual([]);
    await page.evaluate(() => window.tilePlot.plots[0]?.body.closest("section")?.removeAttribute("hidden"));
    await settle(page);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    await close();
  });
});

describe("pictures on their way", () => {
  it("leave a plain surface, then their tiles, those in the middle first", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30, waits: true });
    await expect.poll(() => asked(page)).not.toEqual([]);
    const probes = await probe(page);
    for (const { middle } of probes) expect(middle).toEqual([...rgb(tokens.light.surface), 255]);
    const [first = -1] = await asked(page);
    const away = ([x, y]: readonly [number, number]) => Math.hypot(x - 220, y - 220);
    const nearest = Math.min(...probes.map((each) => away(middleOf(each))));
    const firstCell = probes.find(({ members }) => members.includes(first));
    expect(firstCell && away(middleOf(firstCell))).toBeCloseTo(nearest, 6);
    await page.evaluate(() => window.tilePlot.plots[0]?.supply.release());
    await settle(page);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    await close();
  });

  it("leave coarse cells on show until something is to be seen of the finer ones", async () => {
    const { page, close } = await openPlot(browser, { rows: 3000, columns: 30 });
    await zoomAt(page, 5, middleOf(await fullest(page)));
    expect(await levelOf(page)).toBe(0);
    await page.evaluate(() => window.tilePlot.hold());
    const before = (await asked(page)).length;
    await zoomAt(page, 2, middleOf(await fullest(page)), { settles: false });
    await expect.poll(async () => (await asked(page)).length).toBeGreaterThan(before);
    expect(await levelOf(page)).toBe(0);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    await page.evaluate(() => window.tilePlot.plots[0]?.supply.release());
    await settle(page);
    expect(await levelOf(page)).toBeGreaterThan(0);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    await close();
  });

  it("are no longer waited for once they are out of sight, or the view has ended", async () => {
    const { page, close } = await openPlot(browser, { rows: 5000, columns: 30, waits: true });
    await expect.poll(() => asked(page)).not.toEqual([]);
    const cancelled = () => page.evaluate(() => window.tilePlot.plots[0]?.supply.cancelled.length ?? 0);
    expect(await cancelled()).toBe(0);
    await zoomAt(page, 0.2, [220, 220], { settles: false });
    await expect.poll(cancelled).toBeGreaterThan(0);
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.fit());
    const lots = () => page.evaluate(() => window.tilePlot.plots[0]?.supply.asked.length ?? 0);
    await expect.poll(async () => (await lots()) - (await cancelled())).toBeGreaterThan(0);
    const before = await cancelled();
    await page.evaluate(() => window.tilePlot.plots[0]?.end.abort());
    expect(await cancelled()).toBeGreaterThan(before);
    await close();
  });

  it("stay blank when the kernel has gone, said once, and those that are here stay", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 3000, columns: 30 });
    await page.evaluate(() => window.tilePlot.plots[0]?.supply.lose());
    await zoomAt(page, 12, middleOf(await fullest(page)));
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.fit());
    await settle(page);
    for (const { members, found } of await probe(page)) expect(found).toBe(members[0]);
    const { events } = await told(page);
    expect(events).toEqual(["Python has stopped; tiles that are not here yet stay blank. Run the cell to see them."]);
    expect(errors).toEqual([]);
    await close();
  });
});

describe("cells fade", () => {
  it("to 0.2 + 0.8 of the share that is selected, or in focus, and to both", async () => {
    const { page, close } = await openPlot(browser, { rows: 600, columns: 12 });
    const every = (step: number) => Array.from({ length: Math.ceil(600 / step) }, (_, place) => place * step);
    const shareOf = ({ members }: Probe, step: number) =>
      members.filter((row) => row % step === 0).length / members.length;
    await page.evaluate((rows) => window.tilePlot.select(rows), every(3));
    await settle(page);
    for (const cell of await probe(page))
      expect((cell.quarter[3] ?? 0) / 255).toBeCloseTo(0.2 + 0.8 * shareOf(cell, 3), 1.9);
    await page.evaluate((rows) => window.tilePlot.focus(rows), every(2));
    await settle(page);
    const both = await probe(page);
    for (const cell of both)
      expect((cell.quarter[3] ?? 0) / 255).toBeCloseTo(
        (0.2 + 0.8 * shareOf(cell, 3)) * (0.2 + 0.8 * shareOf(cell, 2)),
        1.9,
      );
    await page.evaluate(() => window.tilePlot.select(null));
    await settle(page);
    for (const cell of await probe(page))
      expect((cell.quarter[3] ?? 0) / 255).toBeCloseTo(0.2 + 0.8 * shareOf(cell, 2), 1.9);
    expect(new Set(both.map(({ quarter }) => quarter[3])).size).toBeGreaterThan(3);
    await close();
  });
});

describe("the cell's commonest class", () => {
  const commonest = (members: readonly number[], rows: number) => {
    const counts = new Map<number, number>();
    for (const row of members)
      counts.set(Math.floor((row * 10) / rows), (counts.get(Math.floor((row * 10) / rows)) ?? 0) + 1);
    return [...counts].sort(([a, countA], [b, countB]) => countB - countA || a - b)[0]?.[0] ?? -1;
  };

  it("frames tiles of 16 px and more, a gap between frame and picture", async () => {
    const { page, close } = await openPlot(browser, { rows: 1000, columns: 16 });
    await page.evaluate(() => window.tilePlot.paintClasses());
    await settle(page);
    const probes = await probe(page);
    expect(probes[0]?.box.width).toBeGreaterThan(16);
    for (const { members, corner, found } of probes) {
      expect(corner).toEqual([...rgb(classColors[commonest(members, 1000)] ?? ""), 255]);
      expect(found).toBe(members[0]);
    }
    await close();
  });

  it("frames none where tiles are nearly so wide, whichever pixels their edges fall on", async () => {
    const { page, close } = await openPlot(browser, { rows: 1000, columns: 26 });
    await page.evaluate(() => window.tilePlot.paintClasses());
    await settle(page);
    const probes = await probe(page);
    expect(probes[0]?.box.width).toBeGreaterThan(15.5);
    expect(probes[0]?.box.width).toBeLessThan(16);
    for (const { members, corner } of probes)
      expect(corner).not.toEqual([...rgb(classColors[commonest(members, 1000)] ?? ""), 255]);
    await close();
  });

  it("tints smaller ones by a quarter", async () => {
    const { page, close } = await openPlot(browser, { rows: 1000, columns: 40 });
    await page.evaluate(() => window.tilePlot.paintClasses());
    await settle(page);
    const probes = await probe(page);
    expect(probes[0]?.box.width).toBeLessThan(16);
    for (const { members, quarter } of probes) {
      const tint = rgb(classColors[commonest(members, 1000)] ?? "");
      // The quarter is white.
      for (const [place, part] of tint.entries())
        expect(Math.abs((quarter[place] ?? 0) - (0.75 * 255 + 0.25 * part))).toBeLessThanOrEqual(2);
    }
    await close();
  });
});

describe("where the system forces its colours", () => {
  it("classes are shapes in the corners of their tiles, ten of them, and no frames", async () => {
    const { page, close } = await openPlot(
      browser,
      { rows: 1000, columns: 12, isBlank: true },
      { forcedColors: "active" },
    );
    await page.evaluate(() => window.tilePlot.paintClasses());
    await settle(page);
    const address = await page.evaluate(() => document.querySelector("canvas")?.toDataURL() ?? "");
    const { data, width } = PNG.sync.read(Buffer.from(address.slice(address.indexOf(",") + 1), "base64"));
    const shapesOf = new Map<number, Set<string>>();
    for (const { members, box } of await probe(page)) {
      const dark: (readonly [number, number])[] = [];
      for (let y = Math.ceil(box.top); y < box.top + box.height - 1; y++)
        for (let x = Math.ceil(box.left); x < box.left + box.width - 1; x++)
          if ((data[4 * (y * width + x)] ?? 255) < 128) dark.push([x, y]);
      const [left, top] = [Math.min(...dark.map(([x]) => x)), Math.min(...dark.map(([, y]) => y))];
      const shape = dark.map(([x, y]) => `${x - left},${y - top}`).join(" ");
      const [most] = [...members].sort((a, b) => countOf(members, b) - countOf(members, a) || a - b);
      const known = shapesOf.get(classOf(most ?? -1)) ?? new Set();
      shapesOf.set(classOf(most ?? -1), known.add(shape));
    }
    const shapes = [...shapesOf.values()].flatMap((known) => [...known]);
    expect(shapesOf.size).toBe(10);
    expect(shapes).toHaveLength(10);
    expect(new Set(shapes).size).toBe(10);
    expect(shapes).not.toContain("");
    await close();

    function classOf(row: number): number {
      return Math.floor(row / 100);
    }
    function countOf(rows: readonly number[], of: number): number {
      return rows.filter((row) => classOf(row) === classOf(of)).length;
    }
  });
});

describe("cells below 6 px", () => {
  it("show how many tiles they hold, no picture is asked for", async () => {
    const { page, close } = await openPlot(browser, { rows: 20_000, columns: 100 });
    expect(await asked(page)).toEqual([]);
    const probes = [...(await probe(page))].sort((a, b) => a.members.length - b.members.length);
    expect(probes[0]?.box.width).toBeLessThan(6);
    const byCount = new Map<number, string>();
    for (const { members, middle } of probes) {
      const color = middle.join();
      expect(byCount.get(members.length) ?? color).toBe(color);
      byCount.set(members.length, color);
    }
    const green = [...byCount.values()].map((color) => Number(color.split(",")[1]));
    // The fuller the darker, on a white page.
    expect(green).toEqual([...green].sort((a, b) => b - a));
    expect(new Set(green).size).toBeGreaterThan(5);
    await zoomAt(page, 3, [220, 220]);
    expect(await asked(page)).not.toEqual([]);
    await close();
  });
});

describe("points", () => {
  const canvases = (page: Page) =>
    page.evaluate(() =>
      [...(window.tilePlot.plots[0]?.body.querySelectorAll("canvas") ?? [])].slice(0, 2).map((canvas) => {
        const { data = [] } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? {};
        return { opacity: canvas.style.opacity, inked: data.some((part) => part > 0) };
      }),
    );

  it("take the place of tiles, and tiles theirs", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 1000, columns: 16 });
    await page.evaluate(() => window.tilePlot.paintClasses());
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.setMode("points"));
    await settle(page);
    const [tiles, points] = await canvases(page);
    expect([tiles?.inked, points?.inked, points?.opacity]).toEqual([false, true, "1"]);
    await page.evaluate(() => window.tilePlot.plots[0]?.plot.setMode("tiles"));
    await settle(page);
    const [tilesAgain, pointsAgain] = await canvases(page);
    expect([tilesAgain?.inked, pointsAgain?.opacity]).toEqual([true, "0"]);
    for (const { members, found } of await probe(page)) expect(found >= 0 ? found : members[0]).toBe(members[0]);
    expect(errors).toEqual([]);
    await close();
  });
});
