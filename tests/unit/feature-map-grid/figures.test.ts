import { describe, expect, it } from "vitest";
import { stretchChannel } from "../../../src/compute/feature-maps/stretch.ts";
import { acceptPageOptions } from "../../../src/widgets/export/figure-options.ts";
import { figuresToPdf } from "../../../src/widgets/export/pdf-part.ts";
import { textWidth } from "../../../src/widgets/export/text-width.ts";
import { figureToSvg } from "../../../src/widgets/export/to-svg.ts";
import { type DrawnGrid, mapsFigure, mapsPages } from "../../../src/widgets/feature-map-grid/figure/maps-figure.ts";
import { pageRows } from "../../../src/widgets/feature-map-grid/figure/page-rows.ts";
import { statisticsCsv } from "../../../src/widgets/feature-map-grid/figure/statistics-csv.ts";
import { scaleTable } from "../../../src/widgets/theme/color-scales.ts";
import { pdfPictures, readPdf } from "../../support/pdf-text.ts";
import { type LayerAsked, labLayers, shownMaps } from "../../support/shown-maps.ts";

const props: DrawnGrid["props"] = {
  normalize: "zscore",
  colormap: "viridis",
  columns: null,
  sort: "index",
  title: null,
};

const grid = (layers: readonly LayerAsked[], over: Partial<DrawnGrid["props"]> = {}): DrawnGrid => ({
  shown: shownMaps(layers),
  props: { ...props, ...over },
  caption: "Feature maps of lab.h5 for dog.jpg.",
});

const small: LayerAsked = { name: "conv", channels: 3, height: 4, width: 4, dead: [1] };

describe("rows on pages", () => {
  const options = { across: 4, row: 10, title: 5, foot: 2, room: 40 };

  it("are never cut, and a layer's name stands on every page that has some of it", () => {
    const pages = pageRows({ ...options, counts: [8, 9] });
    expect(
      pages.map(({ rows }) => rows.map(({ layer, first, last, title, top }) => [layer, first, last, title, top])),
    ).toEqual([
      [
        [0, 0, 4, "name", 0],
        [0, 4, 8, null, 15],
      ],
      [
        [1, 0, 4, "name", 0],
        [1, 4, 8, null, 15],
        [1, 8, 9, null, 25],
      ],
    ]);
    const narrow = pageRows({ ...options, counts: [9], room: 26 });
    expect(narrow.map(({ rows, bottom }) => [rows.map(({ title }) => title), bottom])).toEqual([
      [["name", null], 25],
      [["continued"], 15],
    ]);
  });

  it("have a page of their own where none has room for them", () => {
    expect(pageRows({ ...options, counts: [8], room: 3 })).toHaveLength(2);
  });
});

describe("feature maps as PDF", () => {
  it("have a picture for each of the lab's 704 channels, on upright A4 pages", async () => {
    const options = acceptPageOptions({ format: "pdf", title: "Dog", caption: true });
    const file = await figuresToPdf(mapsPages(grid(labLayers), options));
    const { document, lines } = await readPdf(file);
    const pages = document.getPages();
    const sizes = pages.map((page) =>
      [page.getWidth(), page.getHeight()].map((points) => Math.round((points / 72) * 25.4)),
    );
    expect(new Set(sizes.map(String))).toEqual(new Set(["210,297"]));
    expect(pages.map((_, at) => pdfPictures(document, at).length).reduce((sum, count) => sum + count)).toBe(704);
    expect(new TextDecoder("latin1").decode(file).match(/\/Subtype \/Image/g)).toHaveLength(704);
    expect(lines.slice(0, 3)).toEqual(["Dog", "conv2d", "37 × 37 × 32"]);
    expect(lines).not.toContain("Feature maps of lab.h5 for dog.jpg.");
    const { lines: last } = await readPdf(file, pages.length - 1);
    for (const words of [
      "max_pooling2d_3",
      "Feature maps of lab.h5 for dog.jpg.",
      `${pages.length} of ${pages.length}`,
    ])
      expect(last).toContain(words);
  });

  it("hold every channel's levels pixel for pixel, in the order on show; a dead one has a single colour", async () => {
    const drawn = grid([small], { sort: "max" });
    const [page] = mapsPages(drawn, acceptPageOptions({ format: "pdf" }));
    const { document } = await readPdf(await figuresToPdf(page ? [page] : []));
    const [layer] = drawn.shown.pictures[0].maps.layers;
    if (!layer) throw new Error("no layer");
    const order = [0, 1, 2].sort((a, b) => (layer.statistics.maximum[b] ?? 0) - (layer.statistics.maximum[a] ?? 0));
    expect(order).not.toEqual([0, 1, 2]);
    const colors = scaleTable("viridis");
    const wanted = order.map((channel) => {
      if (channel === 1) return [245, 245, 245];
      const levels = new Uint8Array(16);
      stretchChannel(layer.data, layer.statistics, channel, "zscore", levels);
      return [...levels].flatMap((level) => [...colors.subarray(3 * level, 3 * level + 3)]);
    });
    const found = pdfPictures(document).map(({ data }) => [...data].filter((_, at) => at % 4 !== 3));
    expect(found).toEqual(wanted);
  });

  it("shrink a map that has more pixels than its place on paper", async () => {
    const drawn = grid([{ name: "conv", channels: 1, height: 400, width: 200 }]);
    const [page] = mapsPages(drawn, acceptPageOptions({ format: "pdf", dpi: 100 }));
    const [picture] = pdfPictures((await readPdf(await figuresToPdf(page ? [page] : []))).document);
    expect([picture?.height, picture?.width]).toEqual([42, 21]);
  });
});

describe("feature maps on one sheet", () => {
  it("stand under their layers' names, with as many constant ones as there are", async () => {
    const figure = mapsFigure(grid([small, { ...small, name: "<b>pool</b>" }]), acceptPageOptions({ format: "svg" }));
    const svg = await figureToSvg(figure);
    expect(figure.width).toBe(183);
    expect(svg.match(/<image /g)).toHaveLength(6);
    expect(svg).toContain("4 × 4 × 3 · 1 constant");
    expect(svg).toContain("&lt;b&gt;pool&lt;/b&gt;");
    expect(svg).toContain("<desc>Feature maps of lab.h5 for dog.jpg.</desc>");
  });

  it.each([
    ["zscore", "−2 sd", "+2 sd about the channel's mean"],
    ["layer", "least", "most of the layer"],
    ["signed", "−", "+ 0 ± the layer's largest"],
  ] as const)("say what colours mean in %s, in as many lines as their width takes", (normalize, low, high) => {
    for (const width of [183, 89, 60]) {
      const options = acceptPageOptions({ format: "svg", size: width });
      const { items, height } = mapsFigure(grid([small], { normalize }), options);
      const words = items.flatMap((item) => (item.kind === "text" ? [item] : []));
      const legend = words.slice(-4);
      expect(legend.map(({ text }) => text)).toEqual([low, high, "strength in its layer", "constant"]);
      for (const { text, x, y } of legend) {
        expect(x + textWidth(text)).toBeLessThanOrEqual(width);
        expect(y).toBeLessThan(height);
      }
    }
  });

  it("have two pictures a channel where two are compared", () => {
    const one = grid([small]);
    const [first] = one.shown.pictures;
    const [second] = shownMaps([small], 2).pictures;
    const compared = { ...one, shown: { ...one.shown, pictures: [first, second] as const } };
    const { items } = mapsFigure(compared, acceptPageOptions({ format: "svg" }));
    const places = items.flatMap((item) => (item.kind === "image" ? [item.x] : []));
    expect(places).toHaveLength(6);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });
});

describe("the channels' statistics as CSV", () => {
  it("have a line a channel, in the shortest digits of single precision", () => {
    const drawn = grid([small]);
    const [head, ...lines] = statisticsCsv(drawn.shown.pictures[0].maps.layers).trim().split("\r\n");
    expect(head).toBe("layer,type,channel,height,width,minimum,maximum,mean,std,zeros,strength,dead");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe("conv,Conv2D,1,4,4,0.5,0.5,0.5,0,0,".concat(lines[1]?.split(",")[10] ?? "", ",true"));
    expect(Number(lines[0]?.split(",")[7])).toBeCloseTo(
      drawn.shown.pictures[0].maps.layers[0]?.statistics.mean[0] ?? 9,
      6,
    );
  });
});
