import type { Locator } from "playwright-core";
import { PNG } from "pngjs";

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha, a byte each. */
  readonly data: Uint8Array;
}

/** What is on the screen where the element lies. */
export async function pixelsOf(element: Locator): Promise<Pixels> {
  return PNG.sync.read(await element.screenshot());
}

/** How many pixels differ from the page's colour (that of the upper left corner) by more than noise. */
export function inkedPixels({ data }: Pixels, threshold = 24): number {
  const [r = 0, g = 0, b = 0] = data;
  let inked = 0;
  for (let at = 0; at < data.length; at += 4) {
    const difference =
      Math.abs((data[at] ?? 0) - r) + Math.abs((data[at + 1] ?? 0) - g) + Math.abs((data[at + 2] ?? 0) - b);
    if (difference > threshold) inked++;
  }
  return inked;
}

/** How many pixels have a colour, as against grey. */
export function colouredPixels({ data }: Pixels, threshold = 40): number {
  let coloured = 0;
  for (let at = 0; at < data.length; at += 4) {
    const r = data[at] ?? 0;
    const g = data[at + 1] ?? 0;
    const b = data[at + 2] ?? 0;
    if (Math.max(r, g, b) - Math.min(r, g, b) > threshold) coloured++;
  }
  return coloured;
}

/** The share of pixels that differ by more than noise in any channel: a dark ring on a blue mark differs in its blue alone. */
export function shareChanged(before: Pixels, after: Pixels, threshold = 24): number {
  if (before.data.length !== after.data.length) return 1;
  let changed = 0;
  for (let at = 0; at < before.data.length; at += 4)
    if ([0, 1, 2].some((part) => Math.abs((before.data[at + part] ?? 0) - (after.data[at + part] ?? 0)) > threshold))
      changed++;
  return changed / (before.data.length / 4);
}
