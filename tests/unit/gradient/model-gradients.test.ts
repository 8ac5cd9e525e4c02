import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import type { GradientAsked } from "../../../src/compute/gradient/plan-gradient.ts";
import type { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";
import { openFile, picturesFor } from "./open-networks.ts";

interface Golden {
  readonly score: number;
  readonly sum: number;
  readonly norm: number;
  readonly every: readonly number[];
}

const { step, ...goldens } = JSON.parse(
  readFileSync("tests/reference/models/gradient-goldens.json", "utf8"),
) as Readonly<Record<string, Golden>> & { readonly step: number };

const engine = nodeEngine();
const ASKED: readonly (readonly [string, GradientAsked])[] = [
  ["class 2", { target: { class: 2 } }],
  ["probability of class 2", { target: { class: 2 }, of: "probabilities" }],
  ["class 2 less class 4", { target: { class: 2, minus: 4 } }],
  ["class 2 at conv2d_4", { target: { class: 2 }, at: "conv2d_4" }],
  ["channel 5 of conv2d_3", { target: { layer: "conv2d_3", channel: 5 } }],
  ["channel 5 of conv2d_3 at row 7, column 9", { target: { layer: "conv2d_3", channel: 5, row: 7, column: 9 } }],
];

describe("the gradients of the labs' network", () => {
  let open: OpenModel;
  let gradients: ModelGradients;
  beforeAll(async () => {
    open = await openFile(engine, "notebooks/labs/lab-network/lab-network.h5");
    gradients = new ModelGradients(engine, open);
  });

  test.each(ASKED)("%s: as PyTorch has it in double precision", async (name, asked) => {
    const session = await gradients.gradient(asked);
    const found = await session.run(picturesFor(open), 1);
    const golden = goldens[name];
    expect(found.scores[0]).toBeCloseTo(golden?.score ?? Number.NaN, 4);
    const every = found.gradients.filter((_, place) => place % step === 0);
    expect(relativeDifference(every, Float32Array.from(golden?.every ?? []))).toBeLessThan(1e-4);
    expect(Math.hypot(...found.gradients) / (golden?.norm ?? Number.NaN)).toBeCloseTo(1, 4);
  });

  test("two pictures at a time have the gradients that each of them has alone, and a third runs in a batch of its own", async () => {
    const pictures = picturesFor(open, 3);
    const size = pictures.length / 3;
    const [one, two] = [1, 2].map((batch) => gradients.gradient({ target: { class: 1 }, batch }));
    const together = await (await two)?.run(pictures, 3);
    for (let row = 0; row < 3; row++) {
      const alone = await (await one)?.run(pictures.slice(row * size, (row + 1) * size), 1);
      expect(together?.scores[row]).toBeCloseTo(alone?.scores[0] ?? Number.NaN, 5);
      const own = together?.gradients.slice(row * size, (row + 1) * size) ?? new Float32Array();
      expect(relativeDifference(own, alone?.gradients ?? new Float32Array())).toBeLessThan(1e-5);
    }
  });

  test("a gradient at a layer comes with the layer's answer", async () => {
    const session = await gradients.gradient({ target: { class: 0 }, at: "conv2d_4" });
    const { activations } = await session.run(picturesFor(open), 1);
    const layer = await open.session([session.graph.at]);
    const [input] = open.inputs;
    const feed = { name: input?.name ?? "", type: 1, dims: [1, ...(input?.dims ?? [])], values: picturesFor(open) };
    const right = (await layer.run([feed])).get(session.graph.at)?.data ?? new Float32Array();
    expect(relativeDifference(activations ?? new Float32Array(), right)).toBeLessThan(1e-6);
  });

  test("a score alone is what is differentiated", async () => {
    const score = await (await gradients.score({ target: { class: 2 } })).run(picturesFor(open), 1);
    expect(score.scores[0]).toBeCloseTo(goldens["class 2"]?.score ?? Number.NaN, 4);
    expect(score.gradients).toHaveLength(0);
  });

  test.each([
    [{ target: { class: 6 } }, /^There is no class 6: .* has 6 classes\. Take 0 to 5\.$/],
    [
      { target: { layer: "conv2d_3", channel: 128 } },
      /no channel 128: .*"conv2d_3" has 128 channels\. Take 0 to 127\.$/,
    ],
    [{ target: { layer: "conv2d_3", channel: 0, row: 34, column: 0 } }, /no row 34: .* has 34 rows\. Take 0 to 33\.$/],
    [{ target: { layer: "conv2d_33", channel: 0 } }, /no layer "conv2d_33"\. Did you mean "conv2d_3"/],
    [{ target: { layer: "conv2d_1", channel: 0 }, at: "conv2d_2" }, /does not stand on it/],
  ])("%o is refused in words", async (asked, words) => {
    await expect(gradients.plan(asked)).rejects.toThrow(words);
  });

  test("the logits are taken where the file ends in a Softmax, and that is said", async () => {
    const { notes } = await gradients.plan({ target: { class: 0 } });
    expect(notes).toEqual(["The logits are differentiated: the final Softmax is left out."]);
    expect((await gradients.plan({ target: { class: 0 }, of: "probabilities" })).notes).toEqual([]);
  });
});
