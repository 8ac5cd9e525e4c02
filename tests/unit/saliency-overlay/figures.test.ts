import { describe, expect, it } from "vitest";
import { acceptFigureOptions } from "../../../src/widgets/export/figure-options.ts";
import { figuresToPdf } from "../../../src/widgets/export/pdf-part.ts";
import { textWidth } from "../../../src/widgets/export/text-width.ts";
import { toNpy } from "../../../src/widgets/export/to-npy.ts";
import { figureToSvg } from "../../../src/widgets/export/to-svg.ts";
import { wrapText } from "../../../src/widgets/export/wrap-text.ts";
import { caption } from "../../../src/widgets/saliency-overlay/caption.ts";
import type { Faithfulness, ShownSaliency } from "../../../src/widgets/saliency-overlay/data/shown-saliency.ts";
import { figureColumns, figureGrid } from "../../../src/widgets/saliency-overlay/figure/figure-grid.ts";
import { type DrawnSaliency, saliencyFigure } from "../../../src/widgets/saliency-overlay/figure/saliency-figure.ts";
import { saveSaliency } from "../../../src/widgets/saliency-overlay/figure/save-saliency.ts";
import { panelPixels } from "../../../src/widgets/saliency-overlay/plot/panel-pixels.ts";
import { saliencyOverlayDefaults } from "../../../src/widgets/saliency-overlay/props.ts";
import { scaleWords } from "../../../src/widgets/saliency-overlay/scale-words.ts";
import { pdfPictures, readPdf } from "../../support/pdf-text.ts";
import { shownMap, shownSaliency } from "../../support/shown-saliency.ts";

const props: DrawnSaliency["props"] = saliencyOverlayDefaults;
const drawn = (shown: ShownSaliency, over: Partial<DrawnSaliency["props"]> = {}): DrawnSaliency => ({
  shown,
  props: { ...props, ...over },
  caption: "Saliency of lab.onnx for dog.jpg.",
});
const svgOptions = (asked: Readonly<Record<string, unknown>> = {}) => acceptFigureOptions({ format: "svg", ...asked });

describe("where panels stand", () => {
  const sizes = [
    { height: 1, width: 2 },
    { height: 3, width: 1 },
  ];

  it("is in columns of one width, each as high as its picture's form has it", () => {
    const columns = figureColumns(2, 42);
    expect(columns).toEqual({ across: 2, lines: 1, cell: 20 });
    expect(figureGrid(sizes, { columns, count: 2, top: 5, above: [3], below: 4 })).toEqual({
      pictures: [
        [
          { x: 0, y: 8, width: 20, height: 10 },
          { x: 22, y: 8, width: 20, height: 10 },
        ],
        [
          { x: 0, y: 27, width: 20, height: 60 },
          { x: 22, y: 27, width: 20, height: 60 },
        ],
      ],
      bottom: 91,
    });
  });

  it("is in several lines where they would be too small beside each other", () => {
    const columns = figureColumns(9, 89);
    expect(columns).toEqual({ across: 5, lines: 2, cell: 16.2 });
    const { pictures, bottom } = figureGrid(sizes, { columns, count: 9, top: 0, above: [3, 4], below: 1 });
    expect(pictures.map((boxes) => boxes.length)).toEqual([9, 9]);
    expect(pictures[0]?.[5]).toEqual({ x: 0, y: 3 + 8.1 + 1 + 2 + 4, width: 16.2, height: 8.1 });
    expect(bottom).toBeCloseTo(2 * (3 + 4 + 1 + 1) + 3 * 2 + 2 * (8.1 + 48.6));
  });
});

describe("a figure of saliency maps", () => {
  it("has each picture beside its maps, named once on top, with the class below", async () => {
    const shown = shownSaliency();
    const figure = saliencyFigure(drawn(shown), svgOptions());
    expect(figure.width).toBe(89);
    expect(figure.background).toBe("#ffffff");
    const texts = figure.items.flatMap((item) => (item.kind === "text" ? [item] : []));
    expect(texts.map(({ text }) => text)).toEqual([
      "picture",
      "integrated gradients",
      "XRAI",
      "dog.jpg",
      "dog",
      "0.94",
      "dog",
      "0.94",
      "<b>wolf</b>",
      "class 3",
      "0.50",
      "class 3",
      "0.50",
      "least",
      "99th percentile of the map",
    ]);
    const pictures = figure.items.flatMap((item) => (item.kind === "image" ? [item] : []));
    expect(pictures).toHaveLength(6);
    expect(pictures.every(({ smooth }) => smooth === false)).toBe(true);
    const svg = await figureToSvg(figure);
    expect(svg).toContain("&lt;b&gt;wolf&lt;/b&gt;");
    expect(svg).toContain("<desc>Saliency of lab.onnx for dog.jpg.</desc>");
    expect(svg).not.toContain("<polygon");
  });

  it("keeps everything inside the page, at every width, with a picture of its own and without", () => {
    for (const size of [45, 89, 183])
      for (const look of [{ arrangement: "side" }, { arrangement: "overlay", colormap: "signed" }] as const) {
        const { items, width, height } = saliencyFigure(
          drawn(shownSaliency(), { ...look, contours: true, top: 20 }),
          svgOptions({ size }),
        );
        for (const item of items) {
          if (item.kind === "text") {
            expect(item.x + textWidth(item.text, item.size, item.weight)).toBeLessThanOrEqual(width + 1e-6);
            expect(item.y).toBeGreaterThan(0);
            expect(item.y).toBeLessThanOrEqual(height);
          }
          if (item.kind === "image") {
            expect(item.x + item.width).toBeLessThanOrEqual(width + 1e-6);
            expect(item.y + item.height).toBeLessThan(height);
          }
        }
      }
  });

  it.each(["overlay", "edge"] as const)(
    "has maps alone where the arrangement is %s, under their picture's name",
    (arrangement) => {
      const { items } = saliencyFigure(drawn(shownSaliency(), { arrangement }), svgOptions());
      expect(items.filter(({ kind }) => kind === "image")).toHaveLength(4);
      const [first] = items.flatMap((item) => (item.kind === "image" ? [item] : []));
      const name = items.find((item) => item.kind === "text" && item.text === "dog.jpg");
      expect(name?.kind === "text" && first && name.y < first.y).toBe(true);
      expect(items.some((item) => item.kind === "text" && item.text === "picture")).toBe(false);
    },
  );

  it("names each panel where a picture's stand in several lines", () => {
    const shown = shownSaliency();
    const columns = Array.from({ length: 8 }, (_, at) => ({ ...shown.columns[at % 2], name: `map ${at}` }));
    const pictures = shown.pictures.map((picture) => ({
      ...picture,
      maps: columns.map((_, at) => picture.maps[at % 2] ?? null),
      classes: columns.map(() => null),
    }));
    const many = { ...shown, columns, pictures } as ShownSaliency;
    for (const arrangement of ["side", "overlay"] as const) {
      const { items } = saliencyFigure(drawn(many, { arrangement }), svgOptions());
      const panels = items.flatMap((item) => (item.kind === "image" ? [item] : []));
      expect(panels).toHaveLength(arrangement === "side" ? 18 : 16);
      for (const name of ["map 0", "map 7"]) {
        const found = items.flatMap((item) => (item.kind === "text" && item.text === name ? [item] : []));
        expect(found).toHaveLength(2);
        for (const { x, y } of found)
          expect(panels.some((panel) => panel.x === x && panel.y > y && panel.y - y < 2)).toBe(true);
      }
    }
  });

  it("holds the screen's pixels, pixel for pixel, in PDF as well, with text that can be searched", async () => {
    const shown = shownSaliency();
    const figure = saliencyFigure(drawn(shown), acceptFigureOptions({ format: "pdf", title: "Why dog" }));
    const { document, lines } = await readPdf(await figuresToPdf([figure]));
    expect(lines.slice(0, 2)).toEqual(["Why dog", "picture"]);
    expect(lines).toContain("0.94");
    const withoutOpacity = (data: ArrayLike<number>) => Array.from(data).filter((_, at) => at % 4 !== 3);
    const wanted = shown.pictures.flatMap(({ pixels, maps }) => [
      withoutOpacity(pixels.data),
      ...maps.flatMap((map, at) => {
        const column = shown.columns[at];
        return map && column ? [withoutOpacity(panelPixels(pixels, map, column, props))] : [];
      }),
    ]);
    expect(pdfPictures(document).map(({ data }) => withoutOpacity(data))).toEqual(wanted);
  });

  it("draws contours as lines over their panel, and says what they are and that places are left out", async () => {
    const figure = saliencyFigure(drawn(shownSaliency(), { contours: true, top: 20 }), svgOptions({ size: "page" }));
    const svg = await figureToSvg(figure);
    expect(svg.match(/<polygon/g)?.length).toBeGreaterThan(0);
    expect(svg).toContain("lines at ¼, ½ and ¾");
    expect(svg).toContain("the most salient 20 % alone");
  });

  it("has a contour where the map's own places are", () => {
    const shown = shownSaliency();
    const [picture] = shown.pictures;
    if (!picture) throw new Error("no picture");
    const map = shownMap({ height: 2, width: 6, values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0] });
    const pixels = { height: 4, width: 6, data: picture.pixels.data };
    const one = { ...shown, columns: shown.columns.slice(0, 1), pictures: [{ ...picture, pixels, maps: [map] }] };
    const { items } = saliencyFigure(drawn(one, { contours: true, percentile: 100 }), svgOptions());
    const [, panel] = items.flatMap((item) => (item.kind === "image" ? [item] : []));
    const [ring] = items.flatMap((item) => (item.kind === "polyline" ? [item.points] : []));
    if (!panel || !ring) throw new Error("no panel or no ring");
    const across = ring.filter((_, at) => at % 2 === 0);
    const down = ring.filter((_, at) => at % 2 === 1);
    // The middle of the fifth place of six, which has fallen to a quarter three quarters of a place on; the lower edge.
    expect((Math.min(...across) + Math.max(...across)) / 2).toBeCloseTo(panel.x + (panel.width * 4.5) / 6);
    expect(Math.max(...across) - Math.min(...across)).toBeCloseTo((panel.width * 1.5) / 6);
    expect(Math.max(...down)).toBeCloseTo(panel.y + panel.height);
    expect(Math.min(...down)).toBeCloseTo(panel.y + (panel.height * 0.75) / 2);
  });

  it("leaves the place of a map that is not there yet empty", () => {
    const shown = shownSaliency();
    const [first, ...others] = shown.pictures;
    if (!first) throw new Error("no picture");
    const missing = { ...shown, pictures: [{ ...first, maps: [first.maps[0] ?? null, null] }, ...others] };
    const { items } = saliencyFigure(drawn(missing), svgOptions());
    expect(items.filter(({ kind }) => kind === "image")).toHaveLength(5);
  });

  it("has a white page in a dark notebook too, and a dark or none where that is asked for", () => {
    const backgrounds = [{}, { theme: "dark" }, { transparent: true }].map(
      (asked) => saliencyFigure(drawn(shownSaliency()), svgOptions(asked)).background,
    );
    expect(backgrounds).toEqual(["#ffffff", "#212121", null]);
  });
});

describe("what the colours' ends stand for", () => {
  const shown = shownSaliency();
  const given = { columns: [{ method: null, smooth: false, classIdx: null, name: "map" }] };
  it.each([
    [shown, {}, ["least", "99th percentile", "of the map"]],
    [shown, { percentile: 100 }, ["least", "most", "of the map"]],
    [shown, { percentile: 91 }, ["least", "91st percentile", "of the map"]],
    [shown, { percentile: 11 }, ["least", "11th percentile", "of the map"]],
    [shown, { percentile: 97.5 }, ["least", "97.5th percentile", "of the map"]],
    [shown, { colormap: "signed" }, ["against", "for the class", "0 ± 99th percentile"]],
    [shown, { colormap: "signed", blend: "slideflow" }, ["least", "99th percentile", "of the map"]],
    [given, {}, ["0", "1", ""]],
  ] as const)("is told", (what, over, [low, high, of]) => {
    expect(scaleWords(what, { ...props, ...over })).toEqual({ low, high, of });
  });
});

describe("the sentence that goes along", () => {
  const shown = shownSaliency();
  const given = { ...shown, model: "", columns: [{ method: null, smooth: false, classIdx: null, name: "map" }] };
  it.each([
    [shown, {}, "up to percentile 99, inferno"],
    [shown, { blend: "slideflow" }, "over the picture as Slideflow draws it"],
    [shown, { blend: "slideflow", under: "nothing" }, "up to percentile 99, inferno"],
    [given, { colormap: "grey" }, "0 to 1, grey"],
  ] as const)("says how maps are drawn", (what, over, words) => {
    expect(caption(what, { ...saliencyOverlayDefaults, ...over })).toContain(`, ${words} (WebAssembly, layerscope `);
  });
});

describe("a text in lines", () => {
  it("breaks between words, and cuts a word that is wider than its room", () => {
    expect(wrapText("blur integrated gradients, dog", 24)).toEqual(["blur integrated", "gradients, dog"]);
    const lines = wrapText("integrated gradients", 8);
    expect(lines.map((line) => line.at(-1))).toEqual(["…", "…"]);
    for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(8);
  });
});

describe("saliency saved", () => {
  const judged: Faithfulness = {
    shares: new Float32Array(),
    deletion: new Float32Array(),
    insertion: new Float32Array(),
    deletionArea: 0.125,
    insertionArea: 0.75,
    order: new Uint32Array(),
    blurred: { height: 0, width: 0, data: new Uint8ClampedArray() },
  };
  const session = (shown: ShownSaliency | null) => ({
    ...drawn(shownSaliency()),
    shown,
    props: saliencyOverlayDefaults,
    host: { load: async () => undefined } as never,
    faithfulnessOf: ({ picture, column }: { readonly picture: number; readonly column: number }) =>
      picture === 0 && column === 1 ? judged : null,
  });
  const text = async (format: string) =>
    new TextDecoder().decode((await saveSaliency(session(shownSaliency()), { format })).bytes);

  it("as CSV has a line a map, with the areas of those that were judged and nothing where nothing is known", async () => {
    expect((await text("csv")).trim().split("\r\n")).toEqual([
      "picture,column,class,class_name,probability,score,baseline_score,completeness_error,layer,deletion_area,insertion_area",
      "dog.jpg,integrated gradients,1,dog,0.94,3.21,0.1,-0.03,,,",
      "dog.jpg,XRAI,1,dog,0.94,,,,,0.125,0.75",
      "<b>wolf</b>,integrated gradients,3,,0.5,3.21,0.1,-0.03,,,",
      "<b>wolf</b>,XRAI,3,,0.5,,,,,,",
    ]);
  });

  it("as NPY has the signed sums of all maps, and of one map its places alone", async () => {
    const shown = shownSaliency();
    const { name, bytes } = await saveSaliency(session(shown), { format: "npy" });
    expect(name).toMatch(/^saliency-\d{4}-\d\d-\d\d\.npy$/);
    const all = shown.pictures.flatMap(({ maps }) => maps.flatMap((map) => (map ? [...map.signed] : [])));
    expect(bytes).toEqual(toNpy(Float32Array.from(all), [2, 2, 4, 6]));
    const [first] = shown.pictures;
    if (!first?.maps[0]) throw new Error("no map");
    const one = { ...shown, columns: shown.columns.slice(0, 1), pictures: [{ ...first, maps: [first.maps[0]] }] };
    expect((await saveSaliency(session(one), { format: "npy" })).bytes).toEqual(toNpy(first.maps[0].signed, [4, 6]));
  });

  it("as SVG is the figure", async () => {
    expect(await text("svg")).toBe(await figureToSvg(saliencyFigure(drawn(shownSaliency()), svgOptions())));
  });

  it("says what can't be saved, and why", async () => {
    await expect(saveSaliency(session(shownSaliency()), { format: "gif" })).rejects.toThrow(
      'unknown format: "gif" (expected png, svg, pdf, npy or csv).',
    );
    await expect(saveSaliency(session(null), { format: "npy" })).rejects.toThrow("There are no saliency maps yet.");
    const shown = shownSaliency();
    const [first, second] = shown.pictures;
    if (!first || !second) throw new Error("no pictures");
    const coarse = { ...second, maps: [shownMap({ height: 1, width: 1, values: [1] }), null] };
    await expect(saveSaliency(session({ ...shown, pictures: [first, coarse] }), { format: "npy" })).rejects.toThrow(
      "The maps are of several sizes: 4 × 6 and 1 × 1.",
    );
    await expect(
      saveSaliency(session({ ...shown, pictures: [first, { ...second, maps: [null, null] }] }), { format: "npy" }),
    ).rejects.toThrow("The map of <b>wolf</b>, integrated gradients, is not there yet.");
  });
});
