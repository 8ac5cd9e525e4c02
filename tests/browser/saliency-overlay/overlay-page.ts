// Saliency maps in a page: of the tour's network, which tells ten pictures apart by crops of 64 pixels and runs there, or of maps
// that were made elsewhere.

import { modelPictures } from "../../../src/entries/model-pictures.ts";
import { sourceOf } from "../../../src/widgets/host/inline-sources.ts";
import { modelOfFiles } from "../../../src/widgets/models/model-of-files.ts";
import { panelPixels } from "../../../src/widgets/saliency-overlay/plot/panel-pixels.ts";
import { acceptProps } from "../../../src/widgets/saliency-overlay/props.ts";
import { SaliencyOverlaySession } from "../../../src/widgets/saliency-overlay/session.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

let session: SaliencyOverlaySession | null = null;
const saved = new Map<string, Blob>();
const load = (part: string) => (part === "engine" ? fetchEngine() : Promise.reject(new Error(`no ${part}`)));

function open(props: Readonly<Record<string, unknown>>): SaliencyOverlaySession {
  const made = new SaliencyOverlaySession(acceptProps(props), {
    signal: new AbortController().signal,
    report: () => undefined,
    keep: () => undefined,
    load,
    tell: () => undefined,
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

/** A picture of waves. */
function waves(height: number, width: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: height * width * 3 }, (_, at) => {
    const [row, column] = [Math.floor(at / 3 / width), Math.floor(at / 3) % width];
    return 127 + 100 * Math.sin(row / (9 + (at % 3))) * Math.cos(column / 11);
  });
}

const page = {
  savedNames: () => [...saved.keys()],
  /** The network, asked about some crops. */
  async openNetwork(rows: readonly number[], props: Readonly<Record<string, unknown>> = {}): Promise<void> {
    const read = async (name: string) => (await fetch(`http://localhost/picture-network/${name}`)).arrayBuffer();
    const [network, packed, json] = await Promise.all(["network.onnx", "crops.bin", "crops.json"].map(read));
    const about = JSON.parse(new TextDecoder().decode(json));
    const crops = rows.map((row) =>
      new Uint8Array(packed ?? new ArrayBuffer()).slice(...about.offsets.slice(row, row + 2)),
    );
    const model = await modelOfFiles([{ name: "network.onnx", content: new Uint8Array(network ?? new ArrayBuffer()) }]);
    open({
      model: { ...model, backend: "wasm", classes: about.names },
      images: modelPictures(crops),
      preprocessing: { mean: [0], deviation: [1] },
      ...props,
    });
  },
  /** Bumps over waves: maps that were made elsewhere. */
  openMaps(height: number, width: number, props: Readonly<Record<string, unknown>> = {}): void {
    const data = Float32Array.from({ length: height * width }, (_, at) => {
      const [row, column] = [Math.floor(at / width) / height, (at % width) / width];
      return Math.exp(-20 * ((row - 0.4) ** 2 + (column - 0.6) ** 2));
    });
    open({
      images: modelPictures({ data: waves(height, width), shape: [1, height, width, 3] }),
      maps: sourceOf(data, [1, 1, height, width]),
      imageNames: ["waves.png"],
      ...props,
    });
  },
  /** All that was asked for is on show. */
  async atRest(): Promise<void> {
    await session?.whenAtRest();
  },
  again: () => session?.again(),
  facts() {
    const { shown } = session ?? {};
    return {
      pictures: shown?.pictures.map(({ name }) => name) ?? [],
      classes: shown?.pictures.map(({ classes }) => classes) ?? [],
      columns: shown?.columns.map(({ name }) => name) ?? [],
      probabilities: Array.from(shown?.pictures[0]?.probabilities ?? []),
    };
  },
  /** What is known of a map: as it is drawn by the formula, and its numbers. */
  map(picture: number, column: number) {
    const { shown, props } = session ?? {};
    const its = shown?.pictures[picture];
    const map = its?.maps[column];
    const of = shown?.columns[column];
    if (!its || !map || !of || !props) throw new Error("no map");
    return {
      height: map.height,
      width: map.width,
      strength: Array.from(map.strength),
      signed: Array.from(map.signed),
      picture: Array.from(its.pixels.data),
      drawn: Array.from(panelPixels(its.pixels, map, of, props)),
      completeness: map.completeness,
    };
  },
  faithfulness(picture: number, column: number) {
    const judged = session?.faithfulnessOf({ picture, column });
    return judged && { deletion: Array.from(judged.deletion), order: Array.from(judged.order) };
  },
  /** Give a picture of one colour, as a drop does. */
  async drop(name: string, color: string): Promise<void> {
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext("2d");
    if (context) context.fillStyle = color;
    context?.fillRect(0, 0, 64, 64);
    const given = new DataTransfer();
    given.items.add(new File([await canvas.convertToBlob()], name, { type: "image/png" }));
    const target = [...document.querySelectorAll(".ls-body")].at(-1);
    for (const type of ["dragenter", "dragover", "drop"])
      target?.dispatchEvent(new DragEvent(type, { dataTransfer: given, bubbles: true, cancelable: true }));
  },
  look: (row: number) => session?.rows.look(row),
};

declare global {
  var overlayPage: typeof page;
}
globalThis.overlayPage = page;
