import { describe, expect, it, vi } from "vitest";
import { generateGrid } from "../../../src/compute/mosaic/grid.ts";
import { gridDefaults } from "../../../src/compute/mosaic/grid-options.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { caption } from "../../../src/widgets/mosaic/caption.ts";
import { readFocus } from "../../../src/widgets/mosaic/data/read-focus.ts";
import { tileReport } from "../../../src/widgets/mosaic/data/tile-report.ts";
import { acceptProps, type MosaicProps, mosaicDefaults } from "../../../src/widgets/mosaic/props.ts";
import { cellName, cellSize } from "../../../src/widgets/mosaic/view/cell-words.ts";
import { changedProps, settingFields, settingValues } from "../../../src/widgets/mosaic/view/settings.ts";

// Four tiles in two columns and two lines: 0 and 3 share the lower left cell.
const positions = Float32Array.from([0, 0, 1, 0.9, 0, 1, 0.1, 0.1]);
const layout: Layout = { positions, dims: 2, settling: false, preview: false, origin: { kind: "coords" } };
const grid = () => generateGrid(positions, { ...gridDefaults, numTilesX: 2 });

describe("what is told of a cell", () => {
  it("is its column and line, and how many tiles are in it", () => {
    const rows = new Int32Array(43);
    expect(cellName({ x: 31, y: 7, level: 0 })).toBe("cell 31, 7");
    expect(cellSize({ level: 0, rows })).toBe("43 tiles in this cell");
  });

  it("names the cell that a split one is part of", () => {
    expect(cellName({ x: 63, y: 14, level: 1 })).toBe("in cell 31, 7");
    expect(cellSize({ level: 1, rows: new Int32Array(1) })).toBe("1 tile here");
  });
});

it("the report lists the tiles on show with their cells and names, quoted where they need it", async () => {
  expect(tileReport(await grid(), ["a", "b, c", "", "d"])).toBe(
    'x,y,row,name\r\n0,0,0,a\r\n0,1,2,\r\n1,1,1,"b, c"\r\n',
  );
});

it("rows without names are named by their numbers", async () => {
  expect(tileReport(await grid(), null)).toBe("x,y,row,name\r\n0,0,0,0\r\n0,1,2,2\r\n1,1,1,1\r\n");
});

describe("the caption", () => {
  it("says which tiles are shown, where they lie and what is in focus and selected", async () => {
    const tiles = { grid: await grid(), positions, chooseTile: () => -1, expandsTo: null, layout };
    const props = { ...mosaicDefaults, tileSelect: "nearest", maxDist: 0.5, normalizer: "macenko" } as const;
    const text = caption({ rows: 4, tiles, props, coloredBy: "labels", unit: null, selected: 2, focused: 3 });
    expect(text).toMatch(
      /^Mosaic of 4 tiles in 2 × 2 cells, the tile nearest to the centre of each within 0\.5 cells shown, stain normalised \(macenko\), classes from labels; 3 in focus, 2 selected, others faded\. Map of 4 rows \(coordinates given, layerscope [\d.]+\)\.$/,
    );
  });

  it("says how far tiles may lie from the centre whatever the rule, and which of them fill empty cells", async () => {
    const tiles = { grid: await grid(), positions, chooseTile: () => -1, expandsTo: null, layout };
    const said = (props: Partial<MosaicProps>) =>
      /cells, (.*?)\. Map/.exec(
        caption({
          rows: 4,
          tiles,
          props: { ...mosaicDefaults, ...props },
          coloredBy: null,
          unit: null,
          selected: 0,
          focused: null,
        }),
      )?.[1];
    expect(said({ maxDist: 0.5 })).toBe("the first tile of each within 0.5 cells of its centre shown");
    expect(said({ expanded: true })).toBe(
      "the tile nearest to the centre of each shown, empty cells filled from their neighbours",
    );
  });

  it("is that of the saved picture where only that is left", async () => {
    const saved: Layout = { ...layout, origin: { kind: "saved", caption: "As it was." } };
    const tiles = { grid: await grid(), positions, chooseTile: () => -1, expandsTo: null, layout: saved };
    const nothing = { coloredBy: null, unit: null, selected: 0, focused: null };
    expect(caption({ rows: 4, tiles, props: mosaicDefaults, ...nothing })).toBe("As it was.");
  });
});

describe("the settings", () => {
  it("reach as far as what is set, though it is more than a reader needs", () => {
    const fields = settingFields({ ...mosaicDefaults, numTilesX: 1, maxDist: 2.5 });
    const range = (name: string) => {
      const field = fields.find(({ key }) => key === name);
      return field?.kind === "number" ? [field.min, field.max] : null;
    };
    expect(range("numTilesX")).toEqual([1, 200]);
    expect(range("maxDist")).toEqual([0, 2.5]);
  });

  it("change only what was moved, and nothing where a choice stands for none", () => {
    const before = { ...mosaicDefaults, maxDist: 0.5, normalizer: "reinhard" } as const;
    const values = settingValues(before);
    expect(changedProps(values, before)).toEqual({});
    expect(changedProps({ ...values, maxDist: 0, normalizer: "none", background: "#dfdfdf" }, before)).toEqual({
      maxDist: null,
      normalizer: null,
      background: "#dfdfdf",
    });
  });

  it("offer the centroid only where there are numbers to take it of, and keep a colour that was given", () => {
    const options = (key: string, props = mosaicDefaults) => {
      const field = settingFields(props).find((one) => one.key === key);
      return field?.kind === "choice" ? field.options.map(({ value }) => value) : [];
    };
    expect(options("tileSelect")).toEqual(["first", "nearest", "random"]);
    const tileMeta = sourceOf(new Float32Array(4), [4, 1]);
    expect(options("tileSelect", { ...mosaicDefaults, tileMeta })).toContain("centroid");
    expect(options("background", { ...mosaicDefaults, background: "#123456" })).toEqual(["page", "#dfdfdf", "#123456"]);
  });
});

describe("what a mosaic is given", () => {
  const images = { key: "i", length: 12, get: async () => null, pack: async () => new Uint8Array() };
  const coords = sourceOf(new Float32Array(24), [12, 2]);

  it("may name Slideflow's grey", () => {
    expect(acceptProps({ images, coords, background: "slideflow" }).background).toBe("#dfdfdf");
  });

  it("a background that the page knows no colour of is refused", () => {
    vi.stubGlobal("CSS", { supports: (_: string, color: string) => color === "tomato" });
    expect(acceptProps({ images, coords, background: "tomato" }).background).toBe("tomato");
    expect(() => acceptProps({ images, coords, background: "blurple" })).toThrow(
      'background is "blurple", which is no colour. Write "#dfdfdf", "black" or "slideflow".',
    );
    vi.unstubAllGlobals();
  });

  it("is refused with a sentence where it can't be laid out", () => {
    expect(() => acceptProps({ images })).toThrow("There is no map to lay the tiles on.");
    expect(() => acceptProps({ coords })).toThrow("There are no pictures.");
    expect(() => acceptProps({ images, coords, classMarks: "ring" })).toThrow('unknown classMarks: "ring".');
    expect(() => acceptProps({ images, coords: sourceOf(new Float32Array(20), [10, 2]) })).toThrow(
      "10 rows of coords for 12 images.",
    );
  });

  it("has a focus of one bit a tile", async () => {
    const mask = sourceOf(Uint8Array.from([5, 0]), [2]);
    expect(await readFocus(mask, 12, {})).toEqual(Uint8Array.from([5, 0]));
    await expect(readFocus(mask, 20, {})).rejects.toThrow("The focus is a mask of 2 bytes; 20 tiles need 3.");
    expect(await readFocus(null, 12, {})).toBeNull();
  });
});
