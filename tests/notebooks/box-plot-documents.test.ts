import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { listedUnits, shownUnits } from "../support/drawn-boxes.ts";
import {
  expectLinked,
  expectRanked,
  LEFT,
  legendOf,
  lineOf,
  type Numbers,
  PLANTED,
  widgetsIn,
} from "../support/linked-boxes.ts";
import { openDocument, openFramework, openNotebookKit } from "../support/observable-site.ts";
import { plantedUnits } from "../support/planted-units.ts";
import { drawLasso, expectInk, expectStatus, LEFT_HALF } from "../support/scatter-actions.ts";
import { TOUR } from "../support/tour-widgets.ts";

const DOCUMENT = `<!doctype html>
<notebook theme="air">
  <title>Planted units</title>
  <script id="1" type="module">
    import {boxPlot, link, mosaic, umapScatter} from "layerscope";
    const data = new Float32Array(await FileAttachment("values.bin").arrayBuffer());
    const {labels, slides, coords} = await FileAttachment("rows.json").json();
    const images = labels.map((_, row) => {
      const image = new ImageData(8, 8);
      image.data.fill(20 + (row % 200)).fill(255, 3, 4);
      for (let at = 3; at < image.data.length; at += 4) image.data[at] = 255;
      return image;
    });
  </script>
  <script id="2" type="module">
    const scatter = umapScatter({coords, labels, title: "Places"});
    const tiles = mosaic({images, coords: scatter, numTilesX: 20});
    display(scatter);
    display(tiles);
  </script>
  <script id="3" type="module">
    const box = boxPlot({values: {data, shape: [labels.length, 64]}, labels, slides});
    link(scatter, tiles, box);
    const selected = view(box);
  </script>
  <script id="4" type="module">
    display(selected ? \`Of \${[...new Set(Array.from(selected, (row) => labels[row]))].join(", ")}\` : "Nothing selected");
  </script>
</notebook>`;

/** NumPy's quartiles and Tukey's whiskers of each column asked for, class by class. */
const FIVE = `import json, sys
import numpy as np
labels, units = np.array(json.loads(sys.argv[1])), json.loads(sys.argv[2])
values = np.frombuffer(sys.stdin.buffer.read(), "f4").reshape(len(labels), -1)
def five(column):
    low, middle, high = np.quantile(column, [0.25, 0.5, 0.75])
    within = column[(column >= low - 1.5 * (high - low)) & (column <= high + 1.5 * (high - low))]
    return [within.min(), low, middle, high, within.max()]
print(json.dumps({unit: {name: five(values[labels == name, unit].astype(float)) for name in np.unique(labels)} for unit in units}))`;

describe("box plots in Observable documents, with a map and a mosaic of the same rows", () => {
  const { values, labels, slides } = plantedUnits({ tiles: 100, units: 64, planted: PLANTED, mixed: LEFT });
  const bytes = new Uint8Array(values.data.buffer);
  // Rows of even numbers, in which one unit is high, lie at the left.
  const coords = labels.map((_, row) => [((row * 0.7549) % 1) * 0.48 + (row % 2) * 0.52, (row * 0.5698) % 1]);
  let browser: Browser;

  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  it("of planted units rank the right one first, have NumPy's five numbers, and share selections and the unit", async () => {
    const document = await openDocument(browser, DOCUMENT, {
      "values.bin": bytes,
      "rows.json": JSON.stringify({ labels, slides, coords }),
    });
    const { page } = document;
    await page.setViewportSize({ width: 1000, height: 2600 });
    const widgets = widgetsIn((place) => page.locator(".layerscope").nth(place));
    await expectInk(widgets.scatter, 0.01);
    await expectInk(widgets.mosaic, 0.1);
    await expect.poll(() => shownUnits(widgets.box), { timeout: 60_000 }).toHaveLength(6);
    const units = JSON.stringify(await shownUnits(widgets.box));
    await expectRanked(widgets, await numpysNumbers(units));
    await page.getByText("Nothing selected").waitFor();
    await expectLinked(
      widgets,
      Array.from(labels, (_, row) => values.data[row * 64 + PLANTED] ?? Number.NaN),
    );
    await widgets.box.locator(`.ls-box-panel[data-ls-unit="${PLANTED}"] [data-ls-group="2"] .ls-box-body`).click({
      force: true,
    });
    await page.getByText("Of squamous").waitFor();
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });

  it("are the tour's: of a network's units in Notebook Kit, and a cell waits for their ranking", async () => {
    const document = await openNotebookKit(browser, "tour.html");
    const [map, mosaic, box] = [TOUR.seen, TOUR.mosaic, TOUR.units].map((at) =>
      document.page.locator(".layerscope").nth(at),
    ) as [Locator, Locator, Locator];
    for (const widget of [map, mosaic, box]) await widget.scrollIntoViewIfNeeded();
    await expect.poll(() => listedUnits(box), { timeout: 60_000 }).not.toEqual([]);
    const best = (await listedUnits(box)).slice(0, 6);
    await expect.poll(() => shownUnits(box)).toEqual(best);
    await document.page.getByText(`These tell the pictures apart: ${best.join(", ")}`).waitFor();
    await drawLasso(mosaic, LEFT_HALF);
    const count = /^\d+/.exec(await expectStatus(mosaic, /of 1,000 selected/))?.[0] ?? "nothing";
    for (const widget of [map, box]) await expectStatus(widget, new RegExp(`^${count} of 1,000 selected`));
    await expect.poll(() => box.locator(".ls-box-selection .ls-box-body").count()).toBe(6);
    expect(document.outside).toEqual([]);
    expect(document.errors).toEqual([]);
    await document.close();
  });

  it("are the Framework page's: of pixels, one of which colours the map", async () => {
    const site = await openFramework(browser);
    const [map, box] = [0, 2].map((at) => site.page.locator(".layerscope").nth(at)) as [Locator, Locator];
    await expectInk(map);
    await expect.poll(() => listedUnits(box), { timeout: 60_000 }).not.toEqual([]);
    const [first = -1] = await listedUnits(box);
    await lineOf(box, first).click();
    await expect.poll(() => legendOf(map)).toMatch(/^line [1-8], column [1-8]$/);
    await drawLasso(map, LEFT_HALF);
    const count = /^[\d,]+/.exec(await expectStatus(map, /of 1,797 selected/))?.[0] ?? "nothing";
    await expectStatus(box, new RegExp(`^${count} of 1,797 selected`));
    expect(site.outside).toEqual([]);
    expect(site.errors).toEqual([]);
    await site.close();
  });

  async function numpysNumbers(units: string): Promise<Numbers> {
    const run = promisify(execFile)(".venv/bin/python", ["-c", FIVE, JSON.stringify(labels), units]);
    run.child.stdin?.end(bytes);
    return JSON.parse((await run).stdout);
  }
});
