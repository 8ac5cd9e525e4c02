import { describe, expect, it } from "vitest";
import { runsOfMask } from "../../../src/compute/images/segmentation/pixel-runs.ts";
import type { Progress } from "../../../src/compute/job.ts";
import { attribute } from "../../../src/compute/saliency/attribute.ts";
import { placesOf } from "../../../src/compute/saliency/attribution.ts";
import { normalizeXrai } from "../../../src/compute/saliency/normalize-map.ts";
import { rankSegments, rankSegmentsFast } from "../../../src/compute/saliency/rank-segments.ts";
import type { RankedPicture } from "../../../src/compute/saliency/ranked-regions.ts";
import { xrai } from "../../../src/compute/saliency/xrai.ts";
import { xraiSegments } from "../../../src/compute/saliency/xrai-segments.ts";
import { formulaScore } from "./formula-score.ts";
import { left, networkSource, picture, shape } from "./slideflow-run.ts";
import { pair, slideflow } from "./slideflow-xrai.ts";

const SIDE = 32;
const places = Array.from({ length: SIDE * SIDE }, (_, place) => ({ x: place % SIDE, y: Math.floor(place / SIDE) }));
type Inside = (place: { readonly x: number; readonly y: number }) => boolean;
const segmentsWhere = (segments: readonly Inside[]) => segments.map((inside) => runsOfMask(places.map(inside)));

const fourParts = {
  attributions: Float64Array.from(places, ({ x, y }) =>
    Math.max(Math.cos(0.21 * x + 0.13 * y), 0.5 * Math.sin(0.17 * x), ((x * y) % 13) / 13),
  ),
  segments: segmentsWhere([
    ({ x }) => x < 16,
    ({ y }) => y < 10,
    ({ x, y }) => (x - 20) ** 2 + (y - 20) ** 2 < 64,
    ({ x, y }) => x >= 24 && y < 6,
  ]),
};
const strips = {
  attributions: Float64Array.from(places, ({ x, y }) => Math.sin(0.013 * (32 * y + x)) + 0.2 * Math.cos(0.9 * x)),
  segments: segmentsWhere([
    ...Array.from(
      { length: 7 },
      (_, k): Inside =>
        ({ x }) =>
          x >= 4 * k && x < 4 * k + 10,
    ),
    ...Array.from(
      { length: 6 },
      (_, k): Inside =>
        ({ y }) =>
          y >= 5 * k && y < 5 * k + 9,
    ),
  ]),
};

const sumOf = (values: Iterable<number>) => [...values].reduce((sum, value) => sum + value, 0);
/** The script's order of (rank, area, value). */
const regionsOf = ({ regions }: RankedPicture) => regions.map(({ area, value }, place) => [place + 1, area, value]);

describe("regions are ranked as PAIR ranks them", () => {
  it.each([
    {
      name: "four parts, full",
      told: pair.full,
      ranked: () => rankSegments(fourParts.attributions, fourParts.segments),
    },
    {
      name: "four parts, fast",
      told: pair.fast,
      ranked: () => rankSegmentsFast(fourParts.attributions, fourParts.segments),
    },
    {
      name: "four parts until 0.3 of the picture is taken",
      told: pair["full_area0.3"],
      ranked: () => rankSegments(fourParts.attributions, fourParts.segments, { areaThreshold: 0.3 }),
    },
    { name: "strips, full", told: pair.strips.full, ranked: () => rankSegments(strips.attributions, strips.segments) },
    {
      name: "strips, fast",
      told: pair.strips.fast,
      ranked: () => rankSegmentsFast(strips.attributions, strips.segments),
    },
  ])("$name", async ({ told, ranked }) => {
    const answer = await ranked();
    const regions = regionsOf(answer);
    expect(regions.map(([rank, area]) => [rank, area])).toEqual(
      told.rank_area_value.map(([rank, area]) => [rank, area]),
    );
    for (const [place, [, , value]] of told.rank_area_value.entries())
      expect(regions[place]?.[2]).toBeCloseTo(value, 10);
    expect(sumOf(answer.values)).toBeCloseTo(told.sum, 9);
    for (const [rank, area] of told.rank_area_value)
      expect(answer.ranks.filter((own) => own === rank).length).toBe(area);
  });

  it("what is taken adds up to the attributions, whatever the segments leave", async () => {
    for (const rank of [rankSegments, rankSegmentsFast]) {
      const { values } = await rank(strips.attributions, strips.segments.slice(2, 5));
      expect(sumOf(values)).toBeCloseTo(sumOf(strips.attributions), 9);
    }
  });

  it("without a segment all of a picture is one region", async () => {
    const { regions, ranks } = await rankSegments(Float64Array.of(1, 2, 3, 6), []);
    expect(regions).toEqual([{ area: 4, value: 3 }]);
    expect([...ranks]).toEqual([1, 1, 1, 1]);
  });
});

describe("on the picture of a run of the real Slideflow", () => {
  const attributions = Float64Array.from({ length: slideflow.ranks.length }, (_, place) =>
    Math.max(...slideflow.attributions.subarray(3 * place, 3 * place + 3)),
  );

  it.each([true, false])("its 321 segments are found, place for place (channels last: %s)", async (channelsLast) => {
    const last = left("image_u8").map((value) => Math.fround(value / 127.5) - 1);
    const segments = await xraiSegments(channelsLast ? last : picture, { ...shape, channelsLast });
    expect(segments.length).toBe(321);
    const wrong = segments.filter(({ bounds }, index) => {
      const { bounds: expected } = runsOfMask(slideflow.segments[index] ?? []);
      return maskOf(bounds).join() !== maskOf(expected).join();
    });
    expect(wrong).toEqual([]);
  });

  it("ranks and values are PAIR's", async () => {
    const segments = slideflow.segments.map(runsOfMask);
    const full = await rankSegments(attributions, segments);
    expect(full.ranks).toEqual(Int32Array.from(slideflow.ranks));
    expect(farthest(full.values, slideflow.mask)).toBeLessThan(1e-7);
    const fast = await rankSegmentsFast(attributions, segments);
    expect(farthest(fast.values, slideflow.fastMask)).toBeLessThan(1e-7);
    const drawn = normalizeXrai({ values: new Float32Array(fast.values), shape: placesOf(shape) });
    expect(farthest(drawn.values, slideflow.fastMap)).toBeLessThan(1e-6);
  });

  it("the network's map is Slideflow's", async () => {
    const asked = { method: "xrai", smooth: false, options: {} } as const;
    const attribution = await attribute(picture, await networkSource(), asked);
    expect(attribution.shape).toEqual({ height: 64, width: 64, channels: 1, channelsLast: true });
    expect(farthest(attribution.values, slideflow.mask)).toBeLessThan(1e-6);
    expect(farthest(normalizeXrai(attribution).values, slideflow.map)).toBeLessThan(1e-4);
  });
});

describe("XRAI of a score with a formula", () => {
  const small = { height: 8, width: 8, channels: 2, channelsLast: false };
  const score = () =>
    formulaScore(
      small,
      (x) => x.reduce((sum, value, place) => sum + value * (place % 5), 0),
      (x) => x.map((_, place) => place % 5),
      3,
    );
  const numbers = Float32Array.from({ length: 128 }, (_, place) => Math.sin(place));

  it("takes the steps that it is told of, from each baseline", async () => {
    const asked = score();
    const segments = [runsOfMask(Array.from({ length: 64 }, (_, place) => place < 60))];
    const told: number[] = [];
    const onProgress = ({ done, total }: Progress) => {
      expect(total).toBe(8);
      told.push(done);
    };
    const options = { steps: 4, segments, minPixelDiff: 1 };
    const { values, regions, ranks } = await xrai(numbers, asked, options, { onProgress });
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect([told[0], told.at(-1)]).toEqual([0, 8]);
    expect(asked.asked.gradients).toBe(8);
    expect(regions.map(({ area }) => area)).toEqual([60, 4]);
    expect([ranks[0], ranks[63]]).toEqual([1, 2]);
    // A linear score: the mean over a baseline of the least and one of the greatest number, 100 steps or 4.
    const middle = (Math.min(...numbers) + Math.max(...numbers)) / 2;
    const own = (place: number) => ((numbers[place] ?? 0) - middle) * (place % 5);
    const highest = Array.from({ length: 64 }, (_, place) => Math.max(own(place), own(64 + place)));
    expect(sumOf(values)).toBeCloseTo(sumOf(highest), 4);
  });

  it("goes by two names: the fast one ranks each segment by itself", async () => {
    const asked = score();
    const segments = Array.from({ length: 12 }, (_, strip) =>
      runsOfMask(
        Array.from({ length: 64 }, (_, place) => place >= 4 * strip && place < 4 * strip + 5 + ((7 * strip) % 11)),
      ),
    );
    const options = { steps: 2, segments, minPixelDiff: 1 };
    const source = { differentiable: async () => asked, layer: () => Promise.reject(new Error("No layer is asked.")) };
    for (const [method, algorithm] of [
      ["xrai", "full"],
      ["xrai_fast", "fast"],
    ] as const) {
      const named = await attribute(numbers, source, { method, smooth: false, options });
      expect(named).toEqual(await xrai(numbers, asked, { ...options, algorithm }));
    }
    const [full, fast] = await Promise.all([
      xrai(numbers, asked, { ...options, algorithm: "full" }),
      xrai(numbers, asked, { ...options, algorithm: "fast" }),
    ]);
    expect(full.values).not.toEqual(fast.values);
  });

  it("says what is wrong with an option, and stops when told to", async () => {
    const beyond = { bounds: Int32Array.of(60, 65), area: 5 };
    await expect(xrai(numbers, score(), { segments: [beyond] })).rejects.toThrow(
      "Segment 0 goes beyond the picture's 8 × 8 places. Pass segments of this picture.",
    );
    await expect(xrai(numbers, score(), { algorithm: "slow" as "fast" })).rejects.toThrow(
      'Unknown algorithm: "slow". Pass full or fast.',
    );
    await expect(rankSegments(new Float64Array(4), [], { minPixelDiff: 0 })).rejects.toThrow(
      "minPixelDiff: expected an integer of at least 1, got 0",
    );
    await expect(xrai(numbers, score(), { steps: 0 })).rejects.toThrow(
      "steps: expected an integer of at least 1, got 0",
    );
    const stop = new AbortController();
    const stopping = xrai(numbers, score(), {}, { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(stopping).rejects.toMatchObject({ kind: "cancelled" });
  });
});

function maskOf(bounds: Int32Array): Uint8Array {
  const mask = new Uint8Array(slideflow.ranks.length);
  for (let place = 0; place < bounds.length; place += 2) mask.fill(1, bounds[place], bounds[place + 1]);
  return mask;
}

function farthest(ours: ArrayLike<number>, theirs: ArrayLike<number>): number {
  return Math.max(...Array.from(ours, (value, place) => Math.abs(value - (theirs[place] ?? Number.NaN))));
}
