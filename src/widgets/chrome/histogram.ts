import { buildElement } from "./build-element.ts";

/** The colours that a small histogram is drawn in. */
export interface HistogramInk {
  readonly bars: string;
  readonly tick: string;
}

/**
 * A histogram of `width` × `height` CSS px, with a tick where one row lies (0 to 1 along the axis, null for none).
 * Canvas, because a tooltip draws four of them at each mark.
 */
export function histogram(
  counts: ArrayLike<number>,
  at: number | null,
  width: number,
  height: number,
  ink: HistogramInk,
): HTMLCanvasElement {
  const canvas = buildElement("canvas", { class: "ls-histogram", attributes: { "aria-hidden": "true" } });
  const scale = Math.max(1, Math.min(3, globalThis.devicePixelRatio));
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  context.scale(scale, scale);
  context.fillStyle = ink.bars;
  const highest = Math.max(...Array.from(counts)) || 1;
  const step = width / counts.length;
  Array.from(counts).forEach((count, bin) => {
    // A bin with anything in it shows at least half a px: lone values matter.
    const tall = count > 0 ? Math.max(0.5, (count / highest) * height) : 0;
    context.fillRect(bin * step, height - tall, Math.max(0.5, step - 0.5), tall);
  });
  if (at !== null) {
    context.fillStyle = ink.tick;
    context.fillRect(Math.min(width - 1.5, Math.max(0, at * width - 0.75)), 0, 1.5, height);
  }
  return canvas;
}
