import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RowStatistics } from "../../../src/compute/statistics/row-statistics.ts";
import { type SlideMethod, statisticsDefaults } from "../../../src/compute/statistics/statistics-options.ts";
import { pythonNumber, pythonSingle } from "../../../src/widgets/box-plot/figure/python-number.ts";
import { slideSummaryCsv } from "../../../src/widgets/box-plot/figure/slide-summary-csv.ts";
import { slideflow, slideflowRows } from "../statistics/goldens.ts";
import { relativeError } from "../statistics/relative-error.ts";

const rows = slideflowRows();
const upstream = readFileSync(new URL("../../reference/slide-level-summary.csv", import.meta.url), "utf8");

async function summary(method: SlideMethod = "mean", slides = slideflow.slides.map(({ name }) => name)) {
  const statistics = new RowStatistics(rows);
  const options = { ...statisticsDefaults, permutations: 0, method };
  const { tile, slide } = await statistics.rank(options, null);
  if (!slide) throw new Error("slides are known here");
  const observed = await statistics.slideValues(options);
  const classes = [...new Set(slideflow.slides.map(({ label }) => label))].sort();
  return slideSummaryCsv({ tile, slide, method, observed, slides, classes });
}

const fieldsOf = (text: string) => text.split("\r\n").map((line) => line.split(","));

describe("the summary of slides", () => {
  it("has the header, the order of units, the lines and the line ends of Slideflow's file", async () => {
    const [ours, theirs] = [await summary(), upstream].map(fieldsOf);
    expect(ours?.[0]).toEqual(theirs?.[0]);
    const headings = (fields: readonly (readonly string[])[] | undefined) => fields?.map((line) => line.slice(0, 2));
    expect(headings(ours)).toEqual(headings(theirs));
    expect(ours?.map((line) => line.length)).toEqual(theirs?.map((line) => line.length));
    expect(ours).toHaveLength(12);
  });

  it("has its numbers: means and F to 1e-5, p to 1e-4 (it computes in single precision), -1 and 1 where none is", async () => {
    const [ours = [], theirs = []] = [await summary(), upstream].map(fieldsOf);
    let compared = 0;
    theirs.slice(1, -1).forEach((line, at) => {
      const tolerance = line[1] === "ANOVA P-value" ? 1e-4 : 1e-5;
      line.slice(2).forEach((wanted, column) => {
        const written = ours[at + 1]?.[column + 2] ?? "";
        if (Number.isInteger(Number(wanted))) expect(written).toBe(wanted);
        else expect(relativeError(Number(written), Number(wanted))).toBeLessThan(tolerance);
        compared++;
      });
    });
    expect(compared).toBe(10 * 40);
  });

  it("has its digits: single precision for slides, double for statistics", async () => {
    const [ours = [], theirs = []] = [await summary(), upstream].map(fieldsOf);
    const rewritten = (fields: readonly string[], write: (value: number) => string) =>
      fields.map((text) => (text === "1" || text === "-1" ? text : write(Number(text))));
    for (const file of [theirs, ours])
      for (const [at, line] of file.slice(1, -1).entries()) {
        const numbers = line.slice(2);
        expect(rewritten(numbers, at < 6 ? pythonSingle : pythonNumber)).toEqual(numbers);
      }
  });

  it("has shares of a slide's tiles in double precision", async () => {
    const [, first = []] = fieldsOf(await summary("threshold"));
    const share = Number(first[2]);
    expect(share * 150).toBeCloseTo(Math.round(share * 150), 10);
    expect(first.slice(2).some((text) => text.length > 12)).toBe(true);
  });

  it("holds names with commas and quotes, and leaves formulas as they are", async () => {
    const names = ['a "slide", cut', "=1+1", "c", "d", "e", "f"];
    const lines = (await summary("mean", names)).split("\r\n");
    expect(lines[1]?.startsWith('"a ""slide"", cut",adeno,')).toBe(true);
    expect(lines[2]?.startsWith("=1+1,adeno,")).toBe(true);
  });
});
