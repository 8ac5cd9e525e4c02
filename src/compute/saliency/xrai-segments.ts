import type { PictureLayout } from "../images/picture-layout.ts";
import type { Numbers } from "../images/resize/numbers-of.ts";
import { resizeCubic } from "../images/resize/resize-cubic.ts";
import { resizeLabels } from "../images/resize/resize-labels.ts";
import { dilateRuns } from "../images/segmentation/dilate-runs.ts";
import { felzenszwalb } from "../images/segmentation/felzenszwalb.ts";
import { normalizeRange } from "../images/segmentation/normalize-range.ts";
import { type PixelRuns, runsOfLabels } from "../images/segmentation/pixel-runs.ts";
import type { Job } from "../job.ts";
import { Pace } from "../runtime/pace.ts";

/** The size that every picture is segmented in: what a scale means depends on it. */
const SIDE = { height: 224, width: 224 };
/** How PAIR's `xrai.py` calls scikit-image. */
const HOW = { scales: [50, 100, 150, 250, 500, 1200], sigma: 0.8, minSize: 150 };
/** Pixels by which a segment is made larger, so that it takes in its own edge. */
const DILATION = 5;

/**
 * The segments that XRAI chooses from, as `saliency` 0.2.1 makes them: the picture stretched over -1 to 1 and brought to
 * 224 × 224 pixels, cut into segments at six scales, the labels brought back, and each segment made larger by a disk of radius 5.
 *
 * @param picture - In its own layout. Single precision rounds where NumPy's does.
 * @returns Those of the finest scale first; they overlap.
 * @throws ComputeError "cancelled".
 */
export async function xraiSegments(picture: Numbers, layout: PictureLayout, job: Job = {}): Promise<PixelRuns[]> {
  const pace = new Pace(job.signal);
  const resized = await resizeCubic<Numbers>(normalizeRange<Numbers>(picture), layout, SIDE, job);
  await pace.check();
  const dilate = dilateRuns(layout, DILATION);
  const segments: PixelRuns[] = [];
  for (const labels of await felzenszwalb(resized, { ...layout, ...SIDE }, HOW, job))
    for (const segment of runsOfLabels(resizeLabels(labels, SIDE, layout), layout.width)) {
      await pace.check();
      segments.push(dilate(segment));
    }
  return segments;
}
