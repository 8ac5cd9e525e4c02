/** What ONNX' Resize is told, by the names of its attributes' values. */
export interface ResizeSettings {
  /** "nearest", "linear" or "cubic". */
  readonly mode: string;
  readonly coordinates: string;
  /** Where the nearest pixel is between two: a `nearest_mode`, or "simple" as before opset 11. */
  readonly rounding: string;
  /** `cubic_coeff_a`. */
  readonly bend: number;
  readonly excludesOutside: boolean;
  readonly antialias: boolean;
}

/** One axis of what is resized. */
export interface ResizedSide {
  readonly from: number;
  readonly to: number;
  readonly scale: number;
  /** The part of it that is resized with "tf_crop_and_resize", in shares of the whole. */
  readonly start: number;
  readonly end: number;
}

/** Pixels that one is made of: so many from the first on, each with its share. */
interface Mixed {
  readonly first: number;
  readonly shares: readonly number[];
}

/**
 * Of what each place along an axis is mixed by ONNX' Resize: `to` rows of `from` shares. Places outside count for the edge,
 * or for nothing where they are excluded.
 */
export function resizedShares(side: ResizedSide, settings: ResizeSettings): Float32Array {
  const { from, to } = side;
  const shares = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const at = placeBefore(side, settings.coordinates, row);
    // What lies outside the part that is taken is another constant number.
    if (settings.coordinates === "tf_crop_and_resize" && (at < 0 || at > from - 1)) continue;
    const mixed = mixedAt(at, side, settings);
    const inside = (place: number) => place >= 0 && place < from;
    const counted = mixed.shares.map((share, k) => (settings.excludesOutside && !inside(mixed.first + k) ? 0 : share));
    const sum =
      settings.excludesOutside || settings.antialias ? counted.reduce((before, share) => before + share, 0) : 1;
    counted.forEach((share, k) => {
      const place = row * from + Math.max(0, Math.min(from - 1, mixed.first + k));
      shares[place] = (shares[place] ?? 0) + share / sum;
    });
  }
  return shares;
}

/**
 * Where a place falls in what it is made from. In single precision, as the engine: what falls between two pixels goes to
 * the one or the other by the last bit.
 */
function placeBefore({ from, to, scale, start, end }: ResizedSide, coordinates: string, at: number): number {
  if (from === to && scale === 1 && coordinates !== "tf_crop_and_resize") return at;
  const middle = Math.fround(Math.fround(at + 0.5) / scale);
  switch (coordinates) {
    case "asymmetric":
      return Math.fround(at / scale);
    case "align_corners":
      return to > 1 ? Math.fround(Math.fround(at * (from - 1)) / (to - 1)) : 0;
    case "pytorch_half_pixel":
      return to > 1 ? Math.fround(middle - 0.5) : 0;
    case "tf_half_pixel_for_nn":
      return middle;
    case "half_pixel_symmetric":
      return Math.fround((from / 2) * (1 - to / (scale * from)) + middle - 0.5);
    case "tf_crop_and_resize":
      return Math.fround(
        to > 1 ? start * (from - 1) + (at * (end - start) * (from - 1)) / (to - 1) : 0.5 * (start + end) * (from - 1),
      );
    default:
      return Math.fround(middle - 0.5);
  }
}

function mixedAt(at: number, { from, scale }: ResizedSide, settings: ResizeSettings): Mixed {
  if (settings.mode === "nearest") return { first: roundedPlace(at, scale, settings.rounding), shares: [1] };
  const isLinear = settings.mode === "linear";
  const weigh = (distance: number) => (isLinear ? Math.max(0, 1 - distance) : bent(distance, settings.bend));
  const reach = isLinear ? 1 : 2;
  if (settings.antialias)
    return smoothed(at, reach / Math.min(1, scale), (distance) => weigh(distance * Math.min(1, scale)));
  const place = isLinear ? Math.max(0, Math.min(from - 1, at)) : at;
  const first = Math.floor(place) - reach + 1;
  return { first, shares: Array.from({ length: 2 * reach }, (_, k) => weigh(Math.abs(first + k - place))) };
}

/** A filter as wide as the pixels that one is made of, where there are fewer pixels than before. */
function smoothed(at: number, support: number, weigh: (distance: number) => number): Mixed {
  const first = Math.floor(at - support + 1);
  const count = Math.floor(at + support + 1) - first;
  return { first, shares: Array.from({ length: count }, (_, k) => weigh(Math.abs(first + k - at))) };
}

/** Keys' cubic (1981), of which `bend` is the slope at 1. */
function bent(distance: number, bend: number): number {
  if (distance <= 1) return ((bend + 2) * distance - (bend + 3)) * distance ** 2 + 1;
  return distance < 2 ? bend * (((distance - 5) * distance + 8) * distance - 4) : 0;
}

function roundedPlace(at: number, scale: number, rounding: string): number {
  switch (rounding) {
    case "floor":
      return Math.floor(at);
    case "ceil":
      return Math.ceil(at);
    case "round_prefer_ceil":
      return Math.floor(at + 0.5);
    case "simple":
      return scale < 1 ? Math.ceil(at) : Math.trunc(at);
    default:
      return Math.ceil(at - 0.5);
  }
}
