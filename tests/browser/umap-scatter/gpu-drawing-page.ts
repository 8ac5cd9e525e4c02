// One run that two plots show, for gpu-drawing.test.ts: "there" asks the GPU for pictures, "here" draws the positions.
import { buildPointIndex } from "../../../src/compute/points/point-index.ts";
import { maskOf } from "../../../src/compute/selection/row-mask.ts";
import { umap } from "../../../src/compute/umap/index.ts";
import { LayoutControl } from "../../../src/compute/umap/layout/layout-control.ts";
import { type LayoutPicture, LayoutPictures } from "../../../src/compute/umap/layout/layout-pictures.ts";
import type { UmapOptions } from "../../../src/compute/umap/options.ts";
import type { UmapResult } from "../../../src/compute/umap/result.ts";
import { requestGpu } from "../../../src/compute/webgpu/device.ts";
import { Gpu } from "../../../src/compute/webgpu/gpu.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { computeMap, type MapFrame } from "../../../src/widgets/map/compute-map.ts";
import { optionsOf } from "../../../src/widgets/map/map-input.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { classColors } from "../../../src/widgets/theme/palette.ts";
import { createPlot } from "../../../src/widgets/umap-scatter/plot/create-plot.ts";
import type { Plot } from "../../../src/widgets/umap-scatter/plot/plot-options.ts";
import { umapScatterDefaults } from "../../../src/widgets/umap-scatter/props.ts";
import { ScatterSession } from "../../../src/widgets/umap-scatter/session.ts";
import { mountView } from "../../../src/widgets/umap-scatter/view/view.ts";
import { seeded } from "../plot/clusters.ts";

const SIZE = { width: 340, height: 300 };
const CLASSES = 5;

/** How the eye's pictures differ, 0 to 255, where either has ink. */
export interface Difference {
  readonly mean: number;
  readonly inked: number;
}

let answered: LayoutPicture[] = [];
const { answer } = LayoutPictures.prototype;
LayoutPictures.prototype.answer = function (picture) {
  answered.push(picture);
  answer.call(this, picture);
};

/** Buffers of this thread's GPU that are not given back. */
const buffers = new Set<object>();
if ("gpu" in navigator) {
  const { GPUDevice: Device, GPUBuffer: Buffer } = globalThis as unknown as Record<string, { prototype: GpuCalls }>;
  if (Device && Buffer) {
    const { createBuffer } = Device.prototype;
    Device.prototype.createBuffer = function (descriptor) {
      const buffer = createBuffer.call(this, descriptor);
      buffers.add(buffer);
      return buffer;
    };
    const { destroy } = Buffer.prototype;
    Buffer.prototype.destroy = function () {
      buffers.delete(this);
      destroy.call(this);
    };
  }
}
interface GpuCalls {
  createBuffer(this: object, descriptor: unknown): object;
  destroy(this: object): void;
}

function rowsInClusters(rows: number, columns: number): Float32Array<ArrayBuffer> {
  const random = seeded(3);
  const middles = Array.from({ length: CLASSES * columns }, () => 6 * random());
  return Float32Array.from({ length: rows * columns }, (_, place) => {
    const [row, column] = [Math.floor(place / columns), place % columns];
    return (middles[(row % CLASSES) * columns + column] ?? 0) + random() + random();
  });
}

function mountPlot(fewestDrawnThere: number, signal: AbortSignal): { plot: Plot; body: HTMLElement } {
  const root = document.createElement("section");
  root.className = "layerscope";
  root.dataset.lsTheme = "light";
  const body = document.createElement("div");
  body.style.cssText = `position: relative; width: ${SIZE.width}px; height: ${SIZE.height}px;`;
  root.append(body);
  document.getElementById("root")?.append(root);
  installStyles(root, "chrome", chromeStyles);
  const plot = createPlot(body, {
    signal,
    fewestDrawnThere,
    renderer: "cpu",
    buildIndex: async (positions) => buildPointIndex(positions, {}),
    onHover: () => undefined,
    onSelect: () => undefined,
    onCurrent: () => undefined,
    onUndo: () => undefined,
    onRedo: () => undefined,
    onEscape: () => false,
    onFind: () => undefined,
    onHelp: () => undefined,
    onNotice: (sentence) => notices.push(sentence),
  });
  return { plot, body };
}

const notices: string[] = [];

function picturesDiffer(a: Uint8ClampedArray, b: Uint8ClampedArray): Difference {
  let [sum, inked] = [0, 0];
  for (let at = 0; at < a.length; at += 4) {
    const [overA, overB] = [(a[at + 3] ?? 0) / 255, (b[at + 3] ?? 0) / 255];
    if (overA + overB === 0) continue;
    inked++;
    sum += 255 * Math.abs(overA - overB);
    for (let part = 0; part < 3; part++) sum += Math.abs((a[at + part] ?? 0) * overA - (b[at + part] ?? 0) * overB);
  }
  return { mean: a.length === b.length ? sum / (4 * Math.max(1, inked)) : 255, inked };
}

function pixelsOf(body: HTMLElement): Uint8ClampedArray {
  const canvas = body.querySelector("canvas");
  const context = canvas?.getContext("2d");
  if (!canvas || !context) throw new Error("no canvas");
  if (canvas.width === 0) return new Uint8ClampedArray(0);
  return context.getImageData(0, 0, canvas.width, canvas.height).data;
}

function openRun(rows: number, changed: Partial<UmapOptions>, { isInWorker = true, fewest = 1 } = {}) {
  const end = new AbortController();
  const cancel = new AbortController();
  const control = new LayoutControl();
  const there = mountPlot(fewest, end.signal);
  const here = mountPlot(Number.POSITIVE_INFINITY, end.signal);
  const both = [there, here];
  const codes = Uint8Array.from({ length: rows }, (_, row) => (row % 50 === 0 ? 255 : row % CLASSES));
  for (const { plot } of both) plot.setColors({ palette: classColors, codes });
  const frames: { epoch: number; isDrawable: boolean }[] = [];
  let last: Uint8ClampedArray | null = null;
  answered = [];

  const show = (frame: MapFrame) => {
    frames.push({ epoch: frame.epoch, isDrawable: frame.line !== null && frame.line !== undefined });
    if ((changed.nComponents ?? 2) === 3) return;
    there.plot.setPositions(frame.positions.slice(), { settling: true, line: frame.line });
    here.plot.setPositions(frame.positions.slice(), { settling: true });
  };
  const props = { ...umapScatterDefaults, nNeighbors: 10, backend: "webgpu" as const, ...changed };
  const points = { data: rowsInClusters(rows, 6), rows, columns: 6 };
  const source = { key: "rows", shape: [rows, 6], bytes: 0, read: async () => points.data };
  const inPage = async (): Promise<UmapResult> => {
    const pictures = new LayoutPictures();
    const onLayout = (frame: MapFrame) => show({ ...frame, line: frame.isDrawable ? pictures : null });
    try {
      return await umap(points, optionsOf(props), { signal: cancel.signal, control, onLayout, pictures });
    } finally {
      pictures.end();
    }
  };
  const computed = isInWorker
    ? computeMap({ ...props, points: source }, source, { signal: cancel.signal, control, onFrame: show })
    : inPage();
  const done = computed.then(async (result) => {
    if (result.nComponents === 3) return result;
    last = pixelsOf(there.body);
    for (const { plot } of both) plot.setPositions(result.positions, { settling: false });
    await Promise.all(both.map(({ plot }) => plot.whenSettled()));
    return result;
  });

  return {
    there,
    here,
    frames,
    control,
    done,
    cancel: () => cancel.abort(),
    close: () => end.abort(),
    onBoth(act: (plot: Plot) => void) {
      for (const { plot } of both) act(plot);
    },
    /** Resolves when both views have got there. */
    async zoomBy(factor: number) {
      const scales = () => both.map(({ plot }) => plot.view.scale);
      const before = scales();
      for (const { plot } of both) plot.zoomBy(factor);
      while (!scales().every((scale, place) => Math.abs(scale / (factor * (before[place] ?? 0)) - 1) < 1e-6))
        await new Promise(requestAnimationFrame);
    },
    select: (every: number) => {
      const mask = maskOf(
        Array.from({ length: Math.ceil(rows / every) }, (_, place) => place * every),
        rows,
      );
      for (const { plot } of both) plot.setMask(mask);
    },
    difference: () => picturesDiffer(pixelsOf(there.body), pixelsOf(here.body)),
    /** Between the last picture before the result came and the finished map's. */
    lastDifference: () => picturesDiffer(last ?? new Uint8ClampedArray(), pixelsOf(there.body)),
    pictures: () => answered.length,
  };
}

/** The whole widget, drawn as one of many rows is. */
function openWidget(rows: number) {
  const end = new AbortController();
  const points = { key: "widget", shape: [rows, 6], bytes: 0, read: async () => rowsInClusters(rows, 6) };
  const session = new ScatterSession(
    { ...umapScatterDefaults, points, nEpochs: 1_000_000, nNeighbors: 10, backend: "webgpu" },
    {
      signal: end.signal,
      report: () => undefined,
      keep: () => undefined,
      load: () => Promise.reject(new Error("nothing to load")),
      again: "",
      download: () => undefined,
    },
  );
  const root = document.createElement("div");
  document.getElementById("root")?.append(root);
  answered = [];
  mountView(session, root, end.signal, { fewestDrawnThere: 1 });
  return { session, pictures: () => answered.length, close: () => end.abort() };
}

async function loseDevice(): Promise<void> {
  const gpu = await requestGpu(true);
  if (!(gpu instanceof Gpu)) throw new Error(gpu.missing);
  gpu.device.destroy();
}

const api = { openRun, openWidget, loseDevice, notices, buffers: () => buffers.size };

declare global {
  var drawing: typeof api;
  var run: ReturnType<typeof openRun>;
  var opened: ReturnType<typeof openWidget>;
}
globalThis.drawing = api;
