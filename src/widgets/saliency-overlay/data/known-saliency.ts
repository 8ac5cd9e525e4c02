import { KeptLately } from "../../work/kept-lately.ts";
import type { SeenPicture } from "./see-picture.ts";
import type { ShownMap } from "./shown-saliency.ts";

/** Of each kind. */
const MOST_BYTES = 64 * 2 ** 20;

/** What is known of pictures and maps, and is not made again when a reader goes back to it. */
export class KnownSaliency {
  readonly pictures = new KeptLately<SeenPicture>(MOST_BYTES, bytesOfPicture);
  readonly maps = new KeptLately<ShownMap>(MOST_BYTES, bytesOfMap);

  /** They were another model's, or of pictures that were prepared otherwise. */
  clear(): void {
    this.pictures.clear();
    this.maps.clear();
  }
}

function bytesOfPicture({ input: { shape }, pixels, probabilities }: SeenPicture): number {
  const numbers = shape.reduce((product, side) => product * side, 1) + probabilities.length;
  return numbers * Float32Array.BYTES_PER_ELEMENT + pixels.data.byteLength;
}

function bytesOfMap({ strength, signed }: ShownMap): number {
  return strength === signed ? strength.byteLength : strength.byteLength + signed.byteLength;
}
