import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const read = (name: string) => readFileSync(new URL(`../../reference/saliency/${name}`, import.meta.url));

interface Told {
  readonly sum: number;
  readonly rank_area_value: readonly (readonly [rank: number, area: number, value: number])[];
}

/** What PAIR's code says of formulas; each key's own are named in the file. */
export const pair = JSON.parse(read("pair-xrai.json").toString()) as {
  readonly full: Told;
  readonly fast: Told;
  readonly "full_area0.3": Told;
  readonly strips: { readonly full: Told; readonly fast: Told };
};

const PLACES = 64 * 64;
const bytes = new Uint8Array(gunzipSync(read("slideflow-xrai.bin.gz")));
const floats = new Float32Array(bytes.buffer, 0, 7 * PLACES);

/** What a run of Slideflow left of XRAI (tests/reference/pack-slideflow-xrai.py). */
export const slideflow = {
  /** A place's channels lie side by side. */
  attributions: floats.subarray(0, 3 * PLACES),
  mask: floats.subarray(3 * PLACES, 4 * PLACES),
  fastMask: floats.subarray(4 * PLACES, 5 * PLACES),
  map: floats.subarray(5 * PLACES, 6 * PLACES),
  fastMap: floats.subarray(6 * PLACES),
  ranks: bytes.subarray(28 * PLACES, 29 * PLACES),
  segments: segmentsOf(bytes.subarray(29 * PLACES)),
};

/** Masks of eight places a byte. */
function segmentsOf(packed: Uint8Array): Uint8Array[] {
  const size = PLACES / 8;
  return Array.from({ length: packed.length / size }, (_, segment) =>
    Uint8Array.from(
      { length: PLACES },
      (_, place) => ((packed[segment * size + (place >> 3)] ?? 0) >> (7 - (place & 7))) & 1,
    ),
  );
}
