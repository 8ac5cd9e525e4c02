/** Sides of the squares that pictures are kept in, pixels of the device. */
export const slotSizes = [8, 16, 32, 64, 128, 256, 512] as const;

export const LARGEST_SLOT = slotSizes.length - 1;

/** The smallest kind of slot that a picture of so many pixels fits into; the largest for those that fit into none. */
export function slotFor(pixels: number): number {
  const found = slotSizes.findIndex((size) => size >= pixels);
  return found < 0 ? LARGEST_SLOT : found;
}

export function slotSide(kind: number): number {
  return slotSizes[0] << kind;
}

/** The largest kind of slot, up to the one that is fitting, of which so many take no more than `bytes`. */
export function affordableSlot(fitting: number, count: number, bytes: number): number {
  let kind = fitting;
  while (kind > 0 && count * slotSide(kind) ** 2 * 4 > bytes) kind--;
  return kind;
}
