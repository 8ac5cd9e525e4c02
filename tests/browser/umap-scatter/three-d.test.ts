import type { Browser } from "playwright-core";
import type { PlotlyElement } from "plotly.js-gl3d-dist-min";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { colouredPixels, inkedPixels, type Pixels, pixelsOf, shareChanged } from "../../support/pixels.ts";
import { expectStatus, statusOf } from "../../support/scatter-actions.ts";
import type {} from "./scatter-page.ts";

let browser: Browser;
let opened: BrowserPage;
const widget = (index = 0) => opened.page.locator(".layerscope").nth(index);
const button = (name: string) => widget().getByRole("button", { name, exact: true });
const space = (index = 0) => widget(index).locator(".ls-space");
const tooltip = () => widget().locator(".ls-tooltip");

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/scatter-page.ts");
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  await opened.close();
});

interface Cloud {
  readonly labels?: boolean;
  readonly theme?: "light" | "dark";
  /** Two linked widgets. */
  readonly twice?: boolean;
}

/** One row in the middle of eight at the corners of a cube, in three dimensions from the start. */
async function showCube(cloud: Cloud = {}): Promise<void> {
  await opened.page.evaluate(async ({ labels = true, twice = false, ...rest }) => {
    const { show, link } = globalThis.scatterPage;
    const corners = Array.from({ length: 8 }, (_, row) =>
      [row & 1, (row >> 1) & 1, row >> 2].map((bit) => 2 * bit - 1),
    );
    const coords = [[0, 0, 0], ...corners];
    const input = {
      coords,
      ...(labels && { labels: coords.map((_, row) => (row === 0 ? "middle" : "corner")) }),
      ...rest,
    };
    const widgets = Array.from({ length: twice ? 2 : 1 }, () => show(input));
    if (widgets[0] && widgets[1]) link(widgets[0], widgets[1]);
    await Promise.all(widgets.map(({ ready }) => ready));
  }, cloud);
  for (const index of cloud.twice ? [0, 1] : [0]) {
    await space(index).locator("canvas").first().waitFor({ timeout: 60_000 });
    await expect.poll(async () => inkedPixels(await pixelsOf(space(index))), { timeout: 30_000 }).toBeGreaterThan(100);
  }
}

async function middleOf(index = 0): Promise<readonly [number, number]> {
  const box = await space(index).boundingBox();
  if (!box) throw new Error("no map in space");
  return [box.x + box.width / 2, box.y + box.height / 2];
}

/** Put the pointer on the row in the middle. */
async function pointAtMiddle(): Promise<void> {
  const [x, y] = await middleOf();
  await opened.page.mouse.move(x + 3, y + 3);
  await opened.page.mouse.move(x, y);
  await tooltip().waitFor();
}

async function save(name: "PNG"): Promise<Pixels> {
  await button("Save").click();
  const [download] = await Promise.all([
    opened.page.waitForEvent("download"),
    widget().getByRole("menuitem", { name, exact: true }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return PNG.sync.read(Buffer.concat(chunks));
}

describe("a map in three dimensions from the start", () => {
  it("shows the row under the pointer beside it, and selects it at a click", async () => {
    await showCube();
    await pointAtMiddle();
    const [x, y] = await middleOf();
    const box = await tooltip().boundingBox();
    expect(Math.abs((box?.x ?? 0) - x)).toBeLessThan(120);
    expect(Math.abs((box?.y ?? 0) - y)).toBeLessThan(160);
    await opened.page.mouse.click(x, y);
    await expectStatus(widget(), /^1 of 9 selected/);
    await opened.page.keyboard.down("Control");
    await opened.page.mouse.click(x, y);
    await opened.page.keyboard.up("Control");
    await expect.poll(() => statusOf(widget())).not.toMatch(/1 of 9 selected/);
    expect(opened.errors).toEqual([]);
  });

  it.each([
    ["inside it", 80],
    ["outside of it", 850],
  ])("stays turned as it was let go %s, and the drag selects nothing", async (_, far) => {
    await showCube();
    const box = await space().boundingBox();
    const [x, y] = [(box?.x ?? 0) + 60, (box?.y ?? 0) + 60];
    const { mouse } = opened.page;
    const eye = () =>
      opened.page.evaluate(() => {
        const plot = document.querySelector(".ls-space-plot") as never as PlotlyElement;
        const camera = plot.layout.scene?.camera as { eye: { x: number; y: number; z: number } } | undefined;
        return camera?.eye ?? { x: 1.25, y: 1.25, z: 1.25 };
      });
    type Eye = Awaited<ReturnType<typeof eye>>;
    // One axis alone comes back to where it was on a long way round.
    const between = (a: Eye, b: Eye) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
    const start = await eye();
    // plotly.js can't be turned for a moment after it has drawn.
    const turn = async () => {
      await mouse.move(x, y);
      await mouse.down();
      await mouse.move(x + 20, y, { steps: 4 });
      await mouse.up();
      return between(await eye(), start);
    };
    await expect.poll(turn, { timeout: 10_000 }).toBeGreaterThan(0.01);
    const first = await eye();
    await mouse.move(x, y);
    await mouse.down();
    await mouse.move(x + far / 2, y, { steps: 4 });
    // Drawing now would put the camera back.
    await opened.page.evaluate(() => {
      (document.querySelector("#root > div") as never as { value: number[] }).value = [1, 2, 3];
    });
    await expectStatus(widget(), /^3 of 9 selected/);
    const before = await pixelsOf(space());
    await mouse.move(x + far, y, { steps: 4 });
    await mouse.up();
    expect(between(await eye(), first)).toBeGreaterThan(0.1);
    await expect.poll(async () => shareChanged(before, await pixelsOf(space()))).toBeGreaterThan(0.0005);
    expect(await statusOf(widget())).toContain("3 of 9 selected");
    const second = await eye();
    await widget().locator(".ls-legend-row").first().click();
    await expectStatus(widget(), /^8 of 9 selected/);
    expect(between(await eye(), second)).toBeCloseTo(0, 3);
  });

  it("is coloured by density where there are no labels", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const dense = clusters(400, 3, 1);
      const thin = Array.from({ length: 40 }, (_, row) => [row, (7 * row) % 40, (3 * row) % 40]);
      await show({ coords: [...dense.map((row) => [...row]), ...thin] }).ready;
    });
    await space().locator("canvas").first().waitFor({ timeout: 60_000 });
    await expect.poll(async () => huesIn(await pixelsOf(space())), { timeout: 30_000 }).toBeGreaterThanOrEqual(2);
  });

  it("fills the body, and follows its size", async () => {
    await showCube();
    const heights = () =>
      space().evaluate((element) => [
        Math.round(element.getBoundingClientRect().height),
        Math.round(element.querySelector("canvas")?.getBoundingClientRect().height ?? 0),
      ]);
    const [body = 0, canvas] = await heights();
    expect(canvas).toBe(body);
    for (const height of [250, 330]) {
      await widget()
        .locator(".ls-body")
        .evaluate((element, pixels) => {
          element.style.height = `${pixels}px`;
        }, height);
      await expect.poll(heights).toEqual([height, height]);
    }
  });
});

describe("keys on a map in space", () => {
  const ring = () => space().locator(".ls-space-ring:visible").first();
  const middleOfRing = async (): Promise<readonly [number, number]> => {
    await ring().waitFor();
    const box = await ring().boundingBox();
    return [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2];
  };

  it("go to the nearest mark in a direction as it is seen, and Enter selects it", async () => {
    await showCube();
    await widget().locator(".ls-body").focus();
    await opened.page.keyboard.press("ArrowRight");
    // From nowhere to the row in the middle, which the tooltip names.
    await tooltip().getByText("middle").waitFor();
    const start = await middleOfRing();
    const middle = await middleOf();
    expect(Math.hypot(start[0] - middle[0], start[1] - middle[1])).toBeLessThan(3);
    await opened.page.keyboard.press("ArrowRight");
    await tooltip().getByText("corner").waitFor();
    await expect.poll(async () => (await middleOfRing())[0] - start[0]).toBeGreaterThan(10);
    const right = await middleOfRing();
    expect(Math.abs(right[1] - start[1])).toBeLessThanOrEqual(right[0] - start[0] + 1);
    await opened.page.keyboard.press("Enter");
    await expectStatus(widget(), /^1 of 9 selected/);
    await opened.page.keyboard.press("ArrowLeft");
    await expect.poll(async () => (await middleOfRing())[0]).toBeLessThan(right[0] - 10);
    expect(opened.errors).toEqual([]);
  });

  it("zoom it, turn it, and fit it again", async () => {
    await showCube();
    await widget().locator(".ls-body").focus();
    const before = await pixelsOf(space());
    const changed = async () => shareChanged(before, await pixelsOf(space()));
    for (const key of ["+", "Shift+ArrowRight", "Shift+ArrowUp"]) {
      await opened.page.keyboard.press(key);
      await expect.poll(changed, { message: key }).toBeGreaterThan(0.001);
      await opened.page.keyboard.press("0");
      await expect.poll(changed, { message: `0 after ${key}` }).toBeLessThan(0.0001);
    }
    await opened.page.keyboard.press("-");
    await expect.poll(changed).toBeGreaterThan(0.001);
    await button("Fit").focus();
    await opened.page.keyboard.press("Enter");
    // The body's focus ring is part of the picture.
    await widget().locator(".ls-body").focus();
    await expect.poll(changed).toBeLessThan(0.0001);
  });
});

describe("the legend of a map in space", () => {
  it("shows a class alone while the pointer is on it", async () => {
    await showCube();
    const coloured = async () => colouredPixels(await pixelsOf(space()));
    const all = await coloured();
    await widget().locator(".ls-legend-row").nth(1).hover();
    // The row in the middle is alone in its class, and behind a corner.
    await expect.poll(coloured).toBeLessThan(0.4 * all);
    expect(inkedPixels(await pixelsOf(space()))).toBeGreaterThan(100);
    await opened.page.mouse.move(2, 2);
    await expect.poll(coloured).toBe(all);
    expect(await statusOf(widget())).not.toContain("selected");
  });
});

describe("the wheel over a map in space", () => {
  it("scrolls the page, and zooms with Ctrl", async () => {
    await showCube();
    await opened.page.evaluate(() => {
      document.body.style.minHeight = "4000px";
    });
    const box = await space().boundingBox();
    // No row is near: nothing but a zoom changes the picture.
    const empty = [(box?.x ?? 0) + 8, (box?.y ?? 0) + 100] as const;
    await opened.page.mouse.move(...empty);
    const before = await pixelsOf(space());
    await opened.page.mouse.wheel(0, 40);
    await expect.poll(() => opened.page.evaluate(() => scrollY)).toBe(40);
    await opened.page.evaluate(() => scrollTo(0, 0));
    await widget().locator(".ls-plot-hint:visible").waitFor({ state: "detached" });
    expect(shareChanged(before, await pixelsOf(space()))).toBe(0);
    await opened.page.mouse.move(...empty);
    await opened.page.keyboard.down("Control");
    await opened.page.mouse.wheel(0, -300);
    await opened.page.keyboard.up("Control");
    await expect.poll(async () => shareChanged(before, await pixelsOf(space()))).toBeGreaterThan(0.001);
    expect(await opened.page.evaluate(() => scrollY)).toBe(0);
  });
});

describe("rows of another widget", () => {
  it("are ringed in space while they are pointed at there", async () => {
    // Both are in sight: a screenshot that scrolled would move the rows beneath the pointer.
    await opened.page.setViewportSize({ width: 1040, height: 1400 });
    await showCube({ twice: true });
    const before = await pixelsOf(space(1));
    await pointAtMiddle();
    await space(1).locator(".ls-space-ring:visible").waitFor();
    const ring = await space(1).locator(".ls-space-ring:visible").boundingBox();
    const [x, y] = await middleOf(1);
    expect(Math.hypot((ring?.x ?? 0) + 6.5 - x, (ring?.y ?? 0) + 6.5 - y)).toBeLessThan(2);
    expect(shareChanged(before, await pixelsOf(space(1)))).toBeGreaterThan(0);
    await opened.page.mouse.move(2, 2);
    await expect.poll(async () => shareChanged(before, await pixelsOf(space(1)))).toBe(0);
  });
});

describe("plotly.js", () => {
  it("is asked for again after it could not be had", async () => {
    await opened.page.evaluate(() => globalThis.scatterPage.failParts(1));
    await opened.page.evaluate(async () => {
      const coords = Array.from({ length: 60 }, (_, row) => [Math.cos(row), Math.sin(row), row / 60]);
      await globalThis.scatterPage.show({ coords, labels: coords.map((_, row) => row % 2) }).ready;
    });
    await expectStatus(widget(), /The kernel is busy/);
    await widget().locator(".ls-legend-row").first().click();
    await space().locator("canvas").first().waitFor({ timeout: 60_000 });
    await expect.poll(() => statusOf(widget())).not.toMatch(/The kernel is busy/);
  });

  it("leaves no WebGL context behind when the map is flat again", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      const made: WebGLRenderingContext[] = [];
      const { getContext } = HTMLCanvasElement.prototype;
      HTMLCanvasElement.prototype.getContext = function (this: never, ...call: unknown[]) {
        const context = Reflect.apply(getContext, this, call);
        if (String(call[0]).includes("webgl") && context) made.push(context);
        return context;
      } as never;
      Object.assign(globalThis, { made });
      await show({ points: clusters(60, 8, 3), nEpochs: 20 }).ready;
    });
    const alive = () =>
      opened.page.evaluate(
        () =>
          (globalThis as never as { made: WebGLRenderingContext[] }).made.filter((gl) => !gl.isContextLost()).length,
      );
    for (let turn = 0; turn < 2; turn++) {
      await button("3-D").click();
      await space().locator("canvas").first().waitFor({ timeout: 60_000 });
      await expect.poll(alive).toBeGreaterThan(0);
      await button("2-D").click();
      await space().waitFor({ state: "detached" });
      await expect.poll(alive).toBe(0);
    }
    expect(opened.errors).toEqual([]);
  });

  it("is put away without an error while a row in space is ringed", async () => {
    await opened.page.evaluate(async () => {
      const { clusters, show } = globalThis.scatterPage;
      await show({ points: clusters(60, 8, 3), nEpochs: 20 }).ready;
    });
    await button("3-D").click();
    await space().locator("canvas").first().waitFor({ timeout: 60_000 });
    await widget().locator(".ls-body").focus();
    await opened.page.keyboard.press("ArrowRight");
    await opened.page.keyboard.press("Enter");
    await space().locator(".ls-space-ring:visible").first().waitFor();
    await button("2-D").click();
    await space().waitFor({ state: "detached" });
    // What a frame still asks for comes before the next two.
    await opened.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(opened.errors).toEqual([]);
  });
});

describe("a figure of a map in space", () => {
  it("is drawn for white paper in a dark page too", async () => {
    await showCube({ theme: "dark" });
    const figure = await save("PNG");
    expect(darkPixels(figure)).toBeGreaterThan(0);
    expect(colouredPixels(figure)).toBeGreaterThan(50);
  });
});

/** How many of six ranges of hue have at least 20 clearly coloured pixels. */
function huesIn({ data }: Pixels): number {
  const found = new Array<number>(6).fill(0);
  for (let at = 0; at < data.length; at += 4) {
    const [r = 0, g = 0, b = 0] = data.subarray(at, at + 3);
    const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
    if (most - least < 60) continue;
    const turn =
      most === r ? (g - b) / (most - least) : most === g ? 2 + (b - r) / (most - least) : 4 + (r - g) / (most - least);
    const hue = Math.floor((turn + 6) % 6);
    found[hue] = (found[hue] ?? 0) + 1;
  }
  return found.filter((pixels) => pixels >= 20).length;
}

/** Nearly black, left of the legend: the axes' letters for white paper. */
function darkPixels({ data, width }: Pixels): number {
  let dark = 0;
  for (let at = 0; at < data.length; at += 4)
    if ((at / 4) % width < 0.6 * width && Math.max(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) < 70) dark++;
  return dark;
}
