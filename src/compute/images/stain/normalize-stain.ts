import { ComputeError } from "../../errors.ts";
import { checkPixels, type RawPixels } from "../raw-pixels.ts";
import { withoutOpacity } from "../without-opacity.ts";
import { fitMacenko, transferStains } from "./macenko.ts";
import type { StainMethod, StainNormalizer } from "./normalizer.ts";
import { fitReinhard, transferColors } from "./reinhard.ts";
import { standardizeBrightness } from "./standardize-brightness.ts";

/** The methods that make the brightness standard first. */
const STANDARDIZED: ReadonlySet<StainMethod> = new Set(["reinhard", "reinhard_mask", "macenko"]);
/** The methods that leave white alone. */
const MASKED: ReadonlySet<StainMethod> = new Set(["reinhard_mask", "reinhard_fast_mask"]);

/**
 * The colours of a picture as a target for others.
 *
 * @throws {ComputeError} kind "input" when the picture has none that the method could go by.
 */
export function fitNormalizer(method: StainMethod, source: RawPixels): StainNormalizer {
  const colors = prepare(method, source);
  if (method === "macenko" || method === "macenko_fast") {
    const stains = colors && fitMacenko(colors);
    if (stains) return { method, ...stains };
  } else {
    const statistics = colors && fitReinhard(colors);
    if (statistics) return { method, ...statistics };
  }
  throw new ComputeError(
    "input",
    `The picture to normalise by (${source.width} × ${source.height} pixels) shows no stain that ${method} can go by.`,
    "Choose one with stained tissue.",
  );
}

/**
 * A picture in the colours of the target. One that has no stain to go by (glass, one colour, shades of grey) stays as it
 * was, as Slideflow shows tiles that it can't normalise.
 *
 * @returns The picture, with as many channels, opacity as it was; and whether it was normalised.
 * @throws {ComputeError} kind "input" when the bytes are not those of a picture of this size.
 */
export function normalizeStain(
  source: RawPixels,
  normalizer: StainNormalizer,
): { readonly picture: RawPixels; readonly isNormalized: boolean } {
  const colors = prepare(normalizer.method, source);
  const moved = colors && transfer(colors, normalizer);
  if (!moved) return { picture: source, isNormalized: false };
  return { picture: { ...source, pixels: withColors(source, moved) }, isNormalized: true };
}

function transfer(colors: Uint8Array, normalizer: StainNormalizer): Uint8Array<ArrayBuffer> | null {
  if ("stains" in normalizer) return transferStains(colors, normalizer);
  return transferColors(colors, normalizer, MASKED.has(normalizer.method));
}

/** Red, green and blue as the method begins with them; null for a picture without colours. */
function prepare(method: StainMethod, source: RawPixels): Uint8Array<ArrayBuffer> | null {
  checkPixels(source);
  if (source.channels === 1) return null;
  const colors = withoutOpacity(source).pixels;
  return STANDARDIZED.has(method) ? standardizeBrightness(colors) : colors;
}

function withColors({ pixels, channels }: RawPixels, colors: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (channels === 3) return colors;
  const joined = pixels.slice();
  for (let from = 0, to = 0; from < colors.length; from += 3, to += 4) {
    joined[to] = colors[from] ?? 0;
    joined[to + 1] = colors[from + 1] ?? 0;
    joined[to + 2] = colors[from + 2] ?? 0;
  }
  return joined;
}
