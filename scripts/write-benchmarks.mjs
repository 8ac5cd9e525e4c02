// Writes the benchmarks' tables into README.md and docs/performance.md, between their markers, from the result files.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { projectRoot } from "./import-rules.mjs";

const results = resolve(projectRoot, "tests/bench/results");
const BEGIN = "<!-- benchmarks -->";
const END = "<!-- /benchmarks -->";

/** What each benchmark measures, in words. */
const WORK = {
  "relaxed-simd": "What a screen of the comparison in 7 bits, with relaxed SIMD, could save at best, 20,000 × 256 rows",
  "anova-100k":
    "Analysis of variance of 2,048 units, 100,000 rows in 5 groups, one core, CPU seconds; SciPy's loops measured on 64 units",
  "first-picture-100k": "JupyterLab, 100,000 points with coordinates: Shift+Enter to pixels",
  "mosaic-20k":
    "20,000 tiles of 64 px on 50 columns of cells, to the picture in the page and to a PNG of 1,944 px, against one matplotlib imshow a tile",
  "mosaic-notebook":
    "JupyterLab, 20,000 tiles of 64 px that travel too: Shift+Enter to the mosaic, against one matplotlib imshow a tile",
  "mosaic-100k": "100,000 tiles in one page: frames while panning and zooming, pictures kept against 64 MB",
  "scatter-1m": "1,000,000 points in one page, software GL, against regl-scatterplot",
  "umap-5k": "A map of 5,000 × 256 clustered rows, end to end on one core, CPU seconds",
  "umap-20k": "A map of 20,000 × 256 clustered rows, end to end on one core, CPU seconds",
  "umap-any-data": "A map of 20,000 × 256 rows, one core, the worst of five kinds of hard data",
  "umap-quality": "Neighbours kept by the map, the worst of digits and clustered rows",
  "umap-workers": "A map of 20,000 × 256 clustered rows with two workers, wall",
  "umap-memory": "A map of 20,000 × 256 clustered rows: growth of the page's memory, against twice the input + 64 MB",
  "umap-transform": "297 digits placed in a map of 1,500, wall",
  "model-forward":
    "16 pictures of 224 px through MobileNetV2, ResNet-18 and EfficientNetB0, one core, CPU seconds, against the bare engine; the worst of the three",
  "features-workers": "64 pictures of 224 px through MobileNetV2 with two workers, wall",
  "keras-load":
    "A Keras .h5 of 100 MB from its bytes to the first prediction, one core, CPU seconds and growth of memory at its peak; the worse of a network like VGG and ResNet50",
  "grid-704":
    "704 feature maps of eight layers, from activations in the page to the screen, against one matplotlib imshow a channel",
  "gradient-resnet18":
    "The gradient of ResNet-18 at one picture of 224 px, one core, CPU seconds, against PyTorch's: limited to the browser's vectors of 128 bits, and as wide as the processor allows",
  "gradient-mobilenetv2":
    "The gradient of MobileNetV2 at one picture of 224 px, one core, CPU seconds, against PyTorch's: limited to the browser's vectors of 128 bits, and as wide as the processor allows",
  "gradient-native":
    "The gradient graph that is handed out, on native ONNX Runtime, against PyTorch's gradient, one core, CPU seconds; the worse of ResNet-18 and MobileNetV2",
  "grad-cam":
    "Activations and gradients that Grad-CAM takes of ResNet-50, one core, CPU seconds, against one forward run",
  xrai: "XRAI's segments and ranking of one picture of 224 px, one core, CPU seconds; the worse of full and fast",
  "ig-25": "Integrated gradients of ResNet-18 at 224 px, 25 steps, with two workers, wall",
  "umap-million": "A map of 1,000,000 × 32 clustered rows in a tab",
};

/** How a ratio is to be read, where it is not how many times as fast as the one it is named after. */
const READ = {
  recall: (ratio) => (ratio === 1 ? "every true neighbour found" : `${ratio} of the true neighbours found`),
  "one-worker": (ratio) => `${ratio} × one worker`,
  trustworthiness: (ratio) => `trustworthiness ${ratio} × umap-learn's`,
  preservation: (ratio) => `neighbour preservation ${ratio} × umap-learn's`,
  "keras-memory": (ratio) => `Keras takes ${ratio} × the memory`,
  pair: (ratio) => `${ratio} × PAIR's`,
  slideflow: (ratio) => `${ratio} × Slideflow's way`,
  forward: (ratio) => `${ratio} × a forward run's speed`,
  "pytorch-128bit": (ratio) => `${ratio} × PyTorch at 128 bits`,
  limit: (ratio) => `the limit is ${ratio} × what is used`,
};
/** Keys that name a part of the work, the peer being named by the work. */
const PARTS = new Set(["first-picture", "pan", "hover", "lasso", "screen-array", "screen-jpeg", "png"]);

function readRatio(key, ratio) {
  const short = Number(ratio.toPrecision(3));
  if (READ[key]) return READ[key](short);
  return PARTS.has(key) ? `${key.replace("-", " ")} ${short} ×` : `${short} × ${key}`;
}

const files = (await readdir(results).catch(() => [])).filter((file) => file.endsWith(".json")).sort();
const measured = await Promise.all(
  files.map(async (file) => JSON.parse(await readFile(resolve(results, file), "utf8"))),
);

const UNITS = { s: "s", mb: "MB" };

/** A figure with the unit that ends its name. */
function withUnit(name, value) {
  const unit = UNITS[name.split("_").at(-1)];
  return typeof value === "number" && unit ? `${value} ${unit}` : (value ?? "");
}

const summary = [
  "| work | measured |",
  "|---|---|",
  ...measured
    .filter(({ ratios }) => Object.keys(ratios).length > 0)
    .map(({ name, ratios }) => {
      const read = Object.entries(ratios).map(([key, ratio]) => readRatio(key, ratio));
      return `| ${WORK[name] ?? name} | ${read.join(", ")} |`;
    }),
].join("\n");
const details = measured
  .map(({ name, date, processor, browser, runs, rows }) => {
    const figures = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
      (key) => key !== "who" && key !== "version",
    );
    return [
      `**${name}**: ${WORK[name] ?? ""}. ${date}, ${processor}, ${browser}, ${runs > 1 ? `medians of ${runs}` : "one run"}.`,
      "",
      `| who | version | ${figures.map((figure) => figure.replace(/_(s|mb)$/, "").replaceAll("_", " ")).join(" | ")} |`,
      `|---|---|${figures.map(() => "---").join("|")}|`,
      ...rows.map(
        (row) =>
          `| ${row.who} | ${row.version ?? ""} | ${figures.map((figure) => withUnit(figure, row[figure])).join(" | ")} |`,
      ),
    ].join("\n");
  })
  .join("\n\n");

for (const [file, text] of Object.entries({ "README.md": summary, "docs/performance.md": details })) {
  const path = resolve(projectRoot, file);
  const page = await readFile(path, "utf8");
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file} lacks ${BEGIN} and ${END}.`);
  await writeFile(path, `${before}${BEGIN}\n${text}\n${END}${after}`);
}
