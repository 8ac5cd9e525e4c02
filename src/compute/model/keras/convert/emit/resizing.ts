import { int, ints, text } from "../graph/attributes.ts";
import { answer, cannot, type Emitter, inputOf, known, type LayerCall } from "./layer-call.ts";
import { closePicture, openPicture, type Picture, sidesOf } from "./picture.ts";
import { resizeWeights } from "./resize-weights.ts";

type Interpolation = "nearest" | "bilinear" | "bicubic";
const INTERPOLATIONS = ["nearest", "bilinear", "bicubic"] as const;

/** Pixels of the other size whose centres are nearest, each side by itself; in single precision, as Keras counts. */
function resizeNearest(call: LayerCall, picture: Picture, size: readonly number[]): string {
  const { graph } = call;
  return size.reduce((tensor, length, side) => {
    const from = known(call, picture.sides[side], "picture size");
    if (from === length) return tensor;
    const step = Math.fround(from / length);
    const sources = Array.from({ length }, (_, index) =>
      Math.min(from - 1, Math.floor(Math.fround(Math.fround(index + 0.5) * step))),
    );
    return graph.add("Gather", [tensor, graph.integers(sources)], { axis: int(side + 2) });
  }, picture.tensor);
}

/** Every pixel a sum of all of its row's, then of its column's, as `resizeWeights` weighs them. */
function resizeByWeights(
  call: LayerCall,
  picture: Picture,
  [height = 1, width = 1]: readonly number[],
  how: "bilinear" | "bicubic",
  antialias: boolean,
): string {
  const { graph } = call;
  const [tall, wide] = [known(call, picture.sides[0], "picture size"), known(call, picture.sides[1], "picture size")];
  const rows = graph.floats(resizeWeights(tall, height, how, antialias), [height, tall]);
  const columns = graph.floats(resizeWeights(wide, width, how, antialias), [width, wide]);
  const turned = graph.add("Transpose", [columns], { perm: ints([1, 0]) });
  return graph.add("MatMul", [rows, graph.add("MatMul", [picture.tensor, turned])]);
}

/** A picture in another size, pixel centres on pixel centres. */
function resize(
  call: LayerCall,
  picture: Picture,
  size: readonly number[],
  how: Interpolation,
  antialias = false,
): Picture {
  if (how === "nearest") return { ...picture, tensor: resizeNearest(call, picture, size), sides: size };
  if (how === "bicubic" || antialias)
    return { ...picture, tensor: resizeByWeights(call, picture, size, how, antialias), sides: size };
  const { graph } = call;
  // The batch's size is open: factors say 1 for it, where they lead to the very size.
  const factors = size.map((length, side) => length / known(call, picture.sides[side], "picture size"));
  const attributes = { mode: text("linear"), coordinate_transformation_mode: text("half_pixel") };
  const exact = factors.every(
    (factor, side) => Math.floor(Math.fround(factor) * (picture.sides[side] ?? 0)) === size[side],
  );
  if (exact) {
    const tensor = graph.add("Resize", [picture.tensor, "", graph.floats([1, 1, ...factors])], attributes);
    return { ...picture, tensor, sides: size };
  }
  const batch = graph.add("Shape", [picture.tensor], { start: int(0), end: int(2) });
  const whole = graph.add("Concat", [batch, graph.integers(size)], { axis: int(0) });
  return { ...picture, tensor: graph.add("Resize", [picture.tensor, "", "", whole], attributes), sides: size };
}

/** The widest part around the middle that has the proportions of `size`. */
function cropToProportions(call: LayerCall, picture: Picture, [height = 1, width = 1]: readonly number[]): Picture {
  const [tall, wide] = [known(call, picture.sides[0], "picture size"), known(call, picture.sides[1], "picture size")];
  const kept = [
    Math.max(Math.min(tall, Math.trunc((wide * height) / width)), 1),
    Math.max(Math.min(wide, Math.trunc((tall * width) / height)), 1),
  ];
  return cropMiddle(call, picture, kept, [tall, wide]);
}

function cropMiddle(call: LayerCall, picture: Picture, kept: readonly number[], from: readonly number[]): Picture {
  const { graph } = call;
  const starts = kept.map((length, side) => Math.floor(((from[side] ?? 0) - length) / 2));
  const ends = kept.map((length, side) => length + (starts[side] ?? 0));
  const bounds = [starts, ends, [2, 3]].map((values) => graph.integers(values));
  return { ...picture, sides: kept, tensor: graph.add("Slice", [picture.tensor, ...bounds]) };
}

/** The picture amid a ground of the proportions of `size`. */
function padToProportions(call: LayerCall, picture: Picture, [height = 1, width = 1]: readonly number[]): Picture {
  const [tall, wide] = [known(call, picture.sides[0], "picture size"), known(call, picture.sides[1], "picture size")];
  const above = Math.trunc((Math.max(tall, Math.trunc((wide * height) / width)) - tall) / 2);
  const beside = Math.trunc((Math.max(wide, Math.trunc((tall * width) / height)) - wide) / 2);
  const pads = call.graph.integers([0, 0, above, beside, 0, 0, above, beside]);
  const ground = call.graph.scalar(call.options.number("fill_value", 0));
  const tensor = call.graph.add("Pad", [picture.tensor, pads, ground]);
  return { ...picture, tensor, sides: [tall + 2 * above, wide + 2 * beside] };
}

export const emitResizing: Emitter = (call) => {
  const { options } = call;
  const size = [options.count("height"), options.count("width")];
  const how = options.word("interpolation", INTERPOLATIONS, "bilinear");
  let picture = openPicture(call, inputOf(call), 2);
  if (options.flag("crop_to_aspect_ratio")) picture = cropToProportions(call, picture, size);
  else if (options.flag("pad_to_aspect_ratio")) picture = padToProportions(call, picture, size);
  return answer(closePicture(call, resize(call, picture, size, how, options.flag("antialias"))));
};

/** The middle of a picture; of one that is too small, its widest part of these proportions, resized. */
export const emitCenterCrop: Emitter = (call) => {
  const size = [call.options.count("height"), call.options.count("width")];
  const picture = openPicture(call, inputOf(call), 2);
  const from = picture.sides.map((side) => known(call, side, "picture size"));
  if (from.every((length, side) => length >= (size[side] ?? 0)))
    return answer(closePicture(call, cropMiddle(call, picture, size, from)));
  return answer(closePicture(call, resize(call, cropToProportions(call, picture, size), size, "bilinear")));
};

/** UpSampling1D to 3D, by whole factors. */
export const emitUpSampling: Emitter = (call) => {
  const { graph, options } = call;
  const sides = sidesOf(call);
  const factors = options.counts("size", sides, 2);
  const how = options.word("interpolation", INTERPOLATIONS, "nearest");
  const picture = openPicture(call, inputOf(call), sides);
  if (how !== "nearest") {
    if (sides !== 2) throw cannot(call, `upsamples ${sides} sides by "${how}"`);
    const size = picture.sides.map((side, index) => known(call, side, "picture size") * (factors[index] ?? 1));
    return answer(closePicture(call, resize(call, picture, size, how)));
  }
  const scales = graph.floats([1, 1, ...factors]);
  const attributes = {
    mode: text("nearest"),
    coordinate_transformation_mode: text("asymmetric"),
    nearest_mode: text("floor"),
  };
  const tensor = graph.add("Resize", [picture.tensor, "", scales], attributes);
  const out = picture.sides.map((side, index) => (side === null ? null : side * (factors[index] ?? 1)));
  return answer(closePicture(call, { ...picture, tensor, sides: out }));
};
