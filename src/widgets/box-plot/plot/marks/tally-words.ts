import { formatCount, formatNumber } from "../../../theme/numbers.ts";
import type { Tally } from "./placed-points.ts";

/** From the points to the words' baseline, CSS px. */
export const TALLY_ABOVE = 5;
/** About as wide as a letter of 11 px is, spaces among them. */
const LETTER = 5.6;

/** "480 at 0" over points that lie upon each other; nothing where a place has no room for it: a number alone says nothing. */
export function tallyWords({ count, value }: Tally, room: number): string {
  const words = `${formatCount(count)} at ${formatNumber(value)}`;
  return words.length * LETTER <= room ? words : "";
}
