import { describe, expect, it } from "vitest";
import { figureDpi, figurePixels, figureWidth } from "../../../src/widgets/export/figure-size.ts";
import { fileName } from "../../../src/widgets/export/file-name.ts";
import { categoryLegendItems } from "../../../src/widgets/export/legend-items.ts";
import { toCsv } from "../../../src/widgets/export/to-csv.ts";
import { tokens } from "../../../src/widgets/theme/tokens.ts";

describe("a table saved as CSV", () => {
  it("quotes commas, quotes and line ends, and ends every line with CRLF", () => {
    const columns = [
      { name: "row", values: [0, 1] },
      { name: "label, long", values: ['say "six"', "two\nlines"] },
    ];
    expect(toCsv(columns)).toBe('row,"label, long"\r\n0,"say ""six"""\r\n1,"two\nlines"\r\n');
  });

  it("writes numbers plainly: shortest digits, a dot, nothing where one is missing", () => {
    const values = Float32Array.of(0.1, -2.5, Number.NaN, 1e-7);
    expect(toCsv([{ name: "x", values }])).toBe("x\r\n0.1\r\n-2.5\r\n\r\n1e-7\r\n");
  });

  it("gives single-precision numbers back bit for bit", () => {
    const values = Float32Array.from(
      { length: 2000 },
      (_, index) => Math.sin(index * 12.9898) * 10 ** ((index % 30) - 15),
    );
    const read = Float32Array.from(
      toCsv([{ name: "x", values }])
        .trim()
        .split("\r\n")
        .slice(1),
      Number,
    );
    expect(read).toEqual(values);
  });

  it("leaves text alone unless it is meant for a spreadsheet, which would run it", () => {
    const columns = [
      { name: "label", values: ["=1+1", "-", "@home", "six"] },
      { name: "x", values: [-1, 2, 3, 4] },
    ];
    expect(toCsv(columns)).toContain("\r\n=1+1,-1\r\n");
    expect(toCsv(columns, { safeForSpreadsheets: true })).toBe("label,x\r\n'=1+1,-1\r\n'-,2\r\n'@home,3\r\nsix,4\r\n");
  });

  it("leaves text that is a plain number alone for a spreadsheet too: noise is the class -1", () => {
    const values = ["-1", "+2.5", "-.5e-3", "-1+1", "-1 ", "+1e"];
    expect(toCsv([{ name: "label", values }], { safeForSpreadsheets: true })).toBe(
      `label\r\n-1\r\n+2.5\r\n-.5e-3\r\n'-1+1\r\n"'-1 "\r\n'+1e\r\n`,
    );
  });
});

describe("a figure's size", () => {
  it("is a journal's column or page, or millimetres", () => {
    expect(figureWidth("column")).toBe(89);
    expect(figureWidth("page")).toBe(183);
    expect(figureWidth(120)).toBe(120);
    expect(() => figureWidth(2)).toThrow(
      'Unknown figure size: 2. Use "column" (89 mm), "page" (183 mm) or 45 to 1000 mm.',
    );
    expect(() => figureWidth(44)).toThrow("45 to 1000 mm");
    expect(figureWidth(45)).toBe(45);
  });

  it("takes the resolution that makes about 2,100 px", () => {
    expect(figureDpi(89)).toBe(600);
    expect(figureDpi(183)).toBe(300);
    expect(figurePixels(89, 600)).toBe(2102);
    expect(figurePixels(183, 300)).toBe(2161);
    expect(() => figurePixels(183, 6000)).toThrow("183 mm at 6000 dpi are 43,228 px");
  });

  it("is saved under the widget's name and the day", () => {
    expect(fileName("umap-scatter", "pdf", new Date(2026, 7, 21, 23, 59))).toBe("umap-scatter-2026-08-21.pdf");
  });
});

describe("a legend in a figure", () => {
  const place = { x: 60, y: 2, width: 27, tokens: tokens.light };
  const words = (items: readonly { kind: string }[]) => items.flatMap((item) => ("text" in item ? [item.text] : []));

  it("names each class with its n, and says how many rows are selected", () => {
    const { items } = categoryLegendItems("digit", [{ name: "0", color: "#0663e7", total: 1178 }], 214, place);
    expect(words(items)).toEqual(["digit", "n", "0", "1,178", "selected (214)", "not selected"]);
  });

  it("cuts names that don't fit, and stays in its place", () => {
    const name = "adenocarcinoma, moderately differentiated";
    const { items, height } = categoryLegendItems("", [{ name, color: null, total: 3 }], null, place);
    expect(words(items)[0]).toMatch(/^adenocarc.*…$/);
    expect(height).toBeCloseTo(3.4);
    for (const item of items) if ("x" in item) expect(item.x).toBeGreaterThanOrEqual(60);
  });
});
