import { ComputeError } from "../../../src/compute/errors.ts";
import type { Job } from "../../../src/compute/job.ts";
import { type MosaicElement, makeMosaic } from "../../../src/entries/mosaic-element.ts";
import type { MosaicInput } from "../../../src/entries/mosaic-input.ts";
import type { UmapScatterInput } from "../../../src/entries/umap-scatter-input.ts";
import { eraseProps } from "../../../src/widgets/host/erase-props.ts";
import { pictureListSource } from "../../../src/widgets/host/inline-pictures.ts";
import { link, observable, type WidgetElement } from "../../../src/widgets/host/observable.ts";
import type { Layout } from "../../../src/widgets/map/layout.ts";
import { saveMapPicture } from "../../../src/widgets/map/saved-map.ts";
import { sharedLayout } from "../../../src/widgets/map/shared-layout.ts";
import { umapScatterSpec } from "../../../src/widgets/umap-scatter/spec.ts";

/** Tiles of 16 px: left half and right half in colours of their own, by their number. */
function tiles(count: number): ImageData[] {
  return Array.from({ length: count }, (_, tile) => {
    const picture = new ImageData(16, 16);
    for (let pixel = 0; pixel < 256; pixel++) {
      const isLeft = pixel % 16 < 8;
      picture.data.set([isLeft ? 40 + (tile % 8) * 25 : 200, 30 + (tile % 5) * 45, isLeft ? 60 : 190, 255], pixel * 4);
    }
    return picture;
  });
}

/** `count` places in a square of `side` cells, `perCell` tiles around each cell's centre. */
function places(side: number, perCell: number): Float32Array[] {
  return Array.from({ length: side * side * perCell }, (_, tile) => {
    const cell = Math.floor(tile / perCell);
    const away = (tile % perCell) / (4 * perCell);
    return Float32Array.of((cell % side) + 0.25 + away, Math.floor(cell / side) + 0.25 + away);
  });
}

/** Rows in clusters of a few dimensions each, the same at every call. */
function clusters(rows: number, columns: number, count: number): Float32Array[] {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const centers = Array.from({ length: count }, () => Float32Array.from({ length: columns }, () => 10 * random()));
  return Array.from({ length: rows }, (_, row) =>
    Float32Array.from(centers[row % count] ?? [], (value) => value + random()),
  );
}

const shown: (WidgetElement | MosaicElement)[] = [];
let end: () => void = () => undefined;

function show<Element extends WidgetElement | MosaicElement>(element: Element): Element {
  document.getElementById("root")?.append(element);
  shown.push(element);
  return element;
}

const load = async () => ({});
/** What exported pages are built around is of no interest here: their state and blocks are. */
const loadPage = async () => ({ standalone: "", blocks: {} });

/** A mosaic whose coordinates can't be had any more, beside the picture that was saved of them. */
function reopen({ canReachTiles }: { readonly canReachTiles: boolean }): Promise<void> {
  const positions = Float32Array.from(places(6, 2).flatMap((place) => [...place]));
  const layout: Layout = { positions, dims: 2, settling: false, preview: false, origin: { kind: "coords" } };
  const lost = () => Promise.reject(new ComputeError("lost", "Python has stopped."));
  const pictures = pictureListSource(tiles(72));
  const images = canReachTiles ? pictures : { ...pictures, key: "lost", get: async () => null, pack: lost };
  const coords = { key: "gone", shape: [72, 2], bytes: 576, read: lost };
  const saved = saveMapPicture(layout, null, "As it was.");
  return show(makeMosaic({ images, coords, saved, numTilesX: 6 } as never, { load, loadPage })).ready;
}

/** Forget the pictures of `loseable`, as a kernel does that is started again. */
let lose: () => void = () => undefined;

/** Pictures that can be lost: what has been drawn of them stays drawn. */
function loseable(pictures: readonly ImageData[]): never {
  let isLost = false;
  lose = () => {
    isLost = true;
  };
  const source = pictureListSource(pictures);
  const gone = () => Promise.reject(new ComputeError("lost", "Python has stopped."));
  return {
    ...source,
    get: async (row: number, job: Job) => (isLost ? null : source.get(row, job)),
    pack: (rows: readonly number[], job: Job) => (isLost ? gone() : source.pack(rows, job)),
  } as never;
}

const page = {
  reopen,
  loseable,
  lose: () => lose(),
  tiles,
  places,
  clusters,
  link,
  shown,
  mosaic(input: MosaicInput) {
    const invalidation = new Promise<void>((resolve) => {
      end = resolve;
    });
    return show(makeMosaic(input, { invalidation, load, loadPage }));
  },
  umapScatter: (input: UmapScatterInput) => show(observable(eraseProps(umapScatterSpec), { ...input }, { load })),
  /** End the last mosaic. */
  end: () => end(),
  publish: (name: string, layout: Layout) => sharedLayout(name).publish(layout),
  /** What a map tells that is stopped before it has a layout, and one that is begun anew. */
  stop: (name: string) => sharedLayout(name).fail(new ComputeError("cancelled", "Stopped.")),
  runAgain: (name: string) => sharedLayout(name).fail(null),
  mosaicAt: (at: number) => shown[at] as MosaicElement,
  scatterAt: (at: number) => shown[at] as WidgetElement,
};

declare global {
  var mosaicPage: typeof page;
}
globalThis.mosaicPage = page;
