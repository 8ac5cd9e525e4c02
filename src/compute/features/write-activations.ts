import type { ActivationLayout } from "../model/layers/activation-layout.ts";
import type { Pooling } from "./feature-options.ts";

/**
 * Write one picture's activations of a layer into its row of the features.
 *
 * @param data - The layer's answer, in which the picture's begins at `from`.
 * @param at - Where the layer's columns begin in `into`.
 * @param channelsLast - The order of what is not pooled.
 */
export function writeActivations(
  data: Float32Array,
  from: number,
  layout: ActivationLayout,
  pooling: Pooling,
  channelsLast: boolean,
  into: Float32Array,
  at: number,
): void {
  const { channels, places, channelStep, placeStep } = layout;
  if (pooling !== null) poolChannels(data, from, layout, pooling, into, at);
  else if (channelsLast ? channelStep === 1 : placeStep === 1)
    into.set(data.subarray(from, from + channels * places), at);
  else {
    let to = at;
    const [outer, outerStep, inner, innerStep] = channelsLast
      ? [places, placeStep, channels, channelStep]
      : [channels, channelStep, places, placeStep];
    for (let i = 0; i < outer; i++)
      for (let j = 0; j < inner; j++) into[to++] = data[from + i * outerStep + j * innerStep] ?? 0;
  }
}

/** A channel's mean in double precision, or its largest; what is no number stays none. */
function poolChannels(
  data: Float32Array,
  from: number,
  { channels, places, channelStep, placeStep }: ActivationLayout,
  pooling: "avg" | "max",
  into: Float32Array,
  at: number,
): void {
  for (let channel = 0; channel < channels; channel++) {
    const start = from + channel * channelStep;
    const end = start + places * placeStep;
    let result = pooling === "avg" ? 0 : Number.NEGATIVE_INFINITY;
    if (pooling === "avg") for (let i = start; i < end; i += placeStep) result += data[i] ?? 0;
    else for (let i = start; i < end; i += placeStep) result = Math.max(result, data[i] ?? 0);
    into[at + channel] = pooling === "avg" ? result / places : result;
  }
}
