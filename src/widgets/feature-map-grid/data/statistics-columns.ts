import { channelStrengths, isDead } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";

/** Columns of numbers, texts or answers, a line a channel in the layers' order. */
export interface StatisticsColumns {
  readonly layer: readonly string[];
  readonly type: readonly string[];
  readonly channel: readonly number[];
  readonly height: readonly number[];
  readonly width: readonly number[];
  readonly minimum: readonly number[];
  readonly maximum: readonly number[];
  readonly mean: readonly number[];
  /** Of the population. */
  readonly std: readonly number[];
  /** The share of places that are 0, from 0 to 1. */
  readonly zeros: readonly number[];
  /** From 0 to 1 within its layer. */
  readonly strength: readonly number[];
  /** It has one value everywhere, and several places. */
  readonly dead: readonly boolean[];
}

/** What every channel's values are like. */
export function statisticsColumns(layers: readonly MapLayer[]): StatisticsColumns {
  const column = <Value>(of: (layer: MapLayer, channel: number) => Value): Value[] =>
    layers.flatMap((layer) => Array.from({ length: layer.channels }, (_, channel) => of(layer, channel)));
  const number = (of: (layer: MapLayer) => Float32Array): number[] =>
    layers.flatMap((layer) => Array.from(of(layer).subarray(0, layer.channels)));
  return {
    layer: column(({ name }) => name),
    type: column(({ type }) => type),
    channel: column((_, channel) => channel),
    height: column(({ height }) => height),
    width: column(({ width }) => width),
    minimum: number(({ statistics }) => statistics.minimum),
    maximum: number(({ statistics }) => statistics.maximum),
    mean: number(({ statistics }) => statistics.mean),
    std: number(({ statistics }) => statistics.deviation),
    zeros: number(({ statistics }) => statistics.zeros),
    strength: number(({ statistics }) => channelStrengths(statistics)),
    dead: column(({ statistics, height, width }, channel) => isDead(statistics, channel, height * width)),
  };
}
