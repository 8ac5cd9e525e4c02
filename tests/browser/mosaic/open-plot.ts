import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";
import type { MountOptions } from "./plot-page.ts";

const ENTRY = fileURLToPath(new URL("plot-page.ts", import.meta.url));

/** One mosaic's drawing on a page of its own, as a test drives it. */
export async function openPlot(browser: Browser, options: MountOptions, context: BrowserContextOptions = {}) {
  const opened = await openBrowserPage(browser, ENTRY, context);
  await opened.page.evaluate((mount) => window.test.mount(mount), options);
  return opened;
}

export function probe(page: Page) {
  return page.evaluate(() => window.test.probe());
}

/** Until every tile in view is drawn at its size. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => window.test.plots[0]?.plot.whenSettled());
}

/** So many times closer about a place of the body, by the wheel. */
export async function zoomAt(page: Page, factor: number, [x, y]: readonly [number, number]): Promise<void> {
  const box = await page.evaluate(() => {
    const { left = 0, top = 0 } = window.test.plots[0]?.body.getBoundingClientRect() ?? {};
    return { left, top };
  });
  await page.mouse.move(box.left + x, box.top + y);
  await page.keyboard.down("Control");
  const events = Math.ceil(Math.log(factor) / Math.log(1.25));
  for (let event = 0; event < events; event++) await page.mouse.wheel(0, (-480 * Math.log2(factor)) / events);
  await page.keyboard.up("Control");
  await settle(page);
}

export function told(page: Page) {
  return page.evaluate(() => {
    const [mounted] = window.test.plots;
    if (!mounted) throw new Error("no plot is mounted");
    const { hovers, selections, opened, events } = mounted;
    return {
      hovers: hovers.map(({ row, cell }) => ({ row, cell: cell && { ...cell, rows: [...cell.rows] } })),
      selections,
      opened: opened.map((cell) => cell && { ...cell, rows: [...cell.rows] }),
      events,
    };
  });
}
