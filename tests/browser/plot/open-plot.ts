import { fileURLToPath } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { openBrowserPage } from "../../support/browser-page.ts";
import type { MountOptions } from "./plot-page.ts";

const ENTRY = fileURLToPath(new URL("plot-page.ts", import.meta.url));

/** A place in the page, CSS pixels. */
export type Place = readonly [x: number, y: number];

/** One plot on a page of its own, as a test drives it. */
export interface OpenPlot {
  readonly page: Page;
  readonly errors: readonly string[];
  close(): Promise<void>;
}

export async function openPlot(
  browser: Browser,
  options: MountOptions,
  context: BrowserContextOptions = {},
): Promise<OpenPlot> {
  const opened = await openBrowserPage(browser, ENTRY, context);
  await opened.page.evaluate((mount) => window.test.mount(mount), options);
  return opened;
}

/** Where every mark is on the page: worked out here from positions and view, independently of the plot's own code. */
export async function marksOf(page: Page, plot = 0): Promise<readonly Place[]> {
  const { view, positions, left, top } = await page.evaluate((place) => {
    const mounted = window.test.plots[place];
    if (!mounted) throw new Error("no such plot");
    const box = mounted.body.getBoundingClientRect();
    const { view: shown } = mounted.plot;
    return { view: shown, positions: [...mounted.clusters.positions], left: box.left, top: box.top };
  }, plot);
  return Array.from({ length: positions.length / 2 }, (_, row) => {
    const x = positions[2 * row] ?? 0;
    const y = positions[2 * row + 1] ?? 0;
    return [
      left + view.width / 2 + (x - view.centerX) * view.scale,
      top + view.height / 2 - (y - view.centerY) * view.scale,
    ] as const;
  });
}

/** Drag through these places with the first (or another) mouse button held. */
export async function drag(page: Page, places: readonly Place[], button: "left" | "middle" = "left"): Promise<void> {
  const [first, ...rest] = places;
  if (!first) return;
  await page.mouse.move(...first);
  await page.mouse.down({ button });
  for (const place of rest) await page.mouse.move(...place);
  await page.mouse.up({ button });
}

export async function selectionsOf(page: Page): Promise<readonly { rows: number[]; mode: string }[]> {
  return page.evaluate(() => window.test.plots[0]?.selections ?? []);
}

export async function eventsOf(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => window.test.plots[0]?.events ?? []);
}

export async function viewOf(page: Page) {
  const view = await page.evaluate(() => window.test.plots[0]?.plot.view);
  if (!view) throw new Error("no plot is mounted");
  return view;
}

/** Until the picture is complete and at rest. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const { plot } of window.test.plots) await plot.whenSettled();
  });
}

/** Even-odd rule, straight from the definition. */
export function isInside([x, y]: Place, corners: readonly Place[]): boolean {
  let odd = false;
  for (const [place, [x0, y0]] of corners.entries()) {
    const [x1, y1] = corners[(place + 1) % corners.length] ?? [0, 0];
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) odd = !odd;
  }
  return odd;
}
