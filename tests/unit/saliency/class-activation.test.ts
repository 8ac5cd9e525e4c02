import { describe, expect, it } from "vitest";
import type { LayerAnswer } from "../../../src/compute/saliency/differentiable.ts";
import { gradCam } from "../../../src/compute/saliency/grad-cam.ts";
import { gradCamPlusPlus } from "../../../src/compute/saliency/grad-cam-plus-plus.ts";
import { layerCam } from "../../../src/compute/saliency/layer-cam.ts";

const layerOf = (answer: Omit<LayerAnswer, "score">, side = answer.height) => ({
  shape: { height: side, width: side, channels: 1, channelsLast: true },
  lanes: 1,
  answer: async () => ({ ...answer, score: 1 }),
});

const picture = new Float32Array(16);

/** Two channels of 2 x 2. */
const two = {
  activations: new Float32Array([1, 2, 0, 1, 3, 0, 1, 0]),
  gradients: new Float32Array([1, -1, 0, 2, -3, 1, 0.5, 0]),
  channels: 2,
  height: 2,
  width: 2,
};

const rawOf = async (method: typeof gradCam, answer: typeof two) => [
  ...(await method(picture, layerOf(answer), { shouldResize: false })).values,
];

describe("a map of a layer's places", () => {
  it("of Grad-CAM finds both lines of PAIR's line detector", async () => {
    const gradients = new Float32Array(25);
    for (const corner of [0, 4, 20, 24]) gradients[corner] = 2;
    for (const place of [6, 7, 8, 21, 22, 23]) gradients[place] = 3;
    const line = [1, 2, 3, 2, 1];
    const activations = Float32Array.from(
      [line.map((v) => -v), line, [0, 0, 0, 0, 0], line, line.map((v) => -v)].flat(),
    );
    const answer = { activations, gradients, channels: 1, height: 5, width: 5 };
    const { values } = await gradCam(new Float32Array(25), layerOf(answer));
    const found = [1 / 3, 2 / 3, 1, 2 / 3, 1 / 3];
    const none = [0, 0, 0, 0, 0];
    const expected = [none, found, none, found, none].flat();
    expect(expected.every((value, place) => Math.abs((values[place] ?? 9) - value) < 1e-6)).toBe(true);
  });

  it("of Grad-CAM weighs a channel with its mean gradient and leaves out what speaks against", async () => {
    // Weights 0.5 and -0.375.
    expect(await rawOf(gradCam, two)).toEqual([0, 1, 0, 0.5]);
  });

  it("of Grad-CAM++ weighs with the paper's shares of the gradients above 0", async () => {
    const alpha = (gradient: number, sum: number) => gradient ** 2 / (2 * gradient ** 2 + sum * gradient ** 3 + 1e-6);
    const weights = [alpha(1, 4) * 1 + alpha(2, 4) * 2, alpha(1, 4) * 1 + alpha(0.5, 4) * 0.5];
    const [a = 0, b = 0] = weights;
    const expected = [a + 3 * b, 2 * a, b, a];
    const found = await rawOf(gradCamPlusPlus, two);
    expect(found.every((value, place) => Math.abs(value - (expected[place] ?? 9)) < 1e-6)).toBe(true);
  });

  it("of LayerCAM multiplies each number with its own gradient above 0", async () => {
    expect(await rawOf(layerCam, two)).toEqual([1, 0, 0.5, 2]);
  });

  it("is a share of its maximum at the picture's size, and 0 everywhere where nothing speaks for the score", async () => {
    const same = await layerCam(picture, layerOf(two));
    expect([...same.values]).toEqual([0.5, 0, 0.25, 1]);
    const large = await layerCam(picture, layerOf(two, 4));
    expect(large.shape).toMatchObject({ height: 4, width: 4, channels: 1 });
    expect(Math.max(...large.values)).toBeLessThan(1);
    const against = { ...two, gradients: two.gradients.map((value) => -Math.abs(value)) };
    expect(new Set((await gradCam(picture, layerOf(against, 4))).values)).toEqual(new Set([0]));
  });
});
