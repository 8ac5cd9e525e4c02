import { resolve } from "node:path";
import { lab } from "d3";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The smallest difference in Lab between any two colours. */
function nearest(colors: readonly string[]): number {
  const places = colors.map((color) => lab(color));
  const away = places.flatMap((a, place) =>
    places.slice(place + 1).map((b) => Math.hypot(a.l - b.l, a.a - b.a, a.b - b.b)),
  );
  return Math.min(...away);
}

it.each(["light", "dark"] as const)(
  "on a %s page ten classes are told apart under every kind of vision",
  async (scheme) => {
    const { page, close } = await openBrowserPage(browser, resolve(import.meta.dirname, "sample-page.ts"), {
      viewport: { width: 640, height: 640 },
      colorScheme: scheme,
      head: `<style>html{background:${scheme === "dark" ? "#212121" : "#ffffff"}}</style>`,
    });
    await page.evaluate(() => {
      window.sample = window.showSample({ classes: 10 });
    });
    const cdp = await page.context().newCDPSession(page);
    for (const type of ["none", "deuteranopia", "protanopia", "tritanopia"] as const) {
      await cdp.send("Emulation.setEmulatedVisionDeficiency", { type });
      const discs = await page.locator(".ls-legend-row .ls-disc:not(.ls-disc-hollow)").all();
      expect(discs).toHaveLength(10);
      const colors: string[] = [];
      for (const disc of discs) {
        const { data, width, height } = PNG.sync.read(await disc.screenshot());
        const middle = 4 * (Math.floor(height / 2) * width + Math.floor(width / 2));
        colors.push(`rgb(${[...data.subarray(middle, middle + 3)].join(", ")})`);
      }
      expect(nearest(colors), `${type}: ${colors.join(" ")}`).toBeGreaterThan(9);
    }
    await close();
  },
);
