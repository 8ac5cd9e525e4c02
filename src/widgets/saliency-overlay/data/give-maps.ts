import { ComputeError, throwIfCancelled } from "../../../compute/errors.ts";
import type { NumericSource } from "../../host/sources.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { GrowingSaliency } from "./growing-saliency.ts";
import type { NumberedPicture } from "./see-picture.ts";
import type { SaliencyPicture, ShownMap } from "./shown-saliency.ts";

/**
 * Show maps that were made elsewhere.
 *
 * @param maps Pictures × columns × height × width.
 * @param see The picture, and what they are about.
 * @throws {ComputeError} "input" for a picture that there are no maps of, and as `see`.
 */
export async function giveMaps(
  maps: NumericSource,
  pictures: readonly NumberedPicture[],
  see: (picture: NumberedPicture) => Promise<Omit<SaliencyPicture, "maps">>,
  growing: GrowingSaliency,
  job: RunJob,
): Promise<void> {
  const [, columns = 0, height = 0, width = 0] = maps.shape;
  const places = height * width;
  const values = await maps.read(job);
  for (const picture of pictures) {
    const { number } = picture;
    if (number === null)
      throw new ComputeError(
        "input",
        `There is no map of ${picture.name}: maps were given.`,
        "Show one of the pictures that they are of.",
      );
    const seen = await see(picture);
    throwIfCancelled(job.signal);
    growing.add(seen);
    for (let column = 0; column < columns; column++) {
      const start = (number * columns + column) * places;
      growing.put(seen, column, givenMap(Float32Array.from(values.subarray(start, start + places)), height, width));
    }
  }
}

function givenMap(values: Float32Array<ArrayBuffer>, height: number, width: number): ShownMap {
  return {
    height,
    width,
    strength: values,
    signed: values,
    isPartial: false,
    score: null,
    baselineScore: null,
    completeness: null,
    layer: null,
    notes: [],
  };
}
