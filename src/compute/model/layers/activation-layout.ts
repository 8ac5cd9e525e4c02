import { ComputeError } from "../../errors.ts";
import type { ChannelAxis } from "../model-layer.ts";

/** How a layer's answer to one picture lies. */
export interface ActivationLayout {
  readonly channels: number;
  readonly places: number;
  /** Numbers from one channel to the next, and from one place to the next. */
  readonly channelStep: number;
  readonly placeStep: number;
}

/**
 * Read the dimensions of an answer. Of four, the second has the channels where nothing is known; of what has no
 * channels, such as a sequence of tokens, the last dimension stands for them.
 *
 * @throws ComputeError "input" where the first dimension is not the batch of `rows`.
 */
export function activationLayout(
  { layer, channels }: { readonly layer: string; readonly channels: ChannelAxis },
  dims: readonly number[],
  rows: number,
): ActivationLayout {
  const [batch, ...own] = dims;
  if (batch !== rows)
    throw new ComputeError(
      "input",
      `The layer "${layer}" answers with (${dims.join(", ")}) to ${rows} pictures, not with something for each.`,
      "Take another layer.",
    );
  const numbers = own.reduce((product, size) => product * size, 1);
  const isFirst = areFirst(channels, own.length);
  const count = (isFirst ? own[0] : own[own.length - 1]) ?? 1;
  const places = count === 0 ? 0 : numbers / count;
  return isFirst
    ? { channels: count, places, channelStep: places, placeStep: 1 }
    : { channels: count, places, channelStep: 1, placeStep: count };
}

/** Whether there is something to pool: a map, not a vector or a sequence. */
export function isMap(channels: ChannelAxis, { length }: readonly unknown[]): boolean {
  return length === 4 || (length > 2 && channels !== null);
}

/** The axes of a map's places: all but the batch and the channels. */
export function placeAxes(channels: ChannelAxis, { length }: readonly unknown[]): readonly number[] {
  const channel = areFirst(channels, length - 1) ? 1 : length - 1;
  return Array.from({ length }, (_, axis) => axis).filter((axis) => axis !== 0 && axis !== channel);
}

function areFirst(channels: ChannelAxis, own: number): boolean {
  return own > 1 && (channels === "first" || (channels === null && own === 3));
}
