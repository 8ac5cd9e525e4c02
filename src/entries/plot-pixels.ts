import { ComputeError } from "../compute/errors.ts";
import { type ColormapName, colormapTable } from "../compute/saliency/drawing/colormap-tables.ts";
import { colorStep } from "../compute/saliency/drawing/heat-pixels.ts";
import { slideflowOverlay } from "../compute/saliency/drawing/overlay-pixels.ts";
import type { ShapedNumbers } from "../widgets/host/inline-sources.ts";

/** Red, green, blue and opacity, a byte each, of every number. */
export interface ColoredNumbers {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  /** That of the numbers, and 4. */
  readonly shape: readonly number[];
}

/** What `overlay` draws on: bytes, height × width × 3 (or 4, or 1, or none for grey). */
export type OverlaidPicture = ImageData | ShapedNumbers;

/**
 * Numbers from 0 to 1 in matplotlib's inferno: Slideflow's `inferno`, byte for byte. What lies beyond takes the nearest end,
 * NaN is transparent. Integers (Uint8Array, Int32Array and so on) are taken as numbers of the 256 colours, as matplotlib
 * takes them.
 */
export function inferno(img: ShapedNumbers): ColoredNumbers {
  return colored(img, "inferno");
}

/** The same in matplotlib's Oranges: Slideflow's `oranges`. */
export function oranges(img: ShapedNumbers): ColoredNumbers {
  return colored(img, "oranges");
}

/**
 * A map over a picture: Slideflow's `overlay`, byte for byte, which is Oranges at 60 % over all of the picture.
 *
 * @param mask Height × width, as `oranges` takes it.
 * @returns Height × width × 4, opaque, where Slideflow leaves the opacity out: `new ImageData(data, width)` draws it.
 * @throws {ComputeError} "input" where the picture is no bytes, and where the mask has another size.
 */
export function overlay(image: OverlaidPicture, mask: ShapedNumbers): ColoredNumbers {
  const { pixels, height, width } = pictureOf(image);
  if (mask.shape.join() !== `${height},${width}` || mask.data.length !== height * width)
    throw new ComputeError(
      "input",
      `The mask is of ${mask.shape.join(" × ")}, the picture of ${height} × ${width}.`,
      "Pass a number a pixel: {data, shape: [height, width]}.",
    );
  // The middle of its colour's share: single precision moves none into its neighbour's.
  const values = Float32Array.from(stepsOf(mask), (step) => (step + 0.5) / 256);
  return { data: slideflowOverlay(pixels, values), shape: [height, width, 4] };
}

function colored(img: ShapedNumbers, name: ColormapName): ColoredNumbers {
  const table = colormapTable(name);
  const steps = stepsOf(img);
  const data = new Uint8ClampedArray(steps.length * 4);
  for (const [place, step] of steps.entries())
    if (!Number.isNaN(step)) data.set([...table.subarray(step * 3, step * 3 + 3), 255], place * 4);
  return { data, shape: [...img.shape, 4] };
}

/** The number of each one's colour; NaN where there is none. */
function stepsOf({ data }: ShapedNumbers): Float64Array {
  const isFloat = Array.isArray(data) || data instanceof Float32Array || data instanceof Float64Array;
  return Float64Array.from({ length: data.length }, (_, place) => {
    const value = Number(data[place] ?? Number.NaN);
    return isFloat ? colorStep(value) : Math.min(255, Math.max(0, value));
  });
}

/** A picture as its pixels. */
function pictureOf(image: OverlaidPicture): {
  readonly pixels: Uint8ClampedArray;
  readonly height: number;
  readonly width: number;
} {
  const { data, shape } = "shape" in image ? image : { data: image.data, shape: [image.height, image.width, 4] };
  const [height = 0, width = 0, channels = 1] = shape;
  const areBytes = data instanceof Uint8Array || data instanceof Uint8ClampedArray;
  if (!areBytes || shape.length < 2 || shape.length > 3 || ![1, 3, 4].includes(channels))
    throw new ComputeError("input", "The image is no picture of bytes.", "Pass [height, width, 3] from 0 to 255.");
  if (data.length !== height * width * channels)
    throw new ComputeError(
      "input",
      `The image holds ${data.length} numbers; its shape ${shape.join(" × ")} needs ${height * width * channels}.`,
      "Give the shape as [height, width, channels].",
    );
  const pixels = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let place = 0; place < height * width; place++)
    for (let color = 0; color < 3; color++)
      pixels[place * 4 + color] = data[place * channels + (channels === 1 ? 0 : color)] ?? 0;
  return { pixels, height, width };
}
