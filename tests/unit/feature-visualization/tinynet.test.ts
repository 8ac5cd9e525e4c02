import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { totalVariationGradient } from "../../../src/compute/feature-visualization/total-variation-gradient.ts";
import type { VisualizationOptions } from "../../../src/compute/feature-visualization/visualization-options.ts";
import {
  type FeatureVisualization,
  visualizeModel,
} from "../../../src/compute/feature-visualization/visualize-model.ts";
import { preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";
import { ModelGradients } from "../../../src/compute/gradient/model-gradients.ts";
import type { Target } from "../../../src/compute/gradient/target.ts";
import type { Job } from "../../../src/compute/job.ts";
import { randomAt } from "../../../src/compute/random.ts";
import { openFile } from "../gradient/open-networks.ts";
import { nodeEngine } from "../model-engine/node-engine.ts";

interface Grown {
  readonly options: VisualizationOptions;
  readonly activation: number;
  readonly levels: string;
}

/** What PyTorch, SciPy and NumPy make of it (tests/reference/models/make-visualization-goldens.py). */
const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../../reference/models/visualization-goldens.json.gz", import.meta.url))).toString(),
) as {
  readonly colors: { readonly black: number; readonly white: number };
  readonly variation: string;
  readonly class: Grown & { readonly class: number };
  readonly channel: Grown & { readonly channel: number };
};

const SIDE = 64;
const layout = { height: SIDE, width: SIDE, channels: 3, channelsLast: false };
const engine = nodeEngine();
const opened = openFile(engine, "tests/reference/models/tinynet.onnx");
const { black, white } = golden.colors;
/** Black is -1, white 1.5. */
const preprocessing = {
  ...preprocessingDefaults,
  layout: "NCHW",
  size: { height: SIDE, width: SIDE },
  scale: (white - black) / 255,
  mean: [-black],
} as const;

const floats = (packed: string) => new Float32Array(new Uint8Array(Buffer.from(packed, "base64")).buffer);

async function grown(
  target: Target,
  options: VisualizationOptions,
  job: Job & { onPartial?: (partial: FeatureVisualization) => void } = {},
) {
  const open = await opened;
  return visualizeModel(new ModelGradients(engine, open), open, preprocessing, { target, options }, job);
}

/** Red, green and blue of each pixel as levels from 0 to 1. */
function levelsOf({ pixels }: FeatureVisualization, channel: number): readonly number[] {
  return Array.from({ length: SIDE * SIDE }, (_, place) => (pixels.data[place * 4 + channel] ?? 0) / 255);
}

describe("the picture that excites a network with ReLUs most", () => {
  it.each(["class", "channel"] as const)("is that of PyTorch's gradients, step for step: a %s", async (what) => {
    const { options, activation, levels } = golden[what];
    const target = what === "class" ? golden.class : { layer: "relu3", channel: golden.channel.channel };
    const made = await grown("class" in target ? { class: target.class } : target, options);
    const theirs = floats(levels);
    const farthest = [0, 1, 2].flatMap((channel) =>
      levelsOf(made, channel).map((level, place) => Math.abs(level - (theirs[channel * SIDE * SIDE + place] ?? 9))),
    );
    // A byte is rounded by half a level.
    expect(Math.max(...farthest)).toBeLessThan(0.5 / 255 + 5e-4);
    expect(Math.abs(made.activation - activation)).toBeLessThan(1e-3 * activation);
    expect(made.steps).toBe(options.steps);
  });

  it("excites it far more than any of a hundred pictures of noise", async () => {
    const open = await opened;
    const target = { layer: "relu3", channel: 11 };
    const session = await new ModelGradients(engine, open).score({ target });
    const noise = Float32Array.from({ length: 100 * 3 * SIDE * SIDE }, (_, at) => {
      const level = (randomAt(99, at) + 1) / 2;
      return black + level * (white - black);
    });
    const most = Math.max(...(await session.run(noise, 100)).scores);
    const made = await grown(target, { steps: 48 });
    expect(made.activation).toBeGreaterThan(3 * most);
    expect(made.most).toBeGreaterThan(made.activation);
  });

  it("has the same bits from the same seed, and is another one from another", async () => {
    const target = { class: 1 };
    const [one, again, other] = [
      await grown(target, { steps: 6, seed: 5 }),
      await grown(target, { steps: 6, seed: 5 }),
      await grown(target, { steps: 6, seed: 6 }),
    ];
    expect(again).toEqual(one);
    expect(other.pixels.data).not.toEqual(one.pixels.data);
  });

  it("of one place of a channel differs from grey about that place alone", async () => {
    const still = { steps: 8, jitter: 0, blurEvery: 0, tvWeight: 0 };
    const made = await grown({ layer: "relu1", channel: 2, row: 4, column: 20 }, still);
    const far = levelsOf(made, 0).filter((_, place) => place % SIDE < 32);
    const near = levelsOf(made, 0)[8 * SIDE + 40] ?? 0;
    // The noise that it begins with goes so far.
    expect(Math.max(...far.map((level) => Math.abs(level - 0.5)))).toBeLessThan(0.06);
    expect(Math.abs(near - 0.5)).toBeGreaterThan(0.2);
  });

  it("is handed out while it grows, with what it excites so far", async () => {
    const partials: FeatureVisualization[] = [];
    const stages = new Set<string>();
    let now = 0;
    const clock = performance.now.bind(performance);
    performance.now = () => {
      now += 100;
      return now;
    };
    try {
      await grown(
        { class: 0 },
        { steps: 12 },
        {
          onPartial: (partial) => partials.push(partial),
          onProgress: ({ stage, done, total }) => stages.add(`${stage} ${done} of ${total}`),
        },
      );
    } finally {
      performance.now = clock;
    }
    expect(partials.length).toBeGreaterThan(2);
    const [first, last] = [partials[0], partials.at(-1)];
    expect(last?.activation).toBeGreaterThan(first?.activation ?? Number.NaN);
    expect(last?.steps).toBeGreaterThan(first?.steps ?? Number.NaN);
    expect([...stages][0]).toBe("Preparing gradients 0 of 0");
    expect([...stages].at(-1)).toBe("Growing the picture 12 of 12");
  });

  it("is there as far as it is when it is stopped, and isn't before the first step", async () => {
    const controller = new AbortController();
    const onProgress = ({ stage, done }: { readonly stage: string; readonly done: number }) => {
      if (stage === "Growing the picture" && done === 5) controller.abort();
    };
    const made = await grown({ class: 0 }, { steps: 12, seed: 4 }, { signal: controller.signal, onProgress });
    expect([made.steps, made.isStopped]).toEqual([5, true]);
    // The blur comes between two steps: none follows the fifth.
    expect(made.pixels.data).toEqual((await grown({ class: 0 }, { steps: 5, seed: 4 })).pixels.data);
    await expect(grown({ class: 0 }, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "cancelled" });
  });

  it.each([
    [{ class: 3 }, {}, "There is no class 3: tinynet.onnx has 3 classes. Take 0 to 2."],
    [{ layer: "relu3", channel: 24 }, {}, 'There is no channel 24: the layer "/relu3/Relu" has 24 channels.'],
    [{ class: 0 }, { steps: 0 }, "steps: expected an integer from 1 to 10000, got 0"],
    [{ class: 0 }, { tvWeight: -1 }, "tvWeight: expected a number of at least 0, got -1"],
  ] as const)("is refused in a sentence: %j %j", async (target, options, sentence) => {
    await expect(grown(target, options)).rejects.toThrow(sentence);
  });
});

it("total variation's gradient is autograd's", () => {
  const levels = Float64Array.from(
    { length: 3 * SIDE * SIDE },
    (_, at) => 0.5 + 0.4 * Math.sin(0.31 * at + 0.2 * Math.sin(0.7 * at)),
  );
  const theirs = floats(golden.variation);
  const ours = totalVariationGradient(levels, layout);
  expect(Math.max(...theirs.map((value, at) => Math.abs(value - (ours[at] ?? 9))))).toBeLessThan(1e-5);
});
