import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { LayoutPictures } from "../../../compute/umap/layout/layout-pictures.ts";
import type { NeighborGraph } from "../../../compute/umap/options.ts";
import type { SelectionMode } from "../../chrome/selection-mode.ts";
import type { PlaneTool } from "../../plane/input/gesture-target.ts";
import type { ViewKeys } from "../../plane/input/listen-plane-keys.ts";
import type { Renderer } from "../../plane/marks/choose-painter.ts";
import type { PlotColors } from "../../plane/marks/plot-colors.ts";
import type { NamedClasses } from "../../plane/overlay/class-anchors.ts";
import type { Mark } from "../../plane/overlay/draw-rings.ts";
import type { View } from "../../plane/view.ts";
import type { IndexBuilder } from "./picking.ts";

export interface PlotOptions {
  /** Ends everything: listeners, GPU buffers, canvases. */
  readonly signal: AbortSignal;
  /** Run elsewhere (the worker): at a million rows it takes longer than a page may stand still. */
  readonly buildIndex: IndexBuilder;
  /** The row under the pointer, or reached by an arrow key; -1 when left. Client coordinates of pointer or mark. */
  onHover(row: number, clientX: number, clientY: number): void;
  /** The rows of a lasso, a rectangle or a click; never none of them. */
  onSelect(mask: RowMask, mode: SelectionMode): void;
  /** The row that was clicked, or chosen with Enter. */
  onCurrent(row: number): void;
  onUndo(): void;
  onRedo(): void;
  /** Esc, when no drag was under way; answers whether there was anything to end. */
  onEscape(): boolean;
  onFind(): void;
  onHelp(): void;
  /** What keys do while another drawing of the map is on show; null: they are the plot's. Default: always its own. */
  otherKeys?(): ViewKeys | null;
  /** A sentence for the status line. */
  onNotice(sentence: string): void;
  /** Default "auto". */
  readonly renderer?: Renderer | undefined;
  /** Rows from which a settling map is drawn where it is laid out, if it can be; default 500,000. */
  readonly fewestDrawnThere?: number | undefined;
}

/** The map's drawing, with everything in it that can be touched. */
export interface Plot {
  /**
   * @param positions `x, y` of every row, interleaved. Kept, not copied: never change it afterwards.
   * @param how `settling`: another array follows soon; nothing can be pointed at until one comes that is settled.
   * `line`: where pictures of the map are to be had until then, whatever positions come.
   */
  setPositions(
    positions: Float32Array<ArrayBuffer>,
    how: { readonly settling: boolean; readonly line?: LayoutPictures | null | undefined },
  ): void;
  /** Turn and mirror what is shown from now on onto the picture of these positions; null shows it as it is. */
  alignTo(reference: Float32Array<ArrayBuffer> | null): void;
  setColors(colors: PlotColors): void;
  /**
   * @param mask Rows that keep their colour; null: all.
   * @param how `fades`: the colours change within 120 ms, not at once (default), as a preview's do.
   */
  setMask(mask: RowMask | null, how?: { readonly fades: boolean }): void;
  /** The row with the ring and the hairlines; -1: none. */
  setHovered(row: number): void;
  /** The row with the double ring; -1: none. */
  setCurrent(row: number): void;
  /** True neighbours, for the hairlines of the hovered row. */
  setNeighbors(neighbors: NeighborGraph | null): void;
  /** Names to write on the map; up to 12 are written, of more none. */
  setClassNames(classes: NamedClasses | null): void;
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
  /** Select a row, make it the current one and bring it into view, as a search does. */
  choose(row: number): void;
  /** Where a row's mark is, CSS pixels of the body; null where it has none. */
  markOf(row: number): Mark | null;
  redraw(): void;
  /** Resolves once the marks of the present view are on the canvas, all of them, where they belong. */
  whenDrawn(): Promise<void>;
  /** Resolves once the picture is complete, at rest, and rows can be found under the pointer. */
  whenSettled(): Promise<void>;
  /** The crop on the screen, for figures. */
  readonly view: View;
  /** Diameter of a mark as a disc, CSS pixels. */
  readonly diameter: number;
}
