import { describe, expect, it } from "vitest";
import { preprocessPictures } from "../../../src/compute/features/preprocess/preprocess-pictures.ts";
import { type Preprocessing, preprocessingDefaults } from "../../../src/compute/features/preprocess/preprocessing.ts";
import type { RawPixels } from "../../../src/compute/images/raw-pixels.ts";
import goldens from "../../reference/models/preprocess-goldens.json" with { type: "json" };

const [WIDTH = 0, HEIGHT = 0] = goldens.from;
const { size } = goldens;

/** As tests/reference/models/make-preprocess-goldens.py makes it. */
function picture(channels = 3): RawPixels {
  const pixels = Uint8Array.from(
    { length: WIDTH * HEIGHT * channels },
    (_, place) => Math.imul(place, 2654435761 | 0) >>> 24,
  );
  return { pixels, width: WIDTH, height: HEIGHT, channels };
}

function golden(name: keyof typeof goldens.cases): number[] {
  return [...new Float32Array(new Uint8Array(Buffer.from(goldens.cases[name], "base64")).buffer)];
}

function prepared(settings: Partial<Preprocessing>, channels = 3): number[] {
  return [...preprocessPictures([picture(channels)], { ...preprocessingDefaults, size, ...settings }).data];
}

/** Caffe's and torch's figures stand in Keras' `imagenet_utils`. */
const cases: [keyof typeof goldens.cases, Partial<Preprocessing>, number?][] = [
  ["nearest, 1/255", {}],
  ["bilinear, 1/255", { resize: "bilinear" }],
  ["bicubic, 1/255", { resize: "bicubic" }],
  ["lanczos, 1/255", { resize: "lanczos" }],
  ["of grey", {}, 1],
  ["of colours with opacity", {}, 4],
  ["in grey", { channels: "grey", resize: "bilinear" }],
  ["tf", { scale: 1 / 127.5, mean: [1] }],
  ["torch", { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] }],
  ["caffe", { scale: 1, channels: "BGR", mean: [103.939, 116.779, 123.68] }],
  ["standardised by itself", { standardize: "tensorflow" }],
  ["standardised as torch", { standardize: "torch" }],
];

it.each(cases)("pictures prepared %s are Keras'", (name, settings, channels = 3) => {
  const wanted = golden(name);
  const values = prepared(settings, channels);
  expect(values.length).toBe(wanted.length);
  const furthest = values.reduce((most, value, at) => Math.max(most, Math.abs(value - (wanted[at] ?? Number.NaN))), 0);
  // Single precision: caffe's values reach 151.
  expect(furthest).toBeLessThanOrEqual(name === "caffe" ? 1.6e-5 : 5e-7);
});

it("channels first, each picture's channels lie one after the other", () => {
  const settings = { ...preprocessingDefaults, size };
  const last = preprocessPictures([picture(), picture(4)], settings);
  const first = preprocessPictures([picture(), picture(4)], { ...settings, layout: "NCHW" });
  expect(last.dims).toEqual([2, 13, 11, 3]);
  expect(first.dims).toEqual([2, 3, 13, 11]);
  const at = (n: number, row: number, column: number, channel: number) => [
    last.data[((n * 13 + row) * 11 + column) * 3 + channel],
    first.data[((n * 3 + channel) * 13 + row) * 11 + column],
  ];
  for (const place of [at(0, 0, 0, 0), at(0, 12, 10, 2), at(1, 5, 3, 1), at(1, 12, 0, 2)])
    expect(place[0]).toBe(place[1]);
  expect(new Set(last.data).size).toBeGreaterThan(100);
});

it("a picture of one shade is brought to 0, not divided by 0", () => {
  const flat = { pixels: new Uint8Array(48).fill(77), width: 4, height: 4, channels: 3 };
  const settings = { ...preprocessingDefaults, standardize: "tensorflow" } as const;
  expect(new Set(preprocessPictures([flat], settings).data)).toEqual(new Set([0]));
});

describe("what can't be used is told in a sentence", () => {
  const refused: [Partial<Preprocessing>, string][] = [
    [{ mean: [1, 2] }, "mean has 2 figures; the network sees 3 channels. Give one for all or one a channel."],
    [{ channels: "grey", deviation: [1, 1, 1] }, "deviation has 3 figures; the network sees 1 channel."],
    [{ deviation: [0] }, "deviation: expected numbers above 0, got 0"],
    [{ scale: 0 }, "scale: expected a number other than 0, got 0"],
    [{ size: { height: 0, width: 5 } }, "size (height): expected an integer from 1 to 65535, got 0"],
    [{ resize: "box" as "bilinear" }, 'Unknown resize: "box". Pass nearest, bilinear, bicubic or lanczos.'],
  ];
  it.each(refused)("%o", (settings, sentence) => {
    expect(() => prepared(settings)).toThrow(sentence);
  });

  it("pictures of two sizes without a size for all", () => {
    const small = { pixels: new Uint8Array(12), width: 2, height: 2, channels: 3 };
    expect(() => preprocessPictures([picture(), small], preprocessingDefaults)).toThrow(
      "Picture 1 has 2 × 2 pixels, picture 0 has 41 × 29. Give the size that all are resized to.",
    );
  });
});
