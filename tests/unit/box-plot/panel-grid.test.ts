import { describe, expect, it } from "vitest";
import {
  columnChoices,
  GAP,
  GUTTER,
  misfit,
  type PanelColumns,
  panelCorner,
  panelRows,
} from "../../../src/widgets/box-plot/plot/layout/panel-grid.ts";

const six = { panels: 6, slots: 4, axisWidth: 30 };
const parts = { namesHeight: 32, isLong: false };
/** With the most columns that there is room for. */
const widest = (...asked: Parameters<typeof columnChoices>): PanelColumns => {
  const [first] = columnChoices(...asked);
  if (!first) throw new Error("There is no way to stand.");
  return first;
};
const countsOf = (...asked: Parameters<typeof columnChoices>) => columnChoices(...asked).map(({ columns }) => columns);

describe("the grid of panels", () => {
  it("has two a row in a usual notebook, three rows seen at once", () => {
    const columns = widest(420, six);
    expect(columns).toEqual({ columns: 2, rows: 3, panelWidth: 194 });
    expect(panelRows(528, columns, parts)).toMatchObject({ rows: 3, panelHeight: 168, height: 528 });
  });

  it("keeps two a row beside a scroll bar", () => {
    expect(widest(408, { ...six, slots: 7 }).columns).toBe(2);
  });

  it("has as many a row as there is room for, and never more than there are panels", () => {
    expect(widest(740, six).columns).toBe(3);
    expect(widest(740, { ...six, panels: 1 }).columns).toBe(1);
  });

  it("fills its rows evenly", () => {
    expect(countsOf(815, six)).toEqual([3, 2, 1]);
    expect(countsOf(815, { ...six, panels: 7 })).toEqual([4, 3, 2, 1]);
    expect(countsOf(815, { ...six, panels: 0 })).toEqual([1]);
  });

  it("has two a row on a narrow body where the boxes are few, else one", () => {
    expect(widest(320, { ...six, slots: 4 }).columns).toBe(2);
    expect(widest(320, { ...six, slots: 6 }).columns).toBe(1);
  });

  it("gives many groups the width of the body", () => {
    expect(widest(420, { ...six, slots: 29 })).toEqual({ columns: 1, rows: 6, panelWidth: 400 });
  });

  it("scrolls rather than squeeze a drawing flat", () => {
    const grid = panelRows(320, { columns: 2, rows: 10, panelWidth: 140 }, parts);
    expect(grid.panelHeight - grid.header - 32).toBeGreaterThanOrEqual(72);
    expect(grid.height).toBeGreaterThan(320);
  });

  it("has a line for the subtitle where titles are long, however low its panels are", () => {
    const low = { columns: 2, rows: 2, panelWidth: 140 };
    const [short, long] = [false, true].map((isLong) => panelRows(260, low, { ...parts, isLong }));
    expect(short).toMatchObject({ isRoomy: false, height: 260 });
    expect(long).toMatchObject({ isRoomy: true });
    expect((long?.panelHeight ?? 0) - (long?.header ?? 0) - 32).toBeGreaterThanOrEqual(72);
  });

  it("cuts no row at the lower edge where rows scroll", () => {
    for (const height of [320, 400, 528]) {
      const { panelHeight } = panelRows(height, { columns: 2, rows: 10, panelWidth: 140 }, parts);
      const seen = (height + GAP) / (panelHeight + GAP);
      expect(seen - Math.floor(seen)).toBeLessThan(0.05);
    }
  });

  it("leaves room below a panel that would be much taller than wide", () => {
    expect(panelRows(2000, { columns: 1, rows: 1, panelWidth: 300 }, parts).panelHeight).toBe(480);
  });

  it("fits the better the nearer its panels are to their proportions, and the fewer places are empty", () => {
    const of = (panels: number, columns: number) => {
      const ways = columnChoices(1236, { ...six, panels });
      const way = ways.find((each) => each.columns === columns);
      return way ? misfit(panelRows(870, way, parts), 870, panels, 0.85) : Number.NaN;
    };
    expect(of(6, 3)).toBeLessThan(of(6, 2));
    expect(of(6, 3)).toBeLessThan(of(6, 6));
    expect(of(4, 2)).toBeLessThan(of(3, 2));
    expect(misfit(panelRows(100, widest(420, six), parts), 100, 6, 0.85)).toBe(Number.POSITIVE_INFINITY);
  });

  it("counts places row by row", () => {
    const grid = panelRows(528, widest(420, six), parts);
    expect(panelCorner(grid, 3)).toEqual({ x: GUTTER + 194 + GAP, y: 168 + GAP });
  });
});
