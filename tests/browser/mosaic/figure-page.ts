import type { Progress } from "../../../src/compute/job.ts";
import { cellCounts } from "../../../src/compute/mosaic/index.ts";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { acceptPageOptions } from "../../../src/widgets/export/figure-options.ts";
import { saveMosaic } from "../../../src/widgets/mosaic/figure/save-mosaic.ts";
import { acceptProps, type MosaicProps } from "../../../src/widgets/mosaic/props.ts";
import { MosaicSession } from "../../../src/widgets/mosaic/session.ts";
import { makeClusters } from "../plot/clusters.ts";
import { numberedPictures, type PictureSupply } from "./numbered-pictures.ts";

export interface FigureOf {
  readonly rows: number;
  readonly columns: number;
  /** How high the map is, of what it would be. */
  readonly height?: number;
  readonly labels?: boolean;
  readonly names?: boolean;
  readonly props?: Partial<MosaicProps>;
}

/** What is to be in a file: the cells of the grid with the rows that they show. */
export interface Expected {
  /** The classes, and the middle of each, in cells from the lower left corner. */
  readonly classes: readonly { readonly name: string; readonly column: number; readonly line: number }[];
  readonly columns: number;
  readonly lines: number;
  readonly cells: readonly { readonly column: number; readonly line: number; readonly row: number }[];
}

let session: MosaicSession;
let supply: PictureSupply;
let said: Progress[] = [];

const page = {
  /** A mosaic of numbered tiles, without a view; `mount` gives it one. */
  async open({ rows, columns, height = 1, labels = false, names = false, props = {} }: FigureOf): Promise<Expected> {
    const { positions: square, codes, names: classes } = makeClusters(rows, 4);
    const positions = square.map((value, place) => (place % 2 ? value * height : value));
    supply = numberedPictures(rows);
    const texts = (values: readonly string[]) => ({ key: "texts", length: rows, read: async () => values });
    const given = acceptProps({
      images: supply.source,
      coords: { key: "coords", shape: [rows, 2], bytes: 0, read: async () => positions },
      numTilesX: columns,
      labels: labels ? Array.from(codes, (code) => classes[code] ?? "") : null,
      names: names ? texts(Array.from({ length: rows }, (_, row) => `=tile ${row}`)) : null,
      ...props,
    });
    session = new MosaicSession(given, {
      signal: new AbortController().signal,
      report: () => undefined,
      keep: () => undefined,
      load: () => import("../../../src/widgets/export/pdf-part.ts"),
      again: "",
      download: (name) => document.body.setAttribute("data-saved", name),
    });
    const colored = new Promise<void>((resolve) => {
      const listener = (change: string) => change === "coloring" && resolve();
      session.listen(listener, new AbortController().signal);
    });
    await session.ready;
    if (labels && !session.data.coloring) await colored;
    const { grid } = session.tiles ?? {};
    if (!grid) throw new Error("no grid");
    const cells = [...grid.shown].flatMap((row, cell) =>
      row < 0 ? [] : [{ column: cell % grid.columns, line: Math.floor(cell / grid.columns), row }],
    );
    const middles = classes.map((name, place) => {
      const of = [...codes].flatMap((code, row) => (code === place ? [row] : []));
      const middle = (axis: 0 | 1) => of.reduce((sum, row) => sum + (positions[2 * row + axis] ?? 0), 0) / of.length;
      const [x, y] = [middle(0) - grid.left, middle(1) - grid.bottom];
      return { name, column: x / grid.cellSize, line: y / grid.cellSize };
    });
    return { columns: grid.columns, lines: grid.rows, cells, classes: middles };
  },
  mount(width: number): void {
    const root = document.getElementById("root");
    if (!root) throw new Error("no root");
    root.style.width = `${width}px`;
    session.mount(root, new AbortController().signal);
  },
  /** What the crop on the screen shows: the view and its cells. */
  crop() {
    const { view, cells } = session.crop;
    if (!view || !cells) throw new Error("no crop");
    const { lattice, column, row, shown } = cells;
    return { view, lattice, cells: [...shown].map((tile, at) => [column[at] ?? 0, row[at] ?? 0, tile] as const) };
  },
  select: (rows: readonly number[] | null) => session.rows.select(rows && maskOf(rows, session.count)),
  lose: () => supply.lose(),
  /** A file as base64: the way of many bytes to a test. */
  async save(options: Readonly<Record<string, unknown>>, cancelAfter = Number.POSITIVE_INFINITY): Promise<string> {
    said = [];
    const end = new AbortController();
    const onProgress = (progress: Progress) => {
      said.push(progress);
      if (said.length >= cancelAfter) end.abort();
    };
    const job = { signal: end.signal, onProgress };
    const { bytes } = await saveMosaic(session, acceptPageOptions(options), session.crop, job);
    const blob = new Blob([bytes]);
    const reader = new FileReader();
    reader.readAsDataURL(blob);
    await new Promise((resolve) => reader.addEventListener("load", resolve, { once: true }));
    return String(reader.result).split(",")[1] ?? "";
  },
  said: () => said,
  mostInACell: () => Math.max(...cellCounts(session.tiles?.grid ?? { starts: new Uint32Array(1) })),
};

declare global {
  var figurePage: typeof page;
}
globalThis.figurePage = page;
