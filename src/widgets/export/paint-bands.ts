import { ComputeError, throwIfCancelled } from "../../compute/errors.ts";

/** A pixel of a picture. */
export interface Corner {
  readonly left: number;
  readonly top: number;
}

/** Draw the part of a picture whose upper left pixel is `corner`, as large as the canvas is. */
export type PaintPart = (context: OffscreenCanvasRenderingContext2D, corner: Corner) => Promise<void>;

/** Lines of a picture, all of its width. */
export interface Band {
  readonly top: number;
  /** Red, green, blue and opacity, opacity not multiplied in. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** Pixels of a band: what is held of a picture at a time. */
const BAND = 2 ** 21;
/** No canvas is wider: every browser grants it. */
const WIDEST = 4096;

/**
 * A picture of any size, band after band from the top, on canvases that every browser grants.
 *
 * @throws {ComputeError} "cancelled" when the signal has aborted, "memory" where no canvas is to be had.
 */
export async function* paintBands(
  { width, height }: { readonly width: number; readonly height: number },
  paint: PaintPart,
  signal?: AbortSignal | undefined,
): AsyncGenerator<Band> {
  const most = Math.max(1, Math.min(height, Math.floor(BAND / width)));
  for (let top = 0; top < height; top += most) {
    const lines = Math.min(most, height - top);
    const pixels = new Uint8ClampedArray(4 * width * lines);
    for (let left = 0; left < width; left += WIDEST) {
      throwIfCancelled(signal);
      const part = new OffscreenCanvas(Math.min(WIDEST, width - left), lines);
      // Read as a whole, once drawn: slow where the canvas lies on the GPU.
      const context = part.getContext("2d", { willReadFrequently: true });
      if (!context) throw new ComputeError("memory", "This page gave no canvas to draw on.", "Close other pages.");
      await paint(context, { left, top });
      copyInto(pixels, width, left, context.getImageData(0, 0, part.width, lines));
    }
    yield { top, pixels };
  }
}

function copyInto(pixels: Uint8ClampedArray, width: number, left: number, part: ImageData): void {
  if (part.width === width) pixels.set(part.data);
  else
    for (let line = 0; line < part.height; line++)
      pixels.set(part.data.subarray(4 * part.width * line, 4 * part.width * (line + 1)), 4 * (width * line + left));
}
