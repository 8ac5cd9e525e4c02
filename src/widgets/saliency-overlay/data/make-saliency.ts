import { throwIfCancelled } from "../../../compute/errors.ts";
import type { Progress } from "../../../compute/job.ts";
import type { PageModel } from "../../models/page-model.ts";
import type { ListedPicture } from "../../models/picture-list.ts";
import type { RunJob } from "../../work/one-run.ts";
import type { SaliencyOverlayProps } from "../props.ts";
import type { GrowingSaliency } from "./growing-saliency.ts";
import type { KnownSaliency } from "./known-saliency.ts";
import { makeMap } from "./make-map.ts";
import { type SeenPicture, seePicture } from "./see-picture.ts";
import type { MapColumn } from "./shown-saliency.ts";

/** What is asked of which pictures. */
export interface AskedSaliency extends Pick<SaliencyOverlayProps, "options" | "of"> {
  readonly pictures: readonly (ListedPicture & { readonly number: number | null })[];
  readonly columns: readonly (MapColumn & { readonly method: NonNullable<MapColumn["method"]> })[];
  readonly preprocessing: NonNullable<SaliencyOverlayProps["preprocessing"]>;
  readonly classNames: readonly string[] | null;
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
    const before = known.pictures.get(listed.key);
    const seen = before ?? (await seePicture(model, listed, { ...asked, number: listed.number }, job));
    throwIfCancelled(job.signal);
    // What it is called may have changed.
    const picture = { ...seen, name: listed.name, number: listed.number };
    known.pictures.put(listed.key, picture);
    pictures.push(picture);
    const { key, name, number, pixels, probabilities, likeliest } = picture;
    const classes = columns.map(({ classIdx }) => classIdx ?? likeliest);
    growing.add({ key, name, number, pixels, probabilities, classes });
  }
  const total = pictures.length * columns.length;
  for (const [row, picture] of pictures.entries())
    for (const [column, { method, smooth, classIdx }] of columns.entries()) {
      const about = { method, smooth, classIdx: classIdx ?? picture.likeliest, options, of, preprocessing };
      const key = askedKey(picture.key, about);
      const its = told(job, row * columns.length + column, total);
      const made = known.maps.get(key);
      const map =
        made ?? (await makeMap(model, picture, about, its, (partial) => growing.put(picture, column, partial)));
      throwIfCancelled(job.signal);
      if (!map) continue;
      known.maps.put(key, map);
      growing.put(picture, column, map);
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
function askedKey(picture: string, { options, preprocessing: _, ...asked }: Parameters<typeof makeMap>[2]): string {
  const named = Object.entries(options)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === "object" && value !== null && "key" in value ? value.key : value])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  return JSON.stringify([picture, asked, named]);
}
