import type { ChannelStatistics } from "../../../compute/feature-maps/channel-statistics.ts";
import type { MapLayer } from "../../../compute/feature-maps/feature-maps.ts";
import type { FieldAlongAxis, ReceptiveField } from "../../../compute/feature-maps/receptive-field.ts";
import { Pace } from "../../../compute/runtime/pace.ts";
import { withOpacity, withoutOpacity } from "../../models/pixel-colors.ts";
import type { ChosenSettings } from "../../work/chosen-settings.ts";
import type { NamedArray } from "../../work/pack-arrays.ts";
import { packSaved, type Unpacked, unpackSaved } from "../../work/pack-saved.ts";
import type { SavedShown } from "../../work/saved-picture.ts";
import { scaleLevels } from "../plot/scale-levels.ts";
import type { PictureMaps, ShownMaps } from "./shown-maps.ts";

/** Changes when what is packed does: what another version wrote is not shown. */
const FORMAT = 1;
/** Levels that a notebook keeps, before they are deflated: of larger maps it has smaller ones. */
const MOST_LEVELS = 2e6;

const COLUMNS = ["minimum", "maximum", "mean", "deviation", "zeros"] as const;

interface Header {
  readonly format: typeof FORMAT;
  readonly shown: Omit<ShownMaps, "pictures">;
  readonly settings: ChosenSettings;
  readonly picture: Pick<PictureMaps, "key" | "name" | "number">;
  readonly input: { readonly height: number; readonly width: number };
  readonly layers: readonly (Omit<MapLayer, "data" | "statistics"> & { readonly range: ChannelStatistics["range"] })[];
}

/**
 * What a saved notebook keeps of the first picture's maps: each channel as 256 levels between its least and its most, with
 * its statistics as they are, so that every way of drawing it is there still. Of maps that are too many, the largest are
 * shrunk to a half, and so on.
 *
 * @throws {ComputeError} "cancelled" where they are not wanted any more.
 */
export async function packMaps(
  { shown: { pictures, ...shown }, settings }: SavedShown<ShownMaps>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const [{ maps, pixels, key, name, number }] = pictures;
  const factors = shrinkFactors(maps.layers);
  // The page goes on meanwhile: of a large network it is some seconds' work.
  const pace = new Pace(signal);
  const small: SmallLayer[] = [];
  for (const [at, layer] of maps.layers.entries()) small.push(await shrunk(layer, factors[at] ?? 1, pace));
  const header: Header = {
    format: FORMAT,
    shown,
    settings,
    picture: { key, name, number },
    input: { height: pixels.height, width: pixels.width },
    layers: small.map(({ layer: { data: _, statistics, ...facts } }) => ({ ...facts, range: statistics.range })),
  };
  return packSaved(header, [
    { name: "picture", values: withoutOpacity(pixels.data) },
    ...small.flatMap((layer, at) => arraysOf(layer, at)),
  ]);
}

/** @throws {ComputeError} "input" for what was packed by another version, or was damaged. */
export function unpackMaps(saved: Uint8Array<ArrayBuffer>): Promise<SavedShown<ShownMaps>> {
  return unpackSaved<Header, SavedShown<ShownMaps>>(saved, FORMAT, (unpacked) => ({
    shown: shownOf(unpacked),
    settings: unpacked.header.settings,
  }));
}

function shownOf({ header, numbers, levels }: Unpacked<Header>): ShownMaps {
  const { shown, picture, input, layers } = header;
  const kept = layers.map(({ range, ...facts }, at): MapLayer => {
    const [mean, deviation] = [numbers(`mean ${at}`), numbers(`deviation ${at}`)];
    const statistics = {
      minimum: numbers(`minimum ${at}`),
      maximum: numbers(`maximum ${at}`),
      mean,
      deviation,
      zeros: numbers(`zeros ${at}`),
      range,
      numpy: { mean, deviation },
    };
    return { ...facts, statistics, data: numbersOf(levels(`levels ${at}`), statistics, facts.height * facts.width) };
  });
  const shape = { ...input, channels: 3, layout: "NHWC" } as const;
  const pixels = { ...input, data: withOpacity(levels("picture")) };
  const maps = { input: { ...shape, data: new Float32Array() }, layers: kept };
  return { ...shown, pictures: [{ ...picture, maps, pixels }] };
}

interface SmallLayer {
  readonly layer: MapLayer;
  readonly levels: Uint8Array<ArrayBuffer>;
}

function arraysOf({ layer, levels }: SmallLayer, at: number): readonly NamedArray[] {
  const { statistics } = layer;
  return [
    ...COLUMNS.map((column) => ({ name: `${column} ${at}`, values: statistics[column] })),
    { name: `levels ${at}`, values: levels },
  ];
}

/** By how much each layer's sides are shrunk: those with most levels first, until all together are few enough. */
function shrinkFactors(layers: readonly MapLayer[]): readonly number[] {
  const factors = layers.map(() => 1);
  const sizes = layers.map(({ channels, height, width }, at) => () => {
    const factor = factors[at] ?? 1;
    return channels * Math.ceil(height / factor) * Math.ceil(width / factor);
  });
  const canShrink = (at: number) => (layers[at]?.height ?? 1) * (layers[at]?.width ?? 1) > (factors[at] ?? 1) ** 2;
  for (;;) {
    const now = sizes.map((size) => size());
    if (now.reduce((sum, size) => sum + size, 0) <= MOST_LEVELS) return factors;
    const order = [...now.keys()].filter(canShrink).sort((a, b) => (now[b] ?? 0) - (now[a] ?? 0));
    const largest = order[0];
    if (largest === undefined) return factors;
    factors[largest] = (factors[largest] ?? 1) * 2;
  }
}

async function shrunk(layer: MapLayer, factor: number, pace: Pace): Promise<SmallLayer> {
  const { height, width, channels, data, statistics, field } = layer;
  const places = height * width;
  const to = { height: Math.ceil(height / factor), width: Math.ceil(width / factor) };
  const levels = new Uint8Array(channels * to.height * to.width);
  const own = new Uint8Array(places);
  for (let channel = 0; channel < channels; channel++) {
    await pace.check();
    const least = statistics.minimum[channel] ?? 0;
    const scale = 255 / ((statistics.maximum[channel] ?? 0) - least || 1);
    for (let at = 0; at < places; at++) own[at] = Math.round(((data[channel * places + at] ?? 0) - least) * scale);
    const into = levels.subarray(channel * to.height * to.width, (channel + 1) * to.height * to.width);
    if (factor === 1) into.set(own);
    else scaleLevels(own, { height, width }, into, to);
  }
  const coarse = field && coarser(field, height / to.height, width / to.width);
  return { layer: { ...layer, ...to, field: coarse }, levels };
}

/** What places of a shrunk map saw: as much as all those together that each of them stands for. */
function coarser({ rows, columns }: ReceptiveField, down: number, across: number): ReceptiveField {
  const along = ({ start, step, size }: FieldAlongAxis, by: number): FieldAlongAxis => ({
    start,
    step: step * by,
    size: size + step * (by - 1),
  });
  return { rows: along(rows, down), columns: along(columns, across) };
}

function numbersOf(
  levels: Uint8Array,
  { minimum, maximum }: Pick<ChannelStatistics, "minimum" | "maximum">,
  places: number,
): Float32Array<ArrayBuffer> {
  const data = new Float32Array(levels.length);
  for (let at = 0; at < levels.length; at++) {
    const channel = Math.floor(at / places);
    const least = minimum[channel] ?? 0;
    data[at] = least + ((levels[at] ?? 0) / 255) * ((maximum[channel] ?? 0) - least);
  }
  return data;
}
