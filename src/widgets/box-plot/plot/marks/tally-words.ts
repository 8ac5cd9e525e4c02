import { formatCount, formatNumber } from "../../../theme/numbers.ts";
import type { Tally } from "./placed-points.ts";

/** From the points to the words' baseline, CSS px. */
export const TALLY_ABOVE = 5;
/** About as wide as a letter of 11 px is. */
const LETTER = 6.4;

/** "480 at 0" over points that lie upon each other; their number alone where a place is narrow, nothing where it has no room for that. */
export function tallyWords({ count, value }: Tally, room: number): string {
  const words = [`${formatCount(count)} at ${formatNumber(value)}`, formatCount(count)];
  return words.find(({ length }) => length * LETTER <= room) ?? "";
}
