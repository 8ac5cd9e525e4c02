import { ComputeError } from "../../compute/errors.ts";

/** "column" is 89 mm, "page" 183 mm (Nature's two widths); a number is millimetres. */
export type FigureSize = "column" | "page" | number;

const WIDTHS = { column: 89, page: 183 } as const;
/** A legend and its gap take 29 mm; below this, too little is left for a map. */
const SMALLEST = 45;
const LARGEST = 1000;
const PIXELS = 2100;
const DPI_STEPS = [150, 300, 600];
/** Chromium and Firefox refuse larger canvases on some machines. */
const WIDEST_CANVAS = 16_384;

/** The width in millimetres; throws a ComputeError where the size can't be drawn. */
export function figureWidth(size: FigureSize): number {
  if (size === "column" || size === "page") return WIDTHS[size];
  if (typeof size === "number" && size >= SMALLEST && size <= LARGEST) return size;
  throw new ComputeError(
    "input",
    `Unknown figure size: ${JSON.stringify(size)}.`,
    `Use "column" (89 mm), "page" (183 mm) or ${SMALLEST} to ${LARGEST} mm.`,
  );
}

/** The usual resolution (150, 300 or 600 dpi) that makes a PNG of this width about 2,100 px wide. */
export function figureDpi(widthMm: number): number {
  const distance = (dpi: number): number => Math.abs(Math.log((widthMm / 25.4) * dpi) - Math.log(PIXELS));
  return DPI_STEPS.reduce((best, dpi) => (distance(dpi) < distance(best) ? dpi : best));
}

/** Pixels of a length at a resolution; throws a ComputeError where no canvas is that large. */
export function figurePixels(lengthMm: number, dpi: number): number {
  const pixels = Math.round((lengthMm / 25.4) * dpi);
  if (pixels >= 1 && pixels <= WIDEST_CANVAS) return pixels;
  throw new ComputeError(
    "input",
    `${Math.round(lengthMm)} mm at ${dpi} dpi are ${pixels.toLocaleString("en-US")} px; a page can draw 1 to ${WIDEST_CANVAS.toLocaleString("en-US")}.`,
    "Choose a smaller dpi or size.",
  );
}
