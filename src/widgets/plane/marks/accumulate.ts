import { type Frame, ringWidth, type Scene } from "./scene.ts";

/** Marks summed a pixel. */
export interface Sums {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue (0 to 255 a mark) and the count of the marks in colour; four numbers a pixel. */
  readonly colored: Float32Array<ArrayBuffer>;
  /** Count of the marks that turn grey; one number a pixel, null where all marks are in colour. */
  readonly grey: Float32Array<ArrayBuffer> | null;
}

export function emptySums({ width, height }: Frame, scene: Scene): Sums {
  const pixels = width * height;
  return {
    width,
    height,
    colored: new Float32Array(4 * pixels),
    grey: scene.mask ? new Float32Array(pixels) : null,
  };
}

/**
 * Add the marks of rows `from` to `to - 1`. A mark covers a pixel by how far the pixel's middle is inside its edge,
 * over one pixel: the same coverage as the WebGL shader's. Sums do not depend on the order of the rows, so no class
 * ends up on top.
 */
export function accumulate(sums: Sums, scene: Scene, frame: Frame, from: number, to: number): void {
  const { width, height, colored, grey } = sums;
  const { positions, codes, palette, missing, mask } = scene;
  const [a, b, c, d, e, f] = frame.affine;
  const radius = frame.diameter / 2;
  const reach = radius + 0.5;
  const fullSquared = radius > 0.5 ? (radius - 0.5) ** 2 : 0;
  const hole = radius - ringWidth(frame.diameter) + 0.5;
  for (let row = from; row < to; row++) {
    const mapX = positions[2 * row] as number;
    const mapY = positions[2 * row + 1] as number;
    const x = a * mapX + c * mapY + e;
    const y = b * mapX + d * mapY + f;
    // Written so that positions that are not finite are left out as well.
    if (!(x > -reach && y > -reach && x < width + reach && y < height + reach)) continue;
    const left = Math.max(0, Math.ceil(x - reach - 0.5));
    const right = Math.min(width - 1, Math.floor(x + reach - 0.5));
    const top = Math.max(0, Math.ceil(y - reach - 0.5));
    const bottom = Math.min(height - 1, Math.floor(y + reach - 0.5));
    const code = codes === null ? 0 : (codes[row] as number);
    const hollow = codes !== null && code === missing;
    const inColor = mask === null || (((mask[row >> 3] as number) >> (row & 7)) & 1) === 1;
    const red = palette[3 * code] as number;
    const green = palette[3 * code + 1] as number;
    const blue = palette[3 * code + 2] as number;
    for (let pixelY = top; pixelY <= bottom; pixelY++) {
      const awayY = pixelY + 0.5 - y;
      for (let pixelX = left; pixelX <= right; pixelX++) {
        const awayX = pixelX + 0.5 - x;
        const squared = awayX * awayX + awayY * awayY;
        let cover = 1;
        if (squared > fullSquared || hollow) {
          const away = Math.sqrt(squared);
          cover = Math.min(1, reach - away);
          if (hollow) cover -= Math.min(1, Math.max(0, hole - away));
          if (cover <= 0) continue;
        }
        const pixel = pixelY * width + pixelX;
        if (inColor) {
          const at = 4 * pixel;
          colored[at] = (colored[at] as number) + red * cover;
          colored[at + 1] = (colored[at + 1] as number) + green * cover;
          colored[at + 2] = (colored[at + 2] as number) + blue * cover;
          colored[at + 3] = (colored[at + 3] as number) + cover;
        } else if (grey) grey[pixel] = (grey[pixel] as number) + cover;
      }
    }
  }
}
