import { describe, expect, it } from "vitest";
import {
  GAP,
  GUTTER,
  panelColumns,
  panelCorner,
  panelRows,
} from "../../../src/widgets/box-plot/plot/layout/panel-grid.ts";

const six = { panels: 6, slots: 4, axisWidth: 30 };

describe("the grid of panels", () => {
  it("has two a row in a usual notebook, three rows seen at once", () => {
    const columns = panelColumns(420, six);
    expect(columns).toEqual({ columns: 2, panelWidth: 194 });
    expect(panelRows(528, 6, columns, 32)).toMatchObject({ rows: 3, panelHeight: 168, height: 528 });
  });

  it("keeps two a row beside a scroll bar", () => {
    expect(panelColumns(408, { ...six, slots: 7 }).columns).toBe(2);
  });

  it("has as many a row as there is room for, and never more than there are panels", () => {
    expect(panelColumns(740, six).columns).toBe(3);
    expect(panelColumns(740, { ...six, panels: 1 }).columns).toBe(1);
  });

  it("fills its rows evenly", () => {
    expect(panelColumns(815, six).columns).toBe(3);
    expect(panelColumns(815, { ...six, panels: 7 }).columns).toBe(4);
    expect(panelColumns(815, { ...six, panels: 0 }).columns).toBe(1);
  });

  it("has two a row on a narrow body where the boxes are few, else one", () => {
    expect(panelColumns(320, { ...six, slots: 4 }).columns).toBe(2);
    expect(panelColumns(320, { ...six, slots: 6 }).columns).toBe(1);
  });

  it("gives many groups the width of the body", () => {
    expect(panelColumns(420, { ...six, slots: 29 })).toEqual({ columns: 1, panelWidth: 400 });
  });

  it("scrolls rather than squeeze a drawing flat", () => {
    const grid = panelRows(320, 20, { columns: 2, panelWidth: 140 }, 32);
    expect(grid.rows).toBe(10);
    expect(grid.panelHeight - grid.header - 32).toBeGreaterThanOrEqual(72);
    expect(grid.height).toBeGreaterThan(320);
  });

  it("leaves room below a panel that would be much taller than wide", () => {
    expect(panelRows(2000, 1, { columns: 1, panelWidth: 300 }, 32).panelHeight).toBe(330);
  });

  it("counts places row by row", () => {
    const grid = panelRows(528, 6, panelColumns(420, six), 32);
    expect(panelCorner(grid, 3)).toEqual({ x: GUTTER + 194 + GAP, y: 168 + GAP });
  });
});
