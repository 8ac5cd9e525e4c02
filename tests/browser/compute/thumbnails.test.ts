import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPlainPicture } from "../../../src/compute/images/decode/is-plain-picture.ts";
import { normalizeStain } from "../../../src/compute/images/stain/normalize-stain.ts";
import { normalizerPresets } from "../../../src/compute/images/stain/normalizer-presets.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { turnedJpeg } from "../../support/turned-jpeg.ts";
import type { Drawn, Encoded } from "./thumbnails-page.ts";

const entry = fileURLToPath(new URL("thumbnails-page.ts", import.meta.url));
let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, entry);
});
afterAll(() => browser.close());

const JPEGS: readonly Drawn[] = [
  { width: 64, height: 64, mime: "image/jpeg", quality: 0.8 },
  { width: 63, height: 61, mime: "image/jpeg", quality: 0.9 },
  { width: 6, height: 5, mime: "image/jpeg", quality: 0.9 },
  { width: 48, height: 1, mime: "image/jpeg", quality: 0.9 },
  { width: 40, height: 30, mime: "image/jpeg", quality: 1 },
  { width: 40, height: 40, mime: "image/jpeg", quality: 0.8, hasProfile: true },
];
const OTHERS: readonly Drawn[] = [
  { width: 4, height: 40, mime: "image/jpeg", quality: 0.9 },
  { width: 50, height: 40, mime: "image/png" },
  { width: 50, height: 40, mime: "image/png", isClear: true },
  { width: 30, height: 60, mime: "image/webp", quality: 0.8 },
];
const draw = (drawn: Drawn) => opened.page.evaluate((each) => window.drawPicture(each), drawn);
const drawAll = (all: readonly Drawn[]) => Promise.all(all.map(draw));
const makeSmall = (encoded: readonly Encoded[], box: number, { page } = opened) =>
  page.evaluate(([all, options]) => window.makeSmall(all, options), [encoded, { box }] as const);
const show = (encoded: Encoded, box: number) =>
  opened.page.evaluate(([one, side]) => window.showPicture(one, side), [encoded, box] as const);

const turned = ({ mime, bytes }: Encoded, orientation: number) => ({ mime, bytes: turnedJpeg(bytes, orientation) });

describe("thumbnails of encoded pictures, made in the page's worker", () => {
  it.each([9, 64])("are what the browser draws, shrunk to fit %i pixels", async (box) => {
    const encoded = await drawAll([...JPEGS, ...OTHERS]);
    const small = await makeSmall(encoded, box);
    for (const [place, picture] of encoded.entries()) {
      const { mean: _, ...shown } = { mean: 0, ...small[place] };
      expect(shown).toEqual({ ...(await show(picture, box)), state: 0 });
    }
  });

  it.each(JPEGS)(
    "are of the same pixels by every way of decoding: $width × $height, quality $quality",
    async (drawn) => {
      const encoded = await draw(drawn);
      expect(isPlainPicture(Uint8Array.from(encoded.bytes))).toBe(true);
      const { reader, decoder, canvas } = await opened.page.evaluate((one) => window.compareWays(one), encoded);
      expect({ reader, decoder }).toEqual({ reader: canvas, decoder: canvas });
    },
  );

  it("are turned as their Exif says", async () => {
    const upright = await draw({ width: 40, height: 20, mime: "image/jpeg", quality: 0.9 });
    const [first, second] = await makeSmall([upright, turned(upright, 6)], 20);
    expect([first?.width, first?.height, second?.width, second?.height]).toEqual([20, 10, 10, 20]);
    const { pixels } = await show(turned(upright, 6), 20);
    expect(second?.pixels).toEqual(pixels);
  });

  it("are none where the bytes are no picture, and the others are there", async () => {
    const png = await draw({ width: 20, height: 20, mime: "image/png" });
    const jpeg = await draw({ width: 20, height: 20, mime: "image/jpeg", quality: 0.9 });
    const broken = [
      { mime: "image/png", bytes: [1, 2, 3] },
      { mime: "image/jpeg", bytes: jpeg.bytes.slice(0, 40) },
      { mime: "image/png", bytes: [] },
      { mime: "text/html", bytes: [60, 98, 62] },
    ];
    const small = await makeSmall([png, ...broken, jpeg], 9);
    expect(small.map(({ width, height, state }) => [width, height, state])).toEqual([
      [9, 9, 0],
      [0, 0, 2],
      [0, 0, 2],
      [0, 0, 2],
      [0, 0, 2],
      [9, 9, 0],
    ]);
    expect(small[1]?.mean).toEqual([0, 0, 0, 0]);
  });

  it("are normalised before they are shrunk", async () => {
    const normalizer = normalizerPresets.reinhard_fast;
    const png = await draw({ width: 30, height: 30, mime: "image/png" });
    const [small] = await opened.page.evaluate(([one, options]) => window.makeSmall([one], options), [
      png,
      { box: 30, normalizer },
    ] as const);
    const { pixels } = await show(png, 30);
    const { picture } = normalizeStain(
      { pixels: Uint8Array.from(pixels), width: 30, height: 30, channels: 4 },
      normalizer,
    );
    expect(small?.pixels).toEqual([...picture.pixels]);
  });

  it("are the same where there is no WebCodecs", async () => {
    const without = await openBrowserPage(browser, entry, {
      head: `<script>
        const Own = Worker;
        window.Worker = function (address, options) {
          return new Own(URL.createObjectURL(new Blob(["delete self.ImageDecoder;importScripts('" + address + "')"])), options);
        };
      </script>`,
    });
    const encoded = await drawAll([...JPEGS, ...OTHERS]);
    expect(await makeSmall(encoded, 16, without)).toEqual(await makeSmall(encoded, 16));
    await without.close();
  });

  it("stop when they are cancelled", async () => {
    const png = await draw({ width: 20, height: 20, mime: "image/png" });
    expect(await opened.page.evaluate((one) => window.cancelMany(one), png)).toBe("cancelled");
  });

  it("ask the network for nothing", () => {
    expect(opened.requests.filter((address) => !address.startsWith("blob:"))).toEqual([]);
    expect(opened.errors).toEqual([]);
  });
});
