import { ComputeError } from "../../../src/compute/errors.ts";
import type { RawPixels } from "../../../src/compute/images/raw-pixels.ts";
import { normalizeStain } from "../../../src/compute/images/stain/normalize-stain.ts";
import type { StainNormalizer } from "../../../src/compute/images/stain/normalizer.ts";
import { type PackedPicture, writePicturePack } from "../../../src/widgets/host/picture-pack.ts";
import type { ImageSource } from "../../../src/widgets/host/sources.ts";

/** Levels of a colour channel that survive shrinking, and how far apart they are. */
const LEVELS = 8;
const STEP = 36;
const DIGITS = LEVELS ** 3;

/** How long a lot is on a slow line, ms. */
const SLOW_MS = 400;

/** How pictures come in a test. */
export interface PictureSupply {
  readonly source: ImageSource;
  /** Rows asked for, pack by pack. */
  readonly asked: number[][];
  /** Packs asked for and not answered yet whose asker has given up. */
  readonly cancelled: number[];
  /** Answer what is asked for; until then all wait. */
  release(): void;
  /** From now on all wait. */
  hold(): void;
  /** From now on the kernel is gone. */
  lose(): void;
}

/**
 * Pictures that carry their row in their pixels: white in the upper left quarter, black in the lower right, the row's two
 * digits between them. Whatever is turned, mirrored or another's shows. Blank ones are white all over. On a slow line the first
 * two lots take their time, the others wait until they are released, and there are samples.
 */
export function numberedPictures(
  rows: number,
  { width = 64, height = 64, waits = false, isBlank = false, isSlow = false } = {},
): PictureSupply {
  const pixelsOf = (row: number) =>
    isBlank ? new Uint8ClampedArray(4 * width * height).fill(255) : numberedPixels(row, width, height);
  const asked: number[][] = [];
  const cancelled: number[] = [];
  let isLost = false;
  let release = () => {};
  let gate = Promise.resolve();
  const hold = () => {
    gate = new Promise((resolve) => {
      release = resolve;
    });
  };
  if (waits || isSlow) hold();
  const source: ImageSource = {
    key: `numbered-${rows}-${Math.random()}`,
    length: rows,
    get: async (row) => createImageBitmap(new ImageData(pixelsOf(row), width, height)),
    async pack(wanted, { signal }) {
      asked.push([...wanted]);
      signal?.addEventListener("abort", () => cancelled.push(wanted.length), { once: true });
      const turn = asked.length;
      if (isSlow && turn <= 2) await new Promise((resolve) => setTimeout(resolve, turn * SLOW_MS));
      else await gate;
      if (isLost) throw new ComputeError("lost", "Python has stopped.");
      return writePicturePack(
        wanted.map((row) => ({
          picture: { row, width, height, channels: 4 } satisfies Omit<PackedPicture, "offset" | "length">,
          bytes: new Uint8Array(pixelsOf(row).buffer),
        })),
      );
    },
    ...(isSlow && {
      sample: async (wanted: readonly number[], _: unknown, isOfParts = false) => sampleOf(wanted, isOfParts),
    }),
  };
  return {
    source,
    asked,
    cancelled,
    release: () => release(),
    hold,
    lose() {
      isLost = true;
      release();
    },
  };
}

/** A pixel of each quarter, or their mean. */
function sampleOf(rows: readonly number[], isOfParts: boolean): Uint8Array<ArrayBuffer> {
  const side = isOfParts ? 2 : 1;
  return writePicturePack(
    rows.map((row) => ({
      picture: { row, width: side, height: side, channels: 4 },
      bytes: isOfParts ? new Uint8Array(numberedPixels(row, 2, 2)) : Uint8Array.from([...meanOfNumbered(row), 255]),
    })),
  );
}

function numberedPixels(row: number, width: number, height: number): Uint8ClampedArray<ArrayBuffer> {
  const quarters = [
    [255, 255, 255],
    digitColor(Math.floor(row / DIGITS)),
    digitColor(row % DIGITS),
    [0, 0, 0],
  ] as const;
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const quarter = (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);
      pixels.set([...(quarters[quarter] ?? []), 255], 4 * (y * width + x));
    }
  return pixels;
}

function digitColor(digit: number): readonly [number, number, number] {
  return [
    (digit % LEVELS) * STEP,
    (Math.floor(digit / LEVELS) % LEVELS) * STEP,
    Math.floor(digit / LEVELS ** 2) * STEP,
  ];
}

/** The row that a tile carries, from the middles of its quarters; -1 where it is none or lies wrong. */
export function rowInPixels(colorAt: (x: number, y: number) => readonly number[]): number {
  const isNear = (color: readonly number[], value: number) =>
    color.slice(0, 3).every((part) => Math.abs(part - value) < 60);
  if (!isNear(colorAt(0.25, 0.25), 255) || !isNear(colorAt(0.75, 0.75), 0)) return -1;
  const digit = (color: readonly number[]) =>
    [0, 1, 2].reduce((sum, part) => sum + Math.round((color[part] ?? 0) / STEP) * LEVELS ** part, 0);
  return digit(colorAt(0.75, 0.25)) * DIGITS + digit(colorAt(0.25, 0.75));
}

/** The mean colour of a row's picture. */
export function meanOfNumbered(row: number, stain: StainNormalizer | null = null): readonly number[] {
  const quarters: RawPixels = { pixels: new Uint8Array(numberedPixels(row, 2, 2)), width: 2, height: 2, channels: 4 };
  const { pixels } = stain ? normalizeStain(quarters, stain).picture : quarters;
  return [0, 1, 2].map((part) => [0, 1, 2, 3].reduce((sum, quarter) => sum + (pixels[4 * quarter + part] ?? 0) / 4, 0));
}
