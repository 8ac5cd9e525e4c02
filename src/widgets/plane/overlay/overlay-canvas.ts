import type { View } from "../view.ts";

/** A canvas above what a plane shows: cheap to draw, so that hovering never touches what lies beneath. */
export class OverlayCanvas {
  readonly context: CanvasRenderingContext2D;

  constructor(readonly canvas: HTMLCanvasElement) {
    const context = canvas.getContext("2d");
    if (!context) throw new Error("This browser gave no canvas to draw on.");
    this.context = context;
  }

  /** The canvas emptied, as large as the view at so many pixels to a CSS pixel, to be drawn on in CSS pixels. */
  clear({ width, height }: View, ratio: number): CanvasRenderingContext2D {
    const pixels = [Math.round(width * ratio), Math.round(height * ratio)] as const;
    if (this.canvas.width !== pixels[0]) this.canvas.width = pixels[0];
    if (this.canvas.height !== pixels[1]) this.canvas.height = pixels[1];
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.context.clearRect(0, 0, width, height);
    return this.context;
  }
}
