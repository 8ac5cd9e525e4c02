import { contours, polygonArea } from "d3";

/** A line around what is above a level. */
export interface ContourLine {
  readonly level: number;
  /** x, y, x, y, ... in the map's places, from 0 to its width and its height; the line closes itself. */
  readonly points: readonly number[];
}

export const CONTOUR_LEVELS: readonly number[] = [0.25, 0.5, 0.75];
/** What stands for them in a legend. */
export const CONTOUR_WORDS = "lines at ¼, ½ and ¾";

/** Lines around less of a map would be specks that hide the others: gradients are noisy. */
const SPECK = 1 / 2000;

/**
 * Lines around what of a map is above a quarter, a half and three quarters of its scale.
 *
 * @param values `height * width` numbers from 0 to 1, as they are drawn.
 * @param isSigned The map says nothing at 0.5: the scale goes from there to both ends.
 */
export function contourLines(
  values: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  isSigned = false,
): readonly ContourLine[] {
  const drawn = Array.from(values, (value) => (isSigned ? Math.abs(2 * value - 1) : value));
  const around = contours()
    .size([width, height])
    .thresholds([...CONTOUR_LEVELS]);
  return around(drawn).flatMap(({ value: level, coordinates }) =>
    coordinates
      .flat()
      .filter((ring) => Math.abs(polygonArea(ring as [number, number][])) >= SPECK * height * width)
      .map((ring) => ({ level, points: ring.flat() })),
  );
}
