import { readFile } from "node:fs/promises";
import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./overlay-page.ts";

const NETWORK = "notebooks/data/picture-network";
const METHODS = ["integrated_gradients", "gradcam"].map((method) => ({ method, smooth: false }));

let browser: Browser;
let opened: BrowserPage;
const widget = (): Locator => opened.page.locator(".layerscope").last();
const panels = () => widget().locator(".ls-panels");
const stages = () => widget().locator(".ls-panel-stage");
const canvas = (at: number) => stages().nth(at).locator(".ls-panel-pixels").last();
const tooltip = () => widget().locator(".ls-tooltip");
const live = () => widget().locator(".ls-offscreen[aria-live]").textContent();
const classRow = (name: string) => widget().locator(".ls-class-row").filter({ hasText: name });
const track = () => widget().getByLabel("Erase the most salient places");
const press = (key: string) => opened.page.keyboard.press(key);
const eventually = <Value>(what: () => Value | Promise<Value>) => expect.poll(what, { timeout: 30_000 });

/** A page as wide as the widget and its margins. */
async function openPage(width = 600): Promise<void> {
  opened = await openBrowserPage(browser, "tests/browser/saliency-overlay/overlay-page.ts", {
    viewport: { width: width + 40, height: 900 },
  });
  await serveEngine(opened.page);
  await opened.page.route("**/picture-network/*", async (route) => {
    const name = route.request().url().split("/").at(-1) ?? "";
    await route.fulfill({ body: await readFile(`${NETWORK}/${name}`) });
  });
}

async function openNetwork(rows: readonly number[], props: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await opened.page.evaluate(([crops, asked]) => globalThis.overlayPage.openNetwork(crops, asked), [
    rows,
    props,
  ] as const);
  await opened.page.evaluate(() => globalThis.overlayPage.atRest());
}

async function openMaps(height: number, width: number, props: Readonly<Record<string, unknown>> = {}): Promise<void> {
  await opened.page.evaluate(([high, wide, asked]) => globalThis.overlayPage.openMaps(high, wide, asked), [
    height,
    width,
    props,
  ] as const);
  await opened.page.evaluate(() => globalThis.overlayPage.atRest());
}

const mapOf = (picture: number, column: number) =>
  opened.page.evaluate(([row, at]) => globalThis.overlayPage.map(row, at), [picture, column] as const);
const facts = () => opened.page.evaluate(() => globalThis.overlayPage.facts());

/** What is on a canvas, in its own pixels. */
const pixelsOn = (of: Locator): Promise<number[]> =>
  of.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    return [...((element as HTMLCanvasElement).getContext("2d")?.getImageData(0, 0, width, height).data ?? [])];
  });

/** Where things are, after a layout. */
const boxes = () =>
  widget().evaluate((root) => {
    const boxOf = (element: Element | null | undefined) => {
      const { left, right, top, bottom, width } = element?.getBoundingClientRect() ?? new DOMRect();
      return { left, right, top, bottom, width };
    };
    const [picture, map] = root.querySelectorAll(".ls-panel-stage");
    return { picture: boxOf(picture), map: boxOf(map), classes: boxOf(root.querySelector(".ls-classes")) };
  });

/** What reaches beyond the widget, or has more in it than it shows. */
const cutElements = () =>
  widget().evaluate((root) => {
    const { left, right } = root.getBoundingClientRect();
    return [...root.querySelectorAll<HTMLElement>("canvas, button, .ls-panel-name, .ls-class-share, .ls-scale")]
      .filter((element) => element.getClientRects().length > 0)
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.left < left - 0.5 || box.right > right + 0.5 || element.scrollWidth > element.clientWidth + 1;
      })
      .map(({ className, textContent }) => `${className} ${textContent}`);
  });

beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(() => expect(opened.errors).toEqual([]));
afterAll(() => browser.close());

// One page: its model is opened once.
describe("a network's maps", () => {
  beforeAll(() => openPage(1000));
  afterAll(() => opened.close());

  it("lie over their grey picture by the formula, and follow the class that is clicked", async () => {
    await openNetwork([3]);
    const map = await mapOf(0, 0);
    expect(await pixelsOn(canvas(0))).toEqual(map.picture);
    expect(await pixelsOn(canvas(1))).toEqual(map.drawn);
    // By hand, at the strongest place: inferno's last colour over grey, 0.85 of it.
    const strongest = map.strength.indexOf(Math.max(...map.strength));
    const [red = 0, green = 0, blue = 0] = map.picture.slice(strongest * 4);
    const grey = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    const byHand = [252, 254, 164].map((color) => Math.round(0.15 * grey + 0.85 * color));
    expect(map.drawn.slice(strongest * 4, strongest * 4 + 3)).toEqual(byHand);

    expect(await widget().locator(".ls-panel-name").allTextContents()).toEqual([
      "picture 1",
      "integrated gradients, cat",
    ]);
    const { sum, difference } = map.completeness ?? { sum: 0, difference: 0 };
    const legend = await widget().locator(".ls-overlay-legend").textContent();
    expect(legend).toContain("99th percentile of the map");
    expect(legend).toContain(`Sum ${Number(sum.toPrecision(3))}, difference ${Number(difference.toPrecision(3))}.`);

    const { probabilities } = await facts();
    expect(await classRow("cat").getAttribute("aria-pressed")).toBe("true");
    expect(await classRow("cat").locator(".ls-class-share").textContent()).toBe(probabilities[3]?.toFixed(2));
    await classRow("coffee").click();
    await eventually(async () => (await facts()).classes).toEqual([[4]]);
    await opened.page.evaluate(() => globalThis.overlayPage.atRest());
    const other = await pixelsOn(canvas(1));
    expect(other).not.toEqual(map.drawn);
    expect(other).toEqual((await mapOf(0, 0)).drawn);
    await widget().getByRole("button", { name: "Likeliest" }).click();
    await eventually(() => pixelsOn(canvas(1))).toEqual(map.drawn);
    await classRow("coffee").click({ modifiers: ["Shift"] });
    await eventually(async () => (await facts()).classes).toEqual([[3, 4]]);
    await eventually(() => pixelsOn(canvas(2))).toEqual(other);
    expect(await pixelsOn(canvas(1))).toEqual(map.drawn);
  });

  it("of any class are had by its name", async () => {
    await openNetwork([3]);
    await widget().getByRole("button", { name: "2 more" }).click();
    expect(await widget().locator(".ls-class-line").count()).toBe(10);
    await widget().getByLabel("Find a class").fill("galax");
    expect(await widget().locator(".ls-class-line").count()).toBe(1);
    await press("Enter");
    await eventually(async () => (await facts()).classes).toEqual([[6]]);
    await eventually(() => widget().locator(".ls-class-row[aria-pressed=true] .ls-class-name").textContent()).toBe(
      "galaxies",
    );
  });

  it("are tried by the eraser: the picture loses its most salient places, and the class's bar falls", async () => {
    await openNetwork([8]);
    const before = await mapOf(0, 0);
    await track().focus();
    for (let step = 0; step < 10; step++) await press("ArrowRight");
    await eventually(() => widget().locator(".ls-curves").count()).toBe(1);
    const judged = await opened.page.evaluate(() => globalThis.overlayPage.faithfulness(0, 0));
    if (!judged) throw new Error("not judged");
    const share = judged.deletion[10] ?? 0;
    expect(share).toBeLessThan(0.5 * (judged.deletion[0] ?? 0));
    const row = widget().locator(".ls-class-row.ls-erased");
    expect(await row.locator(".ls-class-share").textContent()).toBe(share.toFixed(2));
    const widths = await row
      .locator(".ls-class-bar, .ls-class-left")
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width));
    expect((widths[1] ?? 0) / (widths[0] ?? 1)).toBeCloseTo(share / (judged.deletion[0] ?? 1), 1);
    expect(await track().getAttribute("aria-valuetext")).toBe("50 % of the picture");
    await eventually(live).toBe(`gravel ${share.toFixed(2)}`);

    const erased = await pixelsOn(canvas(0));
    const half = new Set(judged.order.slice(0, judged.order.length / 2));
    const differs = (place: number) =>
      [0, 1, 2].some((at) => erased[place * 4 + at] !== before.picture[place * 4 + at]);
    const places = before.strength.map((_, place) => place);
    expect(places.filter((place) => !half.has(place) && differs(place))).toEqual([]);
    expect(places.filter((place) => half.has(place) && differs(place)).length).toBeGreaterThan(half.size / 2);
    // Beside its picture the map stays as it is.
    expect(await pixelsOn(canvas(1))).toEqual(before.drawn);
    await press("Home");
    await eventually(() => pixelsOn(canvas(0))).toEqual(before.picture);
    // What was erased was of that map: of another nothing is.
    await press("End");
    await classRow("grass").click();
    await eventually(() => track().inputValue()).toBe("0");
    await eventually(async () => (await facts()).classes).toEqual([[7]]);
    expect(await pixelsOn(canvas(0))).toEqual(before.picture);
  });

  it("stand in a grid, a line a picture, and each may be the one that is spoken of", async () => {
    await openNetwork([3, 10], { methods: METHODS });
    expect(await widget().locator(".ls-panel-name").allTextContents()).toEqual([
      "picture 1",
      "integrated gradients, cat",
      "Grad-CAM, cat",
      "picture 2",
      "astronaut",
      "astronaut",
    ]);
    expect(await pixelsOn(canvas(5))).toEqual((await mapOf(1, 1)).drawn);
    expect(await widget().locator(".ls-overlay-legend").textContent()).toContain("Sum");
    await stages().nth(5).click();
    expect(await widget().locator(".ls-classes .ls-legend-title").textContent()).toBe("Class of picture 2");
    expect(await widget().locator(".ls-overlay-legend").textContent()).toMatch(/Layer .+\./);
    await panels().focus();
    await press("Enter");
    expect(await live()).toBe("picture 1, integrated gradients");
  });

  it("stay when others are given up, and it is said so", async () => {
    await openNetwork([3]);
    const before = await pixelsOn(canvas(1));
    await widget().getByRole("button", { name: "Settings" }).click();
    // Occlusion of every pixel's patch is the slowest there is.
    await widget().getByRole("checkbox", { name: "occlusion" }).click();
    await widget().locator(".ls-status").getByRole("button", { name: "Cancel" }).click();
    await expectStatus(widget(), /^Stopped/);
    expect(await pixelsOn(canvas(1))).toEqual(before);
  });

  it("follow the row that other widgets look at, keys from picture to picture, and what is dropped", async () => {
    await openNetwork([3, 10, 21], { shown: [0] });
    await opened.page.evaluate(() => globalThis.overlayPage.look(2));
    await eventually(async () => (await facts()).pictures).toEqual(["picture 3"]);
    await panels().focus();
    await press("PageUp");
    await eventually(async () => (await facts()).pictures).toEqual(["picture 2"]);
    await press("PageDown");
    await press("PageDown");
    await expectStatus(widget(), /This is the last picture\./);
    await widget().getByLabel("Picture", { exact: true }).selectOption({ label: "picture 1" });
    await eventually(async () => (await facts()).pictures).toEqual(["picture 1"]);
    await opened.page.evaluate(() => globalThis.overlayPage.drop("sky.png", "#88f"));
    await eventually(async () => (await facts()).pictures).toEqual(["sky.png"]);
    expect((await pixelsOn(canvas(0))).slice(0, 4)).toEqual([136, 136, 255, 255]);
  });

  it("have nothing cut or scrolled sideways at any width; pictures stand beside their maps, or above", async () => {
    await openNetwork([3], { methods: METHODS.slice(0, 1) });
    for (const width of [320, 600, 1000]) {
      await opened.page.setViewportSize({ width: width + 40, height: 900 });
      const isAbove = width === 320;
      await eventually(async () => (await boxes()).map.top > (await boxes()).picture.bottom).toBe(isAbove);
      const { picture, map, classes } = await boxes();
      expect(await cutElements()).toEqual([]);
      expect(picture.width % 64).toBe(0);
      if (!isAbove) expect(map.left).toBe(picture.right + 8);
      if (isAbove) expect(classes.top).toBeGreaterThan(map.bottom);
      else expect(classes.left).toBeGreaterThan(map.right);
    }
  });
});

describe("maps that were given", () => {
  beforeAll(() => openPage());
  afterAll(() => opened.close());

  it("are read by the pointer, and by keys the crosshair goes from place to place", async () => {
    await openMaps(40, 50);
    const { strength } = await mapOf(0, 0);
    const box = await stages().nth(1).boundingBox();
    if (!box) throw new Error("no panel");
    // The middle of row 16, column 30: the bump's top.
    const [x, y] = [box.x + (30.5 / 50) * box.width, box.y + (16.5 / 40) * box.height];
    await opened.page.mouse.move(x, y);
    await eventually(() => tooltip().isVisible()).toBe(true);
    const value = Number((strength[16 * 50 + 30] ?? 0).toPrecision(3));
    const below = strength.filter((each) => each < (strength[16 * 50 + 30] ?? 0)).length;
    const percentile = Math.round((1000 * below) / 2000) / 10;
    expect(await tooltip().textContent()).toBe(`maprow 16, column 30value${value}percentile${percentile}`);
    for (const at of [0, 1]) {
      const down = await stages().nth(at).locator(".ls-cross-down").boundingBox();
      const stage = await stages().nth(at).boundingBox();
      expect(((down?.x ?? 0) + 0.5 - (stage?.x ?? 0)) / (stage?.width ?? 1)).toBeCloseTo(30.5 / 50, 2);
    }
    await opened.page.mouse.move(0, 0);
    await eventually(() => tooltip().isVisible()).toBe(false);

    await panels().focus();
    await press("ArrowRight");
    expect(await live()).toMatch(/^map, row 20, column 25, value/);
    await press("ArrowRight");
    await press("Shift+ArrowUp");
    expect(await live()).toMatch(/^map, row 10, column 26, value/);
    await press("Escape");
    expect(await stages().first().locator(".ls-cross-down").isVisible()).toBe(false);
  });

  it("are drawn anew while a slider is dragged, with contours and alone", async () => {
    await openMaps(40, 50);
    await widget().getByRole("button", { name: "Settings" }).click();
    const before = await pixelsOn(canvas(1));
    const opacity = widget().locator(".ls-field", { hasText: "opacity" }).locator("input[type=range]");
    const box = await opacity.boundingBox();
    if (!box) throw new Error("no slider");
    const at = (share: number) => [box.x + share * box.width, box.y + box.height / 2] as const;
    await opened.page.mouse.move(...at(0.84));
    await opened.page.mouse.down();
    await opened.page.mouse.move(...at(0.2), { steps: 4 });
    const dragged = await pixelsOn(canvas(1));
    expect(dragged).not.toEqual(before);
    await opened.page.mouse.up();
    expect(await pixelsOn(canvas(1))).toEqual((await mapOf(0, 0)).drawn);
    expect(await pixelsOn(canvas(1))).toEqual(dragged);
    await widget().getByLabel("contours").check();
    // Three levels around one bump, each a closed line inside the one before.
    await eventually(() => stages().nth(1).locator(".ls-contour-line").getAttribute("d")).toMatch(
      /^M[^MZ]+ZM[^MZ]+ZM[^MZ]+Z$/,
    );
    await widget().locator(".ls-field", { hasText: "under the map" }).locator("select").selectOption("nothing");
    expect(await widget().locator(".ls-field", { hasText: "opacity" }).count()).toBe(0);
    await eventually(() => pixelsOn(canvas(1))).toEqual((await mapOf(0, 0)).drawn);
    expect((await pixelsOn(canvas(1))).slice(0, 4)).toEqual([0, 0, 3, 255]);
  });

  it("stand under an edge that slides by the pointer and by keys", async () => {
    await openMaps(40, 50);
    await widget().getByRole("button", { name: "Arrange" }).click();
    await widget().getByRole("menuitemradio", { name: "Sliding edge" }).click();
    expect(await stages().count()).toBe(1);
    const edge = widget().getByRole("slider", { name: /^Edge between/ });
    const clip = () => canvas(0).evaluate((element) => getComputedStyle(element).clipPath);
    expect(await clip()).toBe("inset(0px 0px 0px 50%)");
    expect(await pixelsOn(canvas(0))).toEqual((await mapOf(0, 0)).drawn);
    const box = await stages().first().boundingBox();
    if (!box) throw new Error("no panel");
    await opened.page.mouse.move(box.x + box.width / 2, box.y + 20);
    await opened.page.mouse.down();
    await opened.page.mouse.move(box.x + 0.25 * box.width, box.y + 20, { steps: 4 });
    await opened.page.mouse.up();
    expect(Number(await edge.getAttribute("aria-valuenow"))).toBe(25);
    expect(await clip()).toMatch(/^inset\(0px 0px 0px 25(\.\d+)?%\)$/);
    await press("ArrowLeft");
    expect(Number(await edge.getAttribute("aria-valuenow"))).toBe(20);
    await press("End");
    expect(await clip()).toBe("inset(0px 0px 0px 100%)");
  });

  it("are saved as numbers and as figures", async () => {
    await openMaps(40, 50);
    for (const name of ["NPY", "SVG"]) {
      await widget().getByRole("button", { name: "Save" }).click();
      await widget().getByRole("menuitem", { name }).click();
      await expectStatus(widget(), new RegExp(`Saved saliency-.*\\.${name.toLowerCase()}`));
    }
    expect(await opened.page.evaluate(() => globalThis.overlayPage.savedNames().length)).toBe(2);
  });
});
