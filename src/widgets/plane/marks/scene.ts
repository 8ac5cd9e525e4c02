import type { RowMask } from "../../../compute/selection/row-mask.ts";
import type { Rgb } from "../../theme/rgb.ts";
import type { Affine } from "../view.ts";

/** How marks are told apart where the system allows no colours. */
export interface ShapeMarks {
  /** Path data of each code's shape, around the origin, within a radius of about 1. */
  readonly shapes: readonly string[];
  /** System colours: of marks, of those not selected, and of the page. */
  readonly ink: string;
  readonly grey: string;
  readonly page: string;
}

/** What is drawn. Arrays are never changed in place: another array means other contents. */
export interface Scene {
  /** `x, y` of every row, interleaved, in map units. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Colour of every row as its place in `palette`; null colours by density. */
  readonly codes: Uint8Array<ArrayBuffer> | null;
  /** Red, green and blue of up to 256 colours (768 bytes); where `codes` is null, of the densities from low to high. */
  readonly palette: Uint8Array<ArrayBuffer>;
  /** The code whose rows are hollow rings; -1 where there is none. */
  readonly missing: number;
  /** Rows that keep their colour while the others turn grey beneath them; null where all keep it. */
  readonly mask: RowMask | null;
  /** Shapes instead of colours; absent or null where marks are discs in colour. */
  readonly marks?: ShapeMarks | null;
}

/** Where and how it is drawn. */
export interface Frame {
  /** From map units to pixels of the picture, y downwards. */
  readonly affine: Affine;
  /** The picture, in its own (device) pixels. */
  readonly width: number;
  readonly height: number;
  /** Of a mark, in pixels of the picture. */
  readonly diameter: number;
}

export const PALETTE_COLORS = 256;

/** Colours after one another as a scene holds them. */
export function paletteOf(colors: readonly Rgb[]): Uint8Array<ArrayBuffer> {
  const palette = new Uint8Array(3 * PALETTE_COLORS);
  for (const [place, color] of colors.slice(0, PALETTE_COLORS).entries()) palette.set(color, 3 * place);
  return palette;
}

/** The width of a hollow ring's line, in the unit of `diameter`. */
export function ringWidth(diameter: number): number {
  return Math.max(1, 0.22 * diameter);
}

export function sameFrame(a: Frame, b: Frame): boolean {
  const isSize = a.width === b.width && a.height === b.height && a.diameter === b.diameter;
  return isSize && a.affine.every((value, place) => value === b.affine[place]);
}
