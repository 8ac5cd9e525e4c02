import { scaleLinear } from "d3";
import { formatNumber } from "../../../theme/numbers.ts";

const MOST_DIGITS = 15;
/** Finer than the ticks, which may leave half of the height empty when there are few. */
const ENDS = 10;

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** A value scale of one panel. */
export interface ValueAxis {
  readonly low: number;
  readonly high: number;
  readonly ticks: readonly Tick[];
}

/** Of a panel that has no values: no number stands beside it. */
export const noAxis: ValueAxis = { low: 0, high: 1, ticks: [] };

/**
 * A scale that just holds `range`. Values that are all equal stand in its middle.
 *
 * @param wanted About how many ticks; d3 finds the nearest number of round ones.
 */
export function valueAxis([least, greatest]: readonly [number, number], wanted: number): ValueAxis {
  const margin = least === greatest ? Math.abs(least) / 2 || 0.5 : 0;
  const scale = scaleLinear()
    .domain([least - margin, greatest + margin])
    .nice(ENDS);
  const [low = 0, high = 1] = scale.domain();
  const values = scale.ticks(wanted);
  const label = labelOf(values);
  return { low, high, ticks: values.map((value) => ({ value, label: label(value) })) };
}

/** Three significant digits, or as many more as tell the ticks apart: 1,200.25 and 1,200.5. */
function labelOf(values: readonly number[]): (value: number) => string {
  const isClear = (label: (value: number) => string): boolean => new Set(values.map(label)).size === values.length;
  if (isClear(formatNumber)) return formatNumber;
  for (let digits = 4; digits < MOST_DIGITS; digits++) {
    const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: digits });
    const label = (value: number): string => format.format(value).replace("-", "−");
    if (isClear(label)) return label;
  }
  return formatNumber;
}

/** The least and the greatest value that boxes reach, over all the panels given. */
export function rangeOf(ranges: readonly (readonly [number, number])[]): readonly [number, number] {
  return [Math.min(...ranges.map(([least]) => least)), Math.max(...ranges.map(([, greatest]) => greatest))];
}
