import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { refuseTooMuch } from "../../../src/compute/feature-maps/refuse-maps.ts";
import { stretchChannel } from "../../../src/compute/feature-maps/stretch.ts";
import { relativeDifference } from "../../../src/compute/model/engine/relative-difference.ts";
import type { ModelLayer } from "../../../src/compute/model/model-layer.ts";
import { TENSOR_TYPES } from "../../../src/compute/model/onnx/onnx-model.ts";
import { buffersOf } from "../../../src/compute/runtime/buffers-of.ts";
import { floatsOf as floatsIn, goldenFile, referenceFile } from "../../support/engine-goldens.ts";
import { fillWithNoise } from "../model/keras-convert/keras-goldens.ts";
import { mapsFor, openKeras, openOnnx, openOperators, operator, pictureFor, weightsOf } from "./open-networks.ts";

interface GoldenLayer {
  readonly name: string;
  readonly shape: readonly [height: number, width: number, channels: number];
  readonly minimum: string;
  readonly maximum: string;
  readonly mean: string;
  readonly deviation: string;
  readonly zeros: string;
  readonly drawn: Readonly<Record<string, string>>;
}

const packed = readFileSync(new URL("../../reference/models/feature-maps.json.gz", import.meta.url));
const golden = JSON.parse(gunzipSync(packed).toString()).lab as readonly GoldenLayer[];

const lab = await openKeras("keras-layers.json.gz", "the lab's network");
const pixels = new Float32Array(150 * 150 * 3);
fillWithNoise(pixels, "input 0", 0.5, 0.5);
const { input, layers } = await mapsFor(lab, pixels, 8);

describe("the maps of the lab's network", () => {
  it("are 704 of its first eight layers, as Keras names and shapes them", () => {
    expect(layers.map(({ name, type, shape, index }) => [name, type, shape, index])).toEqual(
      golden.map(({ name, shape }, index) => [name, index % 2 ? "MaxPooling2D" : "Conv2D", shape, index]),
    );
    expect(layers.map(({ height, width, channels }) => [height, width, channels])).toEqual(
      golden.map(({ shape }) => shape),
    );
    expect(layers.reduce((sum, { channels }) => sum + channels, 0)).toBe(704);
    expect(input).toMatchObject({ height: 150, width: 150, channels: 3, layout: "NHWC" });
    expect(input.data).toEqual(pixels);
  });

  it.each(["minimum", "maximum", "mean", "deviation", "zeros"] as const)(
    "have Keras' %s, channel by channel",
    (figure) => {
      for (const [at, { statistics, name }] of layers.entries()) {
        const right = floatsIn(golden[at]?.[figure] ?? "");
        expect(statistics[figure]).toHaveLength(right.length);
        expect(relativeDifference(statistics[figure], right), name).toBeLessThan(1e-5);
      }
    },
  );

  it("are drawn as the lab draws Keras' own: a level beside it at most, in one pixel of a thousand", () => {
    let apart = 0;
    let compared = 0;
    for (const [at, { data, statistics, height, width }] of layers.entries())
      for (const [channel, drawn] of Object.entries(golden[at]?.drawn ?? {})) {
        const right = Buffer.from(drawn, "base64");
        const into = new Uint8Array(height * width);
        stretchChannel(data, statistics, Number(channel), "zscore", into);
        expect(right).toHaveLength(into.length);
        compared += into.length;
        for (const [place, level] of into.entries()) {
          const difference = Math.abs(level - (right[place] ?? 0));
          expect(difference).toBeLessThanOrEqual(1);
          apart += difference;
        }
      }
    expect(compared).toBeGreaterThan(30_000);
    expect(apart).toBeLessThan(compared / 1000);
  });

  it("saw three rows of the picture, then what pools and convolutions make of that", () => {
    expect(layers.map(({ field }) => field?.rows)).toEqual([
      { start: 0, step: 1, size: 3 },
      { start: 0, step: 2, size: 4 },
      { start: 0, step: 2, size: 8 },
      { start: 0, step: 4, size: 10 },
      { start: 0, step: 4, size: 18 },
      { start: 0, step: 8, size: 22 },
      { start: 0, step: 8, size: 38 },
      { start: 0, step: 16, size: 46 },
    ]);
    expect(layers.every(({ field }) => field?.columns.size === field?.rows.size)).toBe(true);
  });

  it("are one place each in dense layers, which saw all of the picture", async () => {
    const { layers: dense } = await mapsFor(lab, pixels, ["flatten_1", "dense_1", -1]);
    expect(
      dense.map(({ name, height, width, channels, shape, field }) => [name, height, width, channels, shape, field]),
    ).toEqual([
      ["flatten_1", 1, 1, 6272, [6272], null],
      ["dense_1", 1, 1, 512, [512], null],
      ["dense_2", 1, 1, 1, [1], null],
    ]);
    const pooled = layers[7];
    const flat = dense[0]?.data;
    // Flattened with channels last, as Keras has them.
    expect(flat?.[3 * 128 + 77]).toBe(pooled?.data[77 * 49 + 3]);
  });
});

const mobile = await openKeras("keras-applications.json.gz", "MobileNetV2");

describe("the layers that are meant", () => {
  const picture = pictureFor(mobile);
  const namesOf = async (layers: Parameters<typeof mapsFor>[2]) =>
    (await mapsFor(mobile, picture, layers)).layers.map(({ name, index }) => [name, index]);

  it("are counted from the first after the picture, or named, each once and in the order given", async () => {
    expect(await namesOf(2)).toEqual([
      ["Conv1", 1],
      ["bn_Conv1", 2],
    ]);
    expect(await namesOf(["bn_Conv1", 1, "Conv1", -1])).toEqual([
      ["bn_Conv1", 2],
      ["Conv1", 1],
      ["predictions", 155],
    ]);
    const all = await namesOf(null);
    expect([all[0], all.at(-1), all.length]).toEqual([["Conv1", 1], ["predictions", 155], 155]);
  });

  it("can be the picture itself when it is named, and need not be run then", async () => {
    const { layers } = await mapsFor(mobile, picture, [0]);
    expect(layers).toMatchObject([{ type: "InputLayer", height: 32, width: 32, channels: 3, shape: [32, 32, 3] }]);
    expect(layers[0]?.data[1024 + 7]).toBe(picture[7 * 3 + 1]);
    expect(layers[0]?.field).toEqual({
      rows: { start: 0, step: 1, size: 1 },
      columns: { start: 0, step: 1, size: 1 },
    });
  });

  it("are several that give the same numbers, and can be sent so", async () => {
    const open = await openKeras("keras-layers.json.gz", "Dropout");
    const maps = await mapsFor(open, pictureFor(open), ["input_layer", "dropout", "rescaling"]);
    const sent = structuredClone(maps, { transfer: buffersOf(maps) });
    const [itself, dropout, rescaling] = sent.layers;
    expect(dropout).toMatchObject({ index: 1, shape: [8, 9, 3], height: 8, width: 9, channels: 3 });
    expect(dropout?.data).toEqual(itself?.data);
    expect(dropout?.data[72 + 5]).toBe(sent.input.data[5 * 3 + 1]);
    expect(rescaling?.data).not.toEqual(dropout?.data);
    expect((await mapsFor(open, pictureFor(open))).layers.map(({ name }) => name)).toEqual(["dropout", "rescaling"]);
  });

  it("are refused where there are none such, for two pictures, and when it is stopped", async () => {
    await expect(namesOf(["Conv2"])).rejects.toThrow('The model has no layer "Conv2".');
    await expect(namesOf(0)).rejects.toThrow("layers: expected an integer of at least 1, got 0");
    const two = new Float32Array(2 * picture.length);
    await expect(mapsFor(mobile, two)).rejects.toThrow("Feature maps are of one picture, not of 2.");
    const stopped = { signal: AbortSignal.abort() };
    await expect(mapsFor(mobile, picture, 1, stopped)).rejects.toThrow("Stopped.");
  });
});

it("tokens lie as the square that they are; a class token before them is left out, and what is no square is a column", async () => {
  const open = await openKeras("keras-applications.json.gz", "tiny_vit");
  const { layers } = await mapsFor(open, pictureFor(open), ["patches", "block0_norm1", "head"]);
  expect(layers).toMatchObject([
    {
      height: 4,
      width: 4,
      channels: 48,
      shape: [4, 4, 48],
      skipped: 0,
      field: { rows: { start: 0, step: 8, size: 8 } },
    },
    { height: 4, width: 4, channels: 48, shape: [16, 48], skipped: 0, field: null },
    { height: 1, width: 1, channels: 10, shape: [10], skipped: 0 },
  ]);
  const tokens = await openOperators([operator("tokens", "Relu", ["x"])], [], ["n", 10, 2]);
  const numbers = Float32Array.from({ length: 20 }, (_, at) => at);
  expect((await mapsFor(tokens, numbers)).layers).toMatchObject([{ height: 3, width: 3, channels: 2, skipped: 1 }]);
  expect([...((await mapsFor(tokens, numbers)).layers[0]?.data ?? [])].slice(0, 10)).toEqual([
    2, 4, 6, 8, 10, 12, 14, 16, 18, 3,
  ]);
  const column = await openOperators([operator("tokens", "Relu", ["x"])], [], ["n", 7, 2]);
  expect((await mapsFor(column, numbers.slice(0, 14))).layers).toMatchObject([{ height: 7, width: 1, channels: 2 }]);
});

it("an ONNX file's maps are its tensors as they lie, also where it takes several pictures at a time", async () => {
  const nodes = [operator("conv", "Conv", ["x", "w"], { strides: [2, 1] }), operator("top", "GlobalMaxPool", ["conv"])];
  const weights = [weightsOf("w", [4, 1, 2, 3])];
  const [any, three] = [
    await openOperators(nodes, weights, ["n", 1, 6, 5]),
    await openOperators(nodes, weights, [3, 1, 6, 5]),
  ];
  const picture = pictureFor(any);
  const [{ layers: one, input }, { layers: of }] = [await mapsFor(any, picture), await mapsFor(three, picture)];
  expect(one).toMatchObject([
    { name: "conv", height: 3, width: 3, channels: 4, shape: [4, 3, 3], field: { rows: { step: 2, size: 2 } } },
    { name: "top", height: 1, width: 1, channels: 4, shape: [4, 1, 1], field: null },
  ]);
  expect(of.map(({ data }) => data)).toEqual(one.map(({ data }) => data));
  expect(input).toMatchObject({ height: 6, width: 5, channels: 1, layout: "NCHW" });
});

it("answers that are nothing for each picture are passed over, and refused by name", async () => {
  const nodes = [
    operator("windows", "Reshape", ["x", "four"]),
    operator("relu", "Relu", ["x"]),
    operator("sum", "ReduceSum", ["relu"], { keepdims: 0 }),
  ];
  const four = {
    name: "four",
    type: 7,
    dims: [2],
    data: { kind: "here", bytes: new Uint8Array(new BigInt64Array([4n, -1n]).buffer) },
  } as const;
  const open = await openOperators(nodes, [four], ["n", 1, 4, 4]);
  expect((await mapsFor(open, pictureFor(open))).layers.map(({ name }) => name)).toEqual(["relu"]);
  await expect(mapsFor(open, pictureFor(open), ["windows"])).rejects.toThrow("not with something for each");
});

it("more than fits is refused before it is run, with figures", () => {
  const layer = (channels: number) => {
    const output = { tensor: "t", channels: "last", shape: [null, 1000, 1000, channels] } as const;
    return { layer: { ...lab.model.layers[0], outputs: [output] } as ModelLayer, output };
  };
  const model = { name: "wide.keras", format: "keras" } as const;
  expect(() => refuseTooMuch(model, 1e9, [layer(200), layer(100)])).not.toThrow();
  expect(() => refuseTooMuch(model, 1e9, [layer(200), layer(1200)])).toThrow(
    "The maps of 2 layers (1,400 channels) take 5.60 GB twice while they are made, wide.keras 1.00 GB; a page has 3.50 GB. Choose fewer layers.",
  );
});

it("layers that a picture alone is not enough for are passed over, and refused by name", async () => {
  const age = { name: "age", type: TENSOR_TYPES.float32, dims: ["n", 2] };
  const nodes = [
    operator("seen", "GlobalMaxPool", ["x"]),
    operator("flat", "Flatten", ["seen"]),
    operator("both", "Add", ["flat", "age"]),
  ];
  const open = await openOperators(nodes, [], ["n", 2, 4, 4], [age]);
  const { layers } = await mapsFor(open, pictureFor(open));
  expect(layers.map(({ name, channels }) => [name, channels])).toEqual([
    ["seen", 2],
    ["flat", 2],
  ]);
  await expect(mapsFor(open, pictureFor(open), ["both"])).rejects.toThrow(
    'The layer "both" stands on more than the picture: on "age". Take a layer before that comes in.',
  );
  const foreign = { ...operator("strange", "Strange", ["relu"]), domain: "somebody" };
  const known = await openOperators([operator("relu", "Relu", ["x"]), foreign], [], ["n", 2, 4, 4]);
  expect((await mapsFor(known, pictureFor(known))).layers.map(({ name }) => name)).toEqual(["relu"]);
  await expect(mapsFor(known, pictureFor(known), ["strange"])).rejects.toThrow("can't be run");
});

it("the attention network and the pictures' own networks give maps for every layer of theirs", async () => {
  for (const bytes of [goldenFile("attention"), referenceFile("tinynet.onnx")]) {
    const open = await openOnnx(bytes);
    const { layers } = await mapsFor(open, pictureFor(open));
    expect(layers.length).toBeGreaterThan(5);
    for (const { data, channels, height, width, shape, skipped } of layers) {
      expect(data).toHaveLength(channels * height * width);
      expect(channels * (height * width + skipped)).toBe(shape.reduce((product, size) => product * size, 1));
    }
  }
});
