import own from "lucide:box";
import { categoryLegend } from "../../../src/widgets/chrome/category-legend.ts";
import { emptyCard, errorCard, errorSentence } from "../../../src/widgets/chrome/error-card.ts";
import { frame } from "../../../src/widgets/chrome/frame.ts";
import { helpPanel, sharedHelp } from "../../../src/widgets/chrome/help-panel.ts";
import { numberLegend } from "../../../src/widgets/chrome/number-legend.ts";
import { progressBar } from "../../../src/widgets/chrome/progress-bar.ts";
import { rowCard } from "../../../src/widgets/chrome/row-card.ts";
import { rowTable } from "../../../src/widgets/chrome/row-table.ts";
import { searchBox } from "../../../src/widgets/chrome/search-box.ts";
import type { SettingField } from "../../../src/widgets/chrome/settings-fields.ts";
import { settingsPanel } from "../../../src/widgets/chrome/settings-panel.ts";
import { statusLine } from "../../../src/widgets/chrome/status-line.ts";
import { toolbar } from "../../../src/widgets/chrome/toolbar.ts";
import { tooltip } from "../../../src/widgets/chrome/tooltip.ts";
import { fullScreenStates, widgetTools } from "../../../src/widgets/chrome/widget-tools.ts";
import { rangeForPoints, scaleStops, scaleTable } from "../../../src/widgets/theme/color-scales.ts";
import { type Theme, watchColorScheme } from "../../../src/widgets/theme/color-scheme.ts";
import { assignClassColors } from "../../../src/widgets/theme/palette.ts";
import { readTokens } from "../../../src/widgets/theme/tokens.ts";

/** What the tests read: every event that a part told, as "name argument argument". */
const log: string[] = [];
const tell = (...parts: unknown[]): void => {
  log.push(parts.join(" "));
};

const fields: readonly SettingField[] = [
  {
    key: "nNeighbors",
    label: "n_neighbors",
    kind: "number",
    min: 2,
    max: 200,
    step: 1,
    default: 15,
    scale: "log",
    help: "Rows that each row is compared with.",
  },
  { key: "minDist", label: "min_dist", kind: "number", min: 0, max: 1, step: 0.05, default: 0.1 },
  {
    key: "metric",
    label: "metric",
    kind: "choice",
    default: "euclidean",
    options: ["euclidean", "cosine", "correlation", "manhattan"].map((value) => ({ value, label: value })),
  },
  { key: "names", label: "Class names", kind: "toggle", default: true, applies: "now" },
];

/** A widget's frame with every part in it, over points that are drawn here and mean nothing. */
function showSample({
  theme = "auto",
  classes = 10,
  host = document.getElementById("root") ?? document.body,
}: {
  readonly theme?: Theme;
  readonly classes?: number;
  readonly host?: HTMLElement;
} = {}) {
  const life = new AbortController();
  const { signal } = life;
  const shown = frame(
    host,
    { title: "UMAP", subtitle: "1,797 rows × 64", onFullScreen: (on) => tell("full", on) },
    signal,
  );
  shown.setLabel("UMAP of 1,797 rows in 10 classes, 214 selected");
  const counts = Array.from({ length: classes }, (_, index) => 178 + ((index * 7) % 11) - (index > 9 ? 100 : 0));
  const names = counts.map((_, index) =>
    index === 3 ? "adenocarcinoma, moderately differentiated" : `digit ${index}`,
  );
  let promoted: number[] = [];
  let selecting = true;

  const legend = categoryLegend(
    {
      onPreview: (index) => tell("preview", index),
      onSelect: (index, mode) => tell("select", index, mode),
      onPromote: (index) => {
        tell("promote", index);
        promoted = [...promoted, index];
        showLegend();
      },
    },
    signal,
  );
  const showLegend = (): void => {
    const { colors, rest } = assignClassColors(counts, promoted);
    const rows = counts.map((total, index) => ({
      name: names[index] ?? "",
      color: colors[index] ?? null,
      total,
      selected: selecting ? (index * 13) % 60 : null,
    }));
    legend.show("digit", [...rows, { name: "no label", color: null, total: 12, selected: selecting ? 0 : null }], rest);
  };
  const numbers = numberLegend((low, high, mode) => tell("range", low.toFixed(2), high.toFixed(2), mode), signal);
  const showNumbers = (heading = "mean activation of unit 17"): void => {
    const table = scaleTable("viridis", ...rangeForPoints("viridis", scheme.scheme));
    const spread = Array.from({ length: 37 }, (_, bin) => Math.round(200 * Math.exp(-(((bin - 14) / 8) ** 2))));
    numbers.show({
      title: heading,
      low: -0.5,
      high: 3.25,
      stops: scaleStops(table),
      counts: spread,
      selectedCounts: spread.map((count, bin) => (bin > 20 ? count : Math.round(count / 9))),
      missing: 3,
      clipped: { below: 0, above: 18 },
    });
    shown.side.replaceChildren(numbers.element, card.element);
  };

  const card = rowCard();
  shown.side.append(legend.element, card.element);
  const picture = document.createElement("canvas");
  picture.width = picture.height = 8;
  const ink = picture.getContext("2d");
  for (let at = 0; ink && at < 64; at++) {
    ink.fillStyle = `rgb(${(at * 37) % 256}, ${(at * 37) % 256}, ${(at * 37) % 256})`;
    ink.fillRect(at % 8, at >> 3, 1, 1);
  }
  card.show({
    name: "row 512",
    class: { name: "digit 3", color: "#3fa0ba" },
    values: [
      { name: "unit 17", text: "0.714" },
      { name: "unit 4", text: "−3.02" },
    ],
    picture: { width: 8, height: 8 },
  });
  card.setPicture(picture);

  const canvas = document.createElement("canvas");
  canvas.style.cssText = "display:block;width:100%;height:100%";
  shown.body.append(canvas);
  const draw = (): void => {
    const { width, height } = shown.body.getBoundingClientRect();
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext("2d");
    if (!context) return;
    const { colors } = assignClassColors(counts, promoted);
    for (let point = 0; point < 900; point++) {
      const of = point % Math.min(classes, 10);
      const turn = point * 2.4;
      context.fillStyle = colors[of] ?? "";
      const spread = (Math.sqrt(point) / 30) * width * 0.1;
      const x = width * (0.5 + 0.36 * Math.cos(of * 0.628)) + Math.cos(turn) * spread;
      const y = height * (0.5 + 0.36 * Math.sin(of * 0.628)) + Math.sin(turn) * spread;
      context.beginPath();
      context.arc(x, y, 2.5, 0, 7);
      context.fill();
    }
  };
  const observer = new ResizeObserver(draw);
  observer.observe(shown.body);
  signal.addEventListener("abort", () => observer.disconnect());
  const scheme = watchColorScheme(shown.root, theme, (now) => tell("scheme", now), signal);

  const tools = toolbar(
    "UMAP",
    widgetTools({
      select: {
        pressed: true,
        menu: () => [
          { name: "Lasso", checked: true, run: () => tell("lasso") },
          { name: "Rectangle", checked: false, run: () => tell("rectangle") },
        ],
      },
      pan: { pressed: false, press: () => tell("pan") },
      find: { press: () => tell("find") },
      settings: { pressed: false, press: () => tell("settings") },
      own: { id: "own", icon: own, name: "3-D", press: () => tell("own") },
      fit: { press: () => tell("fit") },
      fullScreen: {
        press: () =>
          void shown.fullScreen
            .toggle()
            .then(() =>
              tools.change("full-screen", shown.fullScreen.active ? fullScreenStates.inside : fullScreenStates.outside),
            ),
      },
      save: {
        menu: () => [
          ...["PNG", "SVG", "PDF", "CSV"].map((name) => ({ name, run: () => tell("save", name) })),
          { name: "Copy caption", separated: true, run: () => tell("caption") },
        ],
      },
      help: { press: () => tell("help") },
    }),
    signal,
  );
  shown.setToolbar(tools.element);
  const status = statusLine();
  shown.setStatus(status.element);
  const selection = {
    text: "214 of 1,797 selected",
    actions: ["Invert", "Clear", "Undo"].map((name) => ({ name, run: () => tell(name) })),
  };
  status.say("selection", selection);
  status.setBackend("WebGPU", "Computed by this computer's graphics processor.");
  const progress = progressBar(signal);
  shown.body.append(progress.element);
  const hint = tooltip(
    shown.body,
    () => ({ bars: readTokens(shown.root).edge, tick: readTokens(shown.root).text }),
    signal,
  );
  const closeDialog = (): void => shown.setDialog(null);
  const clear = (): boolean => {
    if (selecting) tell("clear");
    return selecting;
  };
  shown.escape.on("clear", clear, signal);

  const failure = {
    reason: "Row 512, column 7 is NaN (3 rows in all).",
    remedy: "Remove or fill them.",
    details: "ComputeError: Row 512, column 7 is NaN\n    at accept (umap.ts:31)",
  };
  showLegend();
  return {
    host: shown,
    stop: () => life.abort(),
    tokens: () => readTokens(shown.root),
    setTheme: scheme.setTheme,
    scheme: () => scheme.scheme,
    status,
    progress,
    showNumbers,
    unselect: () => {
      selecting = false;
      status.say("selection", null);
      showLegend();
    },
    name: (index: number, name: string) => {
      names[index] = name;
      showLegend();
    },
    fail: () => shown.body.replaceChildren(errorCard(failure, [{ name: "Run again", run: () => tell("again") }])),
    failInLine: () => status.say("error", errorSentence(failure, shown.root)),
    empty: () =>
      shown.body.replaceChildren(
        emptyCard("Nothing to show. Pass an array of rows:", "UmapScatter(activations, labels=labels)"),
      ),
    hover: (x: number, y: number) => {
      hint.show(
        { x, y, radius: 4 },
        {
          name: "row 512",
          class: { name: "digit 3", color: "#3fa0ba" },
          picture: { width: 8, height: 8 },
          values: ["unit 17", "unit 4", "unit 30", "unit 9", "unit 11"].map((name, index) => ({
            name,
            text: (0.714 * (index + 1)).toPrecision(3),
            histogram: {
              counts: Array.from({ length: 20 }, (_, bin) => Math.exp(-(((bin - 8) / 4) ** 2))),
              at: 0.2 * index,
            },
          })),
        },
      );
      hint.setPicture(picture);
    },
    leave: () => hint.hide(),
    settings: () => {
      const panel = settingsPanel(
        {
          fields,
          values: { nNeighbors: 30, minDist: 0.1, metric: "euclidean", names: true },
          onChange: (key, value) => tell("change", key, value),
          onRun: (values) => tell("run", JSON.stringify(values)),
          onClose: () => shown.setPanel(null),
        },
        signal,
      );
      shown.setPanel(panel.element);
    },
    help: () => shown.setDialog(helpPanel({ entries: sharedHelp, onTable: () => tell("table"), onClose: closeDialog })),
    table: (rows: number) =>
      shown.setDialog(
        rowTable(
          {
            title: "Rows",
            rows,
            columns: [
              { name: "Row", align: "right", cell: String },
              { name: "Class", cell: (row) => `digit ${row % 10}` },
              { name: "x", align: "right", cell: (row) => (row * 0.01).toFixed(2) },
            ],
            onChoose: (row) => tell("row", row),
            onClose: closeDialog,
          },
          signal,
        ),
      ),
    find: () => {
      const box = searchBox(
        {
          search: (query) => {
            const rows = Array.from({ length: 1797 }, (_, row) => row).filter((row) => String(row).includes(query));
            return {
              total: rows.length,
              results: rows
                .slice(0, 8)
                .map((row) => ({ row, name: `row ${row}`, class: { name: `digit ${row % 10}`, color: "#3fa0ba" } })),
            };
          },
          onPreview: (row) => tell("preview", row),
          onChoose: (row) => tell("choose", row),
          onSelectAll: (query) => tell("all", query),
          onClose: () => box.element.remove(),
        },
        signal,
      );
      shown.body.append(box.element);
      box.focus();
    },
  };
}

window.log = log;
window.showSample = showSample;

declare global {
  interface Window {
    log: string[];
    showSample: typeof showSample;
    sample: ReturnType<typeof showSample>;
  }
}
