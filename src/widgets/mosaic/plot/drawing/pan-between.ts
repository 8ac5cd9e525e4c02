import type { TilePicture } from "./tile-layer.ts";

/** Moved by so little more or less than whole pixels, tiles are rounded to the same ones. */
const WHOLE = 1e-6;

/**
 * How far to the right and down a picture lies from the one before, whole pixels; null where that is not all that has
 * changed, or too little of it is left.
 */
export function panBetween(before: TilePicture, now: TilePicture): readonly [right: number, down: number] | null {
  const [from, to] = [before.view, now.view];
  const isSame =
    before.cells === now.cells &&
    before.opacities === now.opacities &&
    before.marks === now.marks &&
    before.shapes === now.shapes &&
    before.surface === now.surface &&
    before.ratio === now.ratio &&
    before.shrunk + now.shrunk === 0 &&
    !before.finer &&
    !now.finer &&
    from.scale === to.scale &&
    from.width === to.width &&
    from.height === to.height;
  if (!isSame) return null;
  const scale = to.scale * now.ratio;
  const way = [(from.centerX - to.centerX) * scale, (to.centerY - from.centerY) * scale] as const;
  const [right, down] = [Math.round(way[0]), Math.round(way[1])];
  const isWhole = Math.hypot(way[0] - right, way[1] - down) < WHOLE;
  const isPan = (right !== 0 || down !== 0) && Math.abs(right) < to.width / 2 && Math.abs(down) < to.height / 2;
  return isWhole && isPan ? [right, down] : null;
}
