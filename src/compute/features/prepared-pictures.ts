import { ComputeError } from "../errors.ts";
import { decodeStored } from "../images/decode/decode-stored.ts";
import { countPictures, findPicture, type PictureSet } from "../images/picture-set.ts";
import type { ModelInput } from "../model/engine/model-inputs.ts";
import type { PictureBatches } from "./picture-batches.ts";
import { preprocessPictures } from "./preprocess/preprocess-pictures.ts";
import type { Preprocessing } from "./preprocess/preprocessing.ts";

/**
 * Pictures as they came, decoded and prepared when a batch of them is asked for.
 *
 * @param first - The number of the set's first picture among all, for errors.
 * @throws {ComputeError} kind "input", when read, for a picture that is none and for one that the model doesn't take.
 */
export function preparedPictures(
  set: PictureSet,
  first: number,
  preprocessing: Preprocessing,
  { name, dims }: ModelInput,
  of?: number,
): PictureBatches {
  const size = dims.reduce((product, side) => product * side, 1);
  const prepare = async (place: number) => {
    const found = findPicture(set, place);
    const picture = "mime" in found ? await decodeStored(found.bytes, found.mime) : found;
    if (!picture)
      throw new ComputeError(
        "input",
        `Picture ${first + place} can't be decoded.`,
        "Leave it out, or save it as PNG or JPEG.",
      );
    const { data, dims: made } = preprocessPictures([picture], preprocessing);
    const own = made.slice(1);
    if (own.join() === dims.join()) return data;
    throw new ComputeError(
      "input",
      `Picture ${first + place} was prepared to (${own.join(", ")}); "${name}" takes (${dims.join(", ")}).`,
      "Change size, layout or channels of the preprocessing.",
    );
  };
  return {
    count: countPictures(set),
    of,
    async read(start, count) {
      const batch = new Float32Array(count * size);
      for (let place = 0; place < count; place++) batch.set(await prepare(start + place), place * size);
      return batch;
    },
  };
}
