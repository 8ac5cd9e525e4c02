import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";
import type { MountOptions } from "./plot-page.ts";

const ENTRY = fileURLToPath(new URL("plot-page.ts", import.meta.url));

/** One mosaic's drawing on a page of its own, as a test drives it. */
export async function openPlot(browser: Browser, options: MountOptions, context: BrowserContextOptions = {}) {
  const opened = await openBrowserPage(browser, ENTRY, context);
  await opened.page.evaluate((mount) => window.tilePlot.mount(mount), options);
  return opened;
}

export function probe(page: Page) {
  return page.evaluate(() => window.tilePlot.probe());
}

/** Until every tile in view is drawn at its size. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(() => window.tilePlot.plots[0]?.plot.whenSettled());
}

/** So many times closer about a place of the body, by the wheel. */
export async function zoomAt(
  page: Page,
  factor: number,
  [x, y]: readonly [number, number],
  { settles = true } = {},
): Promise<void> {
  await page.evaluate(
    (wheel) => {
      const surface = window.tilePlot.plots[0]?.body.querySelector(".ls-plane");
      const { left = 0, top = 0 } = surface?.getBoundingClientRect() ?? {};
      const events = Math.ceil(Math.abs(Math.log(wheel.factor)) / Math.log(1.25));
      const deltaY = (-480 * Math.log2(wheel.factor)) / events;
      const place = { clientX: left + wheel.x, clientY: top + wheel.y };
      for (let event = 0; event < events; event++)
        surface?.dispatchEvent(new WheelEvent("wheel", { ...place, deltaY, ctrlKey: true, cancelable: true }));
    },
    { factor, x, y },
  );
  if (settles) await settle(page);
}

export function told(page: Page) {
  return page.evaluate(() => {
    const [mounted] = window.tilePlot.plots;
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
