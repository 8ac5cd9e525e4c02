import type { ChannelAxis, LayerOutput, ModelLayer } from "../../model-layer.ts";
import type { LayerAnswer } from "./emit/layer-call.ts";
import type { Wire } from "./graph/wire.ts";

/** A wire as the layer table tells of it. */
export function outputOf(wire: Wire, channelsFirst: boolean): LayerOutput {
  const pictures = wire.shape.length >= 4;
  const channels: ChannelAxis = wire.moved || (pictures && channelsFirst) ? "first" : pictures ? "last" : null;
  return { tensor: wire.tensor, channels, shape: wire.shape };
}

interface Facts {
  readonly name: string;
  readonly type: string;
  readonly module: string;
  readonly parameters: number;
  readonly trainable: number;
  readonly channelsFirst: boolean;
  readonly inbound: readonly string[];
}

/** A row of the layer table; a layer that is called again adds to its row. */
export function addToRow(row: ModelLayer | undefined, facts: Facts, answer: LayerAnswer): ModelLayer {
  const outputs = answer.outputs.map((wire) => outputOf(wire, facts.channelsFirst));
  const more = answer.multiplyAdds === undefined ? 0 : answer.multiplyAdds;
  const before = row ? row.multiplyAdds : 0;
  return {
    name: facts.name,
    type: facts.type,
    module: facts.module,
    outputs: [...(row?.outputs ?? []), ...outputs],
    inbound: [...new Set([...(row?.inbound ?? []), ...facts.inbound])],
    parameters: facts.parameters,
    trainable: facts.trainable,
    multiplyAdds: before === null || more === null ? null : before + more,
    dtype: answer.outputs[0]?.type ?? "float32",
    kernel: answer.kernel ?? null,
    stride: answer.stride ?? null,
  };
}
