import { ComputeError } from "../errors.ts";
import type { FoundLayer } from "../model/layers/found-layer.ts";
import { layOutMaps } from "../model/layers/lay-out-maps.ts";
import { elementCount } from "../model/onnx/tensor-size.ts";

/** What is differentiated: a class, one class less another, or a unit of a layer. */
export type Target = ClassTarget | LayerTarget;

export interface ClassTarget {
  /** Counted from 0. */
  readonly class: number;
  /** The class whose score is taken off. */
  readonly minus?: number;
}

export interface LayerTarget {
  /** A layer's name, as `findLayer` takes it. */
  readonly layer: string;
  /** Counted from 0. */
  readonly channel: number;
  /** One place of the channel's map; without both of them the mean over all of its places. */
  readonly row?: number;
  readonly column?: number;
}

export function isLayerTarget(target: Target): target is LayerTarget {
  return "layer" in target;
}

/**
 * What each number of a model's answer to one picture counts for.
 *
 * @param dims - Of the answer, with the batch.
 * @throws ComputeError "input" for a class that there isn't, and for an answer that is no list of classes.
 */
export function classWeights(
  file: string,
  target: ClassTarget,
  dims: readonly number[],
  batch: number,
): Float32Array<ArrayBuffer> {
  const [pictures, ...own] = dims;
  if (pictures !== batch || own.filter((size) => size > 1).length > 1)
    throw new ComputeError(
      "input",
      `${file} answers with (${dims.join(", ")}) to ${batch === 1 ? "one picture" : `${batch} pictures`}, not with a number for each class.`,
      "Take a channel of a layer as the target.",
    );
  const weights = new Float32Array(elementCount(own));
  const add = (unit: number, by: number) => {
    throwIfNoClass(file, unit, weights.length);
    weights[unit] = (weights[unit] ?? 0) + by;
  };
  add(target.class, 1);
  if (target.minus !== undefined) add(target.minus, -1);
  return weights;
}

/** @throws ComputeError "input" for a class that a model of so many classes doesn't have. */
export function throwIfNoClass(file: string, wanted: number, classes: number): void {
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < classes) return;
  throw new ComputeError(
    "input",
    `There is no class ${wanted}: ${file} has ${classes === 1 ? "1 class" : `${classes} classes`}.`,
    classes === 1 ? "Take 0." : `Take 0 to ${classes - 1}.`,
  );
}

/**
 * What each number of a layer's answer to one picture counts for.
 *
 * @param dims - Of the answer, with the batch.
 * @throws ComputeError "input" for a channel or a place that there isn't.
 */
export function layerWeights(
  { layer, output }: FoundLayer,
  { channel, row, column }: LayerTarget,
  dims: readonly number[],
  batch: number,
): Float32Array<ArrayBuffer> {
  const maps = layOutMaps({ layer: layer.name, channels: output.channels }, dims, batch);
  const { channels, height, width, skipped, channelStep, placeStep } = maps;
  throwIfOutside(layer.name, "channel", channel, channels);
  const weights = new Float32Array(elementCount(dims.slice(1)));
  const at = (place: number) => channel * channelStep + (skipped + place) * placeStep;
  if (row === undefined && column === undefined) {
    for (let place = 0; place < height * width; place++) weights[at(place)] = 1 / (height * width);
    return weights;
  }
  throwIfOutside(layer.name, "row", row ?? 0, height);
  throwIfOutside(layer.name, "column", column ?? 0, width);
  weights[at((row ?? 0) * width + (column ?? 0))] = 1;
  return weights;
}

function throwIfOutside(layer: string, what: string, wanted: number, count: number): void {
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < count) return;
  throw new ComputeError(
    "input",
    `There is no ${what} ${wanted}: the layer "${layer}" has ${count} ${count === 1 ? what : `${what}s`}.`,
    count === 1 ? "Take 0." : `Take 0 to ${count - 1}.`,
  );
}
