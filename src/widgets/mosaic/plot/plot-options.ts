import type { StainNormalizer } from "../../../compute/images/stain/normalizer.ts";
import type { ChooseTile, MosaicGrid, WindowCells } from "../../../compute/mosaic/index.ts";
import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { ImageSource } from "../../host/sources.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import type { View } from "../../plane/view.ts";
import type { Coloring } from "../../rows/coloring.ts";
import type { Paint } from "../../rows/paint.ts";

/** What a tile in the class's colour looks like: framed or tinted by its size, or as it is. */
export type ClassMarks = "auto" | "frame" | "tint" | "none";

export interface MosaicPlotOptions {
  /** Ends everything: listeners, pictures on their way, canvases. */
  readonly signal: AbortSignal;
  /**
   * The tile drawn under the pointer, or reached by an arrow key, and its cell; -1 and null when left. Client coordinates
   * of pointer or tile.
   */
  onHover(row: number, cell: CellOnShow | null, clientX: number, clientY: number): void;
  /** The tiles of a clicked cell, or of the cells whose centre an outline holds; never none of them. */
  onSelect(mask: RowMask, mode: SelectionMode): void;
  /** The tile on show in the cell that was clicked, or chosen with Enter. */
  onCurrent(row: number): void;
  /** A cell was clicked or chosen with Enter: its contact sheet; null closes it. */
  onOpen(cell: CellOnShow | null): void;
  onUndo(): void;
  onRedo(): void;
  /** Esc, when no drag was under way; answers whether there was anything to end. */
  onEscape(): boolean;
  onFind(): void;
  onHelp(): void;
  /** A sentence for the status line. */
  onNotice(sentence: string): void;
  /** A reader has moved the view to where there is no tile, or back. */
  readonly onSight?: (isInSight: boolean) => void;
  /** The cells that have become too small for tiles and are drawn as a density map; null: they are not, or no more. */
  onDensity?(cells: WindowCells | null): void;
}

/** A cell of the level on show. */
export interface CellOnShow {
  /** Column and line from the lower left corner, in cells of that level. */
  readonly x: number;
  readonly y: number;
  /** 0: the base grid; each level has cells half as wide. */
  readonly level: number;
  /** Its tiles: the 64 nearest to its centre, nearest first, then the others as they were given. */
  readonly rows: Int32Array<ArrayBuffer>;
  /** Where it is on the body, CSS pixels. */
  readonly box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
}

/** The mosaic's drawing, with everything in it that can be touched. */
export interface MosaicPlot {
  /**
   * @param grid The base grid; null: nothing is drawn.
   * @param positions `x, y` of every row, interleaved. Kept, not copied: never change it afterwards.
   * @param how `settling`: another grid follows soon, the view moves after it by steps. `chooseTile`: which tile stands
   * for a part of a split cell, the grid's own rule (`chooseTileBy`); default: its first. `expandsTo`: parts without a
   * tile take one that lies within so many of them of their centre (`expandReach`); default: they stay empty.
   */
  setGrid(
    grid: MosaicGrid | null,
    positions: Float32Array<ArrayBuffer>,
    how?: {
      readonly settling?: boolean | undefined;
      readonly chooseTile?: ChooseTile | null | undefined;
      readonly expandsTo?: number | null | undefined;
    },
  ): void;
  /** A picture for every row, in the colours of `stain` where it is given. */
  setPictures(images: ImageSource | null, stain: StainNormalizer | null): void;
  /**
   * Colours: of the frame (2 px, tiles of 16 px and more) or the tint (25 %, smaller ones) in that of the cell's
   * commonest class, and of the points.
   */
  setPaint(paint: Paint, coloring: Coloring | null): void;
  /** Default "auto": a frame where there is room for it, else a tint. */
  setClassMarks(marks: ClassMarks): void;
  /** Names of the classes, of up to twelve, each where most of its tiles lie. Default true. */
  setClassNames(isShown: boolean): void;
  /** Selected rows; a cell's opacity is 0.2 + 0.8 × the share of its tiles that are. null: all. */
  setMask(mask: RowMask | null, how?: { readonly fades: boolean }): void;
  /** Rows in focus; a cell's opacity is 0.2 + 0.8 × the share of its tiles that are. null: all. */
  setFocus(mask: RowMask | null): void;
  /** Tiles shrink into their points, or points grow into tiles, within 300 ms. Default "tiles". */
  setMode(mode: "tiles" | "points"): void;
  /** A CSS colour behind the tiles; null: the page's. */
  setBackground(color: string | null): void;
  /** The row whose cell has the ring; -1: none. */
  setHovered(row: number): void;
  /** The row whose cell has the double ring; -1: none. */
  setCurrent(row: number): void;
  /** Default "UMAP 1" and "UMAP 2"; null takes the corner arrow away. */
  setAxisNames(names: readonly [x: string, y: string] | null): void;
  /** Default lasso. */
  setTool(tool: PlaneTool): void;
  /** In full screen the plain wheel zooms. */
  setFullScreen(isFullScreen: boolean): void;
  /** Read the page's colours again. */
  themeChanged(): void;
  fit(): void;
  /** Closer by a factor, about the middle. */
  zoomBy(factor: number): void;
  /** Select a row, make it the current one and bring its cell into view, as a search does. */
  choose(row: number): void;
  /** The cell of the level on show that holds a row; null where it has no place. */
  cellOf(row: number): CellOnShow | null;
  /** A row's picture as it is drawn, as large as it is kept for that; null where it is not here. */
  pictureOf(row: number): OffscreenCanvas | null;
  redraw(): void;
  /** Resolves once all of the present view is drawn: pictures, or their mean colours until those are here. */
  whenDrawn(): Promise<void>;
  /** Resolves once the view is at rest and every tile in it is drawn from its picture. */
  whenSettled(): Promise<void>;
  /** The crop on the screen, for figures. */
  readonly view: View;
  /** Of the cells on show; 0: the base grid. */
  readonly level: number;
  /** The cells of that level, those of the view and some around them; null while there are none. */
  readonly cells: WindowCells | null;
  /** Of a point in that view, CSS pixels. */
  readonly diameter: number;
  /** Bytes of the pictures kept for drawing. */
  textureBytes(): number;
}
