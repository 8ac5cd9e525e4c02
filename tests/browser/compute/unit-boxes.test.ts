import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { UnitBoxMaker } from "../../../src/compute/statistics/boxes/unit-box-maker.ts";
import { boxShapes } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { normal } from "../../unit/compute/random.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("unit-boxes-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const ROWS = 900;
const COLUMNS = 4;
const next = normal(31);
const data = Float32Array.from({ length: ROWS * COLUMNS }, next);
const codes = Int32Array.from({ length: ROWS }, (_, row) => (row % 7) - 1);
const rows = {
  values: { data, rows: ROWS, columns: COLUMNS },
  groups: { codes, count: 6 },
  slides: null,
};
const masks = [3, 5].map((step) =>
  maskOf(
    [...codes.keys()].filter((row) => row % step === 0),
    ROWS,
  ),
);
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (ArrayBuffer.isView(each) ? [...(each as Float64Array)] : each)));

describe("boxes that the worker draws up", () => {
  it.each(boxShapes)("are those drawn up here, for one selection after the other: %s", async (shape) => {
    const task = { units: [3, 1], shape, boxesOf: "tiles", method: "mean", threshold: 0.5 } as const;
    const answers = await opened.page.evaluate((asked) => window.askBoxes(asked), {
      data: [...data],
      columns: COLUMNS,
      groups: [...codes],
      groupCount: 6,
      task,
      masks: masks.map((mask) => [...mask]),
    });
    const maker = new UnitBoxMaker(rows);
    const [first = null, second = null] = masks;
    const both = await maker.unitBoxes(task, second);
    expect(answers).toEqual(
      plain({
        whole: await maker.unitBoxes(task, null),
        alone: first && (await maker.selectionBoxes(task, first)),
        both,
        forgotten: "lost",
        again: both,
      }),
    );
    expect(both[0]?.selection?.box.n).toBe(154);
    expect(opened.errors).toEqual([]);
  });
});
