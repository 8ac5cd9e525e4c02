import type { LayerRun } from "../layer/layer-run.ts";
import { stridesOf } from "../layer/tensor-places.ts";
import type { PixelTerms } from "../pixel-explanation.ts";

/** Numbers that lie at equal distances. */
export interface Stretch {
  readonly count: number;
  /** From one to the next, counted row-major. */
  readonly step: number;
}

/** What is read of a tensor's maps; what is left out is at one place. */
export interface Stretches {
  readonly channels?: Stretch;
  readonly rows?: Stretch;
  readonly columns?: Stretch;
}

/** Terms whose weights are still to be said. */
export type OpenTerms = PixelTerms & { readonly weights: Float32Array<ArrayBuffer> };

const ONE: Stretch = { count: 1, step: 0 };

/** The dimensions of maps with their batch. */
const MOST_DIMENSIONS = 4;

/**
 * What all places along some axes of a tensor are in its maps. One axis of what are no maps counts as channels.
 *
 * @returns null for several axes of what are no maps, and for the batch.
 */
export function stretchesAlong(run: LayerRun, tensor: string, axes: readonly number[]): Stretches | null {
  const { dims } = run.values(tensor);
  const strides = stridesOf(dims);
  const along = (axis: number | undefined): Stretch | null =>
    axis !== undefined && axes.includes(axis) ? { count: dims[axis] ?? 1, step: strides[axis] ?? 0 } : null;
  if (!run.isMap(tensor) || axes.includes(0) || dims.length > MOST_DIMENSIONS) {
    const only = axes.length === 1 ? along(axes[0]) : null;
    return only && { channels: only };
  }
  const { height, width, skipped, channelStep, placeStep } = run.layoutOf(tensor);
  const channelAxis = channelStep === 1 ? dims.length - 1 : 1;
  const places = dims.map((_, axis) => axis).filter((axis) => axis > 0 && axis !== channelAxis);
  const [channels, rows, columns] = [along(channelAxis), along(places[0]), along(places[1])];
  const found = { ...(channels && { channels }), ...(rows && { rows }), ...(columns && { columns }) };
  // The tokens of a sequence lie as a square, where all of them are shown.
  if (!rows || places.length > 1 || skipped > 0) return found;
  return { ...found, rows: { count: height, step: width * placeStep }, columns: { count: width, step: placeStep } };
}

/** The numbers of a tensor from `start` on, along up to three axes of it; all weights are 0. */
export function takeAlong(
  run: LayerRun,
  tensor: string,
  start: number,
  { channels = ONE, rows = ONE, columns = ONE }: Stretches,
): OpenTerms {
  const numbers = run.values(tensor);
  const size = channels.count * rows.count * columns.count;
  const values = new Float32Array(size);
  let index = 0;
  for (let channel = 0; channel < channels.count; channel++)
    for (let row = 0; row < rows.count; row++)
      for (let column = 0; column < columns.count; column++)
        values[index++] = numbers.at(start + channel * channels.step + row * rows.step + column * columns.step);
  const { channel, row, column } = run.placeInMap(tensor, start);
  return {
    source: run.graph.sourceOf(tensor),
    firstChannel: channel,
    channels: channels.count,
    rows: { first: row, count: rows.count, step: 1 },
    columns: { first: column, count: columns.count, step: 1 },
    values,
    padded: new Uint8Array(size),
    weights: new Float32Array(size),
  };
}

/** One number of a tensor, times a weight. */
export function takeOne(run: LayerRun, tensor: string, index: number, weight: number): OpenTerms {
  const terms = takeAlong(run, tensor, index, {});
  terms.weights[0] = weight;
  return terms;
}
