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
const BAND = 2 ** 19;
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
    const parts: ImageData[] = [];
    for (let left = 0; left < width; left += WIDEST) {
      throwIfCancelled(signal);
      const part = new OffscreenCanvas(Math.min(WIDEST, width - left), lines);
      // Read as a whole, once drawn: slow where the canvas lies on the GPU.
      const context = part.getContext("2d", { willReadFrequently: true });
      if (!context) throw new ComputeError("memory", "This page gave no canvas to draw on.", "Close other pages.");
      await paint(context, { left, top });
      parts.push(context.getImageData(0, 0, part.width, lines));
    }
    yield { top, pixels: joinParts(parts, width, lines) };
  }
}

/** Parts that stand beside each other as whole lines. */
function joinParts(parts: readonly ImageData[], width: number, lines: number): Uint8ClampedArray<ArrayBuffer> {
  const [only] = parts;
  if (only && parts.length === 1) return new Uint8ClampedArray(only.data.buffer as ArrayBuffer);
  const pixels = new Uint8ClampedArray(4 * width * lines);
  let left = 0;
  for (const { data, width: across } of parts) {
    for (let line = 0; line < lines; line++)
      pixels.set(data.subarray(4 * across * line, 4 * across * (line + 1)), 4 * (width * line + left));
    left += across;
  }
  return pixels;
}
