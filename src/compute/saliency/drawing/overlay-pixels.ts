import { colormapTable } from "./colormap-tables.ts";
import { colorStep } from "./heat-pixels.ts";

/** How a map is laid over its picture. */
export interface OverlayOptions {
  /** 1 where the map is drawn; elsewhere the picture shows alone. All places without it. */
  readonly mask?: Uint8Array | null | undefined;
  /** The map says nothing at 0.5, not at 0. */
  readonly isSigned?: boolean | undefined;
}

/** 60 % of 255, which Slideflow lays over everything. */
const SLIDEFLOW_OPACITY = 153;

/**
 * The picture in grey and the map's colour over it, the more the greater the map's value is: what is not salient stays to be
 * seen. Of a signed map it is the more the farther the value is from 0.5.
 *
 * @param picture - Red, green, blue and opacity a place; the opacity is not looked at.
 * @param map - 0 to 1 a place.
 * @param table - 256 colours (`colormapTable`).
 * @param opacity - Of the colour where the map is strongest, 0 to 1.
 * @returns Pixels as the picture's, all opaque.
 */
export function overlayPixels(
  picture: Uint8ClampedArray,
  map: Float32Array,
  table: Uint8Array,
  opacity: number,
  { mask = null, isSigned = false }: OverlayOptions = {},
): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(map.length * 4).fill(255);
  for (let place = 0; place < map.length; place++) {
    const value = map[place] ?? 0;
    const weight = mask && mask[place] !== 1 ? 0 : opacity * (isSigned ? Math.abs(2 * value - 1) : value);
    const step = colorStep(value) * 3;
    const grey = greyAt(picture, place);
    for (let channel = 0; channel < 3; channel++)
      pixels[place * 4 + channel] = Math.round(grey + weight * ((table[step + channel] ?? 0) - grey));
  }
  return pixels;
}

/** The picture in grey alone. */
export function greyPixels(picture: Uint8ClampedArray): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(picture.length);
  for (let place = 0; place * 4 < picture.length; place++) {
    pixels.fill(Math.round(greyAt(picture, place)), place * 4, place * 4 + 3);
    pixels[place * 4 + 3] = 255;
  }
  return pixels;
}

/**
 * Slideflow's `overlay`: Oranges at 60 % over the picture in colour, everywhere alike, in the bytes that Pillow makes of it.
 *
 * @param picture - Red, green, blue and opacity a place; the opacity is not looked at.
 * @param map - 0 to 1 a place.
 * @returns Pixels as the picture's, all opaque.
 */
export function slideflowOverlay(picture: Uint8ClampedArray, map: Float32Array): Uint8ClampedArray<ArrayBuffer> {
  const table = colormapTable("oranges");
  const pixels = new Uint8ClampedArray(map.length * 4).fill(255);
  for (let place = 0; place < map.length; place++) {
    const step = colorStep(map[place] ?? 0) * 3;
    for (let channel = 0; channel < 3; channel++) {
      const over = (table[step + channel] ?? 0) * SLIDEFLOW_OPACITY;
      const under = (picture[place * 4 + channel] ?? 0) * (255 - SLIDEFLOW_OPACITY);
      pixels[place * 4 + channel] = dividedBy255(over + under);
    }
  }
  return pixels;
}

/** Pillow's MULDIV255: a division by 255, rounded, without dividing. */
function dividedBy255(product: number): number {
  const rounded = product + 128;
  return ((rounded >> 8) + rounded) >> 8;
}

/** The light of red, green and blue together (ITU-R BT.709). */
function greyAt(picture: Uint8ClampedArray, place: number): number {
  const at = place * 4;
  return 0.2126 * (picture[at] ?? 0) + 0.7152 * (picture[at + 1] ?? 0) + 0.0722 * (picture[at + 2] ?? 0);
}
