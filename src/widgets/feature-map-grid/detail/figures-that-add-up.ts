import { formatNumber } from "../../theme/numbers.ts";

/** Figures as they are read below each other. */
export interface Addition {
  /** One text a part. */
  readonly parts: readonly string[];
  readonly total: string;
  /** What one part, by its place, was added up from: figures that add up to the written part. */
  split(part: number, from: readonly number[]): readonly string[];
  /** Any further number, to the same decimal. */
  write(value: number): string;
}

const DIGITS = 4;
/** Below and above these no common decimal tells anything. */
const TINY = 1e-5;
const HUGE = 1e9;

/**
 * Parts and their total, all to one decimal (the fourth digit of the largest), so that the written figures add up to the
 * written total exactly: a part is rounded up or down, whichever the total needs, never by more than one in its last
 * digit. Parts that don't add up to the total are written as they are.
 */
export function figuresThatAddUp(parts: readonly number[], total: number): Addition {
  const largest = Math.max(Math.abs(total), ...parts.map(Math.abs));
  if (!(largest >= TINY && largest < HUGE)) return writtenOneByOne(parts, total);
  const decimals = Math.max(0, DIGITS - 1 - Math.floor(Math.log10(largest)));
  const unit = 10 ** decimals;
  const format = new Intl.NumberFormat("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const written = (units: number) => (units < 0 ? "−" : "") + format.format(Math.abs(units) / unit);
  const inUnits = (values: readonly number[]) => values.map((value) => value * unit);
  const goal = Math.round(total * unit);
  const units = unitsThatAddUp(inUnits(parts), goal);
  return {
    parts: units.map(written),
    total: written(goal),
    split: (part, from) => unitsThatAddUp(inUnits(from), units[part] ?? 0).map(written),
    write: (value) => (Number.isFinite(value) ? written(Math.round(value * unit)) : formatNumber(value)),
  };
}

function writtenOneByOne(parts: readonly number[], total: number): Addition {
  const write = formatNumber;
  return { parts: parts.map(write), total: write(total), split: (_, from) => from.map(write), write };
}

/** Whole numbers beside these that add up to `goal`: those are rounded up that lie nearest to it. */
function unitsThatAddUp(parts: readonly number[], goal: number): readonly number[] {
  const below = parts.map(Math.floor);
  const lacking = goal - below.reduce((sum, part) => sum + part, 0);
  if (lacking < 0 || lacking > parts.length) return parts.map(Math.round);
  const rest = (index: number): number => (parts[index] ?? 0) - (below[index] ?? 0);
  const raised = new Set([...parts.keys()].sort((a, b) => rest(b) - rest(a)).slice(0, lacking));
  return below.map((part, index) => part + (raised.has(index) ? 1 : 0));
}
