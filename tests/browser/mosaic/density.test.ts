import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./mosaic-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = () => opened.page.locator(".layerscope").first();
const legend = () => widget().locator(".ls-density-legend");

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/mosaic/mosaic-page.ts");
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

/** A hundred cells across, 4 px each: the first holds nine tiles, one in a hundred holds three, the others one. */
const dense = (more: Readonly<Record<string, unknown>> = {}) =>
  opened.page.evaluate(async (given) => {
    const { mosaic, tiles } = globalThis.mosaicPage;
    const coords = Array.from({ length: 10_000 }, (_, cell) =>
      Array.from({ length: cell === 0 ? 9 : cell % 100 === 50 ? 3 : 1 }, () =>
        Float32Array.of((cell % 100) + (cell === 0 ? 0 : 0.5), Math.floor(cell / 100) + (cell === 0 ? 0 : 0.5)),
      ),
    ).flat();
    const labels = coords.map((_, tile) => (tile % 2 ? "a" : "b"));
    await mosaic({ images: tiles(coords.length), coords, numTilesX: 100, labels, ...given }).ready;
  }, more);

describe("a density map", () => {
  it("has a scale in the legend, its ends and its unit written, as long as it is on show", async () => {
    await dense();
    await legend().waitFor();
    expect(await legend().locator(".ls-legend-title").textContent()).toBe("Tiles a cell (log)");
    expect(await legend().locator(".ls-color-label").allTextContents()).toEqual(["9", "1"]);
    expect(await widget().locator(".ls-legend-row").count()).toBe(2);
    await widget().locator(".ls-body").focus();
    for (let times = 0; times < 4; times++) await opened.page.keyboard.press("+");
    await legend().waitFor({ state: "hidden" });
    await opened.page.keyboard.press("0");
    await legend().waitFor();
    await widget().getByRole("button", { name: "Points", exact: true }).click();
    await legend().waitFor({ state: "hidden" });
  });

  it("keeps its scale in sight while settings take the place of the legend", async () => {
    await dense();
    await legend().waitFor();
    const settings = widget().getByRole("button", { name: "Settings", exact: true });
    await settings.click();
    await widget().locator(".ls-settings").waitFor();
    expect(await legend().isVisible()).toBe(true);
    await settings.click();
    await widget().locator(".ls-settings").waitFor({ state: "detached" });
    expect(await legend().isVisible()).toBe(true);
    expect(await legend().count()).toBe(1);
  });

  it("selects the tiles of the cells in a range of its scale, and shows their share there", async () => {
    await dense({ labels: null });
    await legend().waitFor();
    const box = await legend().locator(".ls-color-scale").boundingBox();
    if (!box) throw new Error("The scale has no box.");
    // From the middle, which is 3 on a logarithmic scale from 1 to 9, to the top: a little below it begins.
    await opened.page.mouse.move(box.x + 5, box.y + 0.55 * box.height);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + 5, box.y - 4, { steps: 4 });
    await opened.page.mouse.up();
    // A hundred cells of three tiles, one of nine.
    await expectStatus(widget(), /^309 of 10,208 selected/);
    const widths = (name: string) =>
      legend()
        .locator(`.ls-spread-${name}`)
        .evaluateAll((bars) => bars.map((bar) => Number.parseFloat((bar as HTMLElement).style.width)));
    expect((await widths("selected"))[0]).toBe(0);
    expect((await widths("selected")).at(-1)).toBe((await widths("all")).at(-1));
  });
});

it("a map that settles is a density map from its first layout to its last, where its cells are to be small", async () => {
  const changes = await opened.page.evaluate(async () => {
    const { clusters, mosaic, tiles } = globalThis.mosaicPage;
    const root = document.getElementById("root");
    if (root) root.style.width = "299px";
    const labels = Array.from({ length: 5391 }, (_, tile) => `class ${tile % 5}`);
    const element = mosaic({ images: tiles(5391), points: clusters(5391, 10, 5), labels, nEpochs: 200 });
    const shown: string[] = [];
    new MutationObserver((changed) => {
      for (const { target } of changed) {
        const is = (target as HTMLElement).hidden ? "tiles" : "density";
        if ((target as HTMLElement).matches(".ls-density-legend") && is !== (shown.at(-1) ?? "tiles")) shown.push(is);
      }
    }).observe(document.body, { subtree: true, attributeFilter: ["hidden"] });
    await element.ready;
    // Until the view has come to rest, too: it glides for 12 frames.
    const canvas = document.querySelector<HTMLCanvasElement>(".ls-body canvas");
    let before = "";
    for (let alike = 0; alike < 15; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = canvas?.toDataURL() ?? "";
      alike = now === before ? alike + 1 : 0;
      before = now;
    }
    return shown;
  });
  expect(changes).toEqual(["density"]);
});

it("two tiles are seen as tiles, large enough to be pointed at, where their cells are too small for them", async () => {
  await opened.page.evaluate(async () => {
    const { mosaic, tiles } = globalThis.mosaicPage;
    await mosaic({ images: tiles(2), coords: [Float32Array.of(0, 0), Float32Array.of(1, 5)] }).ready;
  });
  const found = () =>
    widget()
      .locator(".ls-body canvas")
      .first()
      .evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { width, height } = canvas;
        const { data } = canvas.getContext("2d")?.getImageData(0, 0, width, height) ?? { data: [] };
        const inked = [...data.keys()].filter((at) => at % 4 === 3 && (data[at] ?? 0) > 0).map((at) => (at - 3) / 4);
        const ratio = width / canvas.getBoundingClientRect().width;
        const [first = 0] = inked;
        return { area: inked.length / ratio ** 2, x: (first % width) / ratio, y: Math.floor(first / width) / ratio };
      });
  await expect.poll(async () => (await found()).area).toBe(2 * 6 * 6);
  expect(await legend().isHidden()).toBe(true);
  const { x, y } = await found();
  await widget()
    .locator(".ls-body")
    .hover({ position: { x: x + 1, y: y + 1 } });
  await widget().locator(".ls-tooltip").waitFor();
});

it("a tile that the view has moved away from under the pointer has no tooltip, and a view without tiles says so", async () => {
  await opened.page.evaluate(async () => {
    const { mosaic, tiles } = globalThis.mosaicPage;
    const coords = Array.from({ length: 4 }, (_, tile) => Float32Array.of(5 * (tile % 2), 5 * (tile >> 1)));
    await mosaic({ images: tiles(4), coords, numTilesX: 20 }).ready;
  });
  const body = widget().locator(".ls-body");
  const box = await body.boundingBox();
  if (!box) throw new Error("The mosaic has no box.");
  const tile = await body
    .locator("canvas")
    .first()
    .evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      const { data } = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const first = [...data.keys()].find((at) => at % 4 === 3 && (data[at] ?? 0) > 0) ?? 0;
      const ratio = canvas.width / canvas.getBoundingClientRect().width;
      const pixel = (first - 3) / 4;
      return { x: (pixel % canvas.width) / ratio, y: Math.floor(pixel / canvas.width) / ratio };
    });
  const tooltip = widget().locator(".ls-tooltip");
  // Near the inner edge of the tile: what is about the pointer soon is the gap.
  await opened.page.mouse.move(box.x + tile.x + 2, box.y + tile.y + 2);
  await tooltip.waitFor();
  await body.focus();
  for (let times = 0; times < 12; times++) await opened.page.keyboard.press("+");
  await tooltip.waitFor({ state: "hidden" });
  await expectStatus(widget(), /No tile in sight\./);
  await widget().getByRole("button", { name: "Fit", exact: true }).last().click();
  await expect.poll(async () => (await widget().locator(".ls-status-slot").textContent()) ?? "").not.toContain("sight");
});
