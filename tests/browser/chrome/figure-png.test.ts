import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { splitPng } from "../../../src/widgets/export/png-chunks.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { sampleFigure } from "../../support/sample-figure.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, resolve(import.meta.dirname, "figure-page.ts"));
});
afterAll(() => browser.close());

async function savePng(background: string | null, dpi?: number) {
  const bytes = await opened.page.evaluate(([page, resolution]) => window.savePng(page, resolution), [
    background,
    dpi,
  ] as const);
  const file = Uint8Array.from(bytes);
  const picture = PNG.sync.read(Buffer.from(file));
  const dots = picture.width / 89;
  /** Red, green, blue and opacity at a place in millimetres. */
  const at = (x: number, y: number) => {
    const start = (Math.round(y * dots) * picture.width + Math.round(x * dots)) * 4;
    return [...picture.data.subarray(start, start + 4)];
  };
  return { file, picture, at };
}

describe("a figure saved as PNG", () => {
  it("is drawn at 600 dpi, 2,102 px for 89 mm, every mark in its place and colour", async () => {
    const { picture, at } = await savePng("#ffffff");
    expect([picture.width, picture.height]).toEqual([2102, 1654]);
    expect(at(0.5, 0.5)).toEqual([255, 255, 255, 255]);
    expect(at(35, 10)).toEqual([0x06, 0x63, 0xe7, 255]);
    expect(at(45, 25)).toEqual([255, 255, 255, 255]);
    expect(at(49, 25)).toEqual([0x1b, 0x1b, 0x1b, 255]);
    expect(at(10, 45)).toEqual([0xd4, 0xd4, 0xd4, 255]);
    expect(at(9.5, 10)).toEqual([198, 45, 106, 255]);
    const [red = 0, green = 0, blue = 0] = at(35, 25);
    for (const [part, wanted] of [
      [red, 245],
      [green, 179],
      [blue, 128],
    ] as const)
      expect(Math.abs(part - wanted)).toBeLessThanOrEqual(2);
  });

  it("is drawn anew for another resolution", async () => {
    const { picture, at } = await savePng("#ffffff", 150);
    expect([picture.width, picture.height]).toEqual([526, 413]);
    expect(at(35, 10)).toEqual([0x06, 0x63, 0xe7, 255]);
  });

  it("can be transparent", async () => {
    const { at } = await savePng(null, 150);
    expect(at(0.5, 0.5)[3]).toBe(0);
    expect(at(35, 10)[3]).toBe(255);
  });

  it("says its caption, title and resolution inside, each chunk with its CRC", async () => {
    const { file } = await savePng("#ffffff", 300);
    const chunks = splitPng(file);
    const texts = chunks
      .filter(({ type }) => type === "iTXt")
      .map(({ data }) => new TextDecoder().decode(data).replace(/\0+/, ": "));
    expect(texts).toContain(`Description: ${sampleFigure().caption}`);
    expect(texts).toContain("Title: UMAP <digits>");
    const resolution = chunks.filter(({ type }) => type === "pHYs");
    expect(resolution).toHaveLength(1);
    expect(new DataView((resolution[0]?.data ?? new Uint8Array(9)).buffer).getUint32(0)).toBe(11811);
    expect(opened.errors).toEqual([]);
  });
});
