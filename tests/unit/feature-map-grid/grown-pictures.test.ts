import { describe, expect, it } from "vitest";
import type { FeatureVisualization } from "../../../src/compute/feature-visualization/visualize-model.ts";
import { GrownPictures } from "../../../src/widgets/feature-map-grid/data/grown-pictures.ts";
import { excitementWords } from "../../../src/widgets/feature-map-grid/view/excitement-words.ts";

const pixels = { data: new Uint8ClampedArray(4), height: 1, width: 1 };

function grown(activation: number, isStopped = false): FeatureVisualization {
  return { pixels, activation, most: 2 * activation, steps: 24, isStopped };
}

/** A model whose pictures are grown when they are let go of. */
function heldModel() {
  const held: ((made: FeatureVisualization) => void)[] = [];
  type Model = Parameters<GrownPictures["of"]>[0];
  const visualizeFeature = () => new Promise<FeatureVisualization>((resolve) => held.push(resolve));
  return { held, model: { facts: {}, visualizeFeature } as unknown as Model };
}

const asked = (channel: number, seed = 0) => ({ target: { layer: "conv", channel }, options: { steps: 24, seed } });

describe("pictures that were grown", () => {
  it("are grown once for a channel and a seed", async () => {
    const { held, model } = heldModel();
    const pictures = new GrownPictures();
    expect(pictures.known(model, asked(1))).toBe(null);
    const first = pictures.of(model, asked(1), {});
    held[0]?.(grown(1));
    const one = await first;
    expect(await pictures.of(model, asked(1), {})).toBe(one);
    expect(pictures.known(model, asked(1))).toBe(one);
    void pictures.of(model, asked(1, 1), {});
    void pictures.of(model, asked(2), {});
    expect(held).toHaveLength(3);
  });

  it("are not kept where they were stopped, where black and white are others by now, and of another model", async () => {
    const { held, model } = heldModel();
    const pictures = new GrownPictures();
    const stopped = pictures.of(model, asked(1), {});
    held[0]?.(grown(1, true));
    await stopped;
    expect(pictures.known(model, asked(1))).toBe(null);
    const late = pictures.of(model, asked(1), {});
    pictures.clear();
    held[1]?.(grown(1));
    await late;
    expect(pictures.known(model, asked(1))).toBe(null);
    const now = pictures.of(model, asked(1), {});
    held[2]?.(grown(1));
    await now;
    expect(pictures.known(model, asked(1))).not.toBe(null);
    expect(pictures.known(heldModel().model, asked(1))).toBe(null);
  });
});

it("an activation is told beside that of the picture on show and the most of all", () => {
  const picture = { name: "<b>cat</b>.png", mean: -1.3, most: 8.1 };
  const channel = { isOneNumber: false, picture, searched: { most: 9.4, pictures: 12 } };
  expect(excitementWords(grown(12.4), false, channel)).toEqual([
    "Activation: mean 12.4, maximum 24.8",
    "<b>cat</b>.png: mean −1.3, maximum 8.1",
    "Maximum over 12 pictures: 9.4",
    "After 24 steps",
  ]);
  expect(excitementWords(grown(12.4), true, { isOneNumber: true, picture, searched: null })).toEqual([
    "Activation so far: 12.4",
    "<b>cat</b>.png: −1.3",
    "After 24 steps",
  ]);
});
