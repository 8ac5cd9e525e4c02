import { readFileSync } from "node:fs";
import type { RawPixels } from "../../../../src/compute/images/raw-pixels.ts";
import type { StainMethod } from "../../../../src/compute/images/stain/normalizer.ts";

const reference = (name: string) => readFileSync(new URL(`../../../reference/${name}`, import.meta.url));

/** What torchstain says (tests/reference/make-stain-goldens.py). */
export const golden = JSON.parse(reference("stain-goldens.json").toString()) as {
  readonly side: number;
  readonly tiles: number;
  readonly methods: readonly StainMethod[];
  readonly fits: { readonly [method in StainMethod]: readonly { readonly [figures: string]: readonly number[] }[] };
};

/** What scikit-image says of the first tile at other sizes. */
export const areaMeans = (
  JSON.parse(reference("area-means.json").toString()) as {
    readonly sizes: readonly { readonly width: number; readonly height: number; readonly means: readonly number[] }[];
  }
).sizes;

const bytes = Uint8Array.from(reference("stain-tiles.bin"));
const { side, tiles: count } = golden;
const size = side * side * 3;
const pictureAt = (place: number): RawPixels => ({
  pixels: bytes.slice(place * size, (place + 1) * size),
  width: side,
  height: side,
  channels: 3,
});

/** Tissue: three tiles stained with haematoxylin and DAB, then three with haematoxylin and eosin. */
export const tiles: readonly RawPixels[] = Array.from({ length: count }, (_, tile) => pictureAt(tile));

/** What torchstain makes of a tile. */
export const normalized = (method: StainMethod, tile: number): RawPixels =>
  pictureAt((1 + golden.methods.indexOf(method)) * count + tile);
