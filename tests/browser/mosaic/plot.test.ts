import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../../support/chromium.ts";
import { openPlot, probe, zoomAt } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

describe("tiles on show", () => {
  it("are each cell's first tile, upright, at every zoom", async () => {
    const { page, errors, close } = await openPlot(browser, { rows: 5000, columns: 40 });
    const levels = new Set<number>();
    for (const factor of [1, 4, 4, 4, 4]) {
      const [target] = (await probe(page)).sort((a, b) => b.members.length - a.members.length);
      if (target && factor > 1)
        await zoomAt(page, factor, [target.box.left + target.box.width / 2, target.box.top + target.box.height / 2]);
      const probes = await probe(page);
      expect(probes.length).toBeGreaterThan(3);
      for (const { column, row, members, found } of probes) expect(found, `cell ${column}, ${row}`).toBe(members[0]);
      levels.add(await page.evaluate(() => window.test.plots[0]?.plot.level ?? -1));
      await page.screenshot({ path: `/tmp/m3-${levels.size}.png` });
    }
    expect([...levels]).toContain(0);
    expect(Math.max(...levels)).toBeGreaterThanOrEqual(3);
    expect(errors).toEqual([]);
    await close();
  });
});
