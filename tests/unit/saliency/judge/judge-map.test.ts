import { describe, expect, it } from "vitest";
import { gaussianBlur } from "../../../../src/compute/images/blur/gaussian-blur.ts";
import type { Progress } from "../../../../src/compute/job.ts";
import { topMask } from "../../../../src/compute/saliency/drawing/top-mask.ts";
import { type ErasedPictures, erasedPictures } from "../../../../src/compute/saliency/judge/erased-pictures.ts";
import { judgeMap } from "../../../../src/compute/saliency/judge/judge-map.ts";
import { rankPlaces } from "../../../../src/compute/saliency/judge/rank-places.ts";
import { softmax } from "../../../../src/compute/softmax.ts";
import { goldens, waves } from "./judging-goldens.ts";

const [height, width, channels] = [6, 9, 3];
const size = height * width * channels;
const shape = { height, width, channels, channelsLast: true };
const picture = Float32Array.from({ length: size }, (_, i) => 0.8 * Math.sin(0.37 * i) + 0.1);
const blurred = gaussianBlur(picture, shape, goldens.linear.sigma, "reflect");
const order = rankPlaces(waves(height, width));
const judging = { picture, blurred, shape };

/** A score for each of the pictures, three at a time. */
const scoring = (score: (one: Float32Array) => number) => async (pictures: ErasedPictures) => {
  const scores: number[] = [];
  for (let start = 0; start < pictures.count; start += 3) {
    const count = Math.min(3, pictures.count - start);
    const batch = pictures.read(start, count);
    for (let row = 0; row < count; row++) scores.push(score(batch.subarray(row * size, (row + 1) * size)));
  }
  return Float32Array.from(scores);
};

const linearSoftmax = (one: Float32Array) => {
  const shares = Float32Array.from([0, 1, 2], (unit) =>
    one.reduce((sum, value, i) => sum + value * Math.cos(0.3 * i + unit), 0),
  );
  softmax(shares, 3);
  return shares[1] ?? Number.NaN;
};

const far = (ours: Float32Array, theirs: readonly number[]) =>
  Math.max(...theirs.map((value, at) => Math.abs(value - (ours[at] ?? Number.NaN))));

describe("the places of a map", () => {
  it("are ranked as NumPy ranks them, those that are alike in their order", () => {
    expect([...order.subarray(0, 40)]).toEqual(goldens.linear.first);
    expect([...rankPlaces(new Float32Array([1, Number.NaN, 2, 1, Number.NEGATIVE_INFINITY]))]).toEqual([2, 0, 3, 1, 4]);
  });

  it("come in the order in which they are drawn as the top of the map", () => {
    const map = waves(height, width);
    const mask = topMask(map, 50);
    expect([...order.subarray(0, 27)].every((place) => mask[place] === 1)).toBe(true);
  });
});

describe("a map that is judged", () => {
  it("has the curves and areas of a computation with NumPy", async () => {
    const judged = await judgeMap(scoring(linearSoftmax), judging, order, 20);
    const { linear } = goldens;
    expect(far(blurred, linear.blurred)).toBeLessThan(1e-6);
    expect(far(judged.deletion, linear.deletion)).toBeLessThan(1e-6);
    expect(far(judged.insertion, linear.insertion)).toBeLessThan(1e-6);
    expect(judged.deletionArea).toBeCloseTo(linear.deletionArea, 6);
    expect(judged.insertionArea).toBeCloseTo(linear.insertionArea, 6);
    expect([...judged.shares]).toEqual(Array.from({ length: 21 }, (_, step) => Math.fround(step / 20)));
  });

  it("begins with the picture and ends with the blurred one, and back", async () => {
    const { deletion, insertion } = await judgeMap(scoring(linearSoftmax), judging, order, 7);
    const [own, gone] = [linearSoftmax(picture), linearSoftmax(blurred)];
    expect([deletion[0], deletion.at(-1)]).toEqual([own, gone]);
    expect([insertion[0], insertion.at(-1)]).toEqual([gone, own]);
    expect([deletion.length, insertion.length]).toEqual([8, 8]);
  });

  it("is the same whichever way the channels lie", async () => {
    const places = height * width;
    const first = (values: Float32Array) =>
      Float32Array.from(values, (_, at) => values[(at % places) * channels + Math.floor(at / places)] ?? 0);
    const last = (values: Float32Array) =>
      Float32Array.from(values, (_, at) => values[(at % channels) * places + Math.floor(at / channels)] ?? 0);
    const turned = { picture: first(picture), blurred: first(blurred), shape: { ...shape, channelsLast: false } };
    const judged = await judgeMap(
      scoring((one) => linearSoftmax(last(one))),
      turned,
      order,
      20,
    );
    expect(judged).toEqual(await judgeMap(scoring(linearSoftmax), judging, order, 20));
  });

  it("has, of a score that adds up, the least deletion and the largest insertion when it is the truth", async () => {
    const weights = Float32Array.from({ length: size }, (_, i) => Math.cos(1.3 * i));
    const truth = new Float32Array(height * width);
    picture.forEach((value, i) => {
      const place = Math.floor(i / channels);
      truth[place] = (truth[place] ?? 0) + (weights[i] ?? 0) * (value - (blurred[i] ?? 0));
    });
    const score = scoring((one) => one.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0));
    const areas = async (map: Float32Array) => judgeMap(score, judging, rankPlaces(map), 54);
    const [best, worst, other] = await Promise.all(
      [truth, truth.map((value) => -value), waves(height, width)].map(areas),
    );
    expect(best?.deletionArea).toBeLessThan(other?.deletionArea ?? Number.NaN);
    expect(other?.deletionArea).toBeLessThan(worst?.deletionArea ?? Number.NaN);
    expect(best?.insertionArea).toBeGreaterThan(other?.insertionArea ?? Number.NaN);
    expect(other?.insertionArea).toBeGreaterThan(worst?.insertionArea ?? Number.NaN);
    // What goes of one curve comes in the other.
    expect(best?.deletionArea).toBeCloseTo(worst?.insertionArea ?? Number.NaN, 5);
  });

  it("has the area of a straight line where the score falls evenly", async () => {
    const flat = { picture: new Float32Array(size).fill(1), blurred: new Float32Array(size), shape };
    const score = scoring((one) => one.reduce((sum, value) => sum + value, 0) / size);
    const { deletion, deletionArea, insertionArea } = await judgeMap(score, flat, order, 6);
    expect(far(deletion, [1, 5 / 6, 4 / 6, 3 / 6, 2 / 6, 1 / 6, 0])).toBeLessThan(1e-6);
    expect([deletionArea, insertionArea].map((area) => Number(area.toFixed(6)))).toEqual([0.5, 0.5]);
  });

  it("takes at each step as many places more, all of a place's channels", () => {
    const pictures = erasedPictures(
      { picture: new Float32Array(size).fill(1), blurred: new Float32Array(size), shape },
      order,
      4,
    );
    expect(pictures.count).toBe(8);
    const left = Array.from({ length: 8 }, (_, number) =>
      pictures.read(number, 1).reduce((sum, value) => sum + value, 0),
    );
    expect(left).toEqual([54, 40, 27, 13, 0, 14, 27, 41].map((places) => places * channels));
    const second = pictures.read(1, 1);
    const gone = [...Array(54).keys()].filter((place) => second[place * 3] === 0);
    expect(gone).toEqual([...order.subarray(0, 14)].sort((one, other) => one - other));
    expect([1, 2].every((channel) => gone.every((place) => second[place * 3 + channel] === 0))).toBe(true);
    expect(pictures.read(2, 3)).toEqual(
      Float32Array.from([2, 3, 4].flatMap((number) => [...pictures.read(number, 1)])),
    );
  });

  it("says how far it is and stops when it is cancelled", async () => {
    const controller = new AbortController();
    const told: Progress[] = [];
    const judged = judgeMap(
      async (_, { onProgress }) => {
        onProgress?.({ stage: "Running the model", done: 4, total: 40, unit: "pictures" });
        controller.abort();
        return new Float32Array(40);
      },
      judging,
      order,
      20,
      { signal: controller.signal, onProgress: (progress) => told.push(progress) },
    );
    await expect(judged).rejects.toMatchObject({ kind: "cancelled" });
    expect(told).toEqual([{ stage: "Judging", done: 4, total: 40, unit: "pictures" }]);
  });
});
