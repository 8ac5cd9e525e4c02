import { channelStrengths, isDead } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import { orderChannels } from "../../../compute/feature-maps/order-channels.ts";
import { type Figure, type FigureItem, type FigurePixels, figureText } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { captionHeight, figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { figurePixels } from "../../export/figure-size.ts";
import { placeItems } from "../../export/place-items.ts";
import { cutMiddle, textWidth } from "../../export/text-width.ts";
import { parseColor } from "../../theme/rgb.ts";
import { type Tokens, tokens } from "../../theme/tokens.ts";
import { layersOf, picturesWords, type ShownMaps } from "../data/shown-maps.ts";
import { fitMap } from "../plot/map-fit.ts";
import type { FeatureMapGridProps } from "../props.ts";
import { mapColors } from "../view/grid-look.ts";
import { layerWords } from "../view/map-words.ts";
import { channelPixels } from "./channel-pixels.ts";
import { type LegendDrawing, legendDrawing } from "./legend-drawing.ts";
import { type PageRow, pageRows } from "./page-rows.ts";

/** Millimetres. */
const GAP = 0.7;
const PAIR_GAP = 1.6;
const BAR = 0.5;
const TITLE = 5;
const FOOT = 2.5;
const MARGIN = 13.5;
/** A page's height by its width (ISO 216). */
const UPRIGHT = 297 / 210;
const COLUMNS = 16;
/** Letters of a page's number. */
const SMALL = 6;

/** What is drawn. */
export interface DrawnGrid {
  readonly shown: ShownMaps;
  readonly props: Pick<FeatureMapGridProps, "normalize" | "colormap" | "columns" | "sort" | "title">;
  readonly caption: string;
}

/** All channels on one sheet, as high as it must be. */
export function mapsFigure(grid: DrawnGrid, options: FigureOptions): Figure {
  const paper = paperOf(grid, options);
  const top = titleHeight(options);
  const [page] = pageRows({ ...paper.rows, room: Number.POSITIVE_INFINITY });
  const bottom = top + (page?.bottom ?? 0);
  const rows = (page?.rows ?? []).flatMap((row) => rowItems(paper, { ...row, top: row.top + top }));
  const items = [...rows, ...legendAt(paper, bottom)];
  return figureSheet(items, bottom + paper.legend.height, wordsOf(grid), options);
}

/**
 * The same on upright pages, A4 where the figure is as wide as a page: each channel one picture in the file, each layer's
 * name on every page that has some of it.
 */
export function mapsPages(grid: DrawnGrid, options: FigureOptions): readonly Figure[] {
  const paper = paperOf(grid, options);
  const top = titleHeight(options);
  const width = options.width + 2 * MARGIN;
  const height = width * UPRIGHT;
  const room = height - 2 * MARGIN - top - paper.legend.height - captionHeight(grid.caption, options);
  const pages = pageRows({ ...paper.rows, room });
  return pages.map(({ rows, bottom }, index) => {
    const channels = rows.flatMap((row) => rowItems(paper, { ...row, top: row.top + top }));
    const items = [...channels, ...legendAt(paper, top + bottom)];
    const isLast = index === pages.length - 1;
    const words = { ...options, title: index === 0 ? options.title : null, caption: options.caption && isLast };
    const sheet = figureSheet(items, top + bottom + paper.legend.height, wordsOf(grid), words);
    const number = `${index + 1} of ${pages.length}`;
    const { textSecond } = paper.ink;
    const foot = height - MARGIN / 2;
    const what = cutMiddle(`${grid.shown.model}, ${picturesWords(grid.shown)}`, options.width * 0.8, SMALL);
    return {
      ...sheet,
      width,
      height,
      items: [
        ...placeItems(sheet.items, { x: MARGIN, y: MARGIN, scale: 1 }),
        // A page that is printed says of what it is, whichever it is.
        figureText(what, MARGIN, foot, textSecond, { size: SMALL }),
        ...(pages.length > 1
          ? [figureText(number, width - MARGIN, foot, textSecond, { size: SMALL, anchor: "end" })]
          : []),
      ],
    };
  });
}

function wordsOf({ caption, props }: DrawnGrid): { readonly caption: string; readonly title: string } {
  return { caption, title: props.title ?? "Feature maps" };
}

function legendAt({ legend }: Paper, y: number): readonly FigureItem[] {
  return placeItems(legend.items, { x: 0, y, scale: 1 });
}

/** What all rows share. */
interface Paper {
  readonly grid: DrawnGrid;
  readonly ink: Tokens;
  readonly colors: Uint8Array;
  readonly width: number;
  /** A picture's side, mm, and how many pixels it has at most. */
  readonly cell: number;
  readonly pixels: number;
  /** From one channel to the next, mm. */
  readonly pitch: number;
  readonly layers: readonly PaperLayer[];
  readonly legend: LegendDrawing;
  readonly rows: {
    readonly counts: readonly number[];
    readonly across: number;
    readonly row: number;
    readonly title: number;
    readonly foot: number;
  };
}

/** A layer as each of the pictures has it. */
interface PaperLayer {
  readonly order: Int32Array;
  readonly inputs: readonly { readonly layer: MapLayer; readonly strengths: Float32Array }[];
}

function paperOf(grid: DrawnGrid, { width, dpi, scheme }: FigureOptions): Paper {
  const { shown, props } = grid;
  const inputs = shown.pictures.length;
  const across = Math.max(1, Math.floor((props.columns ?? COLUMNS) / inputs));
  const gap = inputs > 1 ? PAIR_GAP : GAP;
  const cell = (width - (across - 1) * gap) / (across * inputs);
  const layers = layersOf(shown).map((layer, index): PaperLayer => {
    const each = shown.pictures.flatMap(({ maps }) => maps.layers[index] ?? []);
    return {
      order: orderChannels(layer.statistics, props.sort, each[1]?.statistics ?? null),
      inputs: each.map((one) => ({ layer: one, strengths: channelStrengths(one.statistics) })),
    };
  });
  const [ink, colors] = [tokens[scheme], mapColors(props)];
  return {
    grid,
    ink,
    colors,
    width,
    cell,
    pixels: figurePixels(cell, dpi),
    pitch: cell * inputs + gap,
    layers,
    legend: legendDrawing({ normalize: props.normalize, colors, ink, bar: BAR }, width),
    rows: {
      counts: layers.map(({ order }) => order.length),
      across,
      row: cell + BAR + 2 * GAP,
      title: TITLE,
      foot: FOOT,
    },
  };
}

function rowItems(paper: Paper, { layer: index, first, last, title, top }: PageRow): readonly FigureItem[] {
  const { cell, pitch, layers } = paper;
  const one = layers[index];
  const [main] = one?.inputs ?? [];
  if (!one || !main) return [];
  const y = top + (title ? TITLE : 0);
  const items: FigureItem[] = title ? [...titleItems(main.layer, top, title === "continued", paper)] : [];
  for (let place = first; place < last; place++) {
    const channel = one.order[place] ?? 0;
    for (const [input, { layer, strengths }] of one.inputs.entries()) {
      const x = (place - first) * pitch + input * cell;
      items.push(...channelItems(layer, channel, x, y, paper));
      const width = (strengths[channel] ?? 0) * cell;
      if (width > 0)
        items.push({ kind: "rect", x, y: y + cell + GAP / 2, width, height: BAR, fill: paper.ink.textSecond });
    }
  }
  return items;
}

function titleItems(
  layer: MapLayer,
  top: number,
  isContinued: boolean,
  { ink, width }: Pick<Paper, "ink" | "width">,
): readonly FigureItem[] {
  const name = cutMiddle(layer.name, width / 2, 8, 600);
  const facts = isContinued ? `${layerWords(layer)} · continued` : layerWords(layer);
  const baseline = top + TITLE - 1.5;
  return [
    figureText(name, 0, baseline, ink.text, { size: 8, weight: 600 }),
    figureText(facts, textWidth(name, 8, 600) + 2, baseline, ink.textSecond),
  ];
}

/** A channel's picture; a dead one's has the one colour of what shows nothing, and a diagonal. */
function channelItems(layer: MapLayer, channel: number, x: number, y: number, paper: Paper): readonly FigureItem[] {
  const { cell, pixels: most, colors, grid, ink } = paper;
  const { height, width, statistics } = layer;
  const fit = fitMap(height, width, most);
  const unit = cell / most;
  const box = {
    x: x + fit.left * unit,
    y: y + fit.top * unit,
    width: fit.width * unit,
    height: fit.height * unit,
  };
  if (!isDead(statistics, channel, height * width)) {
    const pixels = () => channelPixels(layer, channel, { normalize: grid.props.normalize, colors, most });
    return [{ kind: "image", ...box, pixels, smooth: Math.max(height, width) > most }];
  }
  const line = { x1: box.x, y1: box.y + box.height, x2: box.x + box.width, y2: box.y };
  return [
    { kind: "image", ...box, pixels: onePixel(ink.surface), smooth: false },
    { kind: "line", ...line, stroke: ink.edge, lineWidth: 0.5 },
  ];
}

function onePixel(color: string): FigurePixels {
  return { data: Uint8ClampedArray.of(...parseColor(color).rgb, 255), height: 1, width: 1 };
}
