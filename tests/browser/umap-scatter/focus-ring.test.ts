import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseColor, type Rgb } from "../../../src/widgets/theme/rgb.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

async function openMap(scheme: "light" | "dark"): Promise<BrowserPage> {
  const opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts", {
    viewport: { width: 640, height: 620 },
    head: `<style>html{background:${tokens[scheme].page}}</style>`,
  });
  await opened.page.evaluate(async () => {
    const { clusters, show } = globalThis.scatterPage;
    const labels = Array.from({ length: 60 }, (_, row) => row % 12);
    const element = show({ points: clusters(60, 4, 12), labels, nEpochs: 20 });
    await element.ready;
    element.value = [1, 2];
  });
  await opened.page.locator(".ls-status").getByRole("button", { name: "Undo" }).waitFor();
  return opened;
}

interface Stop {
  readonly name: string;
  /** Pixels of the accent around and in the element, while it has the focus and without. */
  readonly ringed: number;
  readonly plain: number;
  /** Pixels of a line of 2 px along half of the element's edge: what a ring has at least, half of it cut. */
  readonly least: number;
}

/** Where the focus is now, or null where it is not in the widget. */
async function stopAt(page: Page, accent: Rgb): Promise<Stop | null> {
  const found = await page.evaluate(() => {
    const element = document.activeElement;
    if (!element?.closest(".layerscope")) return null;
    const { left, top, width, height } = element.getBoundingClientRect();
    const name = element.getAttribute("aria-label") || element.textContent || element.className;
    return { name: `${element.className}: ${name}`, left, top, width, height };
  });
  if (!found) return null;
  const { name, left, top, width, height } = found;
  const clip = { x: Math.max(0, left - 5), y: Math.max(0, top - 5), width: width + 10, height: height + 10 };
  const count = async () => accented(PNG.sync.read(await page.screenshot({ clip })), accent);
  const ringed = await count();
  await page.addStyleTag({ content: ".layerscope :focus-visible { outline-color: transparent !important }" });
  const plain = await count();
  await page.evaluate(() => document.head.querySelector("style:last-of-type")?.remove());
  return { name, ringed, plain, least: width + height };
}

function accented({ data }: PNG, accent: Rgb): number {
  let found = 0;
  for (let at = 0; at < data.length; at += 4)
    if (accent.every((part, channel) => Math.abs(part - (data[at + channel] ?? 0)) < 24)) found++;
  return found;
}

/** All stops from here on, until the focus leaves the widget. */
async function walk(page: Page, accent: Rgb, key = "Tab", most = 60): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  for (let step = 0; step < most; step++) {
    await page.keyboard.press(key);
    const stop = await stopAt(page, accent);
    if (!stop) break;
    stops.push(stop);
  }
  return stops;
}

describe.each(["light", "dark"] as const)("on a %s page the focus is seen", (scheme) => {
  const accent = parseColor(tokens[scheme].accent).rgb;
  const expectRings = (stops: readonly Stop[]) => {
    for (const { name, ringed, plain, least } of stops) expect(ringed - plain, name).toBeGreaterThanOrEqual(least);
  };

  it("at every stop of the Tab key, and on every tool and class that arrows reach", async () => {
    const { page, errors, close } = await openMap(scheme);
    const stops = await walk(page, accent);
    for (const part of ["ls-tool", "ls-body", "ls-legend-row", "ls-legend-more", "ls-action", "ls-resize"])
      expect(stops.map(({ name }) => name).join("\n")).toContain(part);
    expectRings(stops);
    await page.locator(".ls-tool").first().focus();
    expectRings(await walk(page, accent, "ArrowRight", 8));
    await page.locator(".ls-legend-row").first().focus();
    expectRings(await walk(page, accent, "ArrowDown", 3));
    expect(errors).toEqual([]);
    await close();
  });

  it("in the settings, the menu, the search, the help and the table", async () => {
    const { page, errors, close } = await openMap(scheme);
    const open = async (name: string) => {
      await page.getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await open("Save");
    expectRings(await walk(page, accent, "ArrowDown", 4));
    await page.keyboard.press("Escape");
    await open("Find");
    await page.keyboard.type("1");
    await page.getByRole("option").first().waitFor();
    const field = await stopAt(page, accent);
    expectRings(field ? [field] : []);
    expect(field?.name).toContain("ls-search-field");
    await page.keyboard.press("Escape");
    await open("Help");
    await page.keyboard.press("Shift+Tab");
    const helpStops = await walk(page, accent, "Tab", 2);
    expect(helpStops.length).toBe(2);
    expectRings(helpStops);
    await page.getByRole("button", { name: "View as table" }).focus();
    await page.keyboard.press("Enter");
    expectRings(await walk(page, accent, "Tab", 2));
    await page.keyboard.press("Escape");
    await open("Settings");
    await page.locator(".ls-settings button").first().focus();
    const fields = await walk(page, accent, "Tab", 12);
    expect(fields.map(({ name }) => name).join("\n")).toContain("ls-field-number");
    expectRings(fields);
    expect(errors).toEqual([]);
    await close();
  });
});

it("the settings stand in the column of a notebook's width down to the last button without being scrolled", async () => {
  const { page, close } = await openMap("light");
  await page.getByRole("button", { name: "Settings", exact: true }).click();
  await page.locator(".ls-settings").waitFor();
  const last = await page.getByRole("button", { name: "Restore defaults" }).boundingBox();
  const body = await page.locator(".ls-body").boundingBox();
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((body?.y ?? 0) + (body?.height ?? 0));
  await close();
});
