const COVERED = 0.48;
const MANY_ROWS = 200_000;
const LARGEST_ZOOMED = 9;
/** Below this a cross is a blot, CSS pixels. */
const LEAST_SHAPE = 8;
const LARGEST_SHAPE = 14;

/**
 * The diameter of a mark in CSS pixels: all marks together would cover 48 % of the body, between 2 (1.5 above 200,000
 * rows) and 7; `zoom` times closer they grow by its 0.4th power, to 9 at most.
 *
 * @param area The body, square CSS pixels.
 * @param zoom 1 where everything is shown.
 */
export function markDiameter(rows: number, area: number, zoom = 1): number {
  const least = rows > MANY_ROWS ? 1.5 : 2;
  const fitting = Math.min(7, Math.max(least, Math.sqrt((COVERED * area) / (Math.PI * Math.max(1, rows)))));
  return Math.min(LARGEST_ZOOMED, fitting * Math.max(1, zoom) ** 0.4);
}

/** The diameter of a mark that is told by its shape, for one that would be `diameter` across as a disc. */
export function shapeDiameter(diameter: number): number {
  return Math.min(LARGEST_SHAPE, Math.max(LEAST_SHAPE, 1.75 * diameter));
}
