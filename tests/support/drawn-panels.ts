import type { Locator } from "playwright-core";

/** A panel of a SaliencyOverlay as it is drawn. */
export interface DrawnPanel {
  /** What it is called to those who don't see it. */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** Red, green and blue of every pixel; their opacity is left out. */
  readonly colors: Uint8Array;
}

/** Every panel of a widget, in the order in which they stand, pixel for pixel of its picture. */
export async function drawnPanels(widget: Locator): Promise<readonly DrawnPanel[]> {
  const drawn = await widget.locator("canvas.ls-panel-pixels").evaluateAll((canvases) =>
    canvases.map((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement)) throw new Error("A panel is no canvas.");
      const { width, height } = canvas;
      const data = canvas.getContext("2d")?.getImageData(0, 0, width, height).data ?? [];
      return { label: canvas.ariaLabel ?? "", width, height, data: [...data] };
    }),
  );
  return drawn.map(({ data, ...panel }) => ({
    ...panel,
    colors: Uint8Array.from(data.filter((_, at) => at % 4 !== 3)),
  }));
}

/** How far the farthest of some bytes lies from another's. */
export function farthestByte(some: Uint8Array, others: Uint8Array): number {
  if (some.length !== others.length) return Number.POSITIVE_INFINITY;
  return some.reduce((far, byte, at) => Math.max(far, Math.abs(byte - (others[at] ?? 0))), 0);
}

/** How many of the pixels have another colour. */
export function changedPixels(some: DrawnPanel, other: DrawnPanel): number {
  const places = Array.from({ length: some.width * some.height }, (_, place) => 3 * place);
  const isChanged = (at: number) => [0, 1, 2].some((color) => some.colors[at + color] !== other.colors[at + color]);
  return places.filter(isChanged).length;
}
