// The page that `grid-704` runs in: the lab's network asked about a picture, its activations drawn by the real grid.
import { channelStatistics, channelStrengths } from "../../../src/compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../src/compute/feature-maps/feature-maps.ts";
import { orderChannels } from "../../../src/compute/feature-maps/order-channels.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { cornerOf } from "../../../src/widgets/feature-map-grid/plot/grid-layout.ts";
import styles from "../../../src/widgets/feature-map-grid/view/feature-map-grid.css";
import { mapColors } from "../../../src/widgets/feature-map-grid/view/grid-look.ts";
import { type GridPane, gridPane } from "../../../src/widgets/feature-map-grid/view/grid-pane.ts";
import { layerWords } from "../../../src/widgets/feature-map-grid/view/map-words.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { fetchEngine } from "../../support/fetch-engine.ts";

const KEY = "lab";
const LAYERS = 8;
/** So wide that sixteen stand in a row, so high that all are in view: all must be drawn. */
const [WIDTH, HEIGHT] = [600, 2_100];

/** A layer without what is known of its channels: that is part of the work. */
type Answered = Omit<MapLayer, "statistics">;

let answered: readonly Answered[] = [];

const nothing = () => undefined;
const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()));
/** The frame that shows what was drawn has been made. */
const painted = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));

function buildBody(): HTMLElement {
  const root = document.createElement("section");
  root.className = "layerscope";
  root.style.width = `${WIDTH}px`;
  const body = document.createElement("div");
  body.style.cssText = `position: relative; display: grid; width: ${WIDTH}px; height: ${HEIGHT}px;`;
  root.append(body);
  document.getElementById("root")?.append(root);
  installStyles(root, "chrome", chromeStyles);
  installStyles(root, "feature-map-grid", styles);
  return body;
}

async function drawn(pane: GridPane): Promise<void> {
  do await frame();
  while (!pane.layout || !pane.isDrawn);
  await painted();
}

/** How many pictures of the grid have something in their middle. */
function countPictures({ layout, element }: GridPane): number {
  if (!layout) return 0;
  const corner = element.getBoundingClientRect();
  const strips = [...element.querySelectorAll<HTMLCanvasElement>("canvas.ls-map-strip")].map((canvas) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    return { left: left - corner.left, top: top - corner.top, width, height, pixels };
  });
  const isInked = (x: number, y: number) =>
    strips.some(({ left, top, width, height, pixels }) => {
      const [right, down] = [Math.floor(x - left), Math.floor(y - top)];
      if (right < 0 || down < 0 || right >= width || down >= height) return false;
      return pixels?.[4 * (down * Math.ceil(width) + right) + 3] === 255;
    });
  return layout.sections.reduce((sum, { count }, layer) => {
    const corners = Array.from({ length: count }, (_, place) => cornerOf(layout, { layer, place }));
    return sum + corners.filter(({ x, y }) => isInked(x + layout.cell / 2, y + layout.cell / 2)).length;
  }, 0);
}

const page = {
  /** The model's layers asked about a picture; the activations as text, for whoever else draws them. */
  async load() {
    const files = await fetchEngine();
    await pageClient().call("startEngine", files);
    const bytes = new Uint8Array(await (await fetch("http://localhost/lab-network.h5")).arrayBuffer());
    const options = { processor: "cpu", shape: null } as const;
    await pageClient().call("loadModel", { key: KEY, files: [{ name: "lab-network.h5", bytes }], options });
    const file = await (await fetch("http://localhost/cat.png")).blob();
    const bitmap = await createImageBitmap(file, { resizeWidth: 150, resizeHeight: 150 });
    const context = new OffscreenCanvas(150, 150).getContext("2d");
    context?.drawImage(bitmap, 0, 0);
    const pixels = context?.getImageData(0, 0, 150, 150).data ?? [];
    const floats = Float32Array.from(pixels.filter((_, at) => at % 4 < 3)).map((value) => value / 255);
    const maps = await pageClient().call("featureMaps", { key: KEY, floats, layers: LAYERS });
    answered = maps.layers.map(({ statistics: _, ...layer }) => layer);
    return answered.map(({ name, channels, height, width, data }) => ({
      name,
      channels,
      height,
      width,
      values: btoa(
        Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), (byte) =>
          String.fromCharCode(byte),
        ).join(""),
      ),
    }));
  },
  /** From activations to all pictures on the screen. */
  async draw(): Promise<{ readonly wall_s: number; readonly pictures: number }> {
    const body = buildBody();
    const end = new AbortController();
    const pane = gridPane({ onPoint: nothing, onOpen: nothing, onLayer: nothing, onHelp: nothing }, end.signal);
    body.append(pane.element);
    await painted();
    const begun = performance.now();
    const layers = answered.map(
      (layer): MapLayer => ({
        ...layer,
        statistics: channelStatistics(layer.data, layer.channels, layer.height * layer.width),
      }),
    );
    pane.show({
      maps: {
        layers: [layers],
        orders: layers.map(({ statistics }) => orderChannels(statistics, "index")),
        strengths: [layers.map(({ statistics }) => channelStrengths(statistics))],
      },
      look: {
        normalize: "zscore",
        colors: mapColors({ normalize: "zscore", colormap: "viridis" }),
        tokens: { surface: "#f5f5f5", edge: "#858585", textSecond: "#5c5c5c" },
      },
      columns: null,
      heads: layers.map((layer) => ({ name: layer.name, words: layerWords(layer) })),
    });
    await drawn(pane);
    const wall_s = (performance.now() - begun) / 1000;
    const pictures = countPictures(pane);
    end.abort();
    body.parentElement?.remove();
    return { wall_s, pictures };
  },
};

declare global {
  interface Window {
    gridBench: typeof page;
  }
}
window.gridBench = page;
