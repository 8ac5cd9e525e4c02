import { LISTED_COLORS } from "./listed-colors.ts";

/** "signed" is purple to orange with what is nothing in its middle; the others begin with what is least. */
export type ColormapName = "inferno" | "oranges" | "viridis" | "signed" | "grey";

type Color = readonly [red: number, green: number, blue: number];

const STEPS = 256;

/** ColorBrewer's Oranges, of nine (Cynthia Brewer, Apache-2.0). */
const ORANGES: readonly Color[] = [
  [255, 245, 235],
  [254, 230, 206],
  [253, 208, 162],
  [253, 174, 107],
  [253, 141, 60],
  [241, 105, 19],
  [217, 72, 1],
  [166, 54, 3],
  [127, 39, 4],
];

/** ColorBrewer's PuOr, of eleven, from purple to orange: for is warm, against is cold. */
const PURPLE_ORANGE: readonly Color[] = [
  [45, 0, 75],
  [84, 39, 136],
  [128, 115, 172],
  [178, 171, 210],
  [216, 218, 235],
  [247, 247, 247],
  [254, 224, 182],
  [253, 184, 99],
  [224, 130, 20],
  [179, 88, 6],
  [127, 59, 8],
];

const GREY: readonly Color[] = [
  [0, 0, 0],
  [255, 255, 255],
];

/**
 * The colours of a map's values, least to greatest. All but "signed" are matplotlib's, byte for byte ("grey" is its `gray`,
 * "oranges" its `Oranges`).
 *
 * @returns 256 colours, red, green and blue after one another: 768 bytes.
 */
export function colormapTable(name: ColormapName): Uint8Array<ArrayBuffer> {
  switch (name) {
    case "oranges":
      return tableBetween(ORANGES, Math.trunc);
    case "signed":
      return tableBetween(PURPLE_ORANGE, Math.round);
    case "grey":
      return tableBetween(GREY, Math.trunc);
    default:
      return Uint8Array.from(LISTED_COLORS[name].join("").match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
  }
}

/** Straight lines between colours that lie evenly, in matplotlib's order of operations: cut off, some bytes hang on the last bit. */
function tableBetween(colors: readonly Color[], toByte: (value: number) => number): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(STEPS * 3);
  const most = STEPS - 1;
  const places = colors.map((_, index) => (index / (colors.length - 1)) * most);
  for (let step = 0; step < STEPS; step++) {
    const at = most * (step * (1 / most));
    const next = Math.max(
      1,
      places.findIndex((place) => place >= at),
    );
    const from = places[next - 1] ?? 0;
    const part = (at - from) / ((places[next] ?? 0) - from);
    for (let channel = 0; channel < 3; channel++) {
      const low = (colors[next - 1]?.[channel] ?? 0) / most;
      const high = (colors[next]?.[channel] ?? 0) / most;
      table[step * 3 + channel] = toByte((part * (high - low) + low) * most);
    }
  }
  return table;
}
