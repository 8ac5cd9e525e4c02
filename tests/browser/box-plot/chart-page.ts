import { emptyMask, maskOf } from "../../../src/compute/selection/row-mask.ts";
import type { UnitBoxes } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { createBoxChart } from "../../../src/widgets/box-plot/plot/create-box-chart.ts";
import type { BoxChart, BoxPlace, BoxScene } from "../../../src/widgets/box-plot/plot/plot-options.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { type BoxFixtureOptions, boxFixture } from "../../support/box-fixture.ts";

export interface ChartOptions extends BoxFixtureOptions {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: "light" | "dark";
  readonly names?: readonly string[];
  readonly titles?: readonly string[];
  readonly shape?: BoxScene["shape"];
  readonly axes?: BoxScene["axes"];
  /** The body has no size yet. */
  readonly hidden?: boolean;
  /** Units all of whose values are missing. */
  readonly valueless?: readonly number[];
  /** What the values are called, from the longest name to the shortest. */
  readonly valueNames?: readonly string[];
  /** Rows whose points keep their colour. */
  readonly selectedRows?: readonly number[];
}

/** One chart on the test's page, and what it has told. */
export interface MountedChart {
  readonly chart: BoxChart;
  readonly body: HTMLElement;
  readonly end: AbortController;
  scene: BoxScene;
  readonly hovers: (BoxPlace | null)[];
  readonly selections: { readonly group: number; readonly mode: string }[];
  readonly events: string[];
}

export interface ChartApi {
  readonly charts: MountedChart[];
  mount(options: ChartOptions): Promise<void>;
  /** Draw another scene. */
  show(options: ChartOptions): Promise<void>;
  first(): MountedChart;
}

declare global {
  interface Window {
    boxChart: ChartApi;
  }
}

const usualNames = ["adeno", "benign", "squamous", "normal", "stroma", "tumour", "lymph", "fat", "mucus", "debris"];

function sceneOf(options: ChartOptions): BoxScene {
  const { groups, rows, names = usualNames, shape = "box", axes = "free", selectedRows } = options;
  const panels = boxFixture(options).map((panel) => (options.valueless?.includes(panel.unit) ? emptied(panel) : panel));
  return {
    groups: Array.from({ length: groups }, (_, group) => ({
      name: names[group] ?? `class ${group}`,
      color: classColors[group % classColors.length] ?? "",
      count: rows,
    })),
    panels,
    words: panels.map(({ unit }, index) => ({
      unit,
      title: options.titles?.[index] ?? `unit ${unit}`,
      subtitle: "η² 0.71, q 0.004",
    })),
    shape,
    axes,
    valueNames: options.valueNames ?? ["activation"],
    mask: selectedRows ? maskOf(selectedRows, emptyMask(groups * rows).length * 8) : null,
  };
}

function emptied(panel: UnitBoxes): UnitBoxes {
  const groups = panel.groups.map((group) => ({ ...group, box: { ...group.box, n: 0 }, swarm: null, density: null }));
  return { ...panel, groups, range: [0, 0] };
}

window.boxChart = {
  charts: [],
  first() {
    const [mounted] = window.boxChart.charts;
    if (!mounted) throw new Error("no chart is mounted");
    return mounted;
  },
  async mount(options) {
    const { width = 440, height = 440, theme = "light" } = options;
    const root = document.createElement("section");
    root.className = "layerscope";
    root.dataset.lsTheme = theme;
    root.style.cssText = `color-scheme: ${theme}; width: ${width}px;`;
    const body = document.createElement("div");
    body.className = "ls-body";
    body.hidden = options.hidden ?? false;
    body.style.cssText = `width: ${width}px; height: ${height}px;`;
    root.append(body);
    document.getElementById("root")?.append(root);
    installStyles(root, "chrome", chromeStyles);
    const told: Pick<MountedChart, "hovers" | "selections" | "events"> = { hovers: [], selections: [], events: [] };
    const end = new AbortController();
    const chart = createBoxChart(body, {
      signal: end.signal,
      onHover: (place) => told.hovers.push(place),
      onSelect: (group, mode) => told.selections.push({ group, mode }),
      onUnit: (unit) => told.events.push(`unit ${unit}`),
      onCurrent: (row) => told.events.push(`current ${row}`),
      onRow: (row) => told.events.push(`row ${row}`),
      onUndo: () => told.events.push("undo"),
      onRedo: () => told.events.push("redo"),
      onEscape: () => told.events.push("escape") > 0,
      onFind: () => told.events.push("find"),
      onHelp: () => told.events.push("help"),
      onNotice: (sentence) => told.events.push(sentence),
    });
    const scene = sceneOf(options);
    window.boxChart.charts.push({ ...told, chart, body, end, scene });
    chart.draw(scene);
    await chart.whenDrawn();
  },
  async show(options) {
    const mounted = window.boxChart.first();
    mounted.scene = sceneOf(options);
    mounted.chart.draw(mounted.scene);
    await mounted.chart.whenDrawn();
  },
};
