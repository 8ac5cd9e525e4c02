import { resolve } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import colors from "../../reference/saliency/colormap-goldens.json" with { type: "json" };
import goldens from "../../reference/saliency/plot-utils-goldens.json" with { type: "json" };
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import type { PlotUtilsPage } from "./plot-utils-page.ts";

declare const plotUtilsPage: PlotUtilsPage;

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
  opened = await openBrowserPage(browser, resolve(import.meta.dirname, "plot-utils-page.ts"));
});
afterAll(() => browser.close());

const { shape, picture, mask, bytes } = goldens.overlay;
const [height = 0, width = 0] = shape;
const singles = (values: readonly number[]) => [...Float32Array.from(values)];

const matplotlibsGrey = Buffer.from(colors.tables.grey, "base64");
const step = (value: number) => Math.min(255, Math.floor(256 * Math.fround(value)));

describe("pictures beside their maps, in a page", () => {
  it("one and its maps stand by their names, with the numbers that were given, in grey", async () => {
    const found = await opened.page.evaluate(
      async ([pixels, values, rows, columns]) => {
        const map = { data: values, shape: [rows, columns] };
        const element = await plotUtilsPage.show((invalidation) =>
          plotUtilsPage.plotUtils.comparisonPlot(
            { data: Uint8Array.from(pixels), shape: [rows, columns, 3] },
            { Vanilla: map, Nothing: { ...map, data: new Float32Array(values.length) } },
            { invalidation },
          ),
        );
        const { data, shape: of } = await element.mask();
        const svg = await element.save("svg");
        const words = (await svg.text()).match(/<text [^>]*>[^<]*/g)?.map((text) => text.replace(/.*>/, ""));
        const png = await createImageBitmap(await element.save("png", { size: 90, dpi: 100 }));
        return { data: Array.from(data), of, width: png.width, words, pictures: await plotUtilsPage.picturesIn(svg) };
      },
      [picture, mask, height, width] as const,
    );
    expect(found.of).toEqual([1, 2, height, width]);
    expect(found.width).toBe(Math.round((90 / 25.4) * 100));
    expect(found.data).toEqual([...singles(mask), ...mask.map(() => 0)]);
    expect(found.words).toEqual(expect.arrayContaining(["picture", "Vanilla", "Nothing", "0", "1"]));
    const [original, first, nothing] = found.pictures;
    expect(original).toEqual(picture);
    // matplotlib's, a few of which are cut off to the step below.
    const greys = mask.flatMap((value) => [...matplotlibsGrey.subarray(3 * step(value), 3 * step(value) + 3)]);
    expect(first).toEqual(greys);
    expect(nothing).toEqual(picture.map(() => 0));
  });

  it("several have Slideflow's overlays, byte for byte, and their own colours alone", async () => {
    const found = await opened.page.evaluate(
      async ([pixels, values, rows, columns]) => {
        const image = { data: Uint8Array.from(pixels), shape: [rows, columns, 3] };
        const element = await plotUtilsPage.show((invalidation) =>
          plotUtilsPage.plotUtils.multiPlot(
            [image, image],
            [0, 1],
            async (prepared) => ({
              data: values.map((value) => (prepared ? 1 - value : value)),
              shape: [rows, columns],
            }),
            { invalidation, xlabels: ["one", "other"], ylabels: ["raw", "over", "map"] },
          ),
        );
        const over = await plotUtilsPage.picturesIn(await element.save("svg"));
        element.update({ under: "nothing" });
        const alone = await plotUtilsPage.picturesIn(await element.save("svg"));
        const inferno = plotUtilsPage.plotUtils.inferno({ data: Float32Array.from(values), shape: [rows, columns] });
        return { over, alone, inferno: [...inferno.data].filter((_, at) => at % 4 !== 3) };
      },
      [picture, mask, height, width] as const,
    );
    expect(found.over).toHaveLength(4);
    expect(found.over[1]).toEqual(bytes);
    expect(found.over[3]).not.toEqual(bytes);
    expect(found.alone[1]).toEqual(found.inferno);
  });

  it("have a column for each method, which is given what was prepared", async () => {
    const found = await opened.page.evaluate(
      async ([pixels, rows, columns]) => {
        const image = { data: Uint8Array.from(pixels), shape: [rows, columns, 3] };
        const channel = (at: number) => (prepared: readonly number[]) => ({
          data: prepared.filter((_, place) => place % 3 === at),
          shape: [rows, columns],
        });
        const element = await plotUtilsPage.show((invalidation) =>
          plotUtilsPage.plotUtils.saliencyMapComparison(
            Array.from({ length: 5 }, () => image),
            [channel(0), async (prepared: readonly number[]) => channel(2)(prepared)],
            async ({ data }) => Array.from(data as Uint8Array, (value) => value / 255),
            { invalidation },
          ),
        );
        const { data, shape: of } = await element.mask();
        const csv = await (await element.save("csv")).text();
        const npy = new Uint8Array(await (await element.save("npy")).arrayBuffer());
        return { last: Array.from(data.slice(-rows * columns)), of, csv, npy: [...npy.slice(0, 8), npy.length] };
      },
      [picture, height, width] as const,
    );
    expect(found.of).toEqual([5, 2, height, width]);
    expect(found.last).toEqual(singles(picture.filter((_, at) => at % 3 === 2).map((value) => value / 255)));
    expect(found.csv).toContain("Saliency1");
    expect(found.csv.trim().split("\r\n")).toHaveLength(11);
    expect(found.npy).toEqual([0x93, ...Buffer.from("NUMPY"), 1, 0, 128 + 4 * 10 * height * width]);
  });

  it("are refused where something does not fit, in words", async () => {
    const found = await opened.page.evaluate(async () => {
      const { comparisonPlot, multiPlot, saliencyMapComparison } = plotUtilsPage.plotUtils;
      const image = { data: new Uint8Array(12), shape: [2, 2, 3] };
      const map = { data: new Float32Array(4), shape: [2, 2] };
      const works: readonly (() => unknown)[] = [
        () => comparisonPlot(image, {}),
        () => comparisonPlot(image, { map }, { cmap: "jet" }),
        () => comparisonPlot(image, { map, other: { data: new Float32Array(6), shape: [2, 3] } }),
        () => comparisonPlot(image, { map: { data: new Float32Array(12), shape: [2, 2, 3] } }),
        () => multiPlot([image, image], [image], () => map),
        () => multiPlot([image], [image], () => map, { ylabels: ["one"] }),
        () => saliencyMapComparison([image], [() => map], (each) => each, { saliencyLabels: ["a", "b"] }),
      ];
      return Promise.all(works.map((work) => plotUtilsPage.refusal(work)));
    });
    expect(found).toEqual([
      "input: There are no maps. Pass a picture and a map at least.",
      'input: Unknown cmap: "jet". Pass gray, inferno, oranges, viridis or PuOr_r.',
      "input: A map is of 2 × 3, the first of 2 × 2. Pass maps of one size.",
      "input: A map is of 2 × 2 × 3. Pass maps of [height, width].",
      "input: processedImgs are 1 for 2 pictures. Pass a list, one a picture.",
      "input: ylabels are 1 for 3 rows. Pass a list, one a row.",
      "input: saliencyLabels are 2 for 1 method. Pass a list, one a method.",
    ]);
  });

  it("fetch nothing and throw nothing", () => {
    expect(opened.errors).toEqual([]);
    expect(opened.requests).toEqual([]);
  });
});
