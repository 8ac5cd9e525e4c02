import type { RingColors } from "../../../plane/overlay/draw-rings.ts";
import type { CellBox } from "../cells/cell-places.ts";

const BETWEEN = 4;

/** One ring around the hovered cell, two around the current one: 2 px of text colour inside 1 px of page colour. */
export function drawCellRing(
  context: CanvasRenderingContext2D,
  { left, top, width, height }: CellBox,
  rings: 1 | 2,
  colors: RingColors,
): void {
  context.lineJoin = "miter";
  for (let ring = 0; ring < rings; ring++) {
    const out = 1 + BETWEEN * ring;
    for (const [style, line] of [
      [colors.page, 4],
      [colors.text, 2],
    ] as const) {
      context.strokeStyle = style;
      context.lineWidth = line;
      context.strokeRect(left - out, top - out, width + 2 * out, height + 2 * out);
    }
  }
}
