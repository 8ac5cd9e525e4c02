import { describe, expect, it } from "vitest";
import { occlusion } from "../../../src/compute/saliency/occlusion.ts";
import { formulaScore } from "./formula-score.ts";

const shape = { height: 5, width: 5, channels: 1, channelsLast: true };
const triple = (x: Float32Array) => 3 * x.reduce((sum, value) => sum + value, 0);
const scoreOf = (lanes = 1, of = shape) => formulaScore(of, triple, () => [], lanes);

const picture = new Float32Array(25);
picture[6] = 1;
picture[18] = 1;

describe("occlusion", () => {
  it("adds up what every patch takes from the score, as in PAIR's test", async () => {
    const { values, score } = await occlusion(picture, scoreOf(), { size: 3 });
    expect(score).toBe(6);
    expect([...values]).toEqual([3, 6, 6, 3, 0, 6, 15, 18, 12, 3, 6, 18, 24, 18, 6, 3, 12, 18, 15, 6, 0, 3, 6, 6, 3]);
  });

  it("needs no gradients, one score for the picture and one for each of 3 x 3 patches", async () => {
    const score = scoreOf(2);
    await occlusion(picture, score, { size: 3 });
    expect(score.asked).toEqual({ gradients: 0, scores: 10, most: 2 });
  });

  it("covers the last row and column whatever the stride", async () => {
    const score = scoreOf();
    const { values } = await occlusion(picture.fill(1), score, { size: 2, stride: 2 });
    // Patches begin at 0, 2 and 3 of 5.
    expect(score.asked.scores).toBe(10);
    expect([...values.subarray(20)]).toEqual([12, 12, 12, 24, 12]);
  });

  it("covers all channels of a pixel, with the value that is given", async () => {
    const shape = { height: 1, width: 2, channels: 2, channelsLast: false };
    const { values } = await occlusion(new Float32Array([1, 2, 3, 4]), scoreOf(1, shape), { size: 1, value: 10 });
    expect([...values]).toEqual([-48, -42, -48, -42]);
  });

  it("refuses a patch that is larger than the picture", async () => {
    await expect(occlusion(picture, scoreOf())).rejects.toThrow("size: expected an integer from 1 to 5, got 15");
  });
});
