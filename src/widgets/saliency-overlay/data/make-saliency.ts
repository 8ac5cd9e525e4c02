import type { Progress } from "../../../compute/job.ts";
import type { PageModel } from "../../models/page-model.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { GrowingSaliency } from "./growing-saliency.ts";
import type { KnownSaliency } from "./known-saliency.ts";
import { type AskedMap, makeMap } from "./make-map.ts";
import type { MadeColumn } from "./map-columns.ts";
import type { AskedSight, NumberedPicture, SeenPicture } from "./see-picture.ts";

/** What is asked of which pictures. */
export interface AskedSaliency extends AskedSight, Pick<SaliencyOverlayProps, "options" | "of"> {
  readonly pictures: readonly NumberedPicture[];
  readonly columns: readonly MadeColumn[];
}

/**
 * See all pictures, then make their maps, one after the other: pictures and what the model says of them are there soon.
 *
 * @throws {ComputeError} as `seePicture` and `makeMap`.
 */
export async function makeSaliency(
  model: PageModel,
  asked: AskedSaliency,
  known: KnownSaliency,
  growing: GrowingSaliency,
  job: RunJob,
): Promise<void> {
  const { columns, options, of, preprocessing } = asked;
  const pictures: SeenPicture[] = [];
  for (const listed of asked.pictures) {
    const picture = await known.see(model, listed, asked, job);
    pictures.push(picture);
    const { key, name, number, pixels, probabilities, likeliest } = picture;
    const classes = columns.map(({ classIdx }) => classIdx ?? likeliest);
    growing.add({ key, name, number, pixels, probabilities, classes });
  }
  const total = pictures.length * columns.length;
  for (const [row, picture] of pictures.entries())
    for (const [column, { method, smooth, classIdx }] of columns.entries()) {
      const about = { method, smooth, classIdx: classIdx ?? picture.likeliest, options, of, preprocessing };
      const its = told(job, row * columns.length + column, total);
      const make = () => makeMap(model, picture, about, its, (partial) => growing.put(picture, column, partial));
      growing.put(picture, column, await known.map(askedKey(picture, about), make, job));
    }
}

/** Of several maps it is said which. */
function told(job: RunJob, at: number, total: number): RunJob {
  const { signal, onProgress } = job;
  if (total < 2 || !onProgress) return job;
  const tell = (progress: Progress) =>
    onProgress({ ...progress, stage: `Map ${at + 1} of ${total}: ${progress.stage}` });
  return { signal, onProgress: tell };
}

/** The same for the same question; arrays among the options are known by their keys. */
function askedKey({ key: picture }: SeenPicture, { options, preprocessing: _, ...asked }: AskedMap): string {
  const named = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === "object" && value !== null && "key" in value ? value.key : value])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([picture, asked, named]);
}
