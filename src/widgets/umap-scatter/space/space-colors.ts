import { MISSING, type Paint } from "../../rows/paint.ts";
import { spaceDensity } from "./space-density.ts";

const NO_CLASS = "rgba(128, 128, 128, 0.4)";

/**
 * CSS colour of each row of a map in space: of its class or number, and without either that of the density around it,
 * from the palette's first colour to its last.
 *
 * @param positions `x, y, z` of every row, interleaved.
 */
export function spaceColors({ codes, palette }: Paint, positions: Float32Array): readonly string[] {
  const colorAt = (code: number): string => (code === MISSING ? NO_CLASS : (palette[code] ?? NO_CLASS));
  const last = palette.length - 1;
  if (!codes) return Array.from(spaceDensity(positions), (share) => colorAt(Math.round(share * last)));
  return Array.from({ length: positions.length / 3 }, (_, row) => colorAt(codes[row] ?? MISSING));
}
