import type { CellBox } from "../cells/cell-places.ts";

/** System colours of the shapes that stand for classes where colours are forced. */
export interface ShapeColors {
  readonly ink: string;
  readonly page: string;
}

/** Of the tile's side, and the fewest and most CSS pixels. */
const SHARE = 0.4;
const FEWEST = 4;
const MOST = 12;

/** A class's shape in the upper left corner of its tile, with a halo of 1 px: it covers as little of the picture as can be read. */
export function drawClassShape(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  { left, top, width, height }: CellBox,
  shape: string,
  { ink, page }: ShapeColors,
  ratio: number,
): void {
  const radius = Math.min(MOST * ratio, Math.max(FEWEST * ratio, SHARE * Math.min(width, height))) / 2;
  const path = new Path2D(shape);
  // Shapes with corners reach a little further than discs.
  const inset = 1.2 * radius + ratio;
  context.save();
  context.translate(left + inset, top + inset);
  context.scale(radius, radius);
  context.lineJoin = "round";
  context.lineWidth = (2 * ratio) / radius;
  context.strokeStyle = page;
  context.stroke(path);
  context.fillStyle = ink;
  context.fill(path);
  context.restore();
}
