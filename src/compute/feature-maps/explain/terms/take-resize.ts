import { numberOf, textOf } from "../../../model/layers/attribute-values.ts";
import type { OnnxNode } from "../../../model/onnx/onnx-model.ts";
import type { LayerRun } from "../layer/layer-run.ts";
import { addUp, type TakeApart } from "./main-step.ts";
import { takeWindow } from "./take-window.ts";
import { MOST_SIDES } from "./window-sides.ts";

/** Places along a side that a pixel of the other size is mixed from: two at most, next to each other. */
interface Mixed {
  readonly first: number;
  readonly weights: readonly number[];
}

/** Upsample became Resize, whose second input is another, and which counts from the middles of pixels. */
const RESIZE_OPSET = 11;

/** Resize to the nearest pixel, or mixed of those around the place that a pixel falls on. */
export const takeResize: TakeApart = (run, node, [picture = 0, channel = 0, ...at]) => {
  const [input = ""] = node.inputs;
  const [pictures, channels, ...from] = run.values(input).dims;
  const [allPictures, allChannels, ...to] = run.values(node.outputs[0] ?? "").dims;
  const isSides = pictures === allPictures && channels === allChannels;
  if (!isSides || from.length > MOST_SIDES || from.length < 1 || numberOf(node, "antialias", 0) !== 0) return null;
  const factors = factorsOf(run, node);
  const mixed = from.map((size, side) => {
    const target = to[side] ?? 1;
    const place = placeBefore(run, node, at[side] ?? 0, size, target, factors?.[side + 2] ?? target / size);
    return place === null ? null : mixedAt(node, place, size);
  });
  const [rows, columns = { first: 0, weights: [1] }] = mixed;
  if (!rows || !columns) return null;
  const sides = [rows, columns].map(({ first, weights }) => ({ first, count: weights.length, step: 1 }));
  const terms = takeWindow(run, input, { picture, firstChannel: channel, channels: 1, sides });
  terms.weights.set(rows.weights.flatMap((down) => columns.weights.map((across) => down * across)));
  const count = terms.values.length;
  const words = count === 1 ? `the nearest value of ${terms.source} is` : `a mixture of ${count} values is`;
  return { kind: count === 1 ? "elementwise" : "pooling", terms: [terms], bias: null, sum: addUp([terms]), words };
};

function factorsOf(run: LayerRun, node: OnnxNode): readonly number[] | null {
  const attribute = node.attributes.get("scales");
  if (attribute?.kind === "floats") return attribute.values;
  if (node.attributes.has("axes")) return null;
  const given = run.constantList(node.inputs[isOld(run, node) ? 1 : 2]);
  return given && given.length > 0 ? given : null;
}

function isOld(run: LayerRun, { opType }: OnnxNode): boolean {
  return opType === "Upsample" || run.graph.opset < RESIZE_OPSET;
}

/** Where a pixel falls in what it is made from, by ONNX' rules; null for rules that crop. */
function placeBefore(
  run: LayerRun,
  node: OnnxNode,
  at: number,
  from: number,
  to: number,
  factor: number,
): number | null {
  // In single precision, as the engine: what falls between two pixels goes to the one or the other by the last bit.
  const middle = Math.fround(Math.fround((at + 0.5) / factor) - 0.5);
  switch (textOf(node, "coordinate_transformation_mode", isOld(run, node) ? "asymmetric" : "half_pixel")) {
    case "half_pixel":
      return middle;
    case "pytorch_half_pixel":
      return to > 1 ? middle : 0;
    case "half_pixel_symmetric":
      return middle + (from / 2) * (1 - to / (factor * from));
    case "asymmetric":
      return at / factor;
    case "align_corners":
      return to > 1 ? (at * (from - 1)) / (to - 1) : 0;
    default:
      return null;
  }
}

function mixedAt(node: OnnxNode, place: number, size: number): Mixed | null {
  const inside = Math.max(0, Math.min(size - 1, place));
  const mode = textOf(node, "mode", "nearest");
  if (mode === "nearest") {
    const round = ROUNDINGS[textOf(node, "nearest_mode", "round_prefer_floor")];
    return round ? { first: Math.max(0, Math.min(size - 1, round(place))), weights: [1] } : null;
  }
  if (mode !== "linear") return null;
  const first = Math.floor(inside);
  const share = inside - first;
  return { first, weights: share === 0 ? [1] : [1 - share, share] };
}

const ROUNDINGS: Readonly<Record<string, (place: number) => number>> = {
  floor: Math.floor,
  ceil: Math.ceil,
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
};
