import { throwIfCancelled } from "../../../compute/errors.ts";
import { withOpacity, withoutOpacity } from "../../models/pixel-colors.ts";
import type { ChosenSettings } from "../../work/chosen-settings.ts";
import type { NamedArray } from "../../work/pack-arrays.ts";
import { packSaved, type Unpacked, unpackSaved } from "../../work/pack-saved.ts";
import type { SavedShown } from "../../work/saved-picture.ts";
import { levelsOf, type MapLevels, valuesOf } from "./map-levels.ts";
import type { SaliencyPicture, ShownMap, ShownSaliency } from "./shown-saliency.ts";
import { shrinkNumbers } from "./shrink-numbers.ts";

/** Changes when what is packed does: what another version wrote is not shown. */
const FORMAT = 1;
/** Bytes that a notebook keeps, before they are deflated: of more pictures it has the first ones, of a larger one a smaller. */
const MOST_BYTES = 2e6;

type Ends = Omit<MapLevels, "levels">;

interface SavedMap extends Omit<ShownMap, "strength" | "signed" | "isPartial"> {
  readonly strength: Ends;
  /** null where it is the strength itself. */
  readonly signed: Ends | null;
}

interface SavedRow extends Pick<SaliencyPicture, "key" | "name" | "number" | "classes"> {
  readonly height: number;
  readonly width: number;
  readonly maps: readonly (SavedMap | null)[];
}

interface Header {
  readonly format: typeof FORMAT;
  readonly shown: Omit<ShownSaliency, "pictures">;
  readonly settings: ChosenSettings;
  readonly pictures: readonly SavedRow[];
}

/**
 * What a saved notebook keeps of the first pictures and their finished maps: each as levels between its ends, so that every
 * way of drawing it is there still.
 *
 * @throws {ComputeError} "cancelled" where they are not wanted any more.
 */
export async function packSaliency(
  { shown: { pictures, ...shown }, settings }: SavedShown<ShownSaliency>,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const named: NamedArray[] = [];
  const rows = fitting(pictures).map((picture, row) => savedRow(picture, row, named));
  const header: Header = { format: FORMAT, shown, settings: plain(settings), pictures: rows };
  const packed = await packSaved(header, named);
  throwIfCancelled(signal);
  return packed;
}

/** @throws {ComputeError} "input" for what was packed by another version, or was damaged. */
export function unpackSaliency(saved: Uint8Array<ArrayBuffer>): Promise<SavedShown<ShownSaliency>> {
  return unpackSaved<Header, SavedShown<ShownSaliency>>(saved, FORMAT, (unpacked) => {
    const { shown, settings, pictures } = unpacked.header;
    return { shown: { ...shown, pictures: pictures.map((row, at) => pictureOf(row, at, unpacked)) }, settings };
  });
}

/** The first pictures, as many as there is room for; where there is none for the first it is kept smaller. */
function fitting([first, ...others]: readonly SaliencyPicture[]): readonly SaliencyPicture[] {
  if (!first) return [];
  const factor = Math.ceil(Math.sqrt(bytesOf(first) / MOST_BYTES));
  const kept = factor > 1 ? shrunk(first, factor) : first;
  let bytes = bytesOf(kept);
  return [
    kept,
    ...others.filter((picture) => {
      bytes += bytesOf(picture);
      return bytes <= MOST_BYTES;
    }),
  ];
}

/** How many are kept of a picture and its maps. */
function bytesOf({ pixels, maps }: SaliencyPicture): number {
  const each = maps.map((map) => (map ? map.strength.length * (map.signed === map.strength ? 1 : 2) : 0));
  return each.reduce((sum, bytes) => sum + bytes, pixels.width * pixels.height * 3);
}

function shrunk(picture: SaliencyPicture, factor: number): SaliencyPicture {
  const { pixels, maps } = picture;
  const small = shrinkNumbers({ ...pixels, data: Float32Array.from(pixels.data), channels: 4 }, factor);
  return {
    ...picture,
    pixels: { ...small, data: Uint8ClampedArray.from(small.data) },
    maps: maps.map((map) => {
      if (!map) return null;
      const { height, width } = map;
      const { data: strength, ...size } = shrinkNumbers({ data: map.strength, height, width, channels: 1 }, factor);
      const isOne = map.signed === map.strength;
      const signed = isOne ? strength : shrinkNumbers({ data: map.signed, height, width, channels: 1 }, factor).data;
      return { ...map, height: size.height, width: size.width, strength, signed };
    }),
  };
}

function savedRow(picture: SaliencyPicture, row: number, named: NamedArray[]): SavedRow {
  const { key, name, number, classes, pixels, probabilities, maps } = picture;
  const keep = (of: string, values: Float32Array): Ends => {
    const { levels, least, most } = levelsOf(values);
    named.push({ name: of, values: levels });
    return { least, most };
  };
  named.push({ name: `picture ${row}`, values: withoutOpacity(pixels.data) });
  named.push({ name: `probabilities ${row}`, values: probabilities });
  const saved = maps.map((map, column): SavedMap | null => {
    if (!map || map.isPartial) return null;
    const { strength, signed, isPartial: _, ...facts } = map;
    const ends = keep(`strength ${row} ${column}`, strength);
    return { ...facts, strength: ends, signed: signed === strength ? null : keep(`signed ${row} ${column}`, signed) };
  });
  const { height, width } = pixels;
  return { key, name, number, classes, height, width, maps: saved };
}

function pictureOf(
  { height, width, maps, ...picture }: SavedRow,
  row: number,
  { levels, numbers }: Unpacked<Header>,
): SaliencyPicture {
  return {
    ...picture,
    pixels: { height, width, data: withOpacity(levels(`picture ${row}`)) },
    probabilities: numbers(`probabilities ${row}`),
    maps: maps.map((map, column) => {
      if (!map) return null;
      const strength = valuesOf({ ...map.strength, levels: levels(`strength ${row} ${column}`) });
      const signed = map.signed ? valuesOf({ ...map.signed, levels: levels(`signed ${row} ${column}`) }) : strength;
      return { ...map, strength, signed, isPartial: false };
    }),
  };
}

/** Options with arrays of the caller's own are not kept: only the caller has these. */
function plain(settings: ChosenSettings): ChosenSettings {
  const isPlain = (value: unknown) =>
    typeof value !== "object" || value === null || !Object.values(value).some((each) => isArrayOfCaller(each));
  return Object.fromEntries(Object.entries(settings).filter(([, { chosen }]) => isPlain(chosen)));
}

function isArrayOfCaller(value: unknown): boolean {
  return typeof value === "object" && value !== null && "read" in value;
}
