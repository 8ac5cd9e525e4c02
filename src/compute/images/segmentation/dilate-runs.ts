import type { PictureSize } from "../resize/numbers-of.ts";
import { eachRun, type PixelRuns } from "./pixel-runs.ts";

/**
 * Makes segments of a picture larger by a disk: all pixels whose distance from one of the segment's is at most `radius`, as
 * `skimage.morphology.dilation` with `disk(radius)`.
 *
 * @returns To be called with one segment after the other.
 */
export function dilateRuns({ width, height }: PictureSize, radius: number): (segment: PixelRuns) => PixelRuns {
  const reach = Array.from({ length: 2 * radius + 1 }, (_, place) =>
    Math.floor(Math.sqrt(radius * radius - (place - radius) ** 2)),
  );
  // By how many runs more than the pixel before it each pixel is covered; one place more a row, where the last ones end.
  const changes = new Int16Array((width + 1) * height);
  return (segment) => {
    let top = height;
    let bottom = -1;
    let left = width;
    let right = 0;
    eachRun(segment, (start, end) => {
      const row = Math.floor(start / width);
      const first = start - row * width;
      const last = first + end - start;
      for (let place = 0; place <= 2 * radius; place++) {
        const at = row + place - radius;
        if (at < 0 || at >= height) continue;
        const side = reach[place] ?? 0;
        const from = Math.max(0, first - side);
        const to = Math.min(width, last + side);
        changes[at * (width + 1) + from] = (changes[at * (width + 1) + from] ?? 0) + 1;
        changes[at * (width + 1) + to] = (changes[at * (width + 1) + to] ?? 0) - 1;
      }
      top = Math.min(top, Math.max(0, row - radius));
      bottom = Math.max(bottom, Math.min(height - 1, row + radius));
      left = Math.min(left, Math.max(0, first - radius));
      right = Math.max(right, Math.min(width, last + radius));
    });
    return collect(changes, width, { top, bottom, left, right });
  };
}

interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  /** One more than the last column. */
  readonly right: number;
}

/** The runs that the changes tell of; leaves no change behind. */
function collect(changes: Int16Array, width: number, { top, bottom, left, right }: Box): PixelRuns {
  const bounds: number[] = [];
  let area = 0;
  for (let row = top; row <= bottom; row++) {
    let covered = 0;
    let start = 0;
    for (let column = left; column <= right; column++) {
      const place = row * (width + 1) + column;
      const change = changes[place] ?? 0;
      if (change === 0) continue;
      changes[place] = 0;
      if (covered === 0) start = column;
      covered += change;
      if (covered > 0) continue;
      bounds.push(row * width + start, row * width + column);
      area += column - start;
    }
  }
  return { bounds: Int32Array.from(bounds), area };
}
