import { throwIfCancelled } from "../../../compute/errors.ts";
import type { PageModel } from "../../models/page-model.ts";
import { KeptLately } from "../../work/kept-lately.ts";
import type { RunJob } from "../../work/one-run.ts";
import { type AskedSight, type NumberedPicture, type SeenPicture, seePicture } from "./see-picture.ts";
import type { ShownMap } from "./shown-saliency.ts";

/** Of each kind. */
const MOST_BYTES = 64 * 2 ** 20;

/** What is known of a model's pictures and maps, and is not made again when a reader goes back to it. */
export class KnownSaliency {
  readonly #pictures = new KeptLately<SeenPicture>(MOST_BYTES, bytesOfPicture);
  readonly #maps = new KeptLately<ShownMap>(MOST_BYTES, bytesOfMap);
  /** All that are held anywhere. */
  readonly #made = new WeakSet<ShownMap>();

  /** A picture as the model sees it. @throws as `seePicture`. */
  async see(model: PageModel, listed: NumberedPicture, asked: AskedSight, job: RunJob): Promise<SeenPicture> {
    const { key, name, number } = listed;
    const seen = this.#pictures.get(key) ?? (await seePicture(model, listed, asked, job));
    throwIfCancelled(job.signal);
    // What it is called, and where it stands, may have changed.
    const picture = { ...seen, name, number };
    this.#pictures.put(key, picture);
    return picture;
  }

  /** A map by what was asked, made where it is not known. @throws what `make` throws. */
  async map(key: string, make: () => Promise<ShownMap>, { signal }: RunJob): Promise<ShownMap> {
    const map = this.#maps.get(key) ?? (await make());
    throwIfCancelled(signal);
    this.#maps.put(key, map);
    this.#made.add(map);
    return map;
  }

  /** Whether a map was made of the model that this is known of. */
  hasMade(map: ShownMap): boolean {
    return this.#made.has(map);
  }
}

function bytesOfPicture({ input: { shape }, pixels, probabilities }: SeenPicture): number {
  const numbers = shape.reduce((product, side) => product * side, 1) + probabilities.length;
  return numbers * Float32Array.BYTES_PER_ELEMENT + pixels.data.byteLength;
}

function bytesOfMap({ strength, signed }: ShownMap): number {
  return strength === signed ? strength.byteLength : strength.byteLength + signed.byteLength;
}
