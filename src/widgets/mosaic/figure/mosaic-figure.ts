import { countRows } from "../../../compute/selection/row-mask.ts";
import type { Figure, FigureItem } from "../../export/figure.ts";
import type { FigureOptions } from "../../export/figure-options.ts";
import { figureSheet, titleHeight } from "../../export/figure-sheet.ts";
import { AXES_HEIGHT, AXES_WIDTH, axisItems } from "../../plane/figure/axis-items.ts";
import { pointItems } from "../../plane/figure/map-items.ts";
import { markDiameter } from "../../plane/marks/mark-diameter.ts";
import { boundsOf, fitView, noTurn, type View } from "../../plane/view.ts";
import { coloringLegend } from "../../rows/coloring-legend.ts";
import { paintOf } from "../../rows/paint.ts";
import { tokens } from "../../theme/tokens.ts";
import type { TileGrid } from "../data/tile-grids.ts";
import { CellLookbook } from "../plot/cells/cell-looks.ts";
import { cellsOfGrid } from "../plot/cells/cells-of-grid.ts";
import { axesPlace } from "../plot/overlay/axes-place.ts";
import type { MosaicSession } from "../session.ts";
import type { Crop } from "./crop.ts";
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

/** The mosaic as a figure for paper: the crop of the screen, drawn anew for its size, with the legend at its right. */
export function mosaicFigure(session: MosaicSession, options: FigureOptions, crop: Crop): MosaicFigure {
  const { props, rows, tiles, images, stain, focus } = session;
  const { coloring } = session.data;
  const { scheme } = options;
  const ink = tokens[scheme];
  const paint = paintOf(coloring, { scheme, promoted: crop.promoted });
  const view = crop.view ?? wholeView(tiles);
  const left = 0;
  const top = titleHeight(options);
  const width = options.width - (coloring ? LEGEND + GAP : 0);
  const height = (width * view.height) / view.width;
  const body = { left, top, width, height, view, scheme };
  const mask = rows.selected;

  const background = props.background === null ? null : plainColor(props.background, ink.page);
  const under: FigureItem[] = background ? [{ kind: "rect", x: left, y: top, width, height, fill: background }] : [];
  const items: FigureItem[] = [];
  const showsTiles = crop.mode === "tiles" && images !== null;
  if (tiles && !showsTiles) {
    const { positions } = tiles;
    const { format, dpi } = options;
    const diameter = crop.diameter || markDiameter(positions.length / 2, view.width * view.height);
    const marked = { mask: mask ?? focus, classes: null, paint, positions, diameter };
    under.push(...pointItems({ ...body, ...marked, dpi, vector: format !== "png" }));
  }
  if (tiles) {
    const unit = width / view.width;
    const arrow = { width: AXES_WIDTH / unit, height: AXES_HEIGHT / unit };
    const [right, up] = axesPlace(cellsOfGrid(tiles.grid), view, arrow);
    const corner = { ...body, left: left + right * unit, top: top - up * unit };
    items.push(...axisItems(corner, tiles.layout.origin.kind === "coords" ? ["x", "y"] : ["UMAP 1", "UMAP 2"]));
  }
  const place = { x: width + GAP, y: top, width: LEGEND, tokens: ink };
  const selected = mask ? countRows(mask) : null;
  const title = session.data.shownLoan?.title ?? "";
  const legend = coloring ? coloringLegend(coloring, title, paint, scheme, selected, place) : { items: [], height: 0 };
  items.push(...legend.items);
  const bottom = top + Math.max(height, legend.height);
  return {
    figure: figureSheet(items, bottom, { caption: session.caption, title: props.title ?? "Mosaic" }, options),
    under,
    tiles:
      tiles && showsTiles
        ? {
            ...body,
            cells: crop.cells ?? cellsOfGrid(tiles.grid),
            looks: new CellLookbook({ mask, focus, paint, coloring }),
            marks: props.classMarks,
            page: background ?? ink.page,
            images,
            stain,
          }
        : null,
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
