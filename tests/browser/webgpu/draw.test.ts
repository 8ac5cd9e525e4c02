import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accumulate, emptySums } from "../../../src/widgets/plane/marks/accumulate.ts";
import { toneOf } from "../../../src/widgets/plane/marks/ink.ts";
import { type Frame, ringWidth, type Scene } from "../../../src/widgets/plane/marks/scene.ts";
import { denseCount, tonePixels } from "../../../src/widgets/plane/marks/tone-pixels.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { normal, uniform } from "../../unit/compute/random.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, fileURLToPath(new URL("draw-page.ts", import.meta.url)));
});
afterAll(() => browser.close());

const grey = [120, 130, 140] as const;
const floors = { light: 0.55, dark: 0.7 } as const;
type Scheme = keyof typeof floors;

interface Asked {
  readonly frame: Frame;
  readonly scheme: Scheme;
  readonly dense: number | null;
}

const onGpu = (scene: Scene, asked: readonly Asked[]) =>
  opened.page.evaluate((all) => window.drawPictures(all), {
    positions: [...scene.positions],
    styles: {
      codes: scene.codes && [...scene.codes],
      palette: [...scene.palette],
      missing: scene.missing,
      mask: scene.mask && [...scene.mask],
    },
    pictures: asked.map(({ frame, scheme, dense }) => ({
      ...frame,
      ring: ringWidth(frame.diameter),
      floor: floors[scheme],
      grey,
      dense,
    })),
  });

function onCpu(scene: Scene, { frame, scheme, dense: given }: Asked) {
  const sums = emptySums(frame, scene);
  accumulate(sums, scene, frame, 0, scene.positions.length >> 1);
  const dense = Math.max(1, given ?? denseCount(sums));
  const pixels = new Uint8ClampedArray(4 * frame.width * frame.height);
  tonePixels(pixels, sums, scene, toneOf(dense, scheme), grey, null, 0, frame.height);
  return { pixels, dense };
}

/** Largest and mean difference of what the eye gets: colours times opacity, and opacity, 0 to 255. */
function difference(found: readonly number[], expected: Uint8ClampedArray) {
  expect(found.length).toBe(expected.length);
  let [largest, sum, inked] = [0, 0, 0];
  const seen = (pixels: ArrayLike<number>, place: number) => {
    const opacity = (pixels[place | 3] ?? 0) / 255;
    return place % 4 === 3 ? 255 * opacity : (pixels[place] ?? 0) * opacity;
  };
  for (let place = 0; place < expected.length; place++) {
    const off = Math.abs(seen(found, place) - seen(expected, place));
    if (place % 4 === 3 && (expected[place] ?? 0) > 0) inked++;
    largest = Math.max(largest, off);
    sum += off;
  }
  return { largest, mean: sum / expected.length, inked };
}

const rows = 4000;
const next = normal(2);
const random = uniform(9);
const positions = Float32Array.from({ length: 2 * rows }, () => next());
const palette = Uint8Array.from({ length: 768 }, () => Math.floor(256 * random()));
/** From blue to yellow: rounding a count moves a shade by no more than a step. */
const shades = Uint8Array.from({ length: 768 }, (_, at) =>
  at % 3 === 2 ? 255 - Math.floor(at / 3) : Math.floor(at / 3),
);
const codes = Uint8Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 255 : row % 7));
const mask = Uint8Array.from({ length: Math.ceil(rows / 8) }, () => Math.floor(256 * random()));
const scene: Scene = { positions, codes, palette, missing: 255, mask: null };
const frame: Frame = { affine: [30, 5, -8, -40, 90, 70.3], width: 190, height: 141, diameter: 3.3 };

describe("marks drawn by the GPU from the positions that it holds", () => {
  it.each<[string, Scene, Asked]>([
    ["in their classes' colours", scene, { frame, scheme: "light", dense: null }],
    [
      "coloured by density",
      { ...scene, palette: shades, codes: null, missing: -1 },
      { frame, scheme: "dark", dense: null },
    ],
    ["some selected, the others grey beneath them", { ...scene, mask }, { frame, scheme: "light", dense: null }],
    [
      "large and few, partly outside",
      scene,
      { frame: { ...frame, affine: [900, 0, 0, 900, 20, 70], diameter: 14 }, scheme: "dark", dense: null },
    ],
    [
      "so small that a mark is less than a pixel",
      scene,
      { frame: { ...frame, diameter: 0.8 }, scheme: "light", dense: null },
    ],
    ["all on one pixel", { ...scene, positions: new Float32Array(2 * rows) }, { frame, scheme: "light", dense: null }],
    ["with a tone that is held", scene, { frame, scheme: "light", dense: 40 }],
  ])("are the rasteriser's to a grey level: %s", async (_, drawn, asked) => {
    const [found] = await onGpu(drawn, [asked]);
    const expected = onCpu(drawn, asked);
    const { largest, mean, inked } = difference(found?.pixels ?? [], expected.pixels);
    expect(inked).toBeGreaterThan(4);
    expect(mean).toBeLessThan(0.2);
    expect(largest).toBeLessThan(3);
    expect((found?.dense ?? 0) / expected.dense).toBeCloseTo(1, 1.7);
  });

  it("do not stay in the next picture, of the same size or another", async () => {
    const first = { frame, scheme: "light", dense: null } as const;
    const smaller = { ...first, frame: { ...frame, width: 77, height: 60 } };
    const masked = { ...scene, mask };
    const found = await onGpu(masked, [first, first, smaller, first]);
    const whole = Uint8ClampedArray.from(found[0]?.pixels ?? []);
    expect(difference(found[1]?.pixels ?? [], whole).largest).toBe(0);
    expect(difference(found[3]?.pixels ?? [], whole).largest).toBe(0);
    expect(difference(found[2]?.pixels ?? [], onCpu(masked, smaller).pixels).largest).toBeLessThan(3);
  });
});
