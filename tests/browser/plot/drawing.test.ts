import type { Browser, Page } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Renderer } from "../../../src/widgets/plane/marks/choose-painter.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { contrast, parseColor, type Rgb } from "../../../src/widgets/theme/rgb.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { Pixels } from "../../support/pixels.ts";
import { eventsOf, marksOf, openPlot, settle } from "./open-plot.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** The marks' canvas laid over white. */
async function pictureOf(page: Page, plot = 0): Promise<Pixels> {
  const address = await page.evaluate((place) => {
    const source = window.test.plots[place]?.body.querySelector("canvas");
    const copy = document.createElement("canvas");
    const context = copy.getContext("2d");
    if (!source || !context) throw new Error("no canvas");
    copy.width = source.width;
    copy.height = source.height;
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, copy.width, copy.height);
    context.drawImage(source, 0, 0);
    return copy.toDataURL();
  }, plot);
  return PNG.sync.read(Buffer.from(address.slice(address.indexOf(",") + 1), "base64"));
}

function pixelAt({ width, data }: Pixels, x: number, y: number): Rgb {
  const at = 4 * (Math.floor(y) * width + Math.floor(x));
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function distance(a: Rgb, b: Rgb): number {
  return Math.max(...a.map((value, part) => Math.abs(value - (b[part] ?? 0))));
}

describe.each<Renderer>(["cpu", "webgl"])("marks drawn by %s", (renderer) => {
  it("have the colour of their class", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 10, renderer });
    const picture = await pictureOf(page);
    const { left, top } = await bodyOf(page);
    for (const [row, [x, y]] of (await marksOf(page)).entries()) {
      const color = parseColor(classColors[row] ?? "").rgb;
      expect(distance(pixelAt(picture, x - left, y - top), color), `row ${row}`).toBeLessThanOrEqual(2);
    }
    expect(errors).toEqual([]);
    await close();
  });

  it("are seen where they are alone among a hundred thousand", async () => {
    const { page, close } = await openPlot(browser, { rows: 100_000, renderer });
    const picture = await pictureOf(page);
    const { left, top, width, height } = await bodyOf(page);
    const marks = (await marksOf(page)).map(([x, y]) => [x - left, y - top] as const);
    const near = new Map<number, number>();
    for (const [x, y] of marks) {
      const cell = Math.floor(y / 8) * 1000 + Math.floor(x / 8);
      near.set(cell, (near.get(cell) ?? 0) + 1);
    }
    const isLone = ([x, y]: readonly [number, number]) => {
      const [column, line] = [Math.floor(x / 8), Math.floor(y / 8)];
      let found = 0;
      for (const down of [-1, 0, 1])
        for (const aside of [-1, 0, 1]) found += near.get((line + down) * 1000 + column + aside) ?? 0;
      return found === 1 && x > 4 && y > 4 && x < width - 4 && y < height - 4;
    };
    const lone = marks.filter(isLone);
    expect(lone.length).toBeGreaterThan(5);
    const page_ = [255, 255, 255] as const;
    for (const [x, y] of lone) {
      const seen = [-1, 0, 1].flatMap((down) =>
        [-1, 0, 1].map((aside) => contrast(pixelAt(picture, x + aside, y + down), page_)),
      );
      expect(Math.max(...seen)).toBeGreaterThan(1.5);
    }
    await close();
  });

  it("turn grey beneath the selected ones, which stay as they were", async () => {
    const { page, close } = await openPlot(browser, { rows: 2000, renderer });
    const before = await pictureOf(page);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(new Uint8Array(250).fill(255, 0, 25)));
    await settle(page);
    const after = await pictureOf(page);
    const { left, top } = await bodyOf(page);
    const marks = (await marksOf(page)).map(([x, y]) => [x - left, y - top] as const);
    const isGrey = ([red, green, blue]: Rgb) => Math.max(red, green, blue) - Math.min(red, green, blue) <= 3;
    // Rows 0 to 199 are class 0 alone, which lies apart from class 5.
    const selected = marks.slice(0, 200).map(([x, y]) => distance(pixelAt(after, x, y), pixelAt(before, x, y)));
    expect(selected.filter((difference) => difference <= 2).length).toBeGreaterThan(190);
    expect(marks.slice(1000, 1200).every(([x, y]) => isGrey(pixelAt(after, x, y)))).toBe(true);
    expect(marks.slice(1000, 1200).every(([x, y]) => pixelAt(after, x, y)[0] < 240)).toBe(true);
    await close();
  });

  it("are hollow rings where the class is missing", async () => {
    const { page, close } = await openPlot(browser, { rows: 10, renderer, missingEvery: 5 });
    const picture = await pictureOf(page);
    const { left, top } = await bodyOf(page);
    const diameter = await page.evaluate(() => window.test.plots[0]?.plot.diameter ?? 0);
    const marks = (await marksOf(page)).map(([x, y]) => [x - left, y - top] as const);
    for (const row of [0, 5]) {
      const [x, y] = marks[row] ?? [0, 0];
      expect(pixelAt(picture, x, y)[0]).toBeGreaterThan(200);
      expect(pixelAt(picture, x + diameter / 2 - 1, y)[0]).toBeLessThan(180);
    }
    const [x, y] = marks[1] ?? [0, 0];
    expect(pixelAt(picture, x, y)[2]).toBeLessThan(40);
    await close();
  });
});

describe("WebGL and the plain canvas", () => {
  it.each([
    ["classes", { rows: 20_000 }],
    ["density", { rows: 20_000, byDensity: true }],
    ["few rows with rings", { rows: 300, missingEvery: 3 }],
  ] as const)("draw the same picture (%s)", async (_, options) => {
    const { page, close } = await openPlot(browser, { ...options, renderer: "cpu" });
    await page.evaluate((mount) => window.test.mount({ ...mount, renderer: "webgl" }), options);
    const plain = await pictureOf(page, 0);
    const webgl = await pictureOf(page, 1);
    expect(meanDifference(plain, webgl)).toBeLessThan(0.25);
    await page.evaluate(() => {
      for (const { plot, clusters } of window.test.plots)
        plot.setMask(new Uint8Array(clusters.codes.length >> 3).fill(0b1010));
    });
    await settle(page);
    expect(meanDifference(await pictureOf(page, 0), await pictureOf(page, 1))).toBeLessThan(0.25);
    await close();
  });

  it("know how to draw at the pixel ratio of the screen", async () => {
    const { page, close } = await openPlot(browser, { rows: 1000, renderer: "webgl" }, { deviceScaleFactor: 2 });
    const picture = await pictureOf(page);
    expect([picture.width, picture.height]).toEqual([880, 880]);
    await close();
  });
});

describe("a painter that fails", () => {
  const failing = (page: Page, call: "drawElements" | "readPixels") =>
    page.evaluate((name) => {
      const page_ = globalThis as unknown as Record<symbol, { gl: Record<string, unknown> }>;
      const shared = page_[Symbol.for("layerscope.shared-gl.1")];
      if (!shared) throw new Error("no shared context");
      shared.gl[name] = () => {
        throw new Error("refused");
      };
    }, call);

  it.each(["drawElements", "readPixels"] as const)("leaves the map to the plain canvas (%s)", async (call) => {
    const { page, close, errors } = await openPlot(browser, { rows: 500, renderer: "webgl" });
    const before = await pictureOf(page);
    await failing(page, call);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(new Uint8Array(63)));
    await settle(page);
    expect(meanDifference(before, await pictureOf(page))).toBeGreaterThan(0.25);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(null));
    await settle(page);
    expect(meanDifference(before, await pictureOf(page))).toBeLessThan(0.25);
    expect(errors).toEqual([]);
    await close();
  });

  it("says so where the plain canvas fails too, and draws the next picture", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 500, renderer: "cpu" });
    const before = await pictureOf(page);
    await page.evaluate(() => {
      const { putImageData } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.putImageData = () => {
        CanvasRenderingContext2D.prototype.putImageData = putImageData;
        throw new RangeError("Out of memory");
      };
      window.test.plots[0]?.plot.setMask(new Uint8Array(63));
    });
    await expect.poll(() => eventsOf(page)).toEqual(["The map could not be drawn: Out of memory. Make it smaller."]);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(null));
    await settle(page);
    expect(meanDifference(before, await pictureOf(page))).toBe(0);
    expect(errors).toEqual([]);
    await close();
  });
});

describe("several plots on a page", () => {
  it("share one WebGL context, and none draws into another", async () => {
    const { page, close } = await openPlot(browser, { rows: 500, renderer: "webgl" });
    await page.evaluate(() => {
      const made: string[] = [];
      Object.assign(window, { made });
      for (const owner of [HTMLCanvasElement, OffscreenCanvas]) {
        const { getContext } = owner.prototype;
        owner.prototype.getContext = function (this: never, kind: string, ...rest: unknown[]) {
          made.push(kind);
          return Reflect.apply(getContext, this, [kind, ...rest]);
        } as never;
      }
    });
    const alone = await pictureOf(page, 0);
    for (let more = 0; more < 3; more++)
      await page.evaluate((rows) => window.test.mount({ rows, renderer: "webgl", width: 300, height: 500 }), 900);
    await page.evaluate(() => window.test.plots[0]?.plot.redraw());
    await settle(page);
    expect(meanDifference(alone, await pictureOf(page, 0))).toBe(0);
    const kinds = await page.evaluate(() => (window as unknown as { made: string[] }).made);
    expect(kinds).toContain("2d");
    expect(kinds.filter((kind) => kind.startsWith("webgl"))).toEqual([]);
    await close();
  });

  it("are drawn again after the GPU was lost", async () => {
    const { page, close, errors } = await openPlot(browser, { rows: 500, renderer: "webgl" });
    const before = await pictureOf(page);
    const loss = await page.evaluateHandle(() => {
      const page_ = globalThis as unknown as Record<symbol, { gl: WebGL2RenderingContext; canvas: OffscreenCanvas }>;
      const shared = page_[Symbol.for("layerscope.shared-gl.1")];
      const extension = shared?.gl.getExtension("WEBGL_lose_context");
      if (!shared || !extension) throw new Error("no shared context");
      return {
        /** Lose or restore the context and wait until the page was told. */
        async cause(action: "loseContext" | "restoreContext", event: string): Promise<void> {
          const told = new Promise((resolve) => shared.canvas.addEventListener(event, resolve, { once: true }));
          extension[action]();
          await told;
        },
      };
    });
    await loss.evaluate((it) => it.cause("loseContext", "webglcontextlost"));
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(new Uint8Array(63)));
    await settle(page);
    const grey = await pictureOf(page);
    expect(meanDifference(before, grey), "drawn on the plain canvas meanwhile").toBeGreaterThan(0.25);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(null));
    await settle(page);
    expect(meanDifference(before, await pictureOf(page))).toBeLessThan(0.25);
    await loss.evaluate((it) => it.cause("restoreContext", "webglcontextrestored"));
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(new Uint8Array(63)));
    await settle(page);
    expect(meanDifference(grey, await pictureOf(page))).toBeLessThan(0.25);
    await page.evaluate(() => window.test.plots[0]?.plot.setMask(null));
    await settle(page);
    expect(meanDifference(before, await pictureOf(page))).toBeLessThan(0.25);
    expect(errors).toEqual([]);
    await close();
  });
});

async function bodyOf(page: Page) {
  return page.evaluate(() => {
    const box = window.test.plots[0]?.body.getBoundingClientRect();
    if (!box) throw new Error("no plot");
    return { left: box.left, top: box.top, width: box.width, height: box.height };
  });
}

/** In grey levels, over all parts of all pixels. */
function meanDifference(a: Pixels, b: Pixels): number {
  expect(a.data.length).toBe(b.data.length);
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += Math.abs((a.data[at] ?? 0) - (b.data[at] ?? 0));
  return sum / a.data.length;
}
