import { describe, expect, it } from "vitest";
import type { FeatureMaps, MapLayer } from "../../../src/compute/feature-maps/feature-maps.ts";
import { patchOf } from "../../../src/compute/feature-maps/receptive-field.ts";
import type { OpenModel } from "../../../src/compute/model/engine/open-model.ts";
import type { OnnxNode, OnnxTensor } from "../../../src/compute/model/onnx/onnx-model.ts";
import {
  floatsOf,
  integersOf,
  mapsFor,
  openKeras,
  openOperators,
  operator,
  pictureFor,
  weightsOf,
} from "./open-networks.ts";

type Rectangle = ReturnType<typeof patchOf>;

/** The picture with other numbers where `isChanged` says so, in all channels. */
function changed({ input }: FeatureMaps, isChanged: (row: number, column: number) => boolean) {
  const { data, height, width, channels, layout } = input;
  const other = data.slice();
  const places = height * width;
  for (let place = 0; place < places; place++)
    if (isChanged(Math.floor(place / width), place % width))
      for (let channel = 0; channel < channels; channel++) {
        const at = layout === "NCHW" ? channel * places + place : place * channels + channel;
        other[at] = 1.5 - (data[at] ?? 0);
      }
  return other;
}

/** What all channels have at a place. */
function valuesAt({ data, channels, height, width }: MapLayer, row: number, column: number): number[] {
  return Array.from({ length: channels }, (_, channel) => data[(channel * height + row) * width + column] ?? 0);
}

/** The largest change of any channel at a place, beside the largest number there. */
async function changeAt(
  open: OpenModel,
  before: FeatureMaps,
  layer: MapLayer,
  [row, column]: readonly [number, number],
  isChanged: (row: number, column: number) => boolean,
): Promise<number> {
  const after = await mapsFor(open, changed(before, isChanged), [layer.name]);
  const old = valuesAt(layer, row, column);
  const now = after.layers[0] ? valuesAt(after.layers[0], row, column) : [];
  const size = old.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
  return old.reduce((most, value, channel) => Math.max(most, Math.abs(value - (now[channel] ?? 0))), 0) / size;
}

const isIn = ({ top, left, height, width }: Rectangle, row: number, column: number) =>
  row >= top && row < top + height && column >= left && column < left + width;

/** The four lines of pixels just inside a patch. */
function edgesOf({ top, left, height, width }: Rectangle): Rectangle[] {
  return [
    { top, left, height: 1, width },
    { top: top + height - 1, left, height: 1, width },
    { top, left, height, width: 1 },
    { top, left: left + width - 1, height, width: 1 },
  ];
}

/** Its corners, and a place in the middle. */
function placesOf({ height, width }: MapLayer): (readonly [number, number])[] {
  const [row, column] = [Math.floor(height / 2), Math.floor(width / 3)];
  return [
    [0, 0],
    [row, column],
    [height - 1, width - 1],
  ];
}

/** That nothing outside of a place's patch changes it; and, where that is exact, that each of the patch's edges does. */
async function checkFields(open: OpenModel, maps: FeatureMaps, isExact: (layer: MapLayer) => boolean) {
  for (const layer of maps.layers.filter(({ field }) => field)) {
    for (const place of placesOf(layer)) {
      const patch = patchOf(layer.field, ...place, maps.input);
      const where = `${layer.name} at ${place}: ${JSON.stringify(patch)}`;
      const outside = await changeAt(open, maps, layer, place, (...pixel) => !isIn(patch, ...pixel));
      expect(outside, where).toBeLessThan(1e-6);
      if (!isExact(layer) || patch.height === 0) continue;
      for (const edge of edgesOf(patch)) {
        const change = await changeAt(open, maps, layer, place, (...pixel) => isIn(edge, ...pixel));
        expect(change, `${where}, edge ${JSON.stringify(edge)}`).toBeGreaterThan(1e-6);
      }
    }
  }
}

const SIDES = [17, 14] as const;

/** Operators behind each other, each a layer; the field of each, checked by changing pixels. */
async function fieldsOf(
  nodes: readonly OnnxNode[],
  tensors: readonly OnnxTensor[] = [],
  isExact: (layer: MapLayer) => boolean = () => true,
  dims: readonly (number | string)[] = ["n", 3, ...SIDES],
) {
  const open = await openOperators(nodes, tensors, dims);
  const maps = await mapsFor(open, pictureFor(open));
  await checkFields(open, maps, isExact);
  return maps.layers.map(({ field }) => field);
}

const rows = (start: number, step: number, size: number) => ({ start, step, size });

describe("the part of the picture that a place saw", () => {
  it("grows with strides, dilations and paddings, each side by itself", async () => {
    const fields = await fieldsOf(
      [
        operator("a", "Conv", ["x", "w1"], { strides: [2, 1], pads: [1, 0, 2, 1] }),
        operator("b", "Relu", ["a"]),
        operator("c", "Conv", ["b", "w2"], { dilations: [2, 1], group: 2, pads: [0, 1, 0, 1] }),
        operator("d", "MaxPool", ["c"], { kernel_shape: [2, 2], strides: [2, 2], ceil_mode: 1 }),
        operator("e", "AveragePool", ["d"], { kernel_shape: [1, 3], pads: [0, 1, 0, 1] }),
      ],
      [weightsOf("w1", [4, 3, 3, 2]), weightsOf("w2", [4, 2, 2, 3])],
    );
    expect(fields.map((field) => field?.rows)).toEqual([
      rows(-1, 2, 3),
      rows(-1, 2, 3),
      rows(-1, 2, 7),
      rows(-1, 4, 9),
      rows(-1, 4, 9),
    ]);
    expect(fields.map((field) => field?.columns)).toEqual([
      rows(0, 1, 2),
      rows(0, 1, 2),
      rows(-1, 1, 4),
      rows(-1, 2, 5),
      rows(-3, 2, 9),
    ]);
  });

  it("is known where the padding is left to the engine", async () => {
    const [upper, lower] = await fieldsOf(
      [
        operator("upper", "Conv", ["x", "w"], { auto_pad: "SAME_UPPER", strides: [2, 2] }),
        operator("lower", "MaxPool", ["upper"], { auto_pad: "SAME_LOWER", kernel_shape: [2, 2] }),
      ],
      [weightsOf("w", [2, 3, 3, 4])],
    );
    // 17 rows by 3 and 2: one padded at each end; 14 columns by 4 and 2: one before, one after.
    expect(upper).toEqual({ rows: rows(-1, 2, 3), columns: rows(-1, 2, 4) });
    expect(lower).toEqual({ rows: rows(-3, 2, 5), columns: rows(-3, 2, 6) });
  });

  it("is of several layers together where they are added or joined", async () => {
    const fields = await fieldsOf(
      [
        operator("a", "Conv", ["x", "w1"], { pads: [1, 1, 1, 1] }),
        operator("b", "Conv", ["x", "w2"], { pads: [0, 2, 0, 2], dilations: [1, 1] }),
        operator("sum", "Add", ["a", "b"]),
        operator("joined", "Concat", ["a", "x"], { axis: 1 }),
        operator("below", "Concat", ["a", "b"], { axis: 2 }),
      ],
      [weightsOf("w1", [2, 3, 3, 3]), weightsOf("w2", [2, 3, 1, 5])],
      ({ name }) => name !== "below",
    );
    expect(fields[2]).toEqual({ rows: rows(-1, 1, 3), columns: rows(-2, 1, 5) });
    expect(fields[3]).toEqual({ rows: rows(-1, 1, 3), columns: rows(-1, 1, 3) });
    expect(fields[4]).toBeNull();
  });

  it("has fractions of steps behind what enlarges, outward where that rounds", async () => {
    const fields = await fieldsOf(
      [
        operator("a", "Conv", ["x", "w1"], { strides: [3, 3] }),
        operator("up", "ConvTranspose", ["a", "w2"], { strides: [2, 2], pads: [1, 1, 1, 1] }),
        operator("nearest", "Resize", ["a", "", "twice"], {
          mode: "nearest",
          coordinate_transformation_mode: "asymmetric",
          nearest_mode: "floor",
        }),
        operator("linear", "Resize", ["a", "", "twice"], { mode: "linear" }),
        operator("cubic", "Resize", ["a", "", "twice"], {
          mode: "cubic",
          coordinate_transformation_mode: "align_corners",
        }),
        operator("shuffled", "DepthToSpace", ["a"], { blocksize: 2 }),
        operator("packed", "SpaceToDepth", ["shuffled"], { blocksize: 2 }),
      ],
      [weightsOf("w1", [8, 3, 3, 3]), weightsOf("w2", [8, 2, 3, 3]), floatsOf("twice", [4], [1, 1, 2, 2])],
      ({ name }) => name === "a",
    );
    expect(fields.map((field) => field?.rows.step)).toEqual([3, 1.5, 1.5, 1.5, expect.closeTo((3 * 4) / 9), 1.5, 3]);
    expect(fields.map((field) => field?.rows.size)).toEqual([3, 6, 4.5, 9, 15, 4.5, 6]);
  });

  it("is where numbers come from that are cut out, padded, mirrored or taken by their numbers", async () => {
    const fields = await fieldsOf(
      [
        operator("cut", "Slice", ["x", "starts", "ends", "axes", "steps"]),
        operator("padded", "Pad", ["x", "pads"]),
        operator("seen", "Conv", ["padded", "w"]),
        operator("mirrored", "Pad", ["x", "pads"], { mode: "reflect" }),
        operator("repeated", "Pad", ["x", "pads"], { mode: "edge" }),
        operator("taken", "Gather", ["x", "indices"], { axis: 2 }),
      ],
      [
        integersOf("starts", [-15, 1]),
        integersOf("ends", [16, 12]),
        integersOf("axes", [2, -1]),
        integersOf("steps", [1, 3]),
        integersOf("pads", [0, 0, 2, 1, 0, 0, 3, 1]),
        integersOf("indices", [1, 3, 4, 6, 8, -7]),
        weightsOf("w", [2, 3, 3, 3]),
      ],
      ({ name }) => name === "cut" || name === "seen",
    );
    expect(fields[0]).toEqual({ rows: rows(2, 1, 1), columns: rows(1, 3, 1) });
    expect(fields[2]).toEqual({ rows: rows(-2, 1, 3), columns: rows(-1, 1, 3) });
    expect(fields[3]?.rows).toEqual(rows(-8, 1, 13));
    expect(fields[4]?.rows).toEqual(rows(-5, 1, 7));
    expect(fields[5]?.rows.step).toBeCloseTo(9 / 5);
  });

  it("is kept by what turns axes, works on channels alone, or shuffles them", async () => {
    const fields = await fieldsOf(
      [
        operator("conv", "Conv", ["x", "w"], { pads: [1, 1, 1, 1] }),
        operator("turned", "Transpose", ["conv"], { perm: [0, 2, 3, 1] }),
        operator("dense", "MatMul", ["turned", "matrix"]),
        operator("normal", "LayerNormalization", ["dense", "ones"], { axis: -1 }),
        operator("shares", "Softmax", ["normal"], { axis: 3 }),
        operator("back", "Transpose", ["shares"], { perm: [0, 3, 1, 2] }),
        operator("five", "Reshape", ["back", "grouped"]),
        operator("swapped", "Transpose", ["five"], { perm: [0, 2, 1, 3, 4] }),
        operator("four", "Reshape", ["swapped", "flat"]),
        operator("mean", "ReduceMean", ["four", "channels"]),
        operator("window", "Conv", ["four", "w2"]),
      ],
      [
        weightsOf("w", [4, 3, 3, 3]),
        weightsOf("w2", [2, 6, 2, 2]),
        weightsOf("matrix", [4, 6]),
        floatsOf("ones", [6], new Float32Array(6).fill(1)),
        integersOf("grouped", [0, 2, 3, 17, 14]),
        integersOf("flat", [0, 6, 17, 14]),
        integersOf("channels", [1]),
      ],
      // The mean of shares is the same whatever was seen.
      ({ name }) => name !== "mean",
    );
    const three = { rows: rows(-1, 1, 3), columns: rows(-1, 1, 3) };
    expect(fields.slice(0, 6)).toEqual([three, three, three, three, three, three]);
    // Five dimensions are no rows and columns of a map.
    expect(fields.slice(6, 8)).toEqual([null, null]);
    expect(fields.slice(8)).toEqual([three, three, { rows: rows(-1, 1, 4), columns: rows(-1, 1, 4) }]);
  });

  it("is all of it behind what mixes places, and behind operators that nothing is known of", async () => {
    const fields = await fieldsOf(
      [
        operator("pooled", "GlobalAveragePool", ["x"]),
        operator("gate", "Sigmoid", ["pooled"]),
        operator("gated", "Mul", ["x", "gate"]),
        operator("instance", "InstanceNormalization", ["x", "one", "zero"]),
        operator("columns", "Softmax", ["x"], { axis: 3 }),
        operator("running", "CumSum", ["x", "axis"]),
        operator("one_place", "MaxPool", ["x"], { kernel_shape: [...SIDES] }),
        operator("spread", "Add", ["x", "one_place"]),
        operator("mixed", "MatMul", ["x", "square"]),
      ],
      [
        floatsOf("one", [3], [1, 1, 1]),
        floatsOf("zero", [3], [0, 0, 0]),
        {
          name: "axis",
          type: 7,
          dims: [],
          data: { kind: "here", bytes: new Uint8Array(new BigInt64Array([2n]).buffer) },
        },
        weightsOf("square", [14, 14]),
      ],
    );
    const whole = { rows: rows(0, 1, 17), columns: rows(0, 1, 14) };
    expect(fields).toEqual([null, null, null, null, null, null, whole, null, null]);
  });

  it("is of pictures that lie channels last as well", async () => {
    const fields = await fieldsOf(
      [
        operator("first", "Transpose", ["x"], { perm: [0, 3, 1, 2] }),
        operator("conv", "Conv", ["first", "w"], { strides: [1, 2] }),
        operator("last", "Transpose", ["conv"], { perm: [0, 2, 3, 1] }),
      ],
      [weightsOf("w", [4, 3, 2, 3])],
      () => true,
      ["n", ...SIDES, 3],
    );
    expect(fields[2]).toEqual({ rows: rows(0, 1, 2), columns: rows(0, 2, 3) });
  });

  it.each([
    ["MobileNetV2", ["Conv1_relu", "expanded_conv_project_BN", "block_2_add", "block_3_project_BN"]],
    ["DenseNet121", ["pool1", "conv2_block1_concat", "conv2_block3_concat"]],
  ])("of %s holds as Keras builds it", async (name, wanted) => {
    const open = await openKeras("keras-applications.json.gz", name);
    const maps = await mapsFor(open, pictureFor(open), wanted);
    expect(maps.layers.every(({ field }) => field)).toBe(true);
    await checkFields(open, maps, () => false);
  });
});
