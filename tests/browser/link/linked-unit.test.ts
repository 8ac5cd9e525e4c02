import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { inkedPixels, pixelsOf, shareChanged } from "../../support/pixels.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import { drawnSpace } from "./drawn-space.ts";
import type {} from "./unit-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);
const button = (name: string, index = 0) => widget(index).getByRole("button", { name, exact: true });
const legend = (index = 0) => widget(index).locator(".ls-side .ls-legend");
const body = (index = 0) => widget(index).locator(".ls-body");
const space = () => widget().locator(".ls-space");

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/link/unit-page.ts");
  await opened.page.setViewportSize({ width: 1040, height: 1400 });
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** A map of 60 rows in two classes, linked with what shows units. */
async function showMap(): Promise<void> {
  await opened.page.evaluate(async () => {
    const coords = Array.from({ length: 60 }, (_, row) => [row % 10, Math.floor(row / 10)]);
    const map = globalThis.unitPage.scatter({ coords, labels: coords.map((_, row) => (row % 2 ? "odd" : "even")) });
    await map.ready;
    globalThis.shower = globalThis.unitPage.linkWithUnits(map);
  });
}

/** Show a unit whose value in row r is r, or none. */
const showUnit = (index: number | null, rows = 60) =>
  opened.page.evaluate(
    ([unit, count]) => {
      const values = Float32Array.from({ length: count }, (_, row) => row + (unit ?? 0));
      globalThis.shower.rows.showUnit(unit === null ? null : { index: unit, name: `unit ${unit}`, values });
    },
    [index, rows] as const,
  );

const drawn = () => drawnSpace(opened.page);

const caption = async () => {
  const text = await opened.page.evaluate(async () => {
    const map = document.querySelector("#root > div") as never as { save(format: string): Promise<Blob> };
    return (await map.save("svg")).text();
  });
  return /<desc[^>]*>([^<]*)/.exec(text)?.[1] ?? "";
};

async function expectSpace(): Promise<void> {
  await space().locator("canvas").first().waitFor({ timeout: 60_000 });
  await expect.poll(async () => inkedPixels(await pixelsOf(space())), { timeout: 30_000 }).toBeGreaterThan(100);
}

describe("a map linked with a widget that shows a unit", () => {
  it("is coloured by it under its name, and by its labels again when it goes", async () => {
    await showMap();
    const before = await pixelsOf(body());
    await showUnit(3);
    await expect.poll(() => legend().locator(".ls-legend-title").first().textContent()).toBe("unit 3");
    expect(await legend().locator(".ls-color-label").allTextContents()).toEqual(["≥ 61", "≤ 4"]);
    await expect.poll(async () => shareChanged(before, await pixelsOf(body()))).toBeGreaterThan(0.005);
    expect(await caption()).toContain("coloured by unit 3");
    await showUnit(null);
    await legend().getByText("odd").waitFor();
    await expect.poll(async () => shareChanged(before, await pixelsOf(body()))).toBeLessThan(0.0005);
    expect(await caption()).toContain("coloured by labels");
  });

  it("keeps what is selected, and tells of a row's class and the unit's value", async () => {
    await showMap();
    await widget().locator(".ls-legend-row").first().click();
    await expectStatus(widget(), /^30 of 60 selected/);
    await showUnit(3);
    await legend().getByText("unit 3").waitFor();
    expect(await statusOf(widget())).toMatch(/^30 of 60 selected/);
    await body().focus();
    await opened.page.keyboard.press("ArrowRight");
    const tooltip = widget().locator(".ls-tooltip");
    await tooltip.getByText("unit 3").waitFor();
    expect(await tooltip.textContent()).toMatch(/odd|even/);
  });

  it("goes back to the reader's own colours on request, until no unit is on show", async () => {
    await showMap();
    await showUnit(3);
    await button("Colour as before").click();
    await legend().getByText("odd").waitFor();
    await showUnit(5);
    expect(await legend().getByText("odd").count()).toBe(1);
    await button("Colour by unit 5").click();
    await expect.poll(() => legend().locator(".ls-legend-title").first().textContent()).toBe("unit 5");
    await opened.page.evaluate(() => globalThis.shower.dispose());
    await legend().getByText("odd").waitFor();
    expect(await button("Colour as before").isVisible()).toBe(false);
  });

  it("has the unit as its height when it is turned into three dimensions, and the next one after it", async () => {
    await showMap();
    expect(await button("3-D").isVisible()).toBe(false);
    await widget().locator(".ls-legend-row").first().click();
    await showUnit(3);
    await button("3-D").click();
    await expectSpace();
    const raised = await drawn();
    expect(raised?.axes).toEqual(["x", "y", "unit 3"]);
    expect(raised?.z.slice(0, 3)).toEqual([3, 4, 5]);
    // Half of them are selected, and the others grey.
    expect(raised?.colors).toBeGreaterThan(20);
    expect(raised?.colors).toBeLessThan(35);
    expect(await statusOf(widget())).toMatch(/^30 of 60 selected/);
    expect(await caption()).toContain("coloured by unit 3, with unit 3 as height");
    await showUnit(7);
    await expect.poll(async () => (await drawn())?.axes[2]).toBe("unit 7");
    expect((await drawn())?.z[0]).toBe(7);
    await showUnit(null);
    await space().waitFor({ state: "detached" });
    expect(await button("2-D").isVisible()).toBe(false);
    expect(await button("3-D").isVisible()).toBe(false);
  });

  it("in three dimensions is coloured by classes on request, and flat again by its button", async () => {
    await showMap();
    await showUnit(3);
    await button("3-D").click();
    await expectSpace();
    await button("Colour as before").click();
    await expect.poll(async () => (await drawn())?.colors).toBe(2);
    expect((await drawn())?.axes[2]).toBe("unit 3");
    expect(await caption()).toContain("coloured by labels, with unit 3 as height");
    await button("2-D").click();
    await space().waitFor({ state: "detached" });
    await button("3-D").waitFor();
  });

  it("rings, selects and tells of a row in three dimensions as on the flat map", async () => {
    await opened.page.evaluate(async () => {
      // One row in the middle of eight at the corners of a box that is neither as wide as deep nor as high.
      const corners = Array.from({ length: 8 }, (_, row) =>
        [row & 1, (row >> 1) & 1, row >> 2].map((bit) => 2 * bit - 1),
      );
      const places = [[0, 0, 0], ...corners];
      const map = globalThis.unitPage.scatter({ coords: places.map(([x = 0, y = 0]) => [4 * x, y]) });
      await map.ready;
      globalThis.shower = globalThis.unitPage.linkWithUnits(map);
      const values = Float32Array.from(places, ([, , z = 0]) => 1000 * z);
      globalThis.shower.rows.showUnit({ index: 3, name: "unit 3", values });
    });
    await button("3-D").click();
    await expectSpace();
    const box = await space().boundingBox();
    const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
    await opened.page.mouse.move(x + 3, y + 3);
    await opened.page.mouse.move(x, y);
    await widget().locator(".ls-tooltip").getByText("row 0").waitFor();
    const ring = await space().locator(".ls-space-ring:visible").boundingBox();
    expect(Math.hypot((ring?.x ?? 0) + 6.5 - x, (ring?.y ?? 0) + 6.5 - y)).toBeLessThan(3);
    await opened.page.mouse.click(x, y);
    await expectStatus(widget(), /^1 of 9 selected/);
    // A corner that is not the middle, by the keys: its ring lies on a mark.
    await opened.page.mouse.move(2, 2);
    await body().focus();
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("Enter");
    await expectStatus(widget(), /^1 of 9 selected/);
    expect(await opened.page.evaluate(() => globalThis.shower.rows.current)).toBeGreaterThan(0);
  });

  it("is walked by keys in three dimensions from the middle where the current row has no height", async () => {
    await showMap();
    await opened.page.evaluate(() => {
      const values = Float32Array.from({ length: 60 }, (_, row) => row);
      values.set([Number.NaN, Number.POSITIVE_INFINITY]);
      globalThis.shower.rows.showUnit({ index: 3, name: "unit 3", values });
    });
    await button("3-D").click();
    await expectSpace();
    for (const row of [0, 1]) {
      await opened.page.evaluate((current) => globalThis.shower.rows.look(current), row);
      await body().focus();
      await opened.page.keyboard.press("ArrowRight");
      await expect.poll(() => opened.page.evaluate(() => globalThis.shower.rows.hovered)).toBeGreaterThan(1);
      await button("2-D").focus();
      await expect.poll(() => opened.page.evaluate(() => globalThis.shower.rows.hovered)).toBe(-1);
    }
  });

  it("takes no unit of other rows", async () => {
    await showMap();
    await showUnit(3, 59);
    expect(await legend().getByText("odd").count()).toBe(1);
    expect(await button("3-D").isVisible()).toBe(false);
  });
});

describe("a mosaic linked with a widget that shows a unit", () => {
  it("is coloured by it, and by its classes again when it goes", async () => {
    await opened.page.evaluate(async () => {
      const images = Array.from({ length: 36 }, () => new ImageData(16, 16));
      const coords = images.map((_, tile) => [tile % 6, Math.floor(tile / 6)]);
      const labels = images.map((_, tile) => (tile % 2 ? "odd" : "even"));
      const mosaic = globalThis.unitPage.mosaic({ images, coords, labels, numTilesX: 6 });
      await mosaic.ready;
      globalThis.shower = globalThis.unitPage.linkWithUnits(mosaic as never);
    });
    const before = await pixelsOf(body());
    await showUnit(3, 36);
    await expect.poll(() => legend().locator(".ls-legend-title").first().textContent()).toBe("unit 3");
    await expect.poll(async () => shareChanged(before, await pixelsOf(body()))).toBeGreaterThan(0.005);
    await showUnit(null);
    await legend().getByText("odd").waitFor();
    await expect.poll(async () => shareChanged(before, await pixelsOf(body()))).toBeLessThan(0.0005);
  });

  it("is coloured by a unit that was there before its own rows were", async () => {
    await opened.page.evaluate(async () => {
      const tilesOf = (count: number) => {
        const images = Array.from({ length: count }, () => new ImageData(16, 16));
        const labels = images.map((_, tile) => (tile % 2 ? "odd" : "even"));
        return { images, coords: images.map((_, tile) => [tile % 5, Math.floor(tile / 5)]), labels };
      };
      const mosaic = globalThis.unitPage.mosaic({ ...tilesOf(20), numTilesX: 5 });
      await mosaic.ready;
      globalThis.shower = globalThis.unitPage.linkWithUnits(mosaic as never);
      const values = Float32Array.from({ length: 25 }, (_, row) => row);
      globalThis.shower.rows.showUnit({ index: 3, name: "unit 3", values });
      mosaic.update(tilesOf(25));
    });
    await expect.poll(() => legend().locator(".ls-legend-title").first().textContent()).toBe("unit 3");
  });
});
