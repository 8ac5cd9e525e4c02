import { describe, expect, it } from "vitest";
import { preprocessPictures } from "../../../src/compute/features/preprocess/preprocess-pictures.ts";
import { type Preprocessing, preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";
import { layersText, readLayers } from "../../../src/widgets/feature-map-grid/data/layers-text.ts";
import { acceptProps } from "../../../src/widgets/feature-map-grid/props.ts";
import { inputPixels } from "../../../src/widgets/models/input-pixels.ts";
import type { ModelSource } from "../../../src/widgets/models/model-source.ts";

const picture = {
  pixels: Uint8Array.from({ length: 5 * 4 * 3 }, (_, at) => (at * 37) % 256),
  width: 5,
  height: 4,
  channels: 3,
};

const preparations: readonly (readonly [string, Partial<Preprocessing>])[] = [
  ["from 0 to 1", {}],
  ["with means and deviations, channels first", { layout: "NCHW", mean: [0.5, 0.4, 0.3], deviation: [0.2, 0.3, 0.1] }],
  ["blue first, in bytes less their means", { channels: "BGR", scale: 1, mean: [104, 117, 124] }],
];

describe("the picture beside the maps", () => {
  it.each(preparations)("is the one that was prepared %s", (_, changed) => {
    const preprocessing = { ...preprocessingDefaults, ...changed };
    const { data } = preprocessPictures([picture], preprocessing);
    const shown = { data, height: 4, width: 5, channels: 3, layout: preprocessing.layout };
    const { data: drawn } = inputPixels(shown, preprocessing);
    const colors = Array.from(picture.pixels, (_value, at) => drawn[Math.floor(at / 3) * 4 + (at % 3)]);
    expect(colors).toEqual([...picture.pixels]);
  });

  it("is told by its range where it was prepared elsewhere", () => {
    const shown = (values: readonly number[]) =>
      inputPixels(
        { data: Float32Array.from(values), height: 1, width: 2, channels: 1, layout: "NHWC" },
        preprocessingDefaults,
      ).data;
    expect([...shown([0, 0.5])]).toEqual([0, 0, 0, 255, 128, 128, 128, 255]);
    expect([...shown([-1, 1])].slice(0, 5)).toEqual([0, 0, 0, 255, 255]);
    expect([...shown([-3, 5])].slice(0, 5)).toEqual([0, 0, 0, 255, 255]);
  });
});

describe("layers as a reader writes them", () => {
  it.each([
    ["8", 8],
    ["all", null],
    ["conv1, -2", ["conv1", -2]],
    ["3,", [3]],
    ["-1", [-1]],
    ["conv1", ["conv1"]],
  ] as const)("%s", (text, layers) => {
    expect(readLayers(text)).toEqual(layers);
    expect(layersText(layers)).toBe(text);
  });

  it("that are none are not taken", () => {
    expect(readLayers("0")).toBeUndefined();
    expect(readLayers(" , ")).toBeUndefined();
  });
});

describe("what is passed to the grid", () => {
  const model: ModelSource = { key: "net", name: "net.onnx", files: [] };
  const images = { key: "two", shape: [2, 8, 8, 3], bytes: 0, read: async () => new Float32Array() };

  it("has the lab's look where nothing else is asked for", () => {
    expect(acceptProps({ model, images })).toMatchObject({
      layers: 8,
      columns: null,
      normalize: "zscore",
      colormap: "viridis",
      sort: "index",
      image: 0,
      compare: null,
    });
  });

  it.each([
    [{ images }, "There is no model. Pass an .onnx, .h5 or .keras file."],
    [{ model }, "There is no picture. Pass one at least."],
    [{ model, images, layers: 0 }, "layers: expected how many of the first layers"],
    [{ model, images, imageNames: ["one"] }, "1 name for 2 pictures."],
    [{ model, images, normalize: "rank" }, 'Unknown normalize: "rank". Pass zscore, minmax, layer or signed.'],
    [{ model, images, image: 2 }, "image: expected an integer from 0 to 1, got 2"],
    [{ model, images, tiles: 3 }, 'unknown option: "tiles".'],
  ])("is refused in words (%#)", (props, words) => {
    expect(() => acceptProps(props)).toThrow(words);
  });
});
