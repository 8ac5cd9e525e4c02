import { JSDOM } from "jsdom";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { encodePng } from "../../../src/widgets/export/encode-png.ts";
import { type Figure, figureText } from "../../../src/widgets/export/figure.ts";
import { figuresToPdf as writePages } from "../../../src/widgets/export/pdf-part.ts";
import { crc32, resolutionChunk, splitPng, textChunk } from "../../../src/widgets/export/png-chunks.ts";
import { figuresToPdf } from "../../../src/widgets/export/to-pdf.ts";
import { figureToSvg } from "../../../src/widgets/export/to-svg.ts";
import { readPdf } from "../../support/pdf-text.ts";
import { sampleFigure } from "../../support/sample-figure.ts";

const writePdf = (...pages: readonly Figure[]) => writePages(pages);

const openSvg = async (background?: string | null) => {
  const text = await figureToSvg(sampleFigure(background));
  const { DOMParser } = new JSDOM("").window;
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  return { text, svg: documentElement };
};

describe("a figure saved as SVG", () => {
  it("opens as XML of the figure's size, with its caption as the description", async () => {
    const { svg } = await openSvg();
    expect(svg.localName).toBe("svg");
    expect(svg.getAttribute("width")).toBe("89mm");
    expect(svg.getAttribute("viewBox")).toBe("0 0 252.28 198.43");
    expect(svg.querySelector("desc")?.textContent).toBe(sampleFigure().caption);
    expect(svg.querySelector("title")?.textContent).toBe("UMAP <digits>");
  });

  it("keeps names as text, never as markup", async () => {
    const { svg } = await openSvg();
    const words = [...svg.querySelectorAll("text")].map((element) => element.textContent);
    expect(words).toContain("<b>zero</b> & one");
    expect(words).toContain("Žluťoučký kůň");
    expect(svg.querySelector("b")).toBeNull();
  });

  it("needs nothing outside itself: no variables, styles of a page, scripts or addresses", async () => {
    const { text, svg } = await openSvg();
    expect(text).not.toMatch(/var\(|<style|<script|url\(|class=/);
    for (const image of svg.querySelectorAll("image"))
      expect(image.getAttribute("href")).toMatch(/^data:image\/png;base64,/);
    expect(svg.getAttribute("font-family")).toBe("Arial, Arimo, Helvetica, sans-serif");
  });

  it("holds its pixels unharmed, transparency included", async () => {
    const { svg } = await openSvg();
    const href = svg.querySelector("image")?.getAttribute("href") ?? "";
    const picture = PNG.sync.read(Buffer.from(href.split(",")[1] ?? "", "base64"));
    expect([picture.width, picture.height]).toEqual([4, 4]);
    expect([...picture.data.subarray(0, 8)]).toEqual([198, 45, 106, 0, 198, 45, 106, 255]);
  });

  it("has a background unless it is to be transparent", async () => {
    const first = async (background: string | null) =>
      (await openSvg(background)).svg.querySelector("rect")?.getAttribute("fill");
    expect(await first("#ffffff")).toBe("#ffffff");
    expect(await first(null)).toBe("#0663e7");
  });
});

describe("a figure saved as PDF", () => {
  it("is a page of the figure's size with the caption as its subject", async () => {
    const { document } = await readPdf(await writePdf(sampleFigure()));
    const { width, height } = document.getPage(0).getSize();
    expect([width, height].map((points) => (points / 72) * 25.4)).toEqual([expect.closeTo(89), expect.closeTo(70)]);
    expect(document.getSubject()).toBe(sampleFigure().caption);
    expect(document.getTitle()).toBe("UMAP <digits>");
    expect(document.getCreator()).toMatch(/^layerscope /);
  });

  it("can be searched for every name in it, accents, Greek, minus and powers included", async () => {
    const { lines } = await readPdf(await writePdf(sampleFigure()));
    expect(lines).toContain("<b>zero</b> & one");
    expect(lines).toContain("Žluťoučký kůň");
    expect(lines).toContain("η² of unit 3");
    expect(lines).toContain("p = 3 × 10−12, >= −0.5");
    expect(lines.filter((line) => line === "six")).toHaveLength(1);
  });

  it("carries its fonts, with the letters used and no others", async () => {
    const file = await writePdf(sampleFigure());
    const { fonts } = await readPdf(file);
    expect(fonts.length).toBeGreaterThanOrEqual(3);
    for (const font of fonts)
      expect(font).toEqual({ name: expect.stringMatching(/^[A-Z]{6}\+Arimo-/), embedded: true });
    expect(file.length).toBeLessThan(60_000);
  });

  it("keeps vectors as vectors, pixels with their opacity, and translucent marks translucent", async () => {
    const { content, pictures } = await readPdf(await writePdf(sampleFigure()));
    expect(pictures).toContainEqual([4, 4]);
    expect(content).toMatch(/\/Opacity\S* gs/);
    expect(content.match(/ c$/gm)?.length).toBeGreaterThanOrEqual(8);
  });

  it("has a page for each figure, of its own size, that is searched and drawn like a single one", async () => {
    const words = { ...sampleFigure(), height: 120, items: [figureText("page two", 10, 10, "#1b1b1b")] };
    const file = await writePdf(sampleFigure(), words);
    const [first, second] = [await readPdf(file), await readPdf(file, 1)];
    expect(first.document.getPageCount()).toBe(2);
    expect(first.lines).toContain("Žluťoučký kůň");
    expect(second.lines).toEqual(["page two"]);
    expect(second.pictures).toEqual([]);
    const heights = [0, 1].map((page) => (first.document.getPage(page).getHeight() / 72) * 25.4);
    expect(heights).toEqual([expect.closeTo(70), expect.closeTo(120)]);
  });

  it("gives a picture a mask of opacities only where something shines through it", async () => {
    const masked = async (opacity: number): Promise<boolean> => {
      const pixels = { data: Uint8ClampedArray.of(1, 2, 3, opacity), width: 1, height: 1 };
      const items = [{ kind: "image", x: 0, y: 0, width: 5, height: 5, pixels } as const];
      return new TextDecoder("latin1").decode(await writePdf({ ...sampleFigure(), items })).includes("/SMask");
    };
    expect(await masked(255)).toBe(false);
    expect(await masked(254)).toBe(true);
  });

  it("says what to do where the writer can't be loaded", async () => {
    await expect(figuresToPdf([sampleFigure()], async () => ({}))).rejects.toThrow(
      "The PDF writer could not be loaded. Save an SVG",
    );
    const file = await figuresToPdf([sampleFigure()], () => import("../../../src/widgets/export/pdf-part.ts"));
    expect(new TextDecoder().decode(file.subarray(0, 5))).toBe("%PDF-");
  });
});

describe("text that is turned", () => {
  const upwards = figureText("upwards", 20, 30, "#1b1b1b", { turn: 90, anchor: "middle" });
  const figure = { ...sampleFigure(), items: [upwards] };

  it("stands on its place in SVG, turned anticlockwise", async () => {
    expect(await figureToSvg(figure)).toMatch(/<text x="56.69" y="85.04"[^>]* transform="rotate\(-90 56.69 85.04\)"/);
  });

  it("stands there in PDF too, and is found by a search", async () => {
    const { content, lines } = await readPdf(await writePdf(figure));
    expect(lines).toEqual(["upwards"]);
    const [, ...matrix] = /^(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) cm$/m.exec(content) ?? [];
    const wanted = [0, 1, -1, 0, (20 / 25.4) * 72, (40 / 25.4) * 72];
    expect(matrix.map(Number)).toEqual(wanted.map((value) => expect.closeTo(value, 3)));
  });
});

describe("PNG chunks", () => {
  it("have the CRC of the standard, and a damaged file is noticed", async () => {
    expect(crc32(new TextEncoder().encode("IEND"))).toBe(0xae426082);
    const file = await encodePng({ data: new Uint8ClampedArray(4), width: 1, height: 1 }, [
      resolutionChunk(600),
      textChunk("Description", "η²"),
    ]);
    expect(splitPng(file).map(({ type }) => type)).toEqual(["IHDR", "pHYs", "iTXt", "IDAT", "IEND"]);
    expect(() => splitPng(file.with(45, 99) as Uint8Array<ArrayBuffer>)).toThrow(
      "damaged PNG: the pHYs chunk at byte 33 has a wrong CRC",
    );
  });
});
