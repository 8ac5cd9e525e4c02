// The page that `box-linked` runs in: a million rows in the real worker, six panels drawn by the real chart or by plotly.js.
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { addRow, emptyMask, type RowMask } from "../../../src/compute/selection/row-mask.ts";
import type { BoxTask } from "../../../src/compute/statistics/boxes/unit-box-maker.ts";
import type { BoxNumbers, UnitBoxes } from "../../../src/compute/statistics/boxes/unit-boxes.ts";
import { createBoxChart } from "../../../src/widgets/box-plot/plot/create-box-chart.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";

const ROWS = 1_000_000;
const UNITS = 6;
const GROUPS = 5;
const ROWS_A_SLIDE = 2_000;
const WIDTH = 660;
const HEIGHT = 400;
const KEY = "bench";

export type Shape = BoxTask["shape"];

/** Seconds: until the worker has answered, and until the boxes are on the screen. */
export interface Times {
  readonly answer: number;
  readonly painted: number;
}

const units = Array.from({ length: UNITS }, (_, unit) => unit);
const names = Array.from({ length: GROUPS }, (_, group) => `class ${group}`);
const taskOf = (shape: Shape): BoxTask => ({ units, shape, boxesOf: "tiles", method: "mean", threshold: 0.5 });
const nothing = () => undefined;
/** The frame that shows what was drawn has been made. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

/** Uniform numbers in [0, 1), the same every time (Lehmer 1951). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function buildBody(): HTMLElement {
  const root = document.createElement("section");
  root.className = "layerscope";
  root.style.width = `${WIDTH}px`;
  const body = document.createElement("div");
  body.style.cssText = `position: relative; width: ${WIDTH}px; height: ${HEIGHT}px;`;
  root.append(body);
  document.getElementById("root")?.append(root);
  installStyles(root, "chrome", chromeStyles);
  return body;
}

/** Every row with the same chance, as rows of a lasso lie anywhere in a table. */
function maskOfShare(share: number, seed: number): RowMask {
  const next = uniform(seed);
  const mask = emptyMask(ROWS);
  for (let row = 0; row < ROWS; row++) if (next() < share) addRow(mask, row);
  return mask;
}

const page = {
  /** Six units that tell five groups apart more and less, with some far values, kept in the worker. */
  async load(): Promise<void> {
    const next = uniform(7);
    const data = new Float32Array(ROWS * UNITS);
    const groups = Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / ROWS_A_SLIDE) % GROUPS);
    const slides = Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / ROWS_A_SLIDE));
    for (let place = 0; place < data.length; place++) {
      const group = groups[Math.floor(place / UNITS)] ?? 0;
      const bell = next() + next() + next() + next() - 2;
      data[place] = bell * (next() < 0.01 ? 4 : 1) + (group * (place % UNITS)) / 8;
    }
    const values = { data, rows: ROWS, columns: UNITS };
    const rows = {
      values,
      groups: { codes: groups, count: GROUPS },
      slides: { codes: slides, count: ROWS / ROWS_A_SLIDE },
    };
    await pageClient().call("keepUnits", { key: KEY, rows }, { transfer: [data.buffer] });
  },
  /** The panels of a shape, then for each share of the rows so many new selections one after the other. */
  async measure(shape: Shape, shares: readonly number[], times: number) {
    const body = buildBody();
    const end = new AbortController();
    const chart = createBoxChart(body, {
      signal: end.signal,
      onHover: nothing,
      onSelect: nothing,
      onUnit: nothing,
      onCurrent: nothing,
      onRow: nothing,
      onUndo: nothing,
      onRedo: nothing,
      onEscape: () => false,
      onFind: nothing,
      onHelp: nothing,
      onNotice(sentence) {
        throw new Error(sentence);
      },
    });
    const draw = async (panels: readonly UnitBoxes[], mask: RowMask | null) => {
      chart.draw({
        groups: names.map((name, group) => ({ name, color: classColors[group] ?? "", count: ROWS / GROUPS })),
        panels,
        words: panels.map(({ unit }) => ({ unit, title: `unit ${unit}`, subtitle: "η² 0.71, q 0.004" })),
        shape,
        axes: "free",
        valueNames: ["activation"],
        mask,
      });
      await chart.whenDrawn();
      await painted();
    };
    const begun = performance.now();
    let panels = await pageClient().call("unitBoxes", { key: KEY, mask: null, ...taskOf(shape) });
    await draw(panels, null);
    const first = (performance.now() - begun) / 1000;
    const selections: { share: number; times: Times[] }[] = [];
    for (const share of shares) {
      const taken: Times[] = [];
      for (let time = 0; time < times; time++) {
        const mask = maskOfShare(share, 11 + time);
        await painted();
        const start = performance.now();
        const boxes = await pageClient().call("selectionBoxes", { key: KEY, mask, ...taskOf(shape) });
        const answer = (performance.now() - start) / 1000;
        panels = panels.map((panel, place) => ({ ...panel, selection: boxes[place] ?? null }));
        await draw(panels, mask);
        taken.push({ answer, painted: (performance.now() - start) / 1000 });
      }
      selections.push({ share, times: taken });
    }
    const boxes = body.querySelectorAll("svg").length;
    end.abort();
    body.parentElement?.remove();
    return { first, selections, boxes };
  },
  /** The same panels and selections by plotly.js, handed the numbers of its boxes: seconds of each repaint alone. */
  async measurePlotly(share: number, times: number): Promise<number[]> {
    const body = buildBody();
    const panels = await pageClient().call("unitBoxes", { key: KEY, mask: null, ...taskOf("box") });
    const traces = (selections: readonly (BoxNumbers | undefined)[]) =>
      panels.flatMap(({ groups }, panel) => {
        const boxes = [...groups.map(({ box }) => box), ...(selections[panel] ? [selections[panel]] : [])];
        const axis = panel === 0 ? "" : panel + 1;
        return boxes.map((box, group) => ({
          type: "box",
          x: [names[group] ?? "sel"],
          q1: [box.q1],
          median: [box.median],
          q3: [box.q3],
          lowerfence: [box.whiskerLow],
          upperfence: [box.whiskerHigh],
          xaxis: `x${axis}`,
          yaxis: `y${axis}`,
          showlegend: false,
        }));
      });
    const layout = {
      width: WIDTH,
      height: HEIGHT,
      grid: { rows: 2, columns: 3, pattern: "independent" },
      margin: { l: 30, r: 10, t: 10, b: 30 },
    };
    const config = { displayModeBar: false };
    await Plotly.react(body, traces([]), layout, config);
    const taken: number[] = [];
    for (let time = 0; time < times; time++) {
      const mask = maskOfShare(share, 11 + time);
      const selected = await pageClient().call("selectionBoxes", { key: KEY, mask, ...taskOf("box") });
      await painted();
      const start = performance.now();
      await Plotly.react(body, traces(selected.map((group) => group?.box)), layout, config);
      await painted();
      taken.push((performance.now() - start) / 1000);
    }
    Plotly.purge(body);
    body.parentElement?.remove();
    return taken;
  },
};

declare global {
  /** The part of plotly.js that is measured. */
  const Plotly: {
    react(body: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>;
    purge(body: HTMLElement): void;
  };
  interface Window {
    boxBench: typeof page;
  }
}

window.boxBench = page;
