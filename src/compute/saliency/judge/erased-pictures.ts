import type { PictureShape } from "../differentiable.ts";

/** A picture, and what takes the place of what is taken away. */
export interface ErasablePicture {
  readonly picture: Float32Array;
  readonly blurred: Float32Array;
  readonly shape: PictureShape;
}

/** Pictures as a model takes them, made when they are asked for: of forty of them only a batch is there at a time. */
export interface ErasedPictures {
  readonly count: number;
  /** The numbers of pictures `start` to `start + count - 1`, one after the other. */
  read(start: number, count: number): Float32Array<ArrayBuffer>;
}

/** How many places a share of a picture is; the step at which a slider stands and the curve's are of the same places. */
export function placesIn(share: number, places: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * places);
}

/**
 * The pictures by which a map is judged: first those from which more and more places are taken, from none to all of them in
 * `steps` steps; behind these those in which more and more of them are, and the others blurred. Both end where the other
 * begins, so that of the second there are two fewer: `2 * steps` in all.
 *
 * @param order - All places, the most salient first.
 */
export function erasedPictures(
  { picture, blurred, shape }: ErasablePicture,
  order: Uint32Array,
  steps: number,
): ErasedPictures {
  const write = (into: Float32Array, number: number) => {
    const isDeleted = number <= steps;
    const share = (isDeleted ? number : number - steps) / steps;
    into.set(isDeleted ? picture : blurred);
    copyPlaces(isDeleted ? blurred : picture, into, order.subarray(0, placesIn(share, order.length)), shape);
  };
  return {
    count: 2 * steps,
    read(start, count) {
      const all = new Float32Array(count * picture.length);
      for (let row = 0; row < count; row++)
        write(all.subarray(row * picture.length, (row + 1) * picture.length), start + row);
      return all;
    },
  };
}

function copyPlaces(
  from: Float32Array,
  into: Float32Array,
  places: Uint32Array,
  { height, width, channels, channelsLast }: PictureShape,
): void {
  const [placeStep, channelStep] = channelsLast ? [channels, 1] : [1, height * width];
  for (const place of places)
    for (let channel = 0; channel < channels; channel++) {
      const at = place * placeStep + channel * channelStep;
      into[at] = from[at] ?? 0;
    }
}
