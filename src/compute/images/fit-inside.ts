/**
 * The size of a picture shrunk to fit a square of `box` pixels, its aspect kept: the longer side fills the box, the
 * shorter is rounded and at least 1. A picture that fits already keeps its size.
 */
export function fitInside(width: number, height: number, box: number): { width: number; height: number } {
  const longer = Math.max(width, height);
  if (longer <= box) return { width, height };
  const scaled = (side: number) => Math.max(1, Math.round((side * box) / longer));
  return { width: scaled(width), height: scaled(height) };
}
