import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { splitPng } from "../../../src/widgets/export/png-chunks.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./grid-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (): Locator => opened.page.locator(".layerscope").last();
const figure = () => widget().locator(".ls-map-grown-figure");
const draw = () => widget().getByRole("button", { name: "Draw what excites it most" });
const words = () => figure().locator("figcaption > div").allTextContents();
const pixels = () =>
  figure()
    .locator("canvas")
    .evaluate((canvas: HTMLCanvasElement) => [
      ...(canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? []),
    ]);
const eventually = <Value>(what: () => Value | Promise<Value>) => expect.poll(what, { timeout: 90_000 });
const run = <Value>(what: () => Value | Promise<Value>) => opened.page.evaluate(what);
const isDone = () => eventually(() => figure().getByRole("button", { name: "Save PNG" }).isVisible()).toBe(true);
const numbersIn = (text = "") => [...text.matchAll(/−?[\d.,]*\d/g)].map(([one]) => Number(one.replace("−", "-")));

/** How many steps, as a reader sets it. */
const takeSteps = async (steps: number) => {
  if (!(await widget().locator(".ls-map-grown details[open]").count()))
    await widget().getByText("Steps and seed").click();
  await widget().locator(".ls-map-grown").getByRole("textbox", { name: "steps" }).fill(String(steps));
  await opened.page.keyboard.press("Enter");
};

/** Open a channel of the first layer. */
const openChannel = async (channel: number) => {
  await widget().locator(".ls-map-scroller").focus();
  for (let step = 0; step <= channel; step++) await opened.page.keyboard.press("ArrowRight");
  await opened.page.keyboard.press("Enter");
  await eventually(() => widget().locator(".ls-detail-table").isVisible()).toBe(true);
};

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/feature-map-grid/grid-page.ts", {
    viewport: { width: 640, height: 900 },
  });
  await serveEngine(opened.page);
  await run(() => globalThis.gridPage.openLab(3));
  await openChannel(2);
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  expect(opened.requests).toEqual([]);
  await opened.close();
});

it("what excites a channel most grows beside it, is said in numbers, comes back with it and is saved", async () => {
  expect(await figure().isVisible()).toBe(false);
  await takeSteps(24);
  await draw().click();
  await isDone();
  const [grown, onShow, ...others] = await words();
  expect(grown).toMatch(/^Activation: mean \S+, maximum \S+$/);
  expect(onShow).toMatch(/^picture 1: mean \S+, maximum \S+$/);
  expect(others).toEqual(["After 24 steps"]);
  await expectStatus(widget(), /Drawn; activation \S+\./);
  const [[mean = 0], [theirs = 0]] = [numbersIn(grown), numbersIn(onShow?.replace("picture 1", ""))];
  expect(mean).toBeGreaterThan(2 * theirs);
  const values = await run(() => globalThis.gridPage.valuesOf(0, 2));
  const ofPicture = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(theirs - ofPicture)).toBeLessThan(0.006 * Math.abs(ofPicture));

  const first = await pixels();
  expect(first).toHaveLength(150 * 150 * 4);
  await figure().getByRole("button", { name: "Save PNG" }).click();
  await expectStatus(widget(), /^Saved feature-visualization-.*\.png/);
  const file = await run(() => globalThis.gridPage.savedBytes(".png"));
  const told = splitPng(Uint8Array.from(file)).map(({ data }) => new TextDecoder().decode(data));
  expect(told.some((text) => /What excites conv1, channel 2 of lab\.onnx most: .*24 steps .*seed 0/.test(text))).toBe(
    true,
  );

  // Another channel has none yet; the one before has its own again.
  await widget().getByRole("button", { name: "Next channel" }).click();
  await eventually(() => figure().isVisible()).toBe(false);
  await widget().getByRole("button", { name: "Previous channel" }).click();
  await eventually(() => figure().isVisible()).toBe(true);
  expect(await pixels()).toEqual(first);
  await widget().getByRole("button", { name: "Find what excites it most in 3 pictures" }).click();
  await eventually(words).toContainEqual(expect.stringMatching(/^Maximum over 3 pictures: \S+$/));
});

it("it is seen while it grows, can be stopped, and stays as far as it is", async () => {
  await takeSteps(1024);
  await draw().click();
  await eventually(words).toContainEqual(expect.stringMatching(/^Activation so far: /));
  // It is below the fold, and comes into view.
  const [pane, seen] = [await widget().locator(".ls-map-detail").boundingBox(), await figure().boundingBox()];
  expect((seen?.y ?? 0) + (seen?.height ?? 0)).toBeLessThanOrEqual((pane?.y ?? 0) + (pane?.height ?? 0) + 1);
  await expectStatus(widget(), /Growing the picture, \d+ of 1,024 steps/);
  await widget().locator(".ls-status").getByRole("button", { name: "Cancel" }).click();
  await isDone();
  await expectStatus(widget(), /Stopped at step \d+ of 1,024\./);
  const [activation, , after] = await words();
  expect(activation).toMatch(/^Activation: /);
  expect(after).toMatch(/^After \d{1,3} steps?$/);
  // The keyboard has its place as before.
  await draw().press("Enter");
  await eventually(words).toContainEqual(expect.stringMatching(/^Activation so far: /));
  await widget().getByRole("button", { name: "Stop drawing" }).press("Enter");
  await isDone();
  expect((await words()).at(-1)).not.toBe("After 1,024 steps");
  expect(await draw().evaluate((button) => button === document.activeElement)).toBe(true);
});

it("one pixel has its own, and a channel that answers the same to everything has none", async () => {
  await takeSteps(16);
  await widget().getByLabel("excite", { exact: true }).selectOption({ label: "the pixel on show" });
  await draw().click();
  await isDone();
  expect((await words())[0]).toMatch(/^Activation: −?[\d.]+$/);
  expect(await figure().locator("canvas").getAttribute("aria-label")).toMatch(
    /^What excites conv1, channel 2, row \d+, column \d+ most\. Activation/,
  );
  for (let step = 0; step < 2; step++) await widget().getByRole("button", { name: "Previous channel" }).click();
  await draw().click();
  await expectStatus(widget(), /Nothing excites it: at 6 pictures of noise no pixel has an influence\./);
  expect(await figure().isVisible()).toBe(false);
});

it("an element gives it as numbers, of any layer and with any seed, and says what there isn't", async () => {
  await run(() => globalThis.gridPage.makeLabElement());
  const [one, again, other] = await run(async () => [
    await globalThis.gridPage.visualizedByElement({ layer: "conv2", channel: 5 }, { steps: 4, seed: 1 }),
    await globalThis.gridPage.visualizedByElement({ layer: 2, channel: 5 }, { steps: 4, seed: 1 }),
    await globalThis.gridPage.visualizedByElement({ layer: "conv2", channel: 5 }, { steps: 4, seed: 2 }),
  ]);
  expect(one?.shape).toEqual([150, 150, 3]);
  expect(one?.data).toHaveLength(150 * 150 * 3);
  expect(one?.steps).toBe(4);
  expect(one?.most).toBeGreaterThan(one?.activation ?? Number.NaN);
  expect(again).toEqual(one);
  expect(other?.data).not.toEqual(one?.data);
  const wrong = () => run(() => globalThis.gridPage.visualizedByElement({ layer: "conv2", channel: 64 }));
  await expect(wrong()).rejects.toThrow('There is no channel 64: the layer "conv2" has 64 channels.');
});
