import { countRows } from "../../../compute/selection/row-mask.ts";
import type { Figure, FigureItem } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { nameItems, pointItems } from "../../plane/figure/map-items.ts";
import { markDiameter } from "../../plane/marks/mark-diameter.ts";
import { boundsOf, fitView, noTurn, type View } from "../../plane/view.ts";
import { coloringLegend } from "../../rows/coloring-legend.ts";
import { paintOf } from "../../rows/paint.ts";
import { type Scheme, tokens } from "../../theme/tokens.ts";
import type { ScatterSession } from "../session.ts";

/** What a reader sees that the session does not know. */
export interface Crop {
  /** null: the whole map. */
  readonly view: View | null;
  /** Of a mark in that view, CSS px. */
  readonly diameter: number;
  readonly promoted: readonly number[];
  /**
   * A three-dimensional picture as it is turned now, drawn as for a screen of so many CSS pixels with `density` pixels
   * each; null while there is none.
   */
  picture(width: number, height: number, density: number, scheme: Scheme): Promise<ImageBitmap | null>;
}

/** What is drawn while no view shows the map. */
export const wholeMap: Crop = { view: null, diameter: 0, promoted: [], picture: async () => null };

const LEGEND = 26;
const GAP = 3;
/** At so many CSS pixels a millimetre the axes' text of 12 has the 6 points of a caption. */
const SCREEN_PIXELS = 12 / (6 * 0.3528);
/** Pixels of each: some 500 an inch. */
const DENSITY = 4;
/** Without a view the body is a square of the normal notebook. */
const BODY = 440;

/** The map as a figure for paper: the crop of the screen, drawn anew for its size, with the legend at its right. */
export async function scatterFigure(session: ScatterSession, options: FigureOptions, crop: Crop): Promise<Figure> {
  const { layout, rows } = session;
  const { coloring } = session.data;
  const { scheme, format } = options;
  const ink = tokens[scheme];
  const paint = paintOf(coloring, { scheme, promoted: crop.promoted });
  const positions = layout?.positions ?? new Float32Array(0);
  const flat = !session.isInSpace;
  const view = crop.view ?? fitView(flat ? boundsOf(positions, noTurn) : null, BODY, BODY, noTurn);
  const left = 0;
  const top = titleHeight(options);
  const width = options.width - (coloring ? LEGEND + GAP : 0);
  const height = (width * view.height) / view.width;

  const items: FigureItem[] = [];
  if (flat) {
    const classes = coloring?.kind === "categories" ? coloring : null;
    const mask = rows.selected;
    const { dpi } = options;
    const diameter = crop.view ? crop.diameter : markDiameter(positions.length / 2, view.width * view.height);
    const drawing = {
      left,
      diameter,
      top,
      width,
      height,
      view,
      positions,
      paint,
      mask,
      classes,
      scheme,
      dpi,
      vector: format !== "png",
    };
    const axes = session.props.coords ? (["x", "y"] as const) : (["UMAP 1", "UMAP 2"] as const);
    items.push(...pointItems(drawing), ...nameItems(drawing, axes));
  } else items.push(...(await spaceItems(crop, scheme, { left, top, width, height })));

  const selected = rows.selected ? countRows(rows.selected) : null;
  const place = { x: width + GAP, y: top, width: LEGEND, tokens: ink };
  const title = session.data.shownLoan?.title ?? "";
  const legend = coloring ? coloringLegend(coloring, title, paint, scheme, selected, place) : { items: [], height: 0 };
  items.push(...legend.items);
  const bottom = top + Math.max(height, legend.height);
  return figureSheet(items, bottom, { caption: session.caption, title: session.props.title ?? "UMAP" }, options);
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

async function spaceItems(
  crop: Crop,
  scheme: Scheme,
  { left, top, width, height }: Box,
): Promise<readonly FigureItem[]> {
  const bitmap = await crop.picture(width * SCREEN_PIXELS, height * SCREEN_PIXELS, DENSITY, scheme);
  if (!bitmap) return [];
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context?.drawImage(bitmap, 0, 0);
  const data = context?.getImageData(0, 0, bitmap.width, bitmap.height).data;
  const pixels = { data: new Uint8ClampedArray(data ?? []), width: bitmap.width, height: bitmap.height };
  bitmap.close();
  return [{ kind: "image", x: left, y: top, width, height, pixels }];
}
