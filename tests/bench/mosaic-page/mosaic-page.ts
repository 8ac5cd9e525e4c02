// The page that the mosaic's benchmarks run in: tiles that lie in it, drawn on the screen or saved as a file.
import { generateGrid, gridDefaults } from "../../../src/compute/mosaic/index.ts";
import { pageClient } from "../../../src/compute/runtime/page-client.ts";
import { chromeStyles } from "../../../src/widgets/chrome/styles.ts";
import { acceptPageOptions } from "../../../src/widgets/export/figure-options.ts";
import { pictureListSource } from "../../../src/widgets/host/inline-pictures.ts";
import { readPicturePack, writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import type { ImageSource } from "../../../src/widgets/host/sources.ts";
import { wholeMosaic } from "../../../src/widgets/mosaic/figure/crop.ts";
import { saveMosaic } from "../../../src/widgets/mosaic/figure/save-mosaic.ts";
import { createMosaicPlot } from "../../../src/widgets/mosaic/plot/create-plot.ts";
import { acceptProps } from "../../../src/widgets/mosaic/props.ts";
import { MosaicSession } from "../../../src/widgets/mosaic/session.ts";
import { installStyles } from "../../../src/widgets/theme/install-styles.ts";
import { fetchServed, type ServedFile } from "../data/fetch-served.ts";

const SIDE = 64;
const BODY = 600;

let places = new Float32Array();
let images: ImageSource = pictureListSource([]);

/** Raw tiles, one behind the other, as an array of a notebook comes. */
function stackSource(tiles: Uint8Array<ArrayBuffer>): ImageSource {
  const size = SIDE * SIDE * 3;
  return {
    key: "tiles",
    length: tiles.length / size,
    get: async () => null,
    pack: async (rows) =>
      writePicturePack(
        rows.map((row) => ({
          picture: { row, width: SIDE, height: SIDE, channels: 3 },
          bytes: tiles.subarray(row * size, (row + 1) * size),
        })),
      ),
  };
}

const idle = () => new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

function buildBody(): { readonly root: HTMLElement; readonly body: HTMLElement } {
  const root = document.createElement("section");
  root.className = "layerscope";
  root.style.width = `${BODY}px`;
  const body = document.createElement("div");
  body.style.cssText = `position: relative; width: ${BODY}px; height: ${BODY}px;`;
  root.append(body);
  document.getElementById("root")?.append(root);
  installStyles(root, "chrome", chromeStyles);
  return { root, body };
}

const nothing = () => undefined;

/** Lay out and draw all tiles in a body 600 px square; `end` takes it away. */
async function drawPlot(columns: number) {
  const { root, body } = buildBody();
  const end = new AbortController();
  const begun = performance.now();
  const grid = await generateGrid(places, { ...gridDefaults, numTilesX: columns });
  const plot = createMosaicPlot(body, {
    signal: end.signal,
    onHover: nothing,
    onSelect: nothing,
    onCurrent: nothing,
    onOpen: nothing,
    onUndo: nothing,
    onRedo: nothing,
    onEscape: () => false,
    onFind: nothing,
    onHelp: nothing,
    onNotice(sentence) {
      throw new Error(sentence);
    },
  });
  plot.setPictures(images, null);
  plot.setGrid(grid, places);
  await plot.whenSettled();
  const seconds = (performance.now() - begun) / 1000;
  return {
    plot,
    seconds,
    cells: grid.shown.filter((row) => row >= 0).length,
    end() {
      end.abort();
      root.remove();
    },
  };
}

const page = {
  async load({ files, kind }: LoadTask): Promise<void> {
    places = new Float32Array((await fetchServed(files.places)).buffer);
    if (kind === "array") images = stackSource(await fetchServed(files.tiles));
    else {
      const jpegs = await fetchServed(files.jpegs);
      const ends = new Uint32Array((await fetchServed(files.ends)).buffer);
      images = pictureListSource([...ends].map((end, row) => jpegs.slice(row === 0 ? 0 : ends[row - 1], end)));
    }
    pageClient().warm();
  },
  /** Places of so many rows more, beside the given: the same tiles again. */
  repeat(times: number): void {
    const given = images;
    const length = given.length;
    const spread = new Float32Array(places.length * times);
    for (let turn = 0; turn < times; turn++)
      places.forEach((value, place) => {
        spread[turn * places.length + place] = value + Math.sin(place * (turn + 1)) / 4;
      });
    places = spread;
    images = {
      key: "repeated",
      length: length * times,
      get: (row, job) => given.get(row % length, job),
      pack: (rows, job) => packRepeated(given, rows, length, job),
    };
  },
  async screen(columns: number): Promise<{ readonly wall_s: number; readonly cells: number }> {
    const { seconds, cells, end } = await drawPlot(columns);
    end();
    await idle();
    return { wall_s: seconds, cells };
  },
  /** A PNG of the whole mosaic, so many pixels wide. */
  async save(width: number): Promise<{ readonly wall_s: number; readonly bytes: number }> {
    const end = new AbortController();
    const session = new MosaicSession(
      acceptProps({
        images,
        coords: { key: "places", shape: [places.length / 2, 2], bytes: 0, read: async () => places },
      }),
      {
        signal: end.signal,
        report: nothing,
        keep: nothing,
        load: async () => null,
        again: "",
        download: nothing,
      },
    );
    await session.ready;
    const begun = performance.now();
    const options = acceptPageOptions({ format: "png", size: (width / 300) * 25.4, dpi: 300 });
    const { bytes } = await saveMosaic(session, options, wholeMosaic, {});
    const wall_s = (performance.now() - begun) / 1000;
    end.abort();
    return { wall_s, bytes: bytes.length };
  },
  /**
   * Lay out all tiles, then pan and zoom in and out through them.
   *
   * @returns Seconds to the first picture; of a frame (its drawing, from one to the next) while panning and zooming, the
   * median; megabytes of pictures kept, the most at any time.
   */
  async travel(columns: number, steps: number) {
    const { plot, seconds, end } = await drawPlot(columns);
    const surface = document.querySelector(".ls-plane");
    if (!surface) throw new Error("no plane");
    const { left, top } = surface.getBoundingClientRect();
    let most = plot.textureBytes();
    const frames = async (step: (at: number) => void) => {
      const times: number[] = [];
      for (let at = 0; at < steps; at++) {
        const before = performance.now();
        step(at);
        await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        times.push((performance.now() - before) / 1000);
        most = Math.max(most, plot.textureBytes());
      }
      await plot.whenSettled();
      most = Math.max(most, plot.textureBytes());
      return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
    };
    const wheel = (deltaY: number) =>
      surface.dispatchEvent(
        new WheelEvent("wheel", {
          clientX: left + BODY / 2,
          clientY: top + BODY / 2,
          deltaY,
          ctrlKey: true,
          cancelable: true,
        }),
      );
    const zoomIn = await frames(() => wheel(-120));
    const arrow = (key: string) =>
      surface.dispatchEvent(new KeyboardEvent("keydown", { key, shiftKey: true, bubbles: true }));
    const pan = await frames((at) => arrow(at % 4 < 2 ? "ArrowRight" : "ArrowUp"));
    const zoomOut = await frames(() => wheel(120));
    end();
    return { first_s: seconds, pan_s: pan, zoom_s: Math.max(zoomIn, zoomOut), textures_mb: most / 2 ** 20 };
  },
};

async function packRepeated(
  given: ImageSource,
  rows: readonly number[],
  length: number,
  job: Parameters<ImageSource["pack"]>[1],
) {
  const { bytes, pictures } = readPicturePack(
    await given.pack(
      rows.map((row) => row % length),
      job,
    ),
  );
  return writePicturePack(
    pictures.map(({ offset, length: size, row: _row, ...picture }, place) => ({
      picture: { ...picture, row: rows[place] ?? 0 },
      bytes: bytes.subarray(offset, offset + size),
    })),
  );
}

export interface LoadTask {
  readonly files: Readonly<Record<"places" | "tiles" | "jpegs" | "ends", ServedFile>>;
  readonly kind: "array" | "jpeg";
}

declare global {
  var mosaicBench: typeof page;
}
globalThis.mosaicBench = page;
