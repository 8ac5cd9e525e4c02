import { ComputeError } from "../compute/errors.ts";
import { checkChoice, checkNumber } from "../compute/option-checks.ts";
import { EXPLORE_PARTS, type ExplorePart, exploreLayout } from "../widgets/chrome/explore-layout.ts";
import { download } from "../widgets/host/download.ts";
import type { Blocks } from "../widgets/host/encode-props.ts";
import { showError } from "../widgets/host/error-card.ts";
import { type InlinePicture, pictureListSource } from "../widgets/host/inline-pictures.ts";
import { rowLabels } from "../widgets/host/inline-sources.ts";
import { link, type ObservableOptions, traitsOf } from "../widgets/host/observable.ts";
import { writePage } from "../widgets/host/write-page.ts";
import { coloringOf } from "../widgets/rows/coloring.ts";
import { formatCounted } from "../widgets/theme/numbers.ts";
import { type BoxPlotElement, makeBoxPlot } from "./box-plot-element.ts";
import type { ExploreInput } from "./explore-input.ts";
import { type FeatureMapGridElement, makeFeatureMapGrid } from "./feature-map-grid-element.ts";
import { Features } from "./features.ts";
import { type MosaicElement, makeMosaic } from "./mosaic-element.ts";
import { loadModelPageParts } from "./npm-parts.ts";
import { makeSaliencyOverlay, type SaliencyOverlayElement } from "./saliency-overlay-element.ts";
import { makeUmapScatter, type UmapScatterElement } from "./umap-scatter-element.ts";
import type { RowLabels } from "./umap-scatter-input.ts";

/** The five widgets that an element of `explore` lays out; each is one like any other. */
export interface ExploreWidgets {
  readonly map: UmapScatterElement;
  readonly mosaic: MosaicElement;
  readonly units: BoxPlotElement;
  readonly featureMaps: FeatureMapGridElement;
  readonly saliency: SaliencyOverlayElement;
}

/** Five linked widgets as one element: `view(element)` in Observable, `append(element)` anywhere else. */
export interface ExploreElement extends HTMLElement, ExploreWidgets {
  /** Numbers of the selected pictures, ascending; null when none is. Settable; `input` events tell of changes. */
  value: Int32Array<ArrayBuffer> | readonly number[] | null;
  /** Settles when all five are on show; rejects where one but the saliency fails, which says in its place why it does. */
  readonly ready: Promise<void>;
  /** Save a page with all five and the model, which opens from disk with no network: it is downloaded, and given back. */
  toHtml(): Promise<Blob>;
  /** End the widgets and free what they hold. Observable's `invalidation` does the same. */
  dispose(): void;
}

/** Cells across a mosaic. */
const [FEWEST, MOST] = [4, 50];
/** The name under which the widgets of an exported page follow each other. */
const GROUP = "explore";

/** Serve five linked widgets as one element. Wrong input shows its sentence in the element. */
export function makeExplore(input: ExploreInput, options: ObservableOptions): ExploreElement {
  const element: HTMLElement = document.createElement("div");
  const lifetime = new AbortController();
  const { signal } = lifetime;
  const dispose = () => lifetime.abort();
  void options.invalidation?.then(dispose, dispose);
  const ended = new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
  try {
    const heading = headingOf(input);
    const widgets = makeWidgets(input, { ...options, invalidation: ended });
    const places = exploreLayout(element, heading, signal);
    for (const part of EXPLORE_PARTS) places.get(part)?.append(widgets[part]);
    // A widget inside has a value of its own; this element's is the rows that are selected.
    for (const [part, place] of places)
      place.addEventListener("input", (event) => retell(event, element, part), { signal });
    const write = async () => {
      const blocks: Blocks = new Map();
      const members = EXPLORE_PARTS.map(async (part) => {
        const traits = await traitsOf(widgets[part], part, blocks, { hasEngine: true, group: GROUP });
        return [part, traits] as const;
      });
      const container = { _widget: "explore", _id: GROUP, _core_key: "", _members: EXPLORE_PARTS, _heading: heading };
      const models = { ...Object.fromEntries(await Promise.all(members)), [GROUP]: container };
      const text = await writePage(models, blocks, await loadModelPageParts(), heading.title, [GROUP]);
      const page = new Blob([text], { type: "text/html" });
      download("explore.html", page);
      return page;
    };
    return Object.defineProperties(element, {
      ...Object.fromEntries(EXPLORE_PARTS.map((part) => [part, { value: widgets[part] }])),
      value: {
        get: () => widgets.map.value,
        set: (rows: ExploreElement["value"]) => {
          widgets.map.value = rows;
        },
      },
      ready: { get: () => readyOf(widgets) },
      toHtml: { value: write },
      dispose: { value: dispose },
    }) as ExploreElement;
  } catch (thrown) {
    showError(element, thrown);
    const refuse = () => Promise.reject(thrown);
    const ready = refuse();
    ready.catch(() => {});
    const broken = { value: null, ready, toHtml: refuse, dispose };
    return Object.defineProperties(
      element,
      Object.fromEntries(Object.entries(broken).map(([name, value]) => [name, { value, writable: true }])),
    ) as ExploreElement;
  }
}

function headingOf({ model, images, title, theme = "auto", height }: ExploreInput) {
  if (!model || typeof model !== "object" || !("source" in model))
    throw new ComputeError("input", "There is no model.", "Pass await Model.load(file).");
  if (!Array.isArray(images) || images.length === 0)
    throw new ComputeError("input", "There are no pictures.", "Pass images, a list.");
  checkChoice("theme", theme, ["auto", "light", "dark"]);
  if (height !== undefined) checkNumber("height", height, { integer: true, least: 160, most: 2000 });
  const subtitle = formatCounted(images.length, "picture");
  return { title: title ?? model.name, subtitle, theme, height: height ?? null };
}

/** The five, linked; the model runs once for the first three. */
function makeWidgets(input: ExploreInput, options: ObservableOptions): ExploreWidgets {
  const { model, images, labels, slides, layer = "postconv", theme } = input;
  const count = images.length;
  // One source for all: what is decoded, or asked of the model, is decoded and asked once.
  const pictures = pictureListSource(images) as unknown as readonly InlinePicture[];
  // All of them call a picture the same.
  const imageNames = input.names ? Array.from(input.names, String) : images.map(nameOf);
  const shared = { labels, theme, names: imageNames };
  const points = new Features(model, { layers: layer, pooling: "avg" }).activations(pictures);
  const map = makeUmapScatter({ ...shared, points, images: pictures }, options);
  // Some three pictures a cell, were they spread evenly: of 1,000 each is large enough to be known again.
  const numTilesX = Math.max(FEWEST, Math.min(MOST, Math.round(0.6 * Math.sqrt(count))));
  const mosaic = makeMosaic({ ...shared, images: pictures, coords: map, numTilesX, classNames: false }, options);
  const units = makeBoxPlot({ ...shared, values: points, slides, labels: classesOf(labels, count) }, options);
  const about = { model, images: pictures, theme, imageNames };
  const featureMaps = makeFeatureMapGrid(about, options);
  const saliency = makeSaliencyOverlay({ ...about, shown: [0] }, options);
  link(map, mosaic, units, featureMaps, saliency);
  return { map, mosaic, units, featureMaps, saliency };
}

const nameOf = (picture: InlinePicture, row: number) => (picture instanceof File ? picture.name : `picture ${row + 1}`);

/** What units are compared by: without classes all pictures are one, which a selection is told from. */
function classesOf(labels: RowLabels | undefined, count: number): RowLabels {
  const coloring = labels && coloringOf(Array.from(rowLabels(labels) as ArrayLike<string | number>), "labels");
  return labels && coloring?.kind === "categories" && coloring.names.length > 0 ? labels : Array(count).fill("all");
}

function retell(event: Event, element: HTMLElement, part: ExplorePart): void {
  event.stopPropagation();
  if (part === "map") element.dispatchEvent(new Event("input", { bubbles: true }));
}

async function readyOf({ map, mosaic, units, featureMaps, saliency }: ExploreWidgets): Promise<void> {
  await Promise.all([map, mosaic, units, featureMaps].map(({ ready }) => ready));
  await saliency.ready.catch(() => undefined);
}
