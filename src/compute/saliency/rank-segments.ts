import { eachRun, type PixelRuns } from "../images/segmentation/pixel-runs.ts";
import type { Job } from "../job.ts";
import { checkNumber } from "../option-checks.ts";
import { Pace } from "../runtime/pace.ts";
import { type RankedPicture, TakenRegions } from "./ranked-regions.ts";

export interface RankOptions {
  /** A segment that adds fewer pixels is left out; 50 unless given. */
  readonly minPixelDiff?: number | undefined;
  /** The share of the picture from which on no more segments are taken; 1 unless given. `rankSegmentsFast` takes no notice of it. */
  readonly areaThreshold?: number | undefined;
}

/** Segments looked at between two turns of the event loop. */
const SEGMENTS_A_TURN = 64;

/**
 * XRAI's full ranking (Kapishnikov and others 2019, arXiv 1906.02825; PAIR's `_xrai`): of all segments the one whose pixels
 * that nobody took have the highest mean, again and again. Every segment's sum over these pixels is kept, and what is taken is
 * subtracted from those that have it too: a pixel costs as many steps as segments overlap there, however many are ranked.
 *
 * @param attributions - One for each pixel, row after row.
 * @param segments - Of a picture of so many pixels; they may overlap.
 * @throws ComputeError "input" for a wrong option, "cancelled".
 */
export async function rankSegments(
  attributions: Float64Array,
  segments: readonly PixelRuns[],
  { minPixelDiff = 50, areaThreshold = 1 }: RankOptions = {},
  job: Job = {},
): Promise<RankedPicture> {
  checkNumber("minPixelDiff", minPixelDiff, { integer: true, least: 1 });
  checkNumber("areaThreshold", areaThreshold, { least: 0, most: 1 });
  const pace = new Pace(job.signal);
  const taken = new TakenRegions(attributions);
  const { starts, owners } = await ownersOf(segments, attributions.length, pace);
  await pace.check();
  const left = segments.map((segment) => taken.weigh(segment));
  const areas = Int32Array.from(left, ({ area }) => area);
  const sums = Float64Array.from(left, ({ area, value }) => (area > 0 ? area * value : 0));
  const drop = (pixel: number) => {
    const attribution = attributions[pixel] ?? 0;
    for (let place = starts[pixel] ?? 0; place < (starts[pixel + 1] ?? 0); place++) {
      const owner = owners[place] ?? 0;
      areas[owner] = (areas[owner] ?? 0) - 1;
      sums[owner] = (sums[owner] ?? 0) - attribution;
    }
  };
  while (taken.share <= areaThreshold) {
    const best = segments[bestOf(sums, areas, minPixelDiff)];
    if (!best) break;
    taken.take(best, drop);
    await pace.check();
  }
  return taken.rank();
}

/**
 * XRAI's fast ranking (PAIR's `_xrai_fast`): segments in the order of the means of all their pixels, each taking what those
 * before it left.
 *
 * @param attributions - One for each pixel, row after row.
 * @param segments - Of a picture of so many pixels; they may overlap.
 * @throws ComputeError "input" for a wrong option, "cancelled".
 */
export async function rankSegmentsFast(
  attributions: Float64Array,
  segments: readonly PixelRuns[],
  { minPixelDiff = 50 }: RankOptions = {},
  job: Job = {},
): Promise<RankedPicture> {
  checkNumber("minPixelDiff", minPixelDiff, { integer: true, least: 1 });
  const pace = new Pace(job.signal);
  const taken = new TakenRegions(attributions);
  const weighed = segments.map((segment) => ({ segment, mean: taken.weigh(segment).value }));
  weighed.sort((one, other) => other.mean - one.mean);
  for (const [index, { segment }] of weighed.entries()) {
    if (index % SEGMENTS_A_TURN === 0) await pace.check();
    if (taken.weigh(segment).area >= minPixelDiff) taken.take(segment);
  }
  return taken.rank();
}

/** The first of the segments with the highest mean, of those with enough pixels left; -1 where there is none. */
function bestOf(sums: Float64Array, areas: Int32Array, minPixelDiff: number): number {
  let best = -1;
  let highest = Number.NEGATIVE_INFINITY;
  for (let segment = 0; segment < sums.length; segment++) {
    const area = areas[segment] ?? 0;
    if (area < minPixelDiff) continue;
    const mean = (sums[segment] ?? 0) / area;
    if (mean <= highest) continue;
    highest = mean;
    best = segment;
  }
  return best;
}

/** For each pixel the segments that have it: `owners` from `starts[pixel]` to `starts[pixel + 1]`. */
async function ownersOf(segments: readonly PixelRuns[], pixels: number, pace: Pace) {
  const starts = new Int32Array(pixels + 2);
  for (const segment of segments) {
    await pace.check();
    eachRun(segment, (start, end) => {
      for (let pixel = start; pixel < end; pixel++) starts[pixel + 2] = (starts[pixel + 2] ?? 0) + 1;
    });
  }
  for (let pixel = 2; pixel < starts.length; pixel++) starts[pixel] = (starts[pixel] ?? 0) + (starts[pixel - 1] ?? 0);
  const owners = new Int32Array(starts[pixels + 1] ?? 0);
  // Each start is one place ahead while its pixel's owners are written, and ends as the next pixel's.
  for (const [index, segment] of segments.entries()) {
    await pace.check();
    eachRun(segment, (start, end) => {
      for (let pixel = start; pixel < end; pixel++) {
        const place = starts[pixel + 1] ?? 0;
        owners[place] = index;
        starts[pixel + 1] = place + 1;
      }
    });
  }
  return { starts, owners };
}
