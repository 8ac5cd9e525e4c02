import { expect, it } from "vitest";
import type { FeatureSet } from "../../../src/compute/features/features.ts";
import {
  ExcitingPictures,
  type SearchedPictures,
} from "../../../src/widgets/feature-map-grid/data/exciting-pictures.ts";
import { shownMaps } from "../../support/shown-maps.ts";

const { layers } = shownMaps([{ name: "conv", channels: 2, height: 3, width: 3 }]).pictures[0].maps;
const [layer] = layers;
if (!layer) throw new Error("no layer");
const images = { key: "three", shape: [3, 8, 8, 3], bytes: 0, read: async () => new Float32Array() };

function answerOf(numbers: readonly number[]): FeatureSet {
  const features = { rows: 3, columns: 2, data: Float32Array.from(numbers) };
  const none = { predictions: null, blocks: [], processor: "CPU", reason: "", workers: 1 } as const;
  return { ...none, features } as FeatureSet;
}

/** A model whose answers come when they are let go of. */
function heldModel() {
  const held: ((numbers: readonly number[]) => void)[] = [];
  const facts = { layers: [] } as unknown as SearchedPictures["model"]["facts"];
  const features = () => new Promise<FeatureSet>((resolve) => held.push((numbers) => resolve(answerOf(numbers))));
  return { held, searched: { model: { facts, features }, pictures: images, preprocessing: {} } };
}

it("the pictures that excite a channel most come first; a layer is searched once for all its channels", async () => {
  const { held, searched } = heldModel();
  const pictures = new ExcitingPictures();
  const asked = pictures.of(searched, layer, 0, {});
  held[0]?.([1, 9, 7, 8, 3, 7]);
  expect((await asked).map(({ row }) => row)).toEqual([1, 2, 0]);
  expect((await pictures.of(searched, layer, 1, {})).map(({ row, most }) => [row, most])).toEqual([
    [0, 9],
    [1, 8],
    [2, 7],
  ]);
  expect(held).toHaveLength(1);
});

it("an answer about other pictures, or another model's, that comes late is told of these alone", async () => {
  const { held, searched } = heldModel();
  const pictures = new ExcitingPictures();
  const old = pictures.of(searched, layer, 0, {});
  pictures.clear();
  held[0]?.([1, 0, 2, 0, 3, 0]);
  await old;
  const now = pictures.of(searched, layer, 0, {});
  held[1]?.([3, 0, 2, 0, 1, 0]);
  expect((await now).map(({ row }) => row)).toEqual([0, 1, 2]);
  const another = heldModel();
  const others = pictures.of(another.searched, layer, 0, {});
  another.held[0]?.([0, 0, 9, 0, 0, 0]);
  expect((await others)[0]?.row).toBe(1);
});
