import type { Browser, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { scaleTable } from "../../../src/widgets/theme/color-scales.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { serveEngine } from "../../support/engine-files.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import type {} from "./grid-page.ts";

const LAB = ["conv1", "conv1_pool", "conv2", "conv2_pool", "conv3", "conv3_pool", "conv4", "conv4_pool"];
const CELL = 28;
const PITCH = { x: 30, y: 34 };

let browser: Browser;
let opened: BrowserPage;
const widget = (): Locator => opened.page.locator(".layerscope").last();
const scroller = () => widget().locator(".ls-map-scroller");
const tooltip = () => widget().locator(".ls-tooltip");
const detail = () => widget().locator(".ls-detail");
const subtitle = () => widget().locator(".ls-subtitle").textContent();
/** On a busy machine a model takes seconds. */
const eventually = <Value>(what: () => Value | Promise<Value>) => expect.poll(what, { timeout: 60_000 });
const run = <Value>(what: () => Value | Promise<Value>) => opened.page.evaluate(what);

/** 600 px, as in a notebook. */
const openPage = async (width = 640) => {
  opened = await openBrowserPage(browser, "tests/browser/feature-map-grid/grid-page.ts", {
    viewport: { width, height: 900 },
  });
  await serveEngine(opened.page);
};

/** Names of the layers' pictures that are drawn in view: "layer row column". */
const drawnCells = () =>
  widget()
    .locator(".ls-map-scroller")
    .evaluate(
      (element, [cell, across, down]) => {
        const tops = [...element.querySelectorAll<HTMLElement>(".ls-map-section")].map(({ offsetTop }) => offsetTop);
        const found: string[] = [];
        for (const canvas of element.querySelectorAll<HTMLCanvasElement>(".ls-map-strip")) {
          const { offsetTop: top, width, height } = canvas;
          const layer = tops.findLastIndex((from) => from <= top);
          const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
          const first = Math.round((top - (tops[layer] ?? 0) - 24) / down);
          for (let y = 0; y + cell <= height; y += down)
            for (let x = 0; x + cell <= width; x += across)
              if (pixels[((y + cell / 2) * width + x + cell / 2) * 4 + 3])
                found.push(`${layer} ${first + y / down} ${x / across}`);
        }
        return found;
      },
      [CELL, PITCH.x, PITCH.y] as const,
    );

/** A channel's picture as it is drawn: red, green and blue of each of its pixels. */
const cellPixels = (layer: number, channel: number) =>
  widget()
    .locator(".ls-map-scroller")
    .evaluate(
      (element, [at, place, cell, across, down]) => {
        const section = element.querySelectorAll<HTMLElement>(".ls-map-section")[at];
        const y = (section?.offsetTop ?? 0) + 24 + Math.floor(place / 16) * down;
        const canvas = [...element.querySelectorAll<HTMLCanvasElement>(".ls-map-strip")].find(
          ({ offsetTop, offsetHeight }) => offsetTop <= y && y < offsetTop + offsetHeight,
        );
        const pixels = canvas?.getContext("2d")?.getImageData((place % 16) * across, y - canvas.offsetTop, cell, cell);
        return [...(pixels?.data ?? [])];
      },
      [layer, channel, CELL, PITCH.x, PITCH.y] as const,
    );

const viridis = scaleTable("viridis");
const levels = new Map(
  Array.from({ length: 256 }, (_, level) => [[...viridis.subarray(level * 3, level * 3 + 3)].join(), level]),
);
/** The level that a colour stands for; NaN for one that is not of the scale. */
const levelAt = (pixels: readonly number[], x: number, y: number) =>
  levels.get(pixels.slice((y * CELL + x) * 4, (y * CELL + x) * 4 + 3).join()) ?? Number.NaN;

/** (x - mean) / std * 64 + 128, cut to a byte: the lab's own lines. */
function stretched(values: readonly number[]): readonly number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => Math.trunc(Math.max(0, Math.min(255, ((value - mean) / deviation) * 64 + 128))));
}

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(() => openPage());
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  expect(opened.requests).toEqual([]);
  await opened.close();
});

describe("the lab's eight layers", () => {
  beforeEach(async () => {
    await run(() => globalThis.gridPage.openLab(3));
  });

  it("are 704 pictures, each of them the formula's, the dead ones crossed out", async () => {
    expect(await subtitle()).toBe("picture 1, 8 layers, 704 channels");
    expect(await widget().locator(".ls-map-head-name").allTextContents()).toEqual(LAB);
    const words = await widget().locator(".ls-map-head-words").allTextContents();
    expect(words[0]).toBe("148 × 148 × 32 · 1 constant");
    const drawn = new Set<string>();
    for (const layer of LAB.keys()) {
      await widget().locator(".ls-map-layer").nth(layer).click();
      const expected = layer < 2 ? 32 : layer < 4 ? 64 : 128;
      await eventually(async () => {
        for (const cell of await drawnCells()) drawn.add(cell);
        return [...drawn].filter((cell) => cell.startsWith(`${layer} `)).length;
      }).toBe(expected);
    }
    expect(drawn.size).toBe(704);

    const pooled = stretched(await run(() => globalThis.gridPage.valuesOf(7, 5)));
    const whole = await cellPixels(7, 5);
    for (let at = 0; at < 49; at++) {
      const [x, y] = [(at % 7) * 4, Math.floor(at / 7) * 4];
      for (const [dx, dy] of [
        [0, 0],
        [3, 3],
      ] as const)
        expect(Math.abs(levelAt(whole, x + dx, y + dy) - (pooled[at] ?? 0))).toBeLessThanOrEqual(1);
    }

    await widget().locator(".ls-map-layer").first().click();
    await eventually(async () => (await cellPixels(0, 31)).length).toBeGreaterThan(0);
    const wide = stretched(await run(() => globalThis.gridPage.valuesOf(0, 31)));
    const shrunk = await cellPixels(0, 31);
    const side = 148 / CELL;
    // Each pixel is the mean of what it covers, of sixteen samples a side here.
    for (const [x, y] of [
      [0, 0],
      [13, 20],
      [27, 27],
    ] as const) {
      let sum = 0;
      for (let sample = 0; sample < 256; sample++) {
        const column = Math.floor((x + ((sample % 16) + 0.5) / 16) * side);
        const row = Math.floor((y + (Math.floor(sample / 16) + 0.5) / 16) * side);
        sum += wide[row * 148 + column] ?? 0;
      }
      expect(Math.abs(levelAt(shrunk, x, y) - sum / 256)).toBeLessThan(6);
    }
    const dead = await cellPixels(0, 0);
    const [ground, line] = [dead.slice(0, 3), dead.slice((14 * CELL + 13) * 4, (14 * CELL + 13) * 4 + 3)];
    expect(ground).toEqual([245, 245, 245]);
    expect(line).not.toEqual(ground);
  });

  it("tell what a pixel saw of the picture, and how it came about", async () => {
    const box = await scroller().locator(".ls-map-content").boundingBox();
    if (!box) throw new Error("no grid");
    // Channel 17 of conv1, in the second row; pixel 74, 37 of 148.
    const [x, y] = [box.x + PITCH.x + 7.05, box.y + 24 + PITCH.y + 14.05];
    await opened.page.mouse.move(x, y);
    await eventually(() => tooltip().isVisible()).toBe(true);
    expect(await tooltip().textContent()).toMatch(/^conv1, channel 17row 74, column 37/);
    const patch = await widget()
      .locator(".ls-map-patch")
      .first()
      .evaluate(({ style }) =>
        [style.left, style.top, style.width].map((side) => Math.round(1.5 * Number.parseFloat(side))),
      );
    expect(patch).toEqual([37, 74, 3]);
    await opened.page.mouse.click(x, y);
    await eventually(() => detail().textContent()).toContain("27 values times their weights add up to");
    await opened.page.keyboard.press("Escape");
    await eventually(() => detail().isVisible()).toBe(false);
    expect(await run(() => globalThis.gridPage.told.slice(-2))).toEqual([
      { image: 0, layer: "conv1", channel: 17 },
      { image: 0, layer: null, channel: null },
    ]);
  });

  it("follow the picture: another row, one that is dropped, two beside each other", async () => {
    await run(() => globalThis.gridPage.look(1));
    await eventually(subtitle).toBe("picture 2, 8 layers, 704 channels");
    const before = await run(() => globalThis.gridPage.valuesOf(7, 5));
    await run(() => globalThis.gridPage.dropText("notes.txt", "text/plain"));
    await expectStatus(widget(), /notes\.txt is no picture\. Give a PNG/);
    await run(() => globalThis.gridPage.dropText("broken.png", "image/png"));
    await expectStatus(widget(), /broken\.png can't be decoded\. Leave it out/);
    // What Python asked for is on show as before: it can be saved and read.
    expect(await run(() => globalThis.gridPage.phase())).toBe("done");
    expect(await run(() => globalThis.gridPage.answeredMaps(7))).toHaveLength(3);
    expect(await subtitle()).toBe("picture 2, 8 layers, 704 channels");
    await run(() => globalThis.gridPage.drop("sky.png", "#88f"));
    await eventually(subtitle).toBe("sky.png, 8 layers, 704 channels");
    expect(await run(() => globalThis.gridPage.valuesOf(7, 5))).not.toEqual(before);
    await widget().getByLabel("Picture", { exact: true }).selectOption({ label: "picture 2" });
    await eventually(subtitle).toBe("picture 2, 8 layers, 704 channels");
    expect(await run(() => globalThis.gridPage.valuesOf(7, 5))).toEqual(before);
    await run(() => globalThis.gridPage.paste("pasted.png", "#0f0"));
    await eventually(subtitle).toBe("pasted.png, 8 layers, 704 channels");
    expect(await run(() => globalThis.gridPage.colorOfInput())).toEqual([0, 255, 0]);
    await run(() => globalThis.gridPage.update({ image: 1, compare: 2 }));
    await eventually(subtitle).toBe("picture 2 and picture 3, 8 layers, 704 channels");
    expect(await widget().locator(".ls-map-input").count()).toBe(2);
    await widget().getByRole("button", { name: "Sort" }).click();
    await widget().getByRole("menuitemradio", { name: "Difference of the two pictures" }).click();
    await scroller().focus();
    await opened.page.keyboard.press("ArrowDown");
    await eventually(() => tooltip().textContent()).toMatch(/^conv1, channel \d+picture 3: /);
    // The dead channel differs least.
    expect(await tooltip().textContent()).not.toContain("channel 0");
  });
});

describe("a channel of the lab's network", () => {
  it("is searched for what excites it, and goes on to that picture; what is not there is said in a line", async () => {
    await run(() => globalThis.gridPage.putCamera("#f00"));
    await run(() => globalThis.gridPage.openLab(3));
    await scroller().focus();
    for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await opened.page.keyboard.press(key);
    await widget().getByRole("button", { name: "Find what excites it most in 3 pictures" }).click();
    const list = widget().getByLabel("Pictures that excite this channel most");
    await eventually(() => list.isVisible()).toBe(true);
    const found = (await list.locator("option").allTextContents()).slice(1);
    const most = found.map((text) => Number(text.split(": ")[1]?.replace("−", "-")));
    expect(found).toHaveLength(3);
    expect(most).toEqual([...most].sort((a, b) => b - a));
    const [first = ""] = found;
    await list.selectOption({ label: first });
    await eventually(subtitle).toBe(`${first.split(":")[0]}, 8 layers, 704 channels`);
    const values = await run(() => globalThis.gridPage.valuesOf(0, 1));
    expect(Math.abs(Math.max(...values) - (most[0] ?? 0))).toBeLessThan(0.005 * Math.abs(most[0] ?? 0));
    expect(await detail().textContent()).toContain("conv1, channel 1");

    await run(() => globalThis.gridPage.update({ layers: ["conv9"] }));
    await expectStatus(widget(), /no layer "conv9"/);
    expect(await subtitle()).toContain("704 channels");
    expect(await run(() => globalThis.gridPage.answeredMaps(0))).toMatch(/no layer "conv9"/);
    await run(() => globalThis.gridPage.update({ layers: ["conv4_pool", 0] }));
    await eventually(subtitle).toBe(`${first.split(":")[0]}, 2 layers, 160 channels`);
    expect(await detail().isVisible()).toBe(false);

    await widget().getByRole("button", { name: "Another picture" }).click();
    await widget().getByRole("menuitem", { name: "Use the camera" }).click();
    const take = widget().getByRole("button", { name: "Take the picture" });
    await eventually(() => take.isEnabled()).toBe(true);
    await take.click();
    await eventually(subtitle).toBe("camera, 2 layers, 160 channels");
    const [red = 0, green = 255] = await run(() => globalThis.gridPage.colorOfInput());
    expect(red).toBeGreaterThan(200);
    expect(green).toBeLessThan(50);
    expect(await run(() => globalThis.gridPage.isCameraOn())).toBe(false);
  });
});

describe("ten thousand channels", () => {
  it("are drawn where they are looked at, and nowhere else", async () => {
    await run(() => globalThis.gridPage.openWaves([10_000, 300], 24));
    const strips = () => scroller().locator(".ls-map-strip").count();
    await eventually(async () => (await drawnCells()).length).toBeGreaterThan(16 * 16);
    expect(await strips()).toBeLessThan(8);
    await scroller().focus();
    await opened.page.keyboard.press("ArrowDown");
    await opened.page.keyboard.press("End");
    await eventually(() => tooltip().textContent()).toMatch(/^max_pooling2d_1, channel 9,999/);
    await eventually(drawnCells).toContain("0 624 15");
    expect(await strips()).toBeLessThan(8);
    expect(await widget().locator('.ls-map-layer[aria-current="true"]').textContent()).toBe("max_pooling2d_1");
  });
});

describe("the grid", () => {
  it("is walked by keys alone, and read without being seen", async () => {
    await run(() => globalThis.gridPage.openWaves([40, 8], 14));
    expect(await scroller().getAttribute("aria-label")).toBe(
      "Feature maps of waves.onnx: sea.png, 2 layers, 48 channels, 2 constant",
    );
    await scroller().focus();
    const heard = () => widget().locator('[role="status"].ls-offscreen').textContent();
    for (const [key, told] of [
      ["ArrowRight", "max_pooling2d_1, channel 0"],
      ["ArrowRight", "max_pooling2d_1, channel 1"],
      ["ArrowDown", "max_pooling2d_1, channel 17"],
      ["End", "max_pooling2d_1, channel 39"],
      ["ArrowRight", "max_pooling2d_2, channel 0"],
      ["ArrowUp", "max_pooling2d_1, channel 32"],
      ["PageDown", "max_pooling2d_2, channel 0"],
    ] as const) {
      await opened.page.keyboard.press(key);
      expect(await heard()).toContain(`${told}, row `);
    }
    await opened.page.keyboard.press("Enter");
    await eventually(() => detail().isVisible()).toBe(true);
    await eventually(() => detail().textContent()).toContain("The model itself is not here.");
    await opened.page.keyboard.press("Escape");
    await opened.page.keyboard.press("ArrowRight");
    expect(await heard()).toContain("max_pooling2d_2, channel 1");
  });

  it("tells of the layer that is walked to where nothing scrolls, and of nothing below an open channel", async () => {
    await run(() => globalThis.gridPage.openWaves([40, 8], 14));
    const marked = () => widget().locator('.ls-map-layer[aria-current="true"]').textContent();
    const slider = widget().getByRole("slider", { name: "Layer" });
    expect(await marked()).toBe("max_pooling2d_1");
    await slider.press("End");
    expect([await marked(), await slider.inputValue()]).toEqual(["max_pooling2d_2", "1"]);
    // Keys go on from there, wherever they were before.
    await scroller().focus();
    await opened.page.keyboard.press("ArrowRight");
    expect(await tooltip().textContent()).toContain("max_pooling2d_2, channel 0");
    await widget().locator(".ls-map-layer").first().click();
    expect([await marked(), await slider.inputValue()]).toEqual(["max_pooling2d_1", "0"]);
    await scroller().focus();
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("PageDown");
    await opened.page.keyboard.press("Enter");
    await eventually(() => detail().textContent()).toContain("max_pooling2d_2, channel 0");
    expect(await marked()).toBe("max_pooling2d_2");
    // Of the channel in the grid nothing is said over the open one when the widget gets another width.
    const heard = widget().locator('[role="status"].ls-offscreen');
    await heard.evaluate((element) => element.replaceChildren());
    const before = (await scroller().boundingBox())?.width ?? 0;
    await widget().evaluate(({ style }) => style.setProperty("width", "420px"));
    expect((await scroller().boundingBox())?.width).toBeLessThan(before);
    await run(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect([await heard.textContent(), await tooltip().isVisible()]).toEqual(["", false]);
  });

  it("leaves the wheel to the page until the reader has gone into it", async () => {
    await run(() => globalThis.gridPage.openWaves([2000], 14));
    const scrolled = () => scroller().evaluate(({ scrollTop }) => scrollTop);
    const box = await scroller().boundingBox();
    await opened.page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 200);
    await scroller().evaluate((element) => {
      element.addEventListener("wheel", () => element.setAttribute("data-wheel", ""), { once: true });
    });
    await opened.page.mouse.wheel(0, 300);
    await eventually(() => scroller().getAttribute("data-wheel")).toBe("");
    expect(await scrolled()).toBe(0);
    await scroller().focus();
    await opened.page.mouse.wheel(0, 300);
    await eventually(scrolled).toBe(300);
  });

  it("keeps its pictures for a page without the model, and gives its numbers", async () => {
    await run(() => globalThis.gridPage.openWaves([40, 8], 14));
    await run(() => globalThis.gridPage.openLab(1));
    await eventually(() => run(() => globalThis.gridPage.isKept())).toBeGreaterThan(10_000);
    const unset = await run(() => globalThis.gridPage.isKept());
    await widget().getByRole("button", { name: "Settings", exact: true }).click();
    await widget().getByLabel("normalize").selectOption("layer");
    await eventually(() => run(() => globalThis.gridPage.isKept())).not.toBe(unset);
    const before = await run(() => globalThis.gridPage.valuesOf(6, 9));
    await run(() => globalThis.gridPage.reopen());
    expect(await subtitle()).toBe("picture 1, 8 layers, 704 channels");
    await expectStatus(widget(), /Saved picture\. Run the cell to compute again\./);
    await widget().getByRole("button", { name: "Settings", exact: true }).click();
    expect(await widget().getByLabel("normalize").inputValue()).toBe("layer");
    const after = await run(() => globalThis.gridPage.valuesOf(6, 9));
    const range = Math.max(...before) - Math.min(...before);
    expect(Math.max(...before.map((value, at) => Math.abs(value - (after[at] ?? 0))))).toBeLessThan(range / 400);
    await run(() => globalThis.gridPage.makeElement());
    const lines = await run(() => globalThis.gridPage.statisticsOfElement());
    expect(lines).toHaveLength(704);
    expect(lines.filter(({ dead }) => dead).length).toBeGreaterThanOrEqual(4);
    expect(await run(() => globalThis.gridPage.pageOfElement())).toContain('"_widget":"feature-map-grid"');
  });

  it("has room at 320 px: eight in a row, nothing scrolled sideways, no layer's name cut", async () => {
    await opened.close();
    await openPage(360);
    await run(() => globalThis.gridPage.openWaves([40, 8], 14));
    const wide = await widget().evaluate((element) => [
      element.scrollWidth - element.clientWidth,
      element.querySelector(".ls-map-strip")?.getBoundingClientRect().width ?? 0,
    ]);
    expect(wide[0]).toBe(0);
    expect(wide[1]).toBeGreaterThanOrEqual(8 * CELL + 7 * 2);
    expect(wide[1]).toBeLessThan(320);
    const cut = await widget()
      .locator(".ls-map-layer span, .ls-map-head-name")
      .evaluateAll((names) => names.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).length);
    expect(cut).toBe(0);
    const legend = widget().getByRole("group", { name: "Legend" });
    expect(await legend.textContent()).toBe("−2 sd+2 sdabout the channel's meanstrength in its layerconstant");
  });

  it("ends above the status line in full screen, its legend in sight", async () => {
    await opened.close();
    await openPage(1000);
    await run(() => globalThis.gridPage.openWaves([400, 80], 14));
    await widget().getByRole("button", { name: "Full screen" }).click();
    const ends = () =>
      widget().evaluate((element) =>
        [".ls-map-stage", ".ls-map-legend"].map(
          (part) =>
            (element.querySelector(".ls-status-slot")?.getBoundingClientRect().top ?? 0) -
            (element.querySelector(part)?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY),
        ),
      );
    await eventually(() => widget().evaluate((element) => element.classList.contains("ls-full"))).toBe(true);
    for (const room of await ends()) expect(room).toBeGreaterThanOrEqual(0);
  });
});
