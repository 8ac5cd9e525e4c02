/** A rectangle in CSS px. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GAP = 12;

/**
 * Where a tooltip of this size goes: 12 px right of and below the mark, flipped to the other side where it would leave
 * `bounds`. It slides along an edge only where it stays clear of the mark; in bounds too small for that it may stick
 * out, because the mark comes first.
 */
export function placeTooltip(
  mark: { readonly x: number; readonly y: number; readonly radius: number },
  size: { readonly width: number; readonly height: number },
  bounds: Box,
): { readonly x: number; readonly y: number } {
  const away = mark.radius + GAP;
  const right = bounds.x + bounds.width;
  const bottom = bounds.y + bounds.height;
  const fitsRight = mark.x + away + size.width <= right;
  const fitsLeft = mark.x - away - size.width >= bounds.x;
  const slide = (wanted: number, low: number, high: number): number => Math.max(low, Math.min(wanted, high));
  const below = mark.y + away + size.height <= bottom;
  if (fitsRight || fitsLeft) {
    const y = below ? mark.y + away : mark.y - away - size.height;
    return {
      x: fitsRight ? mark.x + away : mark.x - away - size.width,
      y: slide(y, bounds.y, Math.max(bounds.y, bottom - size.height)),
    };
  }
  return {
    x: slide(mark.x - size.width / 2, bounds.x, Math.max(bounds.x, right - size.width)),
    y: below ? mark.y + away : mark.y - away - size.height,
  };
}

/** Where a tooltip as wide as `bounds` goes: along the bottom, or along the top where the mark lies under it. */
export function placeStrip(
  mark: { readonly y: number; readonly radius: number },
  size: { readonly height: number },
  bounds: Box,
): { readonly x: number; readonly y: number } {
  const bottom = bounds.y + bounds.height - size.height;
  return { x: bounds.x, y: mark.y + mark.radius > bottom ? bounds.y : bottom };
}
