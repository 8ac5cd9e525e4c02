import { int } from "../graph/attributes.ts";
import { answer, type Emitter, inputOf, type LayerCall } from "./layer-call.ts";
import { closePicture, openPicture, sidesOf } from "./picture.ts";
import { slideWindow, type Window } from "./sliding-window.ts";

/** MaxPooling and AveragePooling of one to three sides; the average is over what lies inside the picture. */
export const emitPooling: Emitter = (call) => {
  const { graph, options } = call;
  const sides = sidesOf(call);
  const picture = openPicture(call, inputOf(call), sides);
  const kernel = options.counts("pool_size", sides, 2);
  const window: Window = {
    kernel,
    stride: options.has("strides") ? options.counts("strides", sides) : kernel,
    dilation: [],
    padding: options.word("padding", ["valid", "same"], "valid"),
  };
  const slid = slideWindow(call, picture.sides, window);
  const average = call.className.startsWith("Average");
  if (!average) graph.keepPadding(picture.tensor);
  const attributes = average ? { ...slid.attributes, count_include_pad: int(0) } : slid.attributes;
  const tensor = graph.add(average ? "AveragePool" : "MaxPool", [picture.tensor], attributes);
  return answer(closePicture(call, { ...picture, tensor, sides: slid.sides }), { kernel, stride: window.stride });
};

/** The mean or the highest over all sides. */
export const emitGlobalPooling: Emitter = (call) => {
  const { graph, options } = call;
  const wire = inputOf(call);
  const average = call.className.startsWith("GlobalAverage");
  const kept = options.flag("keepdims");
  const rank = wire.shape.length;
  // Pictures that lie channels last are reduced where they lie.
  if (!wire.moved && options.channelsLast() && rank === sidesOf(call) + 2) {
    const axes = graph.integers(Array.from({ length: rank - 2 }, (_, side) => side + 1));
    const tensor = graph.add(average ? "ReduceMean" : "ReduceMax", [wire.tensor, axes], {
      keepdims: int(kept ? 1 : 0),
    });
    return answer({ ...wire, tensor, shape: pooledShape(call, wire.shape, kept) });
  }
  const picture = openPicture(call, wire, sidesOf(call));
  const pooled = graph.add(average ? "GlobalAveragePool" : "GlobalMaxPool", [picture.tensor]);
  if (kept) return answer(closePicture(call, { ...picture, tensor: pooled, sides: picture.sides.map(() => 1) }));
  const tensor = graph.add("Flatten", [pooled], { axis: int(1) });
  return answer({ tensor, shape: [picture.batch, picture.channels], moved: false, type: "float32" });
};

function pooledShape(call: LayerCall, shape: readonly (number | null)[], kept: boolean): (number | null)[] {
  const ones = Array<number>(sidesOf(call)).fill(1);
  return [shape[0] ?? null, ...(kept ? ones : []), shape.at(-1) ?? null];
}
