import { readFileSync } from "node:fs";
import type { BlurEdges } from "../../../src/compute/images/blur/gaussian-blur.ts";

interface Sizes {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

interface Resized {
  readonly from: readonly [height: number, width: number, channels: number];
  readonly to: readonly [height: number, width: number];
  /** To the formula's values. */
  readonly added: number;
  readonly type: "float32" | "float64";
  readonly values: readonly number[];
}

/** What SciPy and scikit-image say (tests/reference/make-segmentation-goldens.py). */
export const golden = JSON.parse(
  readFileSync(new URL("../../reference/segmentation-goldens.json", import.meta.url)).toString(),
) as {
  readonly blurred: readonly (Sizes & {
    readonly sigma: readonly [number, number];
    readonly edges: BlurEdges;
    readonly values: readonly number[];
  })[];
  readonly linear: readonly Resized[];
  readonly cubic: readonly Resized[];
  readonly labels: readonly {
    readonly from: readonly [height: number, width: number];
    readonly to: readonly [height: number, width: number];
    readonly labels: readonly number[];
  }[];
  readonly face: readonly [height: number, width: number, channels: number];
  readonly segmented: readonly {
    readonly name: string;
    readonly height: number;
    readonly width: number;
    readonly sigma: number;
    readonly minSize: number;
    readonly scales: readonly number[];
    readonly segments: readonly number[];
    readonly sha256: readonly string[];
  }[];
  readonly dilated: readonly {
    readonly radius: number;
    readonly areas: readonly number[];
    readonly sha256: string;
  }[];
};

const [height, width, channels] = golden.face;
/** The script's face, and how it lies. */
export const face = {
  values: Float64Array.from(readFileSync(new URL("../../reference/segmentation-picture.bin", import.meta.url))),
  layout: { height, width, channels, channelsLast: true },
};

/** The script's picture by formula, a pixel's channels side by side. */
export function formulaPicture({ height, width, channels }: Sizes): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: height * width * channels }, (_, place) => 0.8 * Math.sin(0.37 * place) + 0.1);
}

/** The same picture with each channel a plane of its own. */
export function channelsFirst(values: Float64Array, { height, width, channels }: Sizes): Float64Array<ArrayBuffer> {
  const pixels = height * width;
  return Float64Array.from(values, (_, place) => values[(place % pixels) * channels + Math.floor(place / pixels)] ?? 0);
}

export function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  return Array.from(one).reduce((most, value, place) => Math.max(most, Math.abs(value - (other[place] ?? 0))), 0);
}
