import type { StainMethod } from "../../../src/compute/images/stain/normalizer.ts";
import { normalizerPresets } from "../../../src/compute/images/stain/normalizer-presets.ts";
import { generateGrid, gridDefaults, type MosaicGrid } from "../../../src/compute/mosaic/index.ts";
import { maskOf, rowsOf } from "../../../src/compute/selection/row-mask.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { createMosaicPlot } from "../../../src/widgets/mosaic/plot/create-plot.ts";
import type { CellOnShow, MosaicPlot } from "../../../src/widgets/mosaic/plot/plot-options.ts";
import { categoriesOf } from "../../../src/widgets/rows/coloring.ts";
import { paintOf } from "../../../src/widgets/rows/paint.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { type Clusters, makeClusters } from "../plot/clusters.ts";
import { numberedPictures, type PictureSupply, rowInPixels } from "./numbered-pictures.ts";

export interface MountOptions {
  readonly rows: number;
  readonly columns?: number;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly classes?: number;
  /** Pictures wait until they are released. */
  readonly waits?: boolean;
  readonly pictureWidth?: number;
  readonly pictureHeight?: number;
  readonly hidden?: boolean;
  /** All but the first pictures wait until they are released; there are samples. */
  readonly isSlow?: boolean;
  /** The method that pictures are normalised by, to its preset. */
  readonly stain?: StainMethod;
  /** Pictures are white all over. */
  readonly isBlank?: boolean;
}

/** What is drawn in a cell, and what should be. */
export interface Probe {
  readonly column: number;
  readonly row: number;
  /** Rows of the cell by their positions, ascending. */
  readonly members: readonly number[];
  /** The row that the pixels carry; -1: none. */
  readonly found: number;
  /** Of the cell's middle and upper left quarter, red, green, blue and opacity. */
  readonly quarter: readonly number[];
  readonly middle: readonly number[];
  /** Of a pixel in the upper left corner of the cell. */
  readonly corner: readonly number[];
  /** CSS pixels of the body. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** One plot on the test's page, and what it has told. */
export interface Mounted {
  readonly plot: MosaicPlot;
  readonly body: HTMLElement;
  readonly clusters: Clusters;
  readonly grid: MosaicGrid;
  readonly supply: PictureSupply;
  readonly end: AbortController;
  readonly hovers: { readonly row: number; readonly cell: CellOnShow | null }[];
  readonly selections: { readonly rows: number[]; readonly mode: string }[];
  readonly opened: (CellOnShow | null)[];
  readonly events: string[];
}

export interface TestApi {
  readonly plots: Mounted[];
  mount(options: MountOptions): Promise<void>;
  /** All cells of the level on show that lie wholly on the body. */
  probe(): readonly Probe[];
  select(rows: readonly number[] | null): void;
  focus(rows: readonly number[] | null): void;
  paintClasses(): void;
  /** From now on pictures wait until they are released. */
  hold(): void;
  /** Bytes of the canvases off the screen that are as large as a page of pictures. */
  atlasBytes(): number;
}

declare global {
  interface Window {
    tilePlot: TestApi;
  }
}

function first(): Mounted {
  const [mounted] = window.tilePlot.plots;
  if (!mounted) throw new Error("no plot is mounted");
  return mounted;
}

const canvases: OffscreenCanvas[] = [];
globalThis.OffscreenCanvas = class extends OffscreenCanvas {
  constructor(width: number, height: number) {
    super(width, height);
    canvases.push(this);
  }
};

const mask = (rows: readonly number[] | null) => rows && maskOf(rows, first().clusters.codes.length);

window.tilePlot = {
  plots: [],
  async mount(options) {
    const { rows, columns = 30, width = 440, height = 440, theme = "light", classes = 10, hidden = false } = options;
    const root = document.createElement("section");
    root.className = "layerscope";
    root.dataset.lsTheme = theme;
    root.style.cssText = `color-scheme: ${theme}; width: ${width}px;`;
    root.hidden = hidden;
    const body = document.createElement("div");
    body.style.cssText = `position: relative; width: ${width}px; height: ${height}px;`;
    root.append(body);
    document.getElementById("root")?.append(root);
    installStyles(root, "chrome", chromeStyles);

    const clusters = makeClusters(rows, classes);
    const grid = await generateGrid(clusters.positions, { ...gridDefaults, numTilesX: columns });
    const supply = numberedPictures(rows, {
      width: options.pictureWidth,
      height: options.pictureHeight,
      waits: options.waits,
      isSlow: options.isSlow,
      isBlank: options.isBlank,
    });
    const told: Pick<Mounted, "hovers" | "selections" | "opened" | "events"> = {
      hovers: [],
      selections: [],
      opened: [],
      events: [],
    };
    const end = new AbortController();
    const plot = createMosaicPlot(body, {
      signal: end.signal,
      onHover(row, cell) {
        told.hovers.push({ row, cell });
        plot.setHovered(row);
      },
      onSelect: (selected, mode) => told.selections.push({ rows: [...rowsOf(selected)], mode }),
      onCurrent(row) {
        told.events.push(`current ${row}`);
        plot.setCurrent(row);
      },
      onOpen: (cell) => told.opened.push(cell),
      onUndo: () => told.events.push("undo"),
      onRedo: () => told.events.push("redo"),
      onEscape: () => told.events.push("escape") > 0,
      onFind: () => told.events.push("find"),
      onHelp: () => told.events.push("help"),
      onNotice: (sentence) => told.events.push(sentence),
    });
    window.tilePlot.plots.push({ ...told, plot, body, clusters, grid, supply, end });
    plot.setAxisNames(null);
    plot.setPictures(supply.source, options.stain ? normalizerPresets[options.stain] : null);
    plot.setGrid(grid, clusters.positions);
    if (!hidden && !options.waits && !options.isSlow) await plot.whenSettled();
  },
  probe() {
    const { plot, grid, clusters, body } = first();
    const canvas = body.querySelector("canvas");
    const context = canvas?.getContext("2d");
    if (!canvas || !context) throw new Error("no canvas");
    const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
    const { view, level } = plot;
    const size = grid.cellSize / 2 ** level;
    const cells = new Map<string, number[]>();
    const { positions } = clusters;
    for (let row = 0; 2 * row < positions.length; row++) {
      const last = (count: number) => count * 2 ** level - 1;
      const column = Math.min(last(grid.columns), Math.floor(((positions[2 * row] ?? 0) - grid.left) / size));
      const line = Math.min(last(grid.rows), Math.floor(((positions[2 * row + 1] ?? 0) - grid.bottom) / size));
      const key = `${column} ${line}`;
      cells.set(key, [...(cells.get(key) ?? []), row]);
    }
    return [...cells].flatMap(([key, members]) => {
      const [column = 0, row = 0] = key.split(" ").map(Number);
      const left = view.width / 2 + (grid.left + column * size - view.centerX) * view.scale;
      const top = view.height / 2 - (grid.bottom + (row + 1) * size - view.centerY) * view.scale;
      const side = size * view.scale;
      if (left < 1 || top < 1 || left + side > view.width - 1 || top + side > view.height - 1) return [];
      const colorAt = (x: number, y: number) => {
        const ratio = canvas.width / view.width;
        const at = 4 * (Math.floor((top + y * side) * ratio) * width + Math.floor((left + x * side) * ratio));
        return [...data.subarray(at, at + 4)];
      };
      return {
        column,
        row,
        members,
        found: rowInPixels(colorAt),
        quarter: colorAt(0.25, 0.25),
        middle: colorAt(0.5, 0.5),
        corner: colorAt(1 / side, 1 / side),
        box: { left, top, width: side, height: side },
      };
    });
  },
  hold: () => first().supply.hold(),
  atlasBytes: () =>
    canvases.reduce((sum, { width, height }) => sum + (width >= 1024 && height >= 1024 ? 4 * width * height : 0), 0),
  select: (rows) => first().plot.setMask(mask(rows)),
  focus: (rows) => first().plot.setFocus(mask(rows)),
  paintClasses() {
    const { clusters, plot } = first();
    const coloring = categoriesOf(Int32Array.from(clusters.codes), clusters.names);
    plot.setPaint(paintOf(coloring, { scheme: "light", promoted: [] }), coloring);
  },
};
