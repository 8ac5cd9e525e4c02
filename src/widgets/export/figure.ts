/** Pictures and points drawn as pixels inside a figure. */
export interface FigurePixels {
  /** Red, green, blue, opacity, a byte each, row after row from the top; opacity is not multiplied in. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

interface Faded {
  /** 0 to 1, default 1. */
  readonly opacity?: number;
}

/**
 * One mark of a figure. Places and sizes are millimetres from the upper left corner; `lineWidth` and the `size` of
 * text are points; colours are `#rrggbb`.
 */
export type FigureItem =
  | ({
      readonly kind: "circle";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly fill: string;
    } & Faded)
  | ({
      readonly kind: "ring";
      readonly x: number;
      readonly y: number;
      readonly radius: number;
      readonly stroke: string;
      readonly lineWidth: number;
    } & Faded)
  | ({
      readonly kind: "line";
      readonly x1: number;
      readonly y1: number;
      readonly x2: number;
      readonly y2: number;
      readonly stroke: string;
      readonly lineWidth: number;
    } & Faded)
  | ({
      readonly kind: "polyline";
      /** x, y, x, y, ... */
      readonly points: readonly number[];
      readonly stroke?: string;
      readonly lineWidth?: number;
      readonly closed?: boolean;
      readonly fill?: string;
    } & Faded)
  | ({
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill?: string;
      readonly stroke?: string;
      readonly lineWidth?: number;
    } & Faded)
  | FigureText
  | ({
      readonly kind: "image";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      /** Or what makes them when they are drawn: of thousands of pictures one at a time is held then. */
      readonly pixels: FigurePixels | (() => FigurePixels);
      /** Whether enlarged pixels are blended; default true. */
      readonly smooth?: boolean;
    } & Faded);

export interface FigureText extends Faded {
  readonly kind: "text";
  readonly text: string;
  readonly x: number;
  /** Of the baseline. */
  readonly y: number;
  /** Points; 7 for all text but panel titles, which are 8. */
  readonly size: number;
  readonly weight: 400 | 600;
  readonly anchor: "start" | "middle" | "end";
  readonly fill: string;
  /** Degrees anticlockwise around its place; default 0. */
  readonly turn?: number;
  /** A border around the letters, so that they can be read over points. */
  readonly halo?: { readonly color: string; readonly lineWidth: number };
}

/** A drawing that knows no screen and no host: what PNG, SVG and PDF are all made from. */
export interface Figure {
  /** Millimetres. */
  readonly width: number;
  /** Millimetres. */
  readonly height: number;
  /** Drawn in order, the last on top. */
  readonly items: readonly FigureItem[];
  /** null: transparent. */
  readonly background: string | null;
  /** One sentence that says how the figure was made; always in the file, never drawn unless an item draws it. */
  readonly caption: string;
  /** The document's title in the file. */
  readonly title: string;
}

export function pixelsOf({ pixels }: Pick<Extract<FigureItem, { kind: "image" }>, "pixels">): FigurePixels {
  return typeof pixels === "function" ? pixels() : pixels;
}

export const POINTS_PER_MM: number = 72 / 25.4;

/** A text of 7 pt in regular weight, at the left of its place, unless told otherwise. */
export function figureText(
  text: string,
  x: number,
  y: number,
  fill: string,
  rest: Partial<Pick<FigureText, "size" | "weight" | "anchor" | "turn" | "halo" | "opacity">> = {},
): FigureText {
  return { kind: "text", text, x, y, fill, size: 7, weight: 400, anchor: "start", ...rest };
}
