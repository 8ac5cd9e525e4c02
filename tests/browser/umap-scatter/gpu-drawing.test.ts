import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type {} from "./gpu-drawing-page.ts";

/** Rounds without end, in which no row goes anywhere: both pictures must become the same. */
const STANDING = { nEpochs: 1_000_000, learningRate: 1e-12 };

/** Software WebGPU on a busy machine. */
const PATIENTLY = { timeout: 20_000 };

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, "tests/browser/umap-scatter/gpu-drawing-page.ts");
});
afterEach(async () => {
  expect(opened.errors).toEqual([]);
  await opened.close();
});

const pictures = () => opened.page.evaluate(() => globalThis.run.pictures());
const frames = () => opened.page.evaluate(() => globalThis.run.frames);
const difference = () => opened.page.evaluate(() => globalThis.run.difference());
const finish = () =>
  opened.page.evaluate(async () => {
    const { epoch, epochs, backend } = await globalThis.run.done;
    return { epoch, epochs, backend };
  });
const cancel = () => opened.page.evaluate(() => globalThis.run.cancel());

/** Until a picture that was asked for after this moment is on show. */
async function nextPicture(): Promise<void> {
  const before = await pictures();
  await expect.poll(pictures, PATIENTLY).toBeGreaterThan(before + 1);
}

const expectSame = () => expect.poll(async () => (await difference()).mean, PATIENTLY).toBeLessThan(0.3);

describe("a settling map that is drawn where it is laid out", () => {
  beforeEach(async () => {
    await opened.page.evaluate((options) => {
      globalThis.run = globalThis.drawing.openRun(300, options);
    }, STANDING);
    await nextPicture();
  });

  it("looks as if its positions had been drawn, and as the finished map does", async () => {
    await expectSame();
    expect((await difference()).inked).toBeGreaterThan(1500);
    await cancel();
    await finish();
    expect((await opened.page.evaluate(() => globalThis.run.lastDifference())).mean).toBeLessThan(0.3);
    expect((await difference()).mean).toBe(0);
  });

  it("follows the view, what is selected, and other colours", async () => {
    await expectSame();
    await opened.page.evaluate(() => globalThis.run.zoomBy(3));
    await nextPicture();
    await expectSame();

    await opened.page.evaluate(() => globalThis.run.select(3));
    await nextPicture();
    await expectSame();
    await opened.page.evaluate(() =>
      globalThis.run.onBoth((plot) => plot.setColors({ palette: ["#440154", "#5ec962"], codes: null })),
    );
    await nextPicture();
    await expectSame();
    await opened.page.evaluate(() => globalThis.run.onBoth((plot) => plot.setMask(null)));
    await nextPicture();
    await expectSame();
  });

  it("has its positions sent a few times a second only", async () => {
    const before = { frames: (await frames()).length, now: performance.now() };
    const drawn = await pictures();
    await expect.poll(pictures, PATIENTLY).toBeGreaterThan(drawn + 4);
    const seconds = (performance.now() - before.now) / 1000;
    expect((await frames()).length - before.frames).toBeLessThanOrEqual(2 * seconds + 2);
  });

  it("is drawn from its positions while it is held, and where it is laid out when it goes on", async () => {
    await opened.page.evaluate(() => globalThis.run.control.pause());
    await expect.poll(async () => (await frames()).at(-1)?.isDrawable, PATIENTLY).toBe(false);
    const held = await pictures();
    await opened.page.evaluate(() => globalThis.run.zoomBy(2));
    await expectSame();
    expect(await pictures()).toBe(held);
    await opened.page.evaluate(() => globalThis.run.control.resume());
    await expect.poll(pictures, PATIENTLY).toBeGreaterThan(held + 2);
    await expectSame();
  });
});

describe("a map that is drawn where it is laid out", () => {
  it("ends as the finished map, which has the CPU's bits", async () => {
    await opened.page.evaluate(() => {
      globalThis.run = globalThis.drawing.openRun(300, { nEpochs: 1000 });
    });
    await expect.poll(pictures, PATIENTLY).toBeGreaterThan(0);
    expect(await finish()).toEqual({ epoch: 1000, epochs: 1000, backend: "WebGPU" });
    expect(await difference()).toMatchObject({ mean: 0 });
    expect((await difference()).inked).toBeGreaterThan(1500);
    const [drawn, expected] = await opened.page.evaluate(async () => {
      const other = globalThis.drawing.openRun(300, { nEpochs: 1000, backend: "cpu" });
      const results = await Promise.all([globalThis.run.done, other.done]);
      return results.map(({ positions }) => [...positions]);
    });
    expect(drawn).toEqual(expected);
  });

  it("is so in the whole widget", async () => {
    await opened.page.evaluate(() => {
      globalThis.opened = globalThis.drawing.openWidget(300);
    });
    const drawn = () => opened.page.evaluate(() => globalThis.opened.pictures());
    await expect.poll(drawn, PATIENTLY).toBeGreaterThan(1);
    const ended = await opened.page.evaluate(async () => {
      const { session, close } = globalThis.opened;
      session.cancel();
      await session.ready;
      const { layout, backend } = session;
      close();
      return { settling: layout?.settling, backend: backend?.name };
    });
    expect(ended).toEqual({ settling: false, backend: "WebGPU" });
  });

  it("is kept when the GPU is lost, and follows what the CPU goes on with", async () => {
    await opened.page.evaluate(() => {
      globalThis.run = globalThis.drawing.openRun(300, { nEpochs: 1_000_000 }, { isInWorker: false });
    });
    await nextPicture();
    await opened.page.evaluate(() => globalThis.drawing.loseDevice());
    await expect.poll(async () => (await frames()).at(-1)?.isDrawable, PATIENTLY).toBe(false);
    expect((await difference()).inked).toBeGreaterThan(1500);
    const drawn = await pictures();
    const round = (await frames()).at(-1)?.epoch ?? 0;
    await expect.poll(async () => (await frames()).at(-1)?.epoch, PATIENTLY).toBeGreaterThan(round + 100);
    await expect.poll(async () => (await difference()).mean, PATIENTLY).toBe(0);
    await cancel();
    expect(await finish()).toMatchObject({ backend: "CPU" });
    expect(await difference()).toMatchObject({ mean: 0 });
    expect(await pictures()).toBe(drawn);
  });

  it("leaves no buffer on the GPU", async () => {
    const left = () => opened.page.evaluate(() => globalThis.drawing.buffers());
    const run = async (fewest: number) => {
      await opened.page.evaluate(
        ([options, from]) => {
          globalThis.run = globalThis.drawing.openRun(300, options, { isInWorker: false, fewest: from });
        },
        [STANDING, fewest] as const,
      );
      if (fewest === 1) {
        await nextPicture();
        await opened.page.evaluate(() => globalThis.run.select(2));
        await nextPicture();
      } else await expect.poll(async () => (await frames()).length, PATIENTLY).toBeGreaterThan(3);
      await cancel();
      await finish();
      await opened.page.evaluate(() => globalThis.run.close());
      return left();
    };
    const without = await run(1e9);
    expect(await run(1)).toBe(without);
  });

  it("is drawn once a second where motion is to be reduced", async () => {
    await opened.page.emulateMedia({ reducedMotion: "reduce" });
    await opened.page.evaluate((options) => {
      globalThis.run = globalThis.drawing.openRun(300, options);
    }, STANDING);
    await nextPicture();
    const before = { drawn: await pictures(), now: performance.now() };
    await expect.poll(pictures, PATIENTLY).toBeGreaterThan(before.drawn + 2);
    const seconds = (performance.now() - before.now) / 1000;
    expect((await pictures()) - before.drawn).toBeLessThanOrEqual(seconds + 1.5);
  });

  it("is one of many rows in two dimensions: others are drawn from their positions", async () => {
    await opened.page.evaluate((options) => {
      globalThis.run = globalThis.drawing.openRun(300, options, { fewest: 301 });
    }, STANDING);
    await expect.poll(async () => (await frames()).length, PATIENTLY).toBeGreaterThan(5);
    await cancel();
    await finish();
    expect(await pictures()).toBe(0);
    await opened.page.evaluate(() => {
      globalThis.run = globalThis.drawing.openRun(300, { nEpochs: 200, nComponents: 3 });
    });
    await finish();
    expect((await frames()).filter(({ isDrawable }) => isDrawable)).toEqual([]);
  });
});
