import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEnginePart } from "../../support/engine-files.ts";
import { referenceFile } from "../../support/engine-goldens.ts";
import { goldens, waves } from "../../unit/saliency/judge/judging-goldens.ts";
import type { JudgingPage } from "./judging-page.ts";

declare const judgingPage: JudgingPage;

const SIDE = 64;
/** sin(0.02 (row - 20)(column - 30) / (1 + channel)), channel first. */
const picture = Array.from({ length: 3 * SIDE * SIDE }, (_, at) => {
  const [channel, row, column] = [Math.floor(at / SIDE ** 2), Math.floor(at / SIDE) % SIDE, at % SIDE];
  return Math.sin((0.02 * (row - 20) * (column - 30)) / (1 + channel));
});
const asked = { picture, map: [...waves(SIDE, SIDE)], side: SIDE, steps: 20 };

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("judging-page.ts", import.meta.url)));
  await serveEnginePart(opened.page);
  const base64 = Buffer.from(referenceFile("tinynet.onnx")).toString("base64");
  await opened.page.evaluate((file) => judgingPage.open("tinynet.onnx", file), base64);
});
afterAll(() => browser.close());

const far = (ours: readonly number[] | undefined, theirs: readonly number[]) =>
  Math.max(...theirs.map((value, at) => Math.abs(value - (ours?.[at] ?? Number.NaN))));

describe("a map that the page's worker judges", () => {
  it("has the curves that NumPy, SciPy and onnxruntime give, and says how far it is", async () => {
    const { curves, areas, first, blurred, told, failure } = await opened.page.evaluate(
      (each) => judgingPage.judge(each),
      asked,
    );
    expect(failure).toBeNull();
    const { tinynet } = goldens;
    expect(far(curves[1], tinynet.deletion)).toBeLessThan(1e-5);
    expect(far(curves[2], tinynet.insertion)).toBeLessThan(1e-5);
    expect(far(areas, [tinynet.deletionArea, tinynet.insertionArea])).toBeLessThan(1e-5);
    expect(first).toEqual(tinynet.first);
    expect(curves[0]?.map((share) => Number(share.toFixed(6)))).toEqual(Array.from({ length: 21 }, (_, at) => at / 20));
    expect(blurred).toEqual({ height: SIDE, channels: 3, layout: "NCHW" });
    expect([told[0], told.at(-1)]).toEqual(["Judging, 0 of 40 pictures", "Judging, 40 of 40 pictures"]);
  });

  it("stops between two batches when a reader cancels", async () => {
    const { told, failure } = await opened.page.evaluate((each) => judgingPage.judge(each), {
      ...asked,
      steps: 1000,
      stopAt: 1,
    });
    expect(failure).toBe("cancelled");
    expect(told.length).toBeLessThan(20);
  });
});
