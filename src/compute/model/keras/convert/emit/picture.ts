import type { Shape, Wire } from "../graph/wire.ts";
import { cannot, type LayerCall } from "./layer-call.ts";

/** A batch of sequences, pictures or volumes as ONNX wants them: (batch, channels, …sides). */
export interface Picture {
  readonly tensor: string;
  readonly batch: number | null;
  readonly channels: number | null;
  readonly sides: Shape;
}

/** A layer's input with its channels first, by the layer's option `data_format`. */
export function openPicture(call: LayerCall, wire: Wire, sides: number): Picture {
  if (wire.shape.length !== sides + 2)
    throw cannot(call, `takes a tensor of ${wire.shape.length} dimensions instead of ${sides + 2}`);
  const batch = wire.shape[0] ?? null;
  if (call.options.channelsLast()) {
    const { tensor, shape } = call.layouts.channelsFirst(wire);
    return { tensor, batch, channels: shape.at(-1) ?? null, sides: shape.slice(1, -1) };
  }
  const { tensor, shape } = call.layouts.channelsLast(wire);
  return { tensor, batch, channels: shape[1] ?? null, sides: shape.slice(2) };
}

/** The same back as Keras has it, still lying channels first. */
export function closePicture(call: LayerCall, { tensor, batch, channels, sides }: Picture): Wire {
  const last = call.options.channelsLast();
  const shape = last ? [batch, ...sides, channels] : [batch, channels, ...sides];
  return { tensor, shape, moved: last, type: "float32" };
}

/** How many sides a class named "…1D", "…2D" or "…3D" works on. */
export function sidesOf(call: LayerCall): number {
  const [, sides] = /([123])D/.exec(call.className) ?? [];
  return Number(sides ?? 2);
}
