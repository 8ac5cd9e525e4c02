import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { PNG } from "pngjs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { splitPng } from "../../../src/widgets/export/png-chunks.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { unpackArrays } from "../../../src/widgets/work/pack-arrays.ts";
import { type BrowserPage, openBrowserPage } from "../../support/browser-page.ts";
import { launchChromium } from "../../support/chromium.ts";
import { readPdf } from "../../support/pdf-text.ts";
import type { PlantedOptions } from "../../support/planted-units.ts";
import { expectStatus } from "../../support/scatter-actions.ts";
import { slideflow, slideflowRows } from "../../unit/statistics/goldens.ts";
import { relativeError } from "../../unit/statistics/relative-error.ts";
import type {} from "./figure-page.ts";

let browser: Browser;
let opened: BrowserPage;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  opened = await openBrowserPage(browser, fileURLToPath(new URL("figure-page.ts", import.meta.url)));
});
afterEach(async () => {
  expect(opened.requests).toEqual([]);
  expect(opened.errors).toEqual([]);
  await opened.close();
});

type Options = Readonly<Record<string, unknown>>;

/** Box plots of planted units: 3 differs between three classes of 120 rows, 5 between even and odd rows. */
const open = (props: Options = {}, planted: PlantedOptions = {}) =>
  opened.page.evaluate(([given, options]) => boxFigurePage.open(options, given), [props, planted] as const);
const select = (rows: readonly number[] | null) => opened.page.evaluate((chosen) => boxFigurePage.select(chosen), rows);
const facts = () => opened.page.evaluate(() => boxFigurePage.facts());

async function ask(name: string, options: Options = {}) {
  const { header, base64 } = await opened.page.evaluate(([command, given]) => boxFigurePage.ask(command, given), [
    name,
    options,
  ] as const);
  return { header, bytes: new Uint8Array(Buffer.from(base64, "base64")) };
}
const save = async (options: Options) => (await ask("save", options)).bytes;
const saveSvg = async (options: Options = {}) => Buffer.from(await save({ ...options, format: "svg" })).toString();

const EVEN = Array.from({ length: 180 }, (_, row) => 2 * row);

/** Each element of a kind with its attributes, as numbers where they are. */
function elements(svg: string, kind: string): readonly Readonly<Record<string, string>>[] {
  return [...svg.matchAll(new RegExp(`<${kind} ([^>]*?)/?>`, "g"))].map(([, attributes = ""]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
  );
}
const textsOf = (svg: string) =>
  [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)<\/text>/g)].map(([, x, y, text = ""]) => ({
    x: Number(x),
    y: Number(y),
    text,
  }));
const wordsOf = (svg: string) => textsOf(svg).map(({ text }) => text);

/** What a height in a drawing of one panel means, by its ticks. */
function valueScale(svg: string): (y: number) => number {
  const ticks = textsOf(svg).filter(({ text }) => /^[\d.]+$/.test(text));
  const rules = elements(svg, "line").filter(({ opacity }) => opacity === "0.6");
  const values = ticks.map(({ text }) => Number(text)).filter((value) => value < 100);
  const heights = rules.map(({ y1 }) => Number(y1));
  expect(heights).toHaveLength(values.length);
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  const [from = 0, to = 0] = [heights[0], heights.at(-1)];
  return (y) => first + ((y - from) / (to - from)) * (last - first);
}

describe("box plots saved for print", () => {
  it("have in SVG the five numbers of each box, its mean slides, and nothing outside the page", async () => {
    await open({ units: [3] });
    const svg = await saveSvg();
    const { header, bytes } = await ask("boxes");
    const columns = header.columns as readonly string[];
    const numbers = unpackArrays({ arrays: header.arrays as never, bytes }).get("boxes") ?? new Float64Array();
    const valueAt = valueScale(svg);
    const lines = elements(svg, "line");
    const rects = elements(svg, "rect");
    for (const [group, color] of classColors.slice(0, 3).entries()) {
      const told = (name: string) => numbers[group * columns.length + columns.indexOf(name)] ?? Number.NaN;
      const [body] = rects.filter(({ stroke }) => stroke === color);
      const [top, height] = [Number(body?.y), Number(body?.height)];
      expect(valueAt(top)).toBeCloseTo(told("q3"), 2);
      expect(valueAt(top + height)).toBeCloseTo(told("q1"), 2);
      const whiskers = lines.filter(({ stroke }) => stroke === color).map(({ y1 }) => valueAt(Number(y1)));
      expect(Math.min(...whiskers)).toBeCloseTo(told("whiskerLow"), 2);
      expect(Math.max(...whiskers)).toBeCloseTo(told("whiskerHigh"), 2);
      const middle = Number(body?.x) + Number(body?.width) / 2;
      const medians = lines.filter((line) => line["stroke-width"] === "1.2" && Number(line.x1) < middle);
      const median = medians.find((line) => Number(line.x2) > middle);
      expect(valueAt(Number(median?.y1))).toBeCloseTo(told("median"), 2);
      const circles = elements(svg, "circle").filter(({ fill }) => fill === color);
      const widest = Math.max(...circles.map(({ r }) => Number(r)));
      const discs = circles.filter(({ r }) => Number(r) === widest);
      expect(discs).toHaveLength(4);
      const outliers = circles.filter(({ r }) => Number(r) < widest);
      expect(outliers).toHaveLength(told("outlierCount"));
      expect(outliers.every(({ opacity }) => opacity === undefined)).toBe(true);
    }
    const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
    for (const { x, y } of textsOf(svg)) expect([x <= Number(width), y <= Number(height)]).toEqual([true, true]);
  });

  it("name units, classes with their n, and what the values are, in text; the caption describes the file", async () => {
    await open();
    const svg = await saveSvg();
    const words = wordsOf(svg);
    for (const unit of (await facts()).shown) expect(words).toContain(`unit ${unit}`);
    for (const name of ["adeno", "benign", "squamous"]) expect(words.filter((word) => word === name)).toHaveLength(6);
    expect(words.filter((word) => word === "120")).toHaveLength(18);
    expect(words.filter((word) => word === "activation")).toHaveLength(2);
    expect(svg).toMatch(/transform="rotate\(-90 [^"]+"[^>]*>activation</);
    const { caption, sentence } = await facts();
    expect(caption).toContain(sentence);
    expect(svg).toContain(`<desc>${caption.replaceAll("&", "&amp;")}</desc>`);
    expect(words).not.toContain("sel");
  });

  it("have the selection's box, in full, where rows are selected", async () => {
    await open();
    await select(EVEN);
    const svg = await saveSvg();
    const words = wordsOf(svg);
    expect(words.filter((word) => word === "sel")).toHaveLength(6);
    expect(words.filter((word) => word === "180")).toHaveLength(6);
    expect(
      elements(svg, "rect").filter(({ fill, opacity }) => fill === "#5c5c5c" && opacity === undefined),
    ).toHaveLength(6);
    expect(svg).toContain("180 selected rows");
  });

  it("are violins and points where the screen's are; selected points keep their colour", async () => {
    await open({ shape: "violin", units: [3, 5] });
    expect(elements(await saveSvg(), "polygon")).toHaveLength(2 * 3 * 2);
    await open({ shape: "points", units: [5] });
    const whole = elements(await saveSvg(), "circle");
    expect(whole).toHaveLength(360);
    // Those of unit 5 that are low, which are drawn first where all are alike.
    await select(EVEN.map((row) => row + 1));
    const circles = elements(await saveSvg(), "circle");
    const grey = circles.filter(({ fill }) => fill === "#d4d4d4");
    expect([circles.length, grey.length]).toEqual([360 + 180, 180]);
    expect(circles.slice(0, 60).every(({ fill }) => fill === "#d4d4d4")).toBe(true);
  });

  it("say what has no values, and count the points that lie upon each other", async () => {
    const values = Array.from({ length: 600 }, (_, row) => [row % 600 < 500 ? 0 : 1 + row / 100, Number.NaN]).flat();
    const labels = Array.from({ length: 600 }, (_, row) => `class ${row % 2}`);
    await opened.page.evaluate(
      ([data, given]) => boxFigurePage.openRows(data, 2, { labels: given, units: [0, 1], shape: "points" }),
      [values, labels] as const,
    );
    const said = textsOf(await saveSvg()).map(({ text }) => text);
    expect(said).toContain("No values");
    expect(said.filter((text) => text === "250 at 0")).toHaveLength(2);
  });

  it("have points as pixels of 600 dpi where circles would be too many, text still as text", async () => {
    await open({ shape: "points" }, { tiles: 90 });
    const svg = await saveSvg();
    expect(elements(svg, "circle")).toHaveLength(0);
    const layers = [...svg.matchAll(/<image x="[\d.]+" y="[\d.]+" width="([\d.]+)"[^>]*base64,([^"]+)"/g)];
    expect(layers).toHaveLength(6);
    const [, width, data = ""] = layers[0] ?? [];
    const picture = PNG.sync.read(Buffer.from(data, "base64"));
    expect(picture.width).toBe(Math.round((Number(width) / 72) * 600));
    const blue = [6, 99, 231].join();
    let inked = 0;
    for (let at = 0; at < picture.data.length; at += 4)
      if (picture.data.subarray(at, at + 3).join() === blue && picture.data[at + 3] === 255) inked++;
    expect(inked).toBeGreaterThan(1000);
    expect(wordsOf(svg)).toContain("adeno");
  });

  it("have as PDF words that can be searched, turned ones too, and their caption as the subject", async () => {
    await open();
    const { lines, document, fonts } = await readPdf(await save({ format: "pdf", caption: true }));
    expect(lines).toContain("activation");
    expect(lines).toContain("squamous");
    expect(lines).toContain("unit 3");
    expect(fonts.every(({ embedded }) => embedded)).toBe(true);
    const { caption } = await facts();
    expect(document.getSubject()).toBe(caption);
    expect(lines.join(" ")).toContain("analysis of variance at slide level");
  });

  it("are as wide as a page unless told otherwise: 2,161 px, caption and resolution in the file", async () => {
    await open();
    const file = await save({ format: "png" });
    expect(PNG.sync.read(Buffer.from(file)).width).toBe(Math.round((183 / 25.4) * 300));
    const texts = splitPng(file).filter(({ type }) => type === "iTXt");
    const { caption } = await facts();
    expect(texts.some(({ data }) => new TextDecoder().decode(data).includes(caption))).toBe(true);
    const column = PNG.sync.read(Buffer.from(await save({ format: "png", size: "column", theme: "dark", dpi: 100 })));
    expect(column.width).toBe(350);
    expect([...column.data.subarray(0, 4)]).toEqual([33, 33, 33, 255]);
    const clear = PNG.sync.read(Buffer.from(await save({ format: "png", dpi: 100, transparent: true })));
    expect(clear.data[3]).toBe(0);
  });

  it("stand turned at the left: what the values are takes a narrow column", async () => {
    await open({ units: [3] });
    const { width, height, data } = PNG.sync.read(Buffer.from(await save({ format: "png", dpi: 200, size: "column" })));
    const inked: { x: number; y: number }[] = [];
    for (let y = 0; y < height; y++)
      for (let x = 0; x < (width * 3.6) / 89; x++) if ((data[4 * (y * width + x)] ?? 255) < 160) inked.push({ x, y });
    const across = Math.max(...inked.map(({ x }) => x)) - Math.min(...inked.map(({ x }) => x));
    const down = Math.max(...inked.map(({ y }) => y)) - Math.min(...inked.map(({ y }) => y));
    expect(down).toBeGreaterThan(4 * across);
  });

  it("list the ranking on show as CSV, both levels, for the classes or the selection", async () => {
    await open();
    const { header, bytes } = await ask("save", { format: "csv" });
    expect(header).toMatchObject({ type: "text/csv" });
    expect(header.name).toMatch(/^unit-ranking-\d{4}-\d\d-\d\d\.csv$/);
    const [head = "", ...lines] = Buffer.from(bytes).toString().trimEnd().split("\r\n");
    expect(head).toMatch(/^unit,slide_f,slide_p,slide_log_p,/);
    expect(head).toContain("slide_mean_adeno,slide_mean_benign,slide_mean_squamous,tile_f");
    expect(lines).toHaveLength(12);
    expect(lines[0]?.startsWith("3,")).toBe(true);
    await select(EVEN);
    const selected = Buffer.from((await ask("save", { format: "csv" })).bytes)
      .toString()
      .split("\r\n");
    expect(selected[0]).toContain("slide_mean_selected,slide_mean_rest");
    expect(selected[1]?.startsWith("5,")).toBe(true);
  });

  it("refuse what can't be written", async () => {
    await open();
    await expect(save({ format: "gif" })).rejects.toThrow('unknown format: "gif"');
    await expect(save({ format: "png", dpi: 2400, size: 1000 })).rejects.toThrow("Choose a smaller dpi or size.");
  });
});

describe("Slideflow's files", () => {
  const namesOf = (header: Options) => (header.files as readonly { name: string }[]).map(({ name }) => name);

  it("are a picture of each of the six best over tiles and of the six best over slides", async () => {
    await open({}, { units: 20 });
    const { header, bytes } = await ask("boxPlots", { units: null, dpi: 60 });
    const ranking = await ask("ranking", { of: "classes" });
    const arrays = unpackArrays({ arrays: ranking.header.arrays as never, bytes: ranking.bytes });
    const best = (level: string) =>
      [...(arrays.get(`${level}.ranking`) ?? [])].slice(0, 6).map((unit) => `boxplot_${unit} (${level}-level).png`);
    expect(namesOf(header)).toEqual([...best("tile"), ...best("slide")]);
    let at = 0;
    for (const { length, type } of header.files as readonly { length: number; type: string }[]) {
      expect(type).toBe("image/png");
      expect(PNG.sync.read(Buffer.from(bytes.subarray(at, at + length))).width).toBe(Math.round((89 / 25.4) * 60));
      at += length;
    }
    expect(at).toBe(bytes.length);
  });

  it("are two pictures of each unit that is named, or one where slides are unknown", async () => {
    await open();
    const named = await ask("boxPlots", { units: [7, 3], dpi: 60 });
    expect(namesOf(named.header).toSorted()).toEqual([
      "boxplot_3 (slide-level).png",
      "boxplot_3 (tile-level).png",
      "boxplot_7 (slide-level).png",
      "boxplot_7 (tile-level).png",
    ]);
    await open({ slides: null });
    expect(namesOf((await ask("boxPlots", { units: [7], dpi: 60 })).header)).toEqual(["boxplot_7 (tile-level).png"]);
    expect(namesOf((await ask("boxPlots", { dpi: 60 })).header)).toHaveLength(6);
    await expect(ask("boxPlots", { units: [12] })).rejects.toThrow("There is no unit 12 in 12 units.");
  });

  it("are a summary of the slides where they are known, by the mean or another number", async () => {
    await open();
    const { header, bytes } = await ask("summary", { method: "threshold", threshold: 2.5 });
    expect(header).toEqual({ name: "slide_level_summary.csv", type: "text/csv" });
    const lines = Buffer.from(bytes).toString().trimEnd().split("\r\n");
    expect(lines).toHaveLength(1 + 12 + 4);
    expect(lines[0]?.startsWith("slide,category,Feature_3,")).toBe(true);
    expect(lines[1]).toMatch(/^slide 00,adeno,/);
    await expect(ask("summary", { method: "mode" })).rejects.toThrow("mode");
    await open({ slides: null });
    await expect(ask("summary")).rejects.toThrow("Slides are unknown. Pass slides, one a row.");
  });
});

it("write of the tiles of a run of Slideflow the summary that it wrote", async () => {
  const { values, groups, slides } = slideflowRows();
  const nameOf = (row: number) => slideflow.slides[slides?.codes[row] ?? -1];
  const rows = [...groups.codes.keys()];
  await opened.page.evaluate(([data, units, more]) => boxFigurePage.openRows(data, units, more), [
    [...values.data],
    values.columns,
    { labels: rows.map((row) => nameOf(row)?.label), slides: rows.map((row) => nameOf(row)?.name) },
  ] as const);
  const { bytes } = await ask("summary", { method: "mean", threshold: 0.5 });
  const upstream = readFileSync(new URL("../../reference/slide-level-summary.csv", import.meta.url), "utf8");
  const [ours = [], theirs = []] = [Buffer.from(bytes).toString(), upstream].map((text) =>
    text.split("\r\n").map((line) => line.split(",")),
  );
  expect(ours[0]).toEqual(theirs[0]);
  expect(ours.map((line) => [line.length, line[0], line[1]])).toEqual(
    theirs.map((line) => [line.length, line[0], line[1]]),
  );
  for (const [at, line] of theirs.entries())
    for (const [column, text] of line.entries())
      if (at > 0 && column > 1) expect(relativeError(Number(ours[at]?.[column]), Number(text))).toBeLessThan(1e-4);
});

describe("the Save menu of box plots", () => {
  it("hands a reader each of the four files and says so", async () => {
    await open();
    await opened.page.evaluate(() => boxFigurePage.mount(600));
    const widget = opened.page.locator(".layerscope");
    await widget.locator(".ls-box-panel").first().waitFor();
    const formats = ["PNG", "SVG", "PDF", "CSV"];
    for (const format of formats) {
      await widget.getByRole("button", { name: "Save", exact: true }).click();
      await widget.getByRole("menuitem", { name: format, exact: true }).click();
      await expectStatus(widget, new RegExp(`^Saved (box-plot|unit-ranking)-[0-9-]+[.]${format.toLowerCase()}$`));
    }
    const saved = await opened.page.evaluate(() => boxFigurePage.saved);
    expect(saved.map((name) => name.split(".").at(-1)?.toUpperCase())).toEqual(formats);
  });
});
