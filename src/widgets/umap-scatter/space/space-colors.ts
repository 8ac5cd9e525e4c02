import { MISSING, type Paint } from "../../rows/paint.ts";
import { spaceDensity } from "./space-density.ts";
import type { SpaceMap } from "./space-map.ts";

const NO_CLASS = "rgba(128, 128, 128, 0.4)";

/**
 * CSS colour of each row of a map in space: of its class or number, and without either that of the density around it,
 * from the palette's first colour to its last. A unit as height is not measured like the map, and no part of that.
 */
export function spaceColors({ codes, palette }: Paint, { positions, isRaised }: SpaceMap): readonly string[] {
  const colorAt = (code: number): string => (code === MISSING ? NO_CLASS : (palette[code] ?? NO_CLASS));
  const last = palette.length - 1;
  if (!codes)
    return Array.from(spaceDensity(isRaised ? flattened(positions) : positions), (share) =>
      colorAt(Math.round(share * last)),
    );
  return Array.from({ length: positions.length / 3 }, (_, row) => colorAt(codes[row] ?? MISSING));
}

function flattened(positions: Float32Array): Float32Array<ArrayBuffer> {
  return Float32Array.from(positions, (value, place) => (place % 3 === 2 ? 0 : value));
}
