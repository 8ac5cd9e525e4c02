import type { Figure, FigureItem } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { axesSize, axisItems } from "../../plane/figure/axis-items.ts";
import { classNameItems, pointItems } from "../../plane/figure/map-items.ts";
import { markDiameter } from "../../plane/marks/mark-diameter.ts";
import { boundsOf, fitView, noTurn, type View } from "../../plane/view.ts";
import { paintOf } from "../../rows/paint.ts";
import { tokens } from "../../theme/tokens.ts";
import { axisNames } from "../axis-names.ts";
import type { TileGrid } from "../data/tile-grids.ts";
import { CellLookbook } from "../plot/cells/cell-looks.ts";
import { cellsOfGrid } from "../plot/cells/cells-of-grid.ts";
import { isDensity } from "../plot/drawing/density-limit.ts";
import { axesPlace } from "../plot/overlay/axes-place.ts";
import type { MosaicSession } from "../session.ts";
import type { Crop } from "./crop.ts";
import { figureLegend } from "./figure-legend.ts";
import type { TileDrawing } from "./tile-drawing.ts";

/** A figure whose tiles are still to be drawn: between what lies under them and the figure's own items. */
export interface MosaicFigure {
  readonly figure: Figure;
  readonly under: readonly FigureItem[];
  /** null: points are drawn, or there is nothing to draw. */
  readonly tiles: TileDrawing | null;
}

const LEGEND = 26;
const GAP = 3;
/** Without a view the body is as wide as in a normal notebook. */
const BODY = 440;
const CSS_PER_MM = 96 / 25.4;

/** The mosaic as a figure for paper: the crop of the screen, drawn anew for its size, with the legend at its right. */
export function mosaicFigure(session: MosaicSession, options: FigureOptions, crop: Crop): MosaicFigure {
  const { props, rows, tiles } = session;
  const { images, stain, focus } = session.looks;
  const { coloring } = session.data;
  const { scheme, dpi } = options;
  const ink = tokens[scheme];
  const paint = paintOf(coloring, { scheme, promoted: crop.promoted });
  const view = crop.view ?? wholeView(tiles);
  const background = props.background === null ? null : plainColor(props.background, ink.page);
  const top = titleHeight(options);
  const bodyOf = (width: number) => ({
    left: 0,
    top,
    width,
    height: (width * view.height) / view.width,
    view,
    scheme,
  });
  const mask = rows.selected;
  const cells = crop.cells ?? (tiles && cellsOfGrid(tiles.grid));
  // What a screen shows is drawn at any size and dpi; where there is none, the figure is looked at as it is large.
  const sizeOf = (width: number) => (crop.view ? view.scale : (view.scale * width * CSS_PER_MM) / view.width);
  const drawingOf = (width: number): TileDrawing | null =>
    cells && images && crop.mode === "tiles"
      ? {
          ...bodyOf(width),
          cells,
          isDensity: isDensity(cells, cells.lattice.cellSize * sizeOf(width)),
          looks: new CellLookbook({ mask, focus, paint, coloring }),
          marks: props.classMarks,
          page: background ?? ink.page,
          ground: background?.startsWith("#") ? background : background || options.transparent ? null : ink.page,
          images,
          stain,
        }
      : null;
  // A legend makes room for itself: cells that are too small without one are so beside it.
  const beside = options.width - LEGEND - GAP;
  const width = coloring || drawingOf(options.width)?.isDensity ? beside : options.width;
  const drawing = drawingOf(width);
  const body = bodyOf(width);

  const under: FigureItem[] = background
    ? [{ kind: "rect", x: body.left, y: top, width, height: body.height, fill: background }]
    : [];
  const items: FigureItem[] = [];
  if (tiles && !drawing) {
    const { positions } = tiles;
    const diameter = crop.diameter || markDiameter(positions.length / 2, view.width * view.height);
    const marked = { mask: mask ?? focus, classes: null, paint, positions, diameter };
    under.push(...pointItems({ ...body, ...marked, dpi, vector: options.format !== "png" }));
  }
  if (tiles) {
    const unit = width / view.width;
    const axes = axisNames(session);
    const size = axesSize(axes);
    const arrow = { width: size.width / unit, height: size.height / unit };
    const [right, up] = axesPlace(cellsOfGrid(tiles.grid), view, arrow);
    const bottom = view.height - up;
    const taken = [{ left: right, right: right + arrow.width, top: bottom - arrow.height, bottom }];
    const corner = { ...body, left: body.left + right * unit, top: top - up * unit };
    if (props.classNames && coloring?.kind === "categories") {
      const named = { ...body, positions: tiles.positions, classes: coloring };
      items.push(...classNameItems(named, taken, { staysOn: true }));
    }
    items.push(...axisItems(corner, axes));
  }
  const place = { x: width + GAP, y: top, width: LEGEND, tokens: ink };
  const legend = figureLegend(session, { paint, scheme, dense: drawing?.isDensity ? drawing : null }, place);
  items.push(...legend.items);
  const bottom = top + Math.max(body.height, legend.height);
  return {
    figure: figureSheet(items, bottom, { caption: session.caption, title: props.title ?? "Mosaic" }, options),
    under,
    tiles: drawing,
  };
}

/** All of the grid, in a body as wide as a notebook's and as high as the grid is. */
function wholeView(tiles: TileGrid | null): View {
  if (!tiles || tiles.grid.columns === 0) return fitView(null, BODY, BODY, noTurn);
  const { left, bottom, columns, rows, cellSize } = tiles.grid;
  const corners = Float32Array.of(left, bottom, left + columns * cellSize, bottom + rows * cellSize);
  const height = Math.min(2 * BODY, Math.max(BODY / 4, Math.round((BODY * rows) / columns)));
  return fitView(boundsOf(corners, noTurn), BODY, height, noTurn);
}

/** A CSS colour as files know it: `#rrggbb` or `rgba(...)`. */
function plainColor(color: string, otherwise: string): string {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  if (!context) return otherwise;
  context.fillStyle = otherwise;
  // A colour that is none changes nothing, as on the screen.
  context.fillStyle = color;
  return context.fillStyle;
}
