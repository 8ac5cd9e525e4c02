import type { Corner } from "../../../plane/input/gesture-target.ts";
import type { ClassAnchor } from "../../../plane/overlay/class-anchors.ts";
import { axesSize, drawAxes } from "../../../plane/overlay/draw-axes.ts";
import { drawNames } from "../../../plane/overlay/draw-names.ts";
import { drawOutline } from "../../../plane/overlay/draw-outline.ts";
import { drawRing, type RingColors } from "../../../plane/overlay/draw-rings.ts";
import { OverlayCanvas } from "../../../plane/overlay/overlay-canvas.ts";
import type { Box } from "../../../plane/overlay/place-names.ts";
import type { View } from "../../../plane/view.ts";
import type { Tokens } from "../../../theme/tokens.ts";
import type { CellBox } from "../cells/cell-places.ts";
import { drawCellRing } from "./draw-cell-ring.ts";

/** What lies above the tiles; boxes are CSS pixels of the body. */
export interface OverlayContents {
  readonly view: View;
  readonly hovered: CellBox | null;
  readonly current: CellBox | null;
  /** The boxes are those of points. */
  readonly isRound: boolean;
  /** Both are the same row. */
  readonly isBoth: boolean;
  /** Classes whose names are written, and where. */
  readonly anchors: readonly ClassAnchor[];
  /** null: no corner arrow. */
  readonly axes: readonly [string, string] | null;
  /** How far the arrow lies from the lower left corner. */
  readonly axesAt: readonly [right: number, up: number];
  /** The selecting drag under way. */
  readonly outline: readonly Corner[];
  readonly tokens: Tokens;
  readonly font: string;
}

/** The canvas above the tiles: cheap to draw, so that hovering never touches the tiles themselves. */
export class OverlayLayer {
  readonly #overlay: OverlayCanvas;

  constructor(canvas: HTMLCanvasElement) {
    this.#overlay = new OverlayCanvas(canvas);
  }

  /** How much room the corner arrow takes with these names, CSS pixels. */
  axesSize(axes: readonly [string, string], font: string): { readonly width: number; readonly height: number } {
    return axesSize(this.#overlay.context, axes, font);
  }

  draw(contents: OverlayContents, ratio: number): void {
    const { view, hovered, current, isBoth, axes, outline, tokens, font } = contents;
    const { height } = view;
    const context = this.#overlay.clear(view, ratio);
    const { text, page, textSecond } = tokens;
    const taken: Box[] = [];
    if (axes) {
      const [right, up] = contents.axesAt;
      context.save();
      context.translate(right, -up);
      const boxes = drawAxes(context, axes, height, { line: textSecond, text: textSecond, page }, font);
      taken.push(...boxes.map((box) => shiftBox(box, right, -up)));
      context.restore();
    }
    drawNames(context, contents.anchors, view, tokens, font, taken, { staysOn: true });
    const drawAround = contents.isRound ? drawPointRing : drawCellRing;
    if (current) drawAround(context, current, 2, tokens);
    if (hovered && !isBoth) drawAround(context, hovered, 1, tokens);
    if (outline.length > 1) drawOutline(context, outline, { text, page });
  }
}

function shiftBox({ left, right, top, bottom }: Box, aside: number, down: number): Box {
  return { left: left + aside, right: right + aside, top: top + down, bottom: bottom + down };
}

function drawPointRing(
  context: CanvasRenderingContext2D,
  { left, top, width }: CellBox,
  rings: 1 | 2,
  colors: RingColors,
): void {
  const radius = width / 2;
  drawRing(context, { x: left + radius, y: top + radius, radius }, rings, colors);
}
