// Feature maps in a page: of a network of the lab's shape that runs there, or of maps that are made up and kept.

import { ComputeError } from "../../../src/compute/errors.ts";
import { channelStatistics } from "../../../src/compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../src/compute/feature-maps/feature-maps.ts";
import { type OnnxNode, type OnnxTensor, TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { writeOnnx } from "../../../src/compute/model/onnx/write/write-onnx.ts";
import { type FeatureMapGridElement, makeFeatureMapGrid } from "../../../src/entries/feature-map-grid-element.ts";
import { modelPictures } from "../../../src/entries/model-pictures.ts";
import { packMaps } from "../../../src/widgets/feature-map-grid/data/saved-maps.ts";
import type { ShownMaps } from "../../../src/widgets/feature-map-grid/data/shown-maps.ts";
import { acceptProps } from "../../../src/widgets/feature-map-grid/props.ts";
import { FeatureMapGridSession } from "../../../src/widgets/feature-map-grid/session.ts";
import { modelOfFiles } from "../../../src/widgets/models/model-of-files.ts";
import type { ModelPictures } from "../../../src/widgets/models/page-model.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

let session: FeatureMapGridSession | null = null;
let element: FeatureMapGridElement | null = null;
let kept: Uint8Array<ArrayBuffer> = new Uint8Array();
/** What Python would have heard last. */
let phase = "waiting";
const told: unknown[] = [];
const saved = new Map<string, Blob>();
const load = (part: string) => (part === "engine" ? fetchEngine() : Promise.reject(new Error(`no ${part}`)));

function open(props: Readonly<Record<string, unknown>>): FeatureMapGridSession {
  const made = new FeatureMapGridSession(acceptProps(props), {
    signal: new AbortController().signal,
    report: ({ phase: now }) => {
      phase = now;
    },
    keep: (bytes) => {
      kept = bytes;
    },
    load,
    tell: (facts) => told.push(facts),
    again: "Run the cell to compute again.",
    download: (name, content) => saved.set(name, content),
  });
  made.ready.catch(() => undefined);
  const root = document.createElement("div");
  document.getElementById("root")?.append(root);
  made.mount(root, new AbortController().signal);
  session = made;
  return made;
}

/** Numbers that look random, the same each time: 0 to 1. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A convolution with what comes after it, as nodes and weights. */
function convolution(name: string, from: string, channels: number, out: number, random: () => number) {
  const count = out * channels * 9;
  const spread = Math.sqrt(2 / (channels * 9));
  const weights = Float32Array.from({ length: count }, () => (random() * 2 - 1) * spread * 1.7);
  const tensor = (own: string, dims: readonly number[], values: Float32Array<ArrayBuffer>): OnnxTensor => ({
    name: own,
    type: TENSOR_TYPES.float32,
    dims,
    data: { kind: "here", bytes: new Uint8Array(values.buffer) },
  });
  const node = (
    opType: string,
    inputs: readonly string[],
    output: string,
    ints: Record<string, number[]>,
  ): OnnxNode => ({
    name: output,
    opType,
    domain: "",
    inputs,
    outputs: [output],
    attributes: new Map(Object.entries(ints).map(([key, values]) => [key, { kind: "ints", values }])),
    metadata: new Map(),
  });
  return {
    // The first channel answers nothing to any picture: its weights are none.
    tensors: [tensor(`${name}.weight`, [out, channels, 3, 3], weights.fill(0, 0, channels * 9))],
    nodes: [
      node("Conv", [from, `${name}.weight`], name, { kernel_shape: [3, 3] }),
      node("MaxPool", [name], `${name}_pool`, { kernel_shape: [2, 2], strides: [2, 2] }),
    ],
  };
}

/** The lab's eight layers, 704 channels, for pictures of 150 × 150. */
function labNetwork(): Uint8Array<ArrayBuffer> {
  const random = numbersFrom(7);
  const sizes = [3, 32, 64, 128, 128];
  const blocks = sizes.slice(1).map((out, at) => {
    const from = at === 0 ? "x" : `conv${at}_pool`;
    return convolution(`conv${at + 1}`, from, sizes[at] ?? 3, out, random);
  });
  const float = TENSOR_TYPES.float32;
  return writeOnnx({
    irVersion: 9,
    opsets: new Map([["", 20]]),
    producer: "",
    graph: {
      name: "lab",
      nodes: blocks.flatMap(({ nodes }) => nodes),
      initializers: blocks.flatMap(({ tensors }) => tensors),
      inputs: [{ name: "x", type: float, dims: [1, 3, 150, 150] }],
      outputs: [{ name: "conv4_pool", type: float, dims: [1, 128, 7, 7] }],
      values: [],
    },
  });
}

/** Pictures of pixels, each another one. */
function pictures(count: number): ModelPictures {
  return modelPictures({ data: pictureNumbers(count), shape: [count, 150, 150, 3] });
}

function pictureNumbers(count: number): Uint8Array<ArrayBuffer> {
  const random = numbersFrom(3);
  const size = 150 * 150 * 3;
  const data = new Uint8Array(count * size);
  for (let at = 0; at < data.length; at++) {
    const [picture, place] = [Math.floor(at / size), Math.floor((at % size) / 3)];
    const [row, column] = [Math.floor(place / 150), place % 150];
    data[at] = 127 + 90 * Math.sin((row * (picture + 1)) / 9) * Math.cos(column / (7 + picture)) + 30 * random();
  }
  return data;
}

/** Layers of waves, each channel another one; the third is the same everywhere. */
function wavyLayers(counts: readonly number[], side: number): readonly MapLayer[] {
  return counts.map((channels, index): MapLayer => {
    const places = side * side;
    const data = new Float32Array(channels * places);
    for (let at = 0; at < data.length; at++) {
      const channel = Math.floor(at / places);
      const place = at % places;
      data[at] =
        channel === 2 ? 1 : channel + Math.sin((place % side) / (1 + (channel % 5))) + Math.floor(place / side);
    }
    return {
      name: `max_pooling2d_${index + 1}`,
      tensor: `max_pooling2d_${index + 1}`,
      type: "Conv",
      index,
      height: side,
      width: side,
      channels,
      shape: [side, side, channels],
      skipped: 0,
      data,
      statistics: channelStatistics(data, channels, places),
      field: { rows: { start: -1, step: 2, size: 5 }, columns: { start: -1, step: 2, size: 5 } },
    };
  });
}

/** Maps of waves, and their picture. */
function waves(counts: readonly number[], side: number): ShownMaps {
  const layers = wavyLayers(counts, side);
  const [width, height] = [2 * side, 2 * side];
  const data = new Uint8ClampedArray(width * height * 4).fill(200);
  return {
    model: "waves.onnx",
    processor: "WebAssembly",
    reason: "",
    colorOrder: "RGB",
    pictures: [
      {
        key: "sea",
        name: "sea.png",
        number: 0,
        pixels: { width, height, data },
        maps: { input: { data: new Float32Array(), width, height, channels: 3, layout: "NHWC" }, layers },
      },
    ],
  };
}

/** A picture of one colour. */
async function pictureFile(name: string, color: string): Promise<File> {
  const canvas = new OffscreenCanvas(150, 150);
  const context = canvas.getContext("2d");
  if (context) context.fillStyle = color;
  context?.fillRect(0, 0, 150, 150);
  return new File([await canvas.convertToBlob()], name, { type: "image/png" });
}

const cameraTracks: MediaStreamTrack[] = [];

const page = {
  told,
  savedNames: () => [...saved.keys()],
  /** Bytes of the file that was saved last under a name that ends so. */
  async savedBytes(extension: string): Promise<readonly number[]> {
    const name = [...saved.keys()].findLast((each) => each.endsWith(extension));
    return [...new Uint8Array((await saved.get(name ?? "")?.arrayBuffer()) ?? new ArrayBuffer())];
  },
  /** The lab's network, for so many pictures. */
  async openLab(count: number, props: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const content = new Blob([labNetwork()]);
    const model = await modelOfFiles([{ name: "lab.onnx", content }]);
    await open({ model: { ...model, backend: "wasm" }, images: pictures(count), ...props }).ready;
  },
  /** Maps that were kept: no model is there. */
  async openWaves(
    counts: readonly number[],
    side: number,
    props: Readonly<Record<string, unknown>> = {},
  ): Promise<void> {
    await open({ saved: await packMaps({ shown: waves(counts, side), settings: {} }), ...props }).ready;
  },
  /** The notebook is opened again, without its kernel. */
  async reopen(): Promise<void> {
    const read = () => Promise.reject(new ComputeError("lost", "Python has stopped.", "Run the cell again."));
    const model = { key: "gone", name: "gone.onnx", files: [{ name: "gone.onnx", bytes: 8, read }] };
    const made = open({ saved: kept, model, images: pictures(1) });
    await made.ready.catch(() => undefined);
    await made.whenAtRest();
  },
  isKept: () => kept.length,
  update: (props: Readonly<Record<string, unknown>>) => session?.update(acceptChanged(props)),
  look: (row: number) => session?.rows.look(row),
  pictureOnShow: () => session?.shown?.pictures.map(({ name }) => name) ?? [],
  atRest: () => session?.whenAtRest(),
  layers: () =>
    session?.shown?.pictures[0].maps.layers.map(({ name, height, width, channels }) => ({
      name,
      height,
      width,
      channels,
    })) ?? [],
  /** A channel's numbers, as the model answered. */
  valuesOf(layer: number, channel: number): readonly number[] {
    const map = session?.shown?.pictures[0].maps.layers[layer];
    const places = (map?.height ?? 0) * (map?.width ?? 0);
    return Array.from(map?.data.subarray(channel * places, (channel + 1) * places) ?? []);
  },
  /** Give a picture of one colour, as a drop does. */
  async drop(name: string, color: string): Promise<void> {
    const given = new DataTransfer();
    given.items.add(await pictureFile(name, color));
    const target = document.querySelector(".ls-body");
    for (const type of ["dragenter", "dragover", "drop"])
      target?.dispatchEvent(
        new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true, composed: true }),
      );
  },
  /** Paste a picture of one colour with the focus in the widget. */
  async paste(name: string, color: string): Promise<void> {
    const clipboardData = new DataTransfer();
    clipboardData.items.add(await pictureFile(name, color));
    document
      .querySelector(".ls-map-scroller")
      ?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  },
  /** From now on the page has a camera that sees one colour. */
  putCamera(color: string): void {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    if (!context) return;
    context.fillStyle = color;
    context.fillRect(0, 0, canvas.width, canvas.height);
    const stream = canvas.captureStream(10);
    cameraTracks.push(...stream.getTracks());
    navigator.mediaDevices.enumerateDevices = async () => [{ kind: "videoinput" } as MediaDeviceInfo];
    navigator.mediaDevices.getUserMedia = async () => {
      // A frame comes with each drawing.
      const draw = () => {
        context.fillRect(0, 0, canvas.width, canvas.height);
        if (stream.active) requestAnimationFrame(draw);
      };
      draw();
      return stream;
    };
  },
  isCameraOn: () => cameraTracks.some(({ readyState }) => readyState === "live"),
  /** Colour of the middle of the picture that the model was asked about. */
  colorOfInput(): readonly number[] {
    const pixels = session?.shown?.pictures[0].pixels;
    const at = ((pixels?.width ?? 0) * 75 + 75) * 4;
    return Array.from(pixels?.data.subarray(at, at + 3) ?? []);
  },
  phase: () => phase,
  /** The shape of a layer's maps as Python gets them, or why it gets none. */
  async answeredMaps(layer: number): Promise<unknown> {
    const job = { signal: new AbortController().signal };
    try {
      return (await session?.commands["maps"]?.({ layer }, job))?.header["shape"];
    } catch (thrown) {
      return ComputeError.from(thrown).message;
    }
  },
  dropText(name: string, type: string): void {
    const given = new DataTransfer();
    given.items.add(new File(["no picture"], name, { type }));
    document
      .querySelector(".ls-body")
      ?.dispatchEvent(new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true }));
  },
  /** An element as a page's author makes one, from maps that were kept before. */
  makeElement(): void {
    const made = makeFeatureMapGrid({ saved: kept } as unknown as Parameters<typeof makeFeatureMapGrid>[0], {
      load,
      loadPage: async () => ({ standalone: "", blocks: {} }),
    });
    document.getElementById("root")?.append(made);
    element = made;
  },
  /** An element of the lab's network, as a page's author makes one. */
  async makeLabElement(): Promise<void> {
    const content = new Blob([labNetwork()]);
    const model = {
      source: { ...(await modelOfFiles([{ name: "lab.onnx", content }])), backend: "wasm" },
      declared: {},
    };
    const images = { data: pictureNumbers(1), shape: [1, 150, 150, 3] };
    const made = makeFeatureMapGrid({ model, images } as unknown as Parameters<typeof makeFeatureMapGrid>[0], {
      load,
      loadPage: async () => ({ standalone: "", blocks: {} }),
    });
    document.getElementById("root")?.append(made);
    element = made;
  },
  /** What excites a part of its model most. */
  async visualizedByElement(...asked: Parameters<FeatureMapGridElement["visualize"]>) {
    const made = await element?.visualize(...asked);
    return made && { ...made, data: [...made.data] };
  },
  statisticsOfElement: async () => (await element?.statistics()) ?? [],
  pageOfElement: async () => (await (await element?.toHtml())?.text()) ?? "",
};

function acceptChanged(props: Readonly<Record<string, unknown>>) {
  const accepted = acceptProps({ ...session?.props, ...props });
  return Object.fromEntries(Object.entries(accepted).filter(([name]) => name in props));
}

declare global {
  var gridPage: typeof page;
}
globalThis.gridPage = page;
