import { buildPointIndex } from "../../../src/compute/points/point-index.ts";
import { rowsOf } from "../../../src/compute/selection/row-mask.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import type { Renderer } from "../../../src/widgets/plane/marks/choose-painter.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { createPlot } from "../../../src/widgets/umap-scatter/plot/create-plot.ts";
import type { Plot } from "../../../src/widgets/umap-scatter/plot/plot-options.ts";
import { type Clusters, makeClusters } from "./clusters.ts";

export interface MountOptions {
  readonly rows: number;
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly renderer?: Renderer;
  readonly classes?: number;
  /** Colour by density instead of by class. */
  readonly byDensity?: boolean;
  /** Every so many rows lack a class. */
  readonly missingEvery?: number;
  readonly names?: boolean;
  /** Whoever indexes the positions fails, as where a page forbids workers. */
  readonly indexFails?: boolean;
}

/** One plot on the test's page, and what it has told. */
export interface Mounted {
  readonly plot: Plot;
  readonly body: HTMLElement;
  readonly clusters: Clusters;
  readonly end: AbortController;
  readonly hovers: { readonly row: number; readonly x: number; readonly y: number }[];
  readonly selections: { readonly rows: number[]; readonly mode: string }[];
  readonly events: string[];
}

export interface TestApi {
  readonly plots: Mounted[];
  mount(options: MountOptions): Promise<number>;
}

declare global {
  interface Window {
    test: TestApi;
  }
}

window.test = {
  plots: [],
  async mount(options) {
    const { rows, width = 440, height = 440, theme = "light" } = options;
    const root = document.createElement("section");
    root.className = "layerscope";
    root.dataset.lsTheme = theme;
    root.style.cssText = `color-scheme: ${theme}; width: ${width}px;`;
    const body = document.createElement("div");
    body.style.cssText = `position: relative; width: ${width}px; height: ${height}px;`;
    root.append(body);
    document.getElementById("root")?.append(root);
    installStyles(root, "chrome", chromeStyles);

    const clusters = makeClusters(rows, options.classes ?? 10);
    const codes = clusters.codes.map((code, row) =>
      options.missingEvery && row % options.missingEvery === 0 ? 255 : code,
    );
    const mounted = { body, clusters, end: new AbortController(), hovers: [], selections: [], events: [] };
    const { hovers, selections, events }: Pick<Mounted, "hovers" | "selections" | "events"> = mounted;
    const plot = createPlot(body, {
      signal: mounted.end.signal,
      renderer: options.renderer,
      buildIndex: async (positions) => {
        if (options.indexFails) throw new Error("no worker");
        return buildPointIndex(positions, {});
      },
      onHover(row, x, y) {
        hovers.push({ row, x, y });
        plot.setHovered(row);
      },
      onSelect: (mask, mode) => selections.push({ rows: [...rowsOf(mask)], mode }),
      onCurrent(row) {
        events.push(`current ${row}`);
        plot.setCurrent(row);
      },
      onUndo: () => events.push("undo"),
      onRedo: () => events.push("redo"),
      onEscape: () => events.push("escape") > 0,
      onFind: () => events.push("find"),
      onHelp: () => events.push("help"),
      onNotice: (sentence) => events.push(sentence),
    });
    window.test.plots.push({ ...mounted, plot });
    const density = ["#440154", "#3b528b", "#21918c", "#5ec962"];
    plot.setColors(options.byDensity ? { palette: density, codes: null } : { palette: classColors, codes });
    if (options.names) plot.setClassNames({ names: clusters.names, codes: clusters.codes });
    plot.setPositions(clusters.positions, { settling: false });
    await plot.whenSettled();
    return window.test.plots.length - 1;
  },
};
