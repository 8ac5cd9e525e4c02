import type { LayerKernels, PixelExplanation } from "../../../src/compute/feature-maps/explain/pixel-explanation.ts";
import { stretchChannel } from "../../../src/compute/feature-maps/stretch.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import {
  type Detail,
  type DetailPixel,
  mountDetail,
} from "../../../src/widgets/feature-map-grid/detail/mount-detail.ts";
import { scaleTable } from "../../../src/widgets/theme/color-scales.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { shownMaps } from "../../support/shown-maps.ts";

const SIDE = 12;
const CHANNELS = 8;
const WINDOW = 3;

const { layers } = shownMaps([{ name: "conv2d", channels: 5, height: SIDE - 2, width: SIDE - 2 }]).pictures[0].maps;
const [layer] = layers;
if (!layer) throw new Error("no layer");

let detail: Detail;
const told = {
  steps: [] as number[],
  pixels: [] as DetailPixel[],
  channels: [] as number[],
  closed: 0,
  given: 0,
  kernels: 0,
};
/** Answers that are held back until they are let go of. */
const held: (() => void)[] = [];
let isHeld = false;
let model = {};
let failure: Error | null = null;

/** Numbers that can be checked by hand: channel c has the value c + 1 everywhere, and the weight ± 1/8. */
function explanation({ row, column }: DetailPixel): PixelExplanation {
  const size = WINDOW * WINDOW;
  const values = Float32Array.from({ length: CHANNELS * size }, (_, at) => Math.floor(at / size) + 1);
  const weights = Float32Array.from(values, (value) => (value % 2 === 0 ? 0.125 : -0.125));
  const padded = new Uint8Array(values.length);
  if (row === 0) padded.fill(1, 7 * size, 7 * size + WINDOW);
  const sum = values.reduce((total, value, at) => total + value * (weights[at] ?? 0), 0.25);
  const side = { count: WINDOW, step: 1 };
  return {
    layer: "conv2d",
    type: "Conv2D",
    kind: "convolution",
    channel: 0,
    row,
    column,
    value: Math.max(0, sum),
    patch: { top: row, left: column, height: WINDOW, width: WINDOW },
    terms: [
      {
        source: "<b>pool</b>",
        firstChannel: 0,
        channels: CHANNELS,
        rows: { ...side, first: row },
        columns: { ...side, first: column },
        values,
        padded,
        weights,
      },
    ],
    bias: 0.25,
    sum,
    steps: [{ operation: "Relu", formula: "max(0, x)", before: sum, after: Math.max(0, sum) }],
    sentence: `A pixel of conv2d, row ${row}.`,
    complete: true,
    reason: null,
  };
}

function kernels(): LayerKernels {
  const data = Float32Array.from({ length: 5 * 3 * 4 }, (_, at) => Math.sin(at));
  return { out: 5, in: 3, height: 2, width: 2, data };
}

function picture(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  context.fillStyle = "#ff0000";
  context.fillRect(0, 0, SIDE, SIDE);
  context.fillStyle = "#00ff00";
  context.fillRect(0, 0, 1, 1);
  return canvas;
}

const page = {
  told,
  open(width: number, scheme: "light" | "dark" = "light"): void {
    const root = document.getElementById("root");
    if (!root) throw new Error("no root");
    root.className = "layerscope";
    root.style.width = `${width}px`;
    root.style.colorScheme = scheme;
    root.style.background = scheme === "dark" ? "#212121" : "#ffffff";
    installStyles(root, "chrome", chromeStyles);
    detail = mountDetail(
      root,
      {
        explain(pixel, signal) {
          signal.addEventListener("abort", () => told.given++);
          const answer = explanation(pixel);
          if (failure) return Promise.reject(failure);
          if (!isHeld) return Promise.resolve(answer);
          return new Promise((resolve) => held.push(() => resolve(answer)));
        },
        kernels() {
          told.kernels++;
          return Promise.resolve(kernels());
        },
        onPixel: (pixel) => told.pixels.push(pixel),
        onStep: (by) => told.steps.push(by),
        onChannel: (channel) => told.channels.push(channel),
        onClose: () => told.closed++,
      },
      new AbortController().signal,
    );
    page.show(0);
  },
  show(channel: number): void {
    const levels = new Uint8Array(layer.height * layer.width);
    stretchChannel(layer.data, layer.statistics, channel, "zscore", levels);
    detail.show({
      layer,
      channel,
      model,
      levels,
      colors: scaleTable("viridis"),
      picture: picture(),
      input: { height: SIDE, width: SIDE },
      pictureName: "dog.jpg",
      colorOrder: "RGB",
    });
  },
  /** The next channel that is shown is of another model with layers of the same names. */
  takeModel(): void {
    model = {};
  },
  hold(): void {
    isHeld = true;
  },
  /** Let the answer to one of the questions that were held back come. */
  release(question: number): void {
    held[question]?.();
  },
  fail(reason: string): void {
    failure = new Error(reason);
  },
  pixel: () => detail.pixel,
  strongest(channel: number): DetailPixel {
    const own = layer.data.subarray(channel * layer.height * layer.width, (channel + 1) * layer.height * layer.width);
    const at = own.indexOf(own.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY));
    return { row: Math.floor(at / layer.width), column: at % layer.width };
  },
  /** Pixels of a canvas: red, green, blue, opacity. */
  pixels(selector: string): readonly number[] {
    const canvas = document.querySelector<HTMLCanvasElement>(selector);
    const context = canvas?.getContext("2d");
    return canvas && context ? [...context.getImageData(0, 0, canvas.width, canvas.height).data] : [];
  },
};

declare global {
  var detailPage: typeof page;
}
globalThis.detailPage = page;
